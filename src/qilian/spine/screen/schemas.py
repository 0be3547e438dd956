"""What the plan says and takes as JSON."""

from datetime import date, datetime

from ninja import Schema


class Words(Schema):
    """A text in Chinese and English."""

    zh: str
    en: str


class Counts(Schema):
    """What a version holds."""

    clauses: int
    duties: int
    lead: int
    support: int
    responsible: int
    units: int
    systems: int


class SectionOut(Schema):
    """A section with its counts; offers are those of its pack."""

    id: str
    slug: str
    title: Words
    tier: str
    clauses: int
    lead: int
    support: int
    systems: int
    offers_declared: int
    offers_awaited: int


class PlanOut(Schema):
    """The main plan in force."""

    plan: str
    title: Words
    version: int
    published_at: datetime
    totals: Counts
    sections: list[SectionOut]


class DutyOut(Schema):
    """A unit's role on a clause; `raw` as the document writes it, `successors` who carries it today."""

    unit: str
    name: Words
    raw: str
    role: str
    origin: str
    decision: str
    successors: list[str]


class SystemOut(Schema):
    """A system that a clause names."""

    name: str
    kind: str
    level: str


class DeadlineOut(Schema):
    """A deadline as written and as a day."""

    text: str
    date: date | None


class TargetOut(Schema):
    """A quantified target; values are decimal numbers as text."""

    text: str
    indicator: str
    op: str
    value: str | None
    value_to: str | None
    unit: str


class ClauseOut(Schema):
    """A clause: `words` are empty until the source document is loaded; `summary` is ours."""

    id: str
    section: str
    tier: str
    words: str
    summary: Words
    sha256: str
    open_list: bool
    duties: list[DutyOut]
    systems: list[SystemOut]
    deadlines: list[DeadlineOut]
    targets: list[TargetOut]


class UnitOut(Schema):
    """A unit with its counts of duties in the plan in force."""

    slug: str
    name: Words
    kind: str
    lead: int
    support: int
    successors: list[str]


class UnitDutyOut(Schema):
    """A duty of one unit."""

    clause: str
    role: str
    origin: str


class UnitFull(Schema):
    """A unit with all its duties, leads first."""

    slug: str
    name: Words
    kind: str
    successors: list[str]
    duties: list[UnitDutyOut]


class VersionOut(Schema):
    """A published version with its clauses."""

    plan: str
    number: int
    state: str
    published_at: datetime
    source_sha256: str
    facts_sha256: str
    totals: Counts
    clauses: list[ClauseOut]


class ChangeOut(Schema):
    """How one clause changed; duties as `role:unit`."""

    id: str
    words_changed: bool
    duties_added: list[str]
    duties_removed: list[str]


class DifferenceOut(Schema):
    """The difference of two versions."""

    added: list[str]
    removed: list[str]
    changed: list[ChangeOut]
    same: int

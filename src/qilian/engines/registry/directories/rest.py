"""Directories for programs under `/api/v1/<pack>/<offer>/`: the same verbs, the same grants."""

from datetime import date

from django.http import HttpRequest
from ninja import Router, Schema

from qilian.core.house.forms.api import FieldSpec
from qilian.core.house.principal import current_principal
from qilian.core.offers.offers.api import is_open, scope_of
from qilian.core.rights.grants.api import allowed
from qilian.core.values import clock
from qilian.core.values.text import Refusal, Text
from qilian.engines.registry.parties.api import party_by_uscc

from .models import DirectoryEntry
from .offering import Criterion
from .queries import (
    directory_at,
    entries,
    entry_by_code,
    entry_scope,
    in_force,
    public_entries,
    standing_of,
)
from .services.common import ADMIT
from .services.entering import Subject, admit, amend_entry, list_entry, re_evaluate
from .services.standing import exit_entry, publish, restore, suspend, withdraw

router = Router(tags=["directories"])
PAGE = 200


class Words(Schema):
    """A text in Chinese and English."""

    zh: str
    en: str


class CriterionOut(Schema):
    """What an entry has to show."""

    slug: str
    words: Words
    source: str
    recalled: bool


class AttributeOut(Schema):
    """What is recorded of an entry."""

    name: str
    label: Words
    kind: str
    required: bool
    choices: list[str]


class DirectoryOut(Schema):
    """A directory: what it lists and on which conditions, and how many stand in it today."""

    offer: str
    title: Words
    noun: Words
    clauses: list[str]
    open: bool
    months: int
    grades: list[str]
    criteria: list[CriterionOut]
    attributes: list[AttributeOut]
    in_force: int


class EntryOut(Schema):
    """An entry; `party` is the public code of its subject or holder."""

    code: str
    number: str
    name: str
    identifier: str
    party: str
    region: str
    state: str
    in_force: bool
    grade: str
    valid_from: date | None
    valid_to: date | None
    published: bool
    attributes: dict[str, str]


class AdmissionIn(Schema):
    """Whom or what to admit: a party or holder by its unified code, a thing by name and identifier."""

    uscc: str = ""
    name: str = ""
    identifier: str = ""
    region: str = ""
    attributes: dict[str, str | list[str]] = {}
    findings: dict[str, str] = {}


class ListingIn(Schema):
    """The document, the grade and the first day of a term."""

    evidence: str
    grade: str = ""
    valid_from: date | None = None


class ReEvaluationIn(ListingIn):
    """A listing with the evidence for every criterion."""

    findings: dict[str, str] = {}


class AmendmentIn(Schema):
    """All attributes as they should be, and the source of the change."""

    attributes: dict[str, str | list[str]]
    source: str


class ReasonIn(Schema):
    """Why."""

    reason: str


class ExitIn(ReasonIn):
    """On which ground and why."""

    exit: str


@router.get("/{directory:directory}", response=DirectoryOut, summary="A directory with its criteria")
def get_directory(request: HttpRequest, directory: str) -> DirectoryOut:
    """What a directory asks for and how many stand in it."""
    shape = directory_at(directory)
    return DirectoryOut(
        offer=directory,
        title=_words(shape.title),
        noun=_words(shape.noun),
        clauses=[cite.clause for cite in shape.cites],
        open=is_open(directory),
        months=shape.months,
        grades=[step.slug for step in shape.grades],
        criteria=[_criterion(each) for each in shape.criteria],
        attributes=[_attribute(spec) for spec in shape.attributes],
        in_force=in_force(public_entries(directory), clock.today()).count(),
    )


@router.get("/{directory:directory}/entries", response=list[EntryOut], summary="The entries of a directory")
def get_entries(request: HttpRequest, directory: str, after: str = "") -> list[EntryOut]:
    """At most 200 entries by number, those behind the number `after`; officials also get what is not public."""
    official = allowed(current_principal(), ADMIT, scope_of(directory))
    rows = entries(directory) if official else public_entries(directory)
    return [_out(row) for row in (rows.filter(number__gt=after) if after else rows)[:PAGE]]


@router.get("/{directory:directory}/entries/{code}", response=EntryOut, summary="One entry")
def get_entry(request: HttpRequest, directory: str, code: str) -> EntryOut:
    """One entry; what is not public only for officials."""
    row = entry_by_code(directory, code)
    if not (row.published or allowed(current_principal(), ADMIT, entry_scope(row))):
        raise Refusal("registry.entry.unknown", Text("名录里没有这一条。", "No such entry."), where=code)
    return _out(row)


@router.post("/{directory:directory}/entries", response={201: EntryOut}, summary="Admit an entry")
def post_entry(request: HttpRequest, directory: str, admission: AdmissionIn) -> tuple[int, EntryOut]:
    """Admit a party or thing; needs `directories.admit`."""
    party = party_by_uscc(admission.uscc) if admission.uscc else None
    subject = Subject(party, admission.name, admission.identifier, admission.region)
    row = admit(
        actor=current_principal(),
        path=directory,
        subject=subject,
        attributes=admission.attributes,
        findings=admission.findings,
    )
    return 201, _out(row)


@router.post("/{directory:directory}/entries/{code}/listing", response=EntryOut, summary="List an entry")
def post_listing(request: HttpRequest, directory: str, code: str, term: ListingIn) -> EntryOut:
    """List an admitted entry; needs `directories.list`."""
    row = _entry(directory, code)
    return _out(list_entry(actor=current_principal(), entry=row, **term.dict()))


@router.post("/{directory:directory}/entries/{code}/re-evaluation", response=EntryOut, summary="Re-evaluate an entry")
def post_re_evaluation(request: HttpRequest, directory: str, code: str, term: ReEvaluationIn) -> EntryOut:
    """Evaluate an entry afresh; needs `directories.list`."""
    return _out(re_evaluate(actor=current_principal(), entry=_entry(directory, code), **term.dict()))


@router.post("/{directory:directory}/entries/{code}/amendment", response=EntryOut, summary="Amend an entry")
def post_amendment(request: HttpRequest, directory: str, code: str, amendment: AmendmentIn) -> EntryOut:
    """Correct the facts of an entry; needs `directories.admit`."""
    return _out(amend_entry(actor=current_principal(), entry=_entry(directory, code), **amendment.dict()))


@router.post("/{directory:directory}/entries/{code}/suspension", response=EntryOut, summary="Suspend an entry")
def post_suspension(request: HttpRequest, directory: str, code: str, why: ReasonIn) -> EntryOut:
    """Suspend a listed entry; needs `directories.suspend`."""
    return _out(suspend(actor=current_principal(), entry=_entry(directory, code), reason=why.reason))


@router.post("/{directory:directory}/entries/{code}/restoration", response=EntryOut, summary="Restore an entry")
def post_restoration(request: HttpRequest, directory: str, code: str, why: ReasonIn) -> EntryOut:
    """End a suspension; needs `directories.suspend`."""
    return _out(restore(actor=current_principal(), entry=_entry(directory, code), reason=why.reason))


@router.post("/{directory:directory}/entries/{code}/exit", response=EntryOut, summary="Let an entry exit")
def post_exit(request: HttpRequest, directory: str, code: str, leaving: ExitIn) -> EntryOut:
    """Let an entry leave for good; needs `directories.exit`."""
    row = _entry(directory, code)
    return _out(exit_entry(actor=current_principal(), entry=row, exit=leaving.exit, reason=leaving.reason))


@router.post("/{directory:directory}/entries/{code}/publication", response=EntryOut, summary="Publish an entry")
def post_publication(request: HttpRequest, directory: str, code: str) -> EntryOut:
    """Show an entry to everybody; needs `directories.publish`."""
    return _out(publish(actor=current_principal(), entry=_entry(directory, code)))


@router.post("/{directory:directory}/entries/{code}/withdrawal", response=EntryOut, summary="Withdraw an entry")
def post_withdrawal(request: HttpRequest, directory: str, code: str, why: ReasonIn) -> EntryOut:
    """Take an entry off the public page; needs `directories.publish`."""
    return _out(withdraw(actor=current_principal(), entry=_entry(directory, code), reason=why.reason))


def _entry(directory: str, code: str) -> DirectoryEntry:
    return entry_by_code(directory, code)


def _criterion(each: Criterion) -> CriterionOut:
    return CriterionOut(slug=each.slug, words=_words(each.words), source=each.source, recalled=each.recalled)


def _attribute(spec: FieldSpec) -> AttributeOut:
    choices = [value for value, _ in spec.choices]
    return AttributeOut(
        name=spec.name, label=_words(spec.label), kind=spec.kind, required=spec.required, choices=choices
    )


def _words(text: Text) -> Words:
    return Words(zh=text.zh, en=text.en)


def _out(row: DirectoryEntry) -> EntryOut:
    return EntryOut(
        code=row.code,
        number=row.number,
        name=row.name,
        identifier=row.identifier,
        party=row.party.code if row.party else "",
        region=row.region,
        state=row.state,
        in_force=standing_of(row).in_force(clock.today()),
        grade=row.grade,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        published=row.published,
        attributes=row.attributes,
    )

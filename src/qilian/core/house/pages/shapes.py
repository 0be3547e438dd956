"""The three page shapes and their parts, frozen: no HTML, no request, no database."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from django.db.models import QuerySet

from qilian.core.values.text import Refusal, Text

Control = Literal[
    "text",
    "textarea",
    "integer",
    "decimal",
    "money",
    "date",
    "choice",
    "choices",
    "boolean",
    "file",
    "email",
    "password",
]
Colour = Literal["green", "amber", "red", "blue", "grey"]


@dataclass(frozen=True)
class Status:
    """A state with its word and its colour; colour never stands alone (DESIGN 6, rule 2)."""

    word: Text
    colour: Colour = "grey"


@dataclass(frozen=True)
class Crumb:
    """One step of the path in the plan; without an address it is where the reader stands."""

    title: Text | str
    url: str = ""


@dataclass(frozen=True)
class Fact:
    """One labelled fact in the row under the title; the value is text, number, date, Money, Status or Text."""

    label: Text
    value: Any
    url: str = ""
    note: Text | None = None


@dataclass(frozen=True)
class Action:
    """Something to do from here; POST actions render as a form with a button. One primary action a page."""

    title: Text
    url: str
    method: Literal["get", "post"] = "get"
    primary: bool = False
    dangerous: bool = False


@dataclass(frozen=True)
class Empty:
    """What stands where rows would: why there are none, and what to do next."""

    message: Text
    action: Action | None = None


@dataclass(frozen=True)
class Column:
    """One column: `value(row)` gives text, number, date, Money, Status or Text; numbers are right-aligned.

    `sort` is the database expression that orders by this column; `unit` stands in the header; `url(row)` links a cell.
    On a phone each row is a card, headed by its two `key` columns: those that say so, else the one that links and the
    state.
    """

    name: str
    title: Text
    value: Callable[[Any], Any]
    kind: Literal["text", "number", "date", "datetime", "status", "code"] = "text"
    unit: Text | None = None
    url: Callable[[Any], str] | None = None
    sort: str = ""
    key: bool = False


@dataclass(frozen=True)
class Filter:
    """One filter of a list: a choice (`choices` of value and title), a day (`2026-03-01`), or else a free text.

    What a `by_index` one finds by its index lies anywhere in the order of the list: pages are cut by `core.tables`.
    """

    name: str
    title: Text
    apply: Callable[[Any, str], Any]  # (rows, value) → rows of the same sort, a QuerySet or a sequence
    choices: Sequence[tuple[str, Text | str]] = ()
    day: bool = False  # the browser offers its calendar
    by_index: bool = False


@dataclass(frozen=True)
class Head:
    """What every page begins with: path, title, the clause in grey behind a brand bar, facts, actions."""

    title: Text | str
    crumbs: Sequence[Crumb] = ()
    clause: str = ""  # clause id: drawn with its title and linked to /plan/<id>
    quote: Text | str = ""  # the clause's words, or our summary marked as ours
    facts: Sequence[Fact] = ()
    actions: Sequence[Action] = ()


@dataclass(frozen=True)
class Table:
    """A table inside a page: all rows are drawn; for long lists use a ListPage."""

    columns: Sequence[Column]
    rows: Sequence[Any]
    empty: Empty | None = None
    caption: Text | None = None


@dataclass(frozen=True)
class Proof:
    """Where a record's events can be verified: sequence, digest, address of the receipt."""

    sequence: int | None
    digest: str
    url: str = ""


@dataclass(frozen=True)
class TimelineEntry:
    """One event on a record's timeline."""

    at: datetime
    title: Text | str
    actor: str = ""
    note: str = ""
    proof: Proof | None = None


@dataclass(frozen=True)
class Section:
    """One titled part of a page: exactly one of table, facts, paragraphs, or a template of the engine's own pages."""

    title: Text | str = ""
    anchor: str = ""
    table: Table | None = None
    facts: Sequence[Fact] = ()
    paragraphs: Sequence[Text | str] = ()
    template: str = ""
    context: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Group:
    """Rows that belong together stand together under a heading, in the order of a database expression.

    The heading is what `title(row)` gives. A list of more rows than are counted is drawn without headings, in its own
    order. Without an expression (`sort` is "") rows stay as they come, and a heading stands wherever it changes, unless
    the reader sorts them anew.
    """

    sort: str
    title: Callable[[Any], Any]


@dataclass(frozen=True)
class ListPage:
    """Rows of one kind: filter, count capped at 501, sort, pages, CSV, print.

    `prepare` is given the rows that are about to be drawn, to look up together what their cells tell.
    """

    head: Head
    rows: QuerySet[Any] | Sequence[Any]
    columns: Sequence[Column]
    empty: Empty
    filters: Sequence[Filter] = ()
    order: str = ""  # name of the column sorted by at first; "-name" descending
    page_size: int = 50
    intro: Sequence[Text | str] = ()
    group: Group | None = None
    prepare: Callable[[Sequence[Any]], None] | None = None


NOT_A_RECORD: Sequence[TimelineEntry] = ()
"""The timeline of a page that reports on many records or on none: every other RecordPage shows its record's events."""


@dataclass(frozen=True)
class RecordPage:
    """One record: facts, work, timeline with proofs (or NOT_A_RECORD), the link to its clause."""

    head: Head
    sections: Sequence[Section] = ()
    timeline: Sequence[TimelineEntry] = ()


@dataclass(frozen=True)
class Page:
    """A page with a template of its own for the work; the head is drawn as everywhere.

    `kept` names all that the work is drawn from (codes, days, numbers of facts), when all readers see the same: it is
    then drawn once for each language, from its own context alone, and a visitor's browser may ask with an ETag.
    """

    head: Head
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    kept: tuple[Hashable, ...] = ()


@dataclass(frozen=True)
class Picked:
    """What a field picks from (a source of `core.house.forms`), and what stands in it by name, with what tells it."""

    source: str
    label: Text | str = ""
    note: Text | str = ""


@dataclass(frozen=True)
class Field:
    """One field of a form on screen; `kind` chooses the control; `error` stands beside it."""

    name: str
    label: Text
    kind: Control = "text"
    value: Any = ""
    required: bool = True
    hint: Text | None = None
    choices: Sequence[tuple[str, Text | str]] = ()
    error: Text | str = ""
    accept: str = ""  # for files: the endings that are taken
    unit: Text | None = None
    complete: str = ""  # what browsers may fill in, in HTML's words: name, email, new-password (WCAG 1.3.5)
    begins: bool = False  # a new line in a dense form: what belongs together stands side by side
    picks: Picked | None = None
    headings: Sequence[tuple[str, Text | str]] = ()  # what stands before the choice of a value
    conditional: bool = False  # the hint says when it is needed


@dataclass(frozen=True)
class StepForm:
    """A form: one thing at a time for the public, dense for officials; works without JavaScript.

    `refusals` are drawn as an error summary that links to the fields; the view answers 422 with them. `more` are
    further buttons behind `submit`, by name, value and title, each of which sends what was written so far.
    """

    head: Head
    fields: Sequence[Field]
    submit: Text
    url: str = ""  # where it posts; empty is this address
    refusals: Sequence[Refusal] = ()
    steps: Sequence[Crumb] = ()  # those of a longer task, with an address where one can go to it
    step: int = 0
    more: Sequence[tuple[str, str, Text]] = ()
    settled: bool = False  # nothing more is needed here: the head's button, which leads on, is the primary one
    dense: bool = False
    before: Sequence[Section] = ()


Shape = ListPage | RecordPage | StepForm | Page

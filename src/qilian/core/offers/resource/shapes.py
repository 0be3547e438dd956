"""What an engine says of a thing once: its traits, and the operations that can be done with it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, Literal, TypeVar

from django.db.models import QuerySet

from qilian.core.house.forms.api import Form
from qilian.core.house.pages import Crumb, Fact, Filter, Section
from qilian.core.house.principal import Principal
from qilian.core.rights.grants.api import Scope
from qilian.core.values.text import Ref, Text

Row = TypeVar("Row")
Subject = TypeVar("Subject")
Values = Mapping[str, Any]
Rows = QuerySet[Any] | Sequence[Any]
TraitKind = Literal[
    "text",
    "code",
    "number",
    "integer",
    "money",
    "date",
    "datetime",
    "status",
    "boolean",
    "words",
    "codes",
    "object",
    "rows",
]
NOTHING = Form("nothing", Text("无", "Nothing"), ())
"""The form of an operation that asks for nothing but to be confirmed."""


ITS_PARTY = Text("代表该主体的人", "who acts for its party")
"""Who may do what `own` lets do, unless an operation says otherwise."""


def somewhere(_subject: object) -> None:
    """No scope: a right that holds anywhere opens the form, and the verb says where it must hold."""


def always(_subject: object) -> bool:
    """The condition of an operation that fits in every state."""
    return True


def in_state(*states: str) -> Callable[[Any], bool]:
    """The condition that a row's `state` is one of these."""
    return lambda row: row.state in states


def as_it_is(_subject: object, values: Values) -> Values:
    """The arguments of a verb that are called as the fields of its form."""
    return values


@dataclass(frozen=True, slots=True)
class Trait(Generic[Row]):
    """One thing to know of a row: where it is shown, and how programs read it.

    `value` gives text, Text, number, date, Money, Status or None, as pages draw it; `plain` what programs read where
    that differs, such as the code of a state. `list` may ask who reads when a list is drawn; `sort` is the database
    expression that orders by it; `leads` makes its cell the link to the row's page. `rows` give a sequence of things
    that have the traits `of`; like `codes` and `object` they stand in JSON alone.
    """

    name: str
    title: Text
    value: Callable[[Row], Any]
    kind: TraitKind = "text"
    list: bool | Callable[[], bool] = True
    fact: bool = True
    json: bool = True
    plain: Callable[[Row], Any] | None = None
    unit: Text | None = None
    sort: str = ""
    url: Callable[[Row], str] | None = None
    leads: bool = False
    note: Text | None = None
    of: "Sequence[Trait[Any]]" = ()


@dataclass(frozen=True, slots=True)
class Step(Generic[Subject]):
    """What makes an operation a step of a longer task: its name among the steps, its button, and when it is done.

    The steps of a resource stand in the order of its operations, behind its creation where that is one. The first that
    is not done, or is to be done `again`, is the way on; `call` is what that button says, else "Continue" and the name.
    One that `stays` takes several, such as files: it leads back to itself, with the way on beside it.
    """

    name: Text
    submit: Text
    done: Callable[[Subject], bool]
    again: Callable[[Subject], bool] = lambda _subject: False
    call: Callable[[Subject], Text | None] = lambda _subject: None
    stays: bool = False


@dataclass(frozen=True)
class Operation(Generic[Subject]):
    """One thing that can be done: the noun in its address, its title, the right it needs, the verb that does it.

    `form` is what is asked (or says it for the subject), `given` what stands in it at first, `takes` how its values
    become the verb's arguments: what was left empty is left out. `when` says in which states it fits, `own` who may do
    it besides the holders of the right: without a right nobody but they, and without both whoever is signed in;
    `whose` says who they are. What is `personal` one does for oneself, else for a party: a token is told which. `gives`
    is the plural name of the resource that the verb returns, where that is another one; `leads` the address to go to
    afterwards; `done` what is said then. `facts` and `before` show what one decides on. `subject` is what the verb
    calls the row where that is another word; "" when `takes` names it. `step` makes it one of several.
    """

    noun: str
    title: Text
    right: str
    verb: Callable[..., Any]
    form: Form | Callable[[Subject], Form] = NOTHING
    given: Callable[[Subject], Values] = lambda _subject: {}
    takes: Callable[[Subject, Values], Values] = as_it_is
    when: Callable[[Subject], bool] = always
    own: Callable[[Principal, Subject], bool] | None = None
    whose: Text = ITS_PARTY
    personal: bool = False
    gives: "Callable[[], Resource[Any]] | None" = None
    leads: Callable[[Any], str] | None = None
    done: Text | None = None
    hint: Text | None = None
    dangerous: bool = False
    facts: Callable[[Subject], Sequence[Fact]] | None = None
    subject: str | None = None
    before: Callable[[Subject], Sequence[Section]] | None = None
    step: Step[Subject] | None = None

    def asked(self, subject: Subject) -> Form:
        """The form for a subject."""
        return self.form if isinstance(self.form, Form) else self.form(subject)

    @property
    def at_once(self) -> bool:
        """Whether its button does it: it asks for nothing, harms nothing, and shows nothing to decide on."""
        shows = self.facts or self.before or self.hint or self.step
        return self.form is NOTHING and not self.dangerous and not shows


def nobody_else(_me: Principal, _row: object) -> bool:
    """Nobody sees it but who may do something with it."""
    return False


@dataclass(frozen=True, kw_only=True)
class Resource(Generic[Row]):
    """A thing with its traits and operations. `under` is the address it lies below: a part's prefix, or `{kind}`.

    `place` is the path of the offer it belongs to, "" for what belongs to none. `row` is what the verbs call it, `key`
    the name of the value in its address, `find` looks it up (Refusal …unknown). `seen` says who sees a row, `rows` what
    a reader's list holds, `scope` where rights on it count; `about` are traits of a place as a whole, for programs;
    `together` are operations on a place as a whole, whose verbs give rows, a row or nothing (rows of `gives`, where
    that is said). `quote` is the sentence that stands under every title of its pages, such as that its money is
    invented.
    """

    plural: str
    row: str
    title: Text
    noun: Text
    under: str
    find: Callable[[str, str], Row]
    traits: Sequence[Trait[Row]] | Callable[[str], Sequence[Trait[Row]]]
    rows: Callable[[Principal, str], Rows]
    seen: Callable[[Principal, Row], bool]
    named: Callable[[Row], Text | str]
    ref: Callable[[Row], Ref]
    scope: Callable[[Row], Scope]
    crumbs: Callable[[Any], Sequence[Crumb]]
    key: str = "code"
    key_of: Callable[[Row], str] = lambda row: str(getattr(row, "code"))  # noqa: B009 — a row is of any class
    place_of: Callable[[Row], str] = lambda _row: ""
    place_scope: Callable[[str], Scope | None] = somewhere
    serving: Callable[[str], bool] = lambda _place: True
    operations: Sequence[Operation[Row]] = ()
    creation: Operation[str] | None = None
    together: Sequence[Operation[str]] = ()
    filters: Callable[[str], Sequence[Filter]] = lambda _place: ()
    clause: Callable[[Row], str] = lambda _row: ""
    facts: Callable[[Row], Sequence[Fact]] = field(default=lambda _row: ())
    about: Sequence[Trait[str]] = ()
    quote: Callable[[Any], Text | str] = lambda _at: ""

    @property
    def kind(self) -> str:
        """The kind of offer in whose address it lies; "" for what lies below a part's prefix."""
        return self.under[1:-1] if self.under.startswith("{") else ""

    def traits_at(self, place: str) -> Sequence[Trait[Row]]:
        """The traits of the rows at a place."""
        return self.traits(place) if callable(self.traits) else self.traits

    def home(self, place: str) -> str:
        """The address of the list of a place."""
        return f"/{place or self.under}/"

    def url(self, row: Row) -> str:
        """The address of a row's page."""
        return f"{self.home(self.place_of(row))}{self.trunk}{self.key_of(row)}/"

    @property
    def trunk(self) -> str:
        """What stands between the address of the place and the key: nothing for a resource that is all of a part."""
        return f"{self.plural}/" if self.plural != self.under else ""

    def operation(self, noun: str) -> Operation[Row]:
        """The operation of a noun; KeyError for another word."""
        return {each.noun: each for each in self.operations}[noun]

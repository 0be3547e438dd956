"""What a pack is made of: citations, offers, awaited offers — all plain data."""

import re
from dataclasses import dataclass
from typing import ClassVar, Protocol

from qilian.core.house.parts.api import Finding, Link
from qilian.core.rules.dmn.api import Declared
from qilian.core.values.text import Text, whole

SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Cite:
    """The clause that an offer answers and, where the clause names one, the system as `clauses.toml` writes it."""

    clause: str
    system: str | None = None

    @property
    def section(self) -> str:
        """The section of the clause: `2.7` of `2.7.2`."""
        return self.clause.rpartition(".")[0]


class Answer(Protocol):
    """What an offer and an awaited offer have in common: a name, a kind, and the clauses they answer."""

    @property
    def kind(self) -> str: ...
    @property
    def slug(self) -> str: ...
    @property
    def title(self) -> Text: ...
    @property
    def cites(self) -> tuple[Cite, ...]: ...


@dataclass(frozen=True, kw_only=True)
class Offer:
    """One instance of an engine's kind, opened to users. An engine derives its own frozen dataclass and adds fields.

    `kind` names a row of `KINDS`; `answers` cites one clause or several, the first of them in the pack's own section.
    """

    kind: ClassVar[str] = ""

    slug: str
    title: Text
    answers: Cite | tuple[Cite, ...]

    @property
    def cites(self) -> tuple[Cite, ...]:
        """The citations, always as a tuple."""
        return _as_tuple(self.answers)

    def problems(self) -> tuple[Finding, ...]:
        """What is wrong with the fields that the engine added; none here."""
        return ()


@dataclass(frozen=True, slots=True)
class Awaited:
    """An offer that the plan asks for while an engine that it needs does not exist yet.

    It says what will stand here, counts as *waiting* in the coverage report, and never shows in a menu. `also` names
    further kinds without which the offer would not be whole: a pledge-backed loan is a product and a procedure.
    """

    kind: str
    slug: str
    title: Text
    answers: Cite | tuple[Cite, ...]
    also: tuple[str, ...] = ()

    @property
    def cites(self) -> tuple[Cite, ...]:
        """The citations, always as a tuple."""
        return _as_tuple(self.answers)

    @property
    def kinds(self) -> tuple[str, ...]:
        """All kinds that the offer needs, its own first."""
        return (self.kind, *self.also)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """A section of the plan: the offers it makes, each citing its clause, those that still wait, and its decisions."""

    section: str
    slug: str
    title: Text
    offers: tuple[Offer, ...] = ()
    awaits: tuple[Awaited, ...] = ()
    links: tuple[Link, ...] = ()
    decisions: tuple[Declared, ...] = ()

    @property
    def answers(self) -> tuple[Answer, ...]:
        """Offers and awaited offers together, in the order of the plan."""
        return tuple(sorted((*self.offers, *self.awaits), key=_plan_order))

    def path(self, answer: Answer) -> str:
        """The name of an offer in events, grants and addresses: `testing/instruments`."""
        return f"{self.slug}/{answer.slug}"

    def key(self, decision: Declared) -> str:
        """The name of a decision among the parameters: `environment.energy-review`."""
        return f"{self.slug}.{decision.slug}"


def clause_order(clause: str) -> tuple[int, ...]:
    """Sort key of a clause id: `2.10.1` comes after `2.9.6`. Words in an id sort first, so that nothing raises."""
    return tuple(whole(step) or 0 for step in clause.split("."))


def _plan_order(answer: Answer) -> tuple[int, ...]:
    return min((clause_order(cite.clause) for cite in answer.cites), default=())


def _as_tuple(answers: Cite | tuple[Cite, ...]) -> tuple[Cite, ...]:
    return (answers,) if isinstance(answers, Cite) else answers

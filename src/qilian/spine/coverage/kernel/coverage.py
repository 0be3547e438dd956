"""How much of a plan is answered: per clause, per named system, per offer, with the reason where something waits."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from qilian.core.house.parts.api import KINDS
from qilian.core.offers.packs.api import Answer, Awaited, Pack, clause_order
from qilian.core.values.text import Text


class State(IntEnum):
    """How far an answer has come; a clause or system is as far as the last of its offers."""

    UNANSWERED = 0
    WAITING = 1
    DECLARED = 2
    OPENED = 3
    USED = 4
    EVIDENCED = 5


STATES: Mapping[State, Text] = {
    State.UNANSWERED: Text("无人回应", "unanswered"),
    State.WAITING: Text("待建", "to be built"),
    State.DECLARED: Text("已声明", "declared"),
    State.OPENED: Text("已开通", "opened"),
    State.USED: Text("在用", "in use"),
    State.EVIDENCED: Text("有实据", "evidenced"),
}


@dataclass(frozen=True, slots=True)
class System:
    """A platform, market, project or mechanism of a clause; `level` is `named` or `generic`."""

    name: str
    kind: str
    level: str


@dataclass(frozen=True, slots=True)
class ClauseFact:
    """One clause as a fact: its units by their strings in order, and the digest of the words that are not here."""

    id: str
    section: str
    summary: Text
    systems: tuple[System, ...] = ()
    tier: str = ""
    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """When an offer was first opened to users, first used through a whole life, first stood in a released figure."""

    opened: datetime | None = None
    used: datetime | None = None
    evidenced: datetime | None = None

    @property
    def stages(self) -> tuple[tuple[State, datetime | None], ...]:
        """The three stages in order."""
        return (State.OPENED, self.opened), (State.USED, self.used), (State.EVIDENCED, self.evidenced)


@dataclass(frozen=True, slots=True)
class OfferRow:
    """One offer: `path` is `testing/instruments`; `waits_for` lists the kinds that no engine brings yet."""

    path: str
    kind: str
    title: Text
    clauses: tuple[str, ...]
    state: State
    since: datetime | None = None
    waits_for: tuple[str, ...] = ()

    @property
    def reason(self) -> Text:
        """Why the offer is not further; empty when it is evidenced."""
        return _reason((self,))


@dataclass(frozen=True, slots=True)
class ClauseRow:
    """One clause with the offers that answer it."""

    clause: ClauseFact
    state: State
    offers: tuple[OfferRow, ...]

    @property
    def reason(self) -> Text:
        """Why the clause is not further: what its weakest offers lack; empty when every offer is evidenced."""
        return _reason(self.offers)


@dataclass(frozen=True, slots=True)
class SystemRow:
    """One system that a clause names, with the offers that cite it by name."""

    clause: str
    system: System
    state: State
    offers: tuple[OfferRow, ...]

    @property
    def reason(self) -> Text:
        """Why the system is not further: what its weakest offers lack; empty when every offer is evidenced."""
        return _reason(self.offers)


@dataclass(frozen=True, slots=True)
class Coverage:
    """The whole report. Totals are counts per state, every state present."""

    offers: tuple[OfferRow, ...]
    clauses: tuple[ClauseRow, ...]
    systems: tuple[SystemRow, ...]

    @property
    def unanswered(self) -> tuple[ClauseRow | SystemRow, ...]:
        """Clauses and systems that no offer cites: the list that must become empty."""
        rows: tuple[ClauseRow | SystemRow, ...] = (*self.clauses, *self.systems)
        return tuple(row for row in rows if row.state is State.UNANSWERED)

    @property
    def open(self) -> tuple[ClauseRow, ...]:
        """Clauses that are not discharged, with their reasons."""
        return tuple(row for row in self.clauses if row.state < State.EVIDENCED)

    @property
    def awaited_engines(self) -> dict[str, int]:
        """How many offers wait for each engine, most first."""
        waiting = Counter(engine for row in self.offers for engine in engines_of(row.waits_for))
        return dict(sorted(waiting.items(), key=lambda item: (-item[1], item[0])))


def coverage(
    packs: Sequence[Pack],
    clauses: Iterable[ClauseFact],
    evidence: Mapping[str, Evidence],
    kinds: AbstractSet[str],
) -> Coverage:
    """Compute the report. `evidence` is by offer path, `kinds` are those the registered parts bring.

    A clause or a system is as far as the weakest of its offers, because it is discharged only when all of them count.
    """
    answers: dict[tuple[str, str | None], dict[str, OfferRow]] = {}
    rows: list[OfferRow] = []
    for pack in packs:
        for answer in pack.answers:
            row = _offer_row(pack, answer, evidence, kinds)
            rows.append(row)
            for cite in answer.cites:
                answers.setdefault((cite.clause, None), {})[row.path] = row
                answers.setdefault((cite.clause, cite.system), {})[row.path] = row
    ordered = sorted(clauses, key=lambda clause: clause_order(clause.id))
    found = {key: tuple(by_path.values()) for key, by_path in answers.items()}
    return Coverage(
        offers=tuple(rows),
        clauses=tuple(_clause_row(clause, found.get((clause.id, None), ())) for clause in ordered),
        systems=tuple(
            _system_row(clause, system, found.get((clause.id, system.name), ()))
            for clause in ordered
            for system in clause.systems
        ),
    )


def totals(rows: Iterable[OfferRow | ClauseRow | SystemRow]) -> dict[State, int]:
    """Rows counted by state, every state present, furthest first."""
    counted = Counter(row.state for row in rows)
    return {state: counted[state] for state in reversed(State)}


def in_use(offers: Iterable[OfferRow]) -> Text:
    """How many of these offers are in use, as people say it.

    >>> str(in_use(()))
    '没有服务项'
    """
    states = [offer.state for offer in offers]
    if not states:
        return Text("没有服务项", "no offer")
    used = sum(state >= State.USED for state in states)
    return Text(f"{len(states)} 项中 {used} 项在用", f"{used} of {len(states)} in use")


def engines_of(kinds: Iterable[str]) -> tuple[str, ...]:
    """The engines that own these kinds, without repetition, in the order of first mention."""
    return tuple(dict.fromkeys(engine for kind in kinds for engine in KINDS[kind].engines))


def _clause_row(clause: ClauseFact, offers: tuple[OfferRow, ...]) -> ClauseRow:
    return ClauseRow(clause, _weakest(offers), offers)


def _system_row(clause: ClauseFact, system: System, offers: tuple[OfferRow, ...]) -> SystemRow:
    return SystemRow(clause.id, system, _weakest(offers), offers)


def _offer_row(pack: Pack, answer: Answer, evidence: Mapping[str, Evidence], kinds: AbstractSet[str]) -> OfferRow:
    path = pack.path(answer)
    cited = tuple(dict.fromkeys(cite.clause for cite in answer.cites))
    if isinstance(answer, Awaited):
        missing = tuple(kind for kind in answer.kinds if kind not in kinds)
        return OfferRow(path, answer.kind, answer.title, cited, State.WAITING, waits_for=missing)
    state, since = _stage(evidence.get(path, Evidence()))
    return OfferRow(path, answer.kind, answer.title, cited, state, since)


def _stage(evidence: Evidence) -> tuple[State, datetime | None]:
    """The last stage reached without a gap: a figure about an offer that nobody used proves nothing."""
    reached: tuple[State, datetime | None] = (State.DECLARED, None)
    for state, at in evidence.stages:
        if at is None:
            break
        reached = state, at
    return reached


_LACKS: Mapping[State, Text] = {
    State.DECLARED: Text("待主管单位开通", "to be opened by its unit"),
    State.OPENED: Text("已开通，还没有办到底的一件", "open; nothing has gone through its whole life yet"),
    State.USED: Text("还没有进入发布的统计数据", "no released figure stands on it yet"),
}


def _weakest(offers: tuple[OfferRow, ...]) -> State:
    return min((offer.state for offer in offers), default=State.UNANSWERED)


def _reason(offers: tuple[OfferRow, ...]) -> Text:
    if not offers:
        return Text("没有服务项引用它", "no offer cites it")
    waiting = [offer for offer in offers if offer.state is State.WAITING]
    if not waiting:
        return _LACKS.get(_weakest(offers), Text("", ""))
    kinds = tuple(dict.fromkeys(kind for offer in waiting for kind in offer.waits_for))
    if not kinds:
        return Text("能力已建成，待改为正式服务项", "what it needs is built: declare the offer")
    titles = [KINDS[kind].title for kind in kinds]
    return Text(
        f"待建：{'、'.join(title.zh for title in titles)}",
        f"to be built: {', '.join(title.en for title in titles)}",
    )

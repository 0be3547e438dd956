"""How far each section of a plan is, as bars on one scale: in use, opened, declared, and what is not built yet."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qilian.core.house.pages import Column, Section, Table
from qilian.core.papers.pictures.api import Bar, Look, bars, pictured
from qilian.core.values.text import Text

from .kernel.coverage import STATES, OfferRow, State, in_use

_LOOKS: Mapping[State, Look] = {
    State.EVIDENCED: "good",
    State.USED: "full",
    State.OPENED: "half",
    State.DECLARED: "open",
    State.WAITING: "wait",
}
_TITLE = Text("各节服务项走到哪一步", "How far the offers of each section are")


@dataclass(frozen=True, slots=True)
class Progress:
    """One section with its offers."""

    id: str
    title: Text
    url: str
    offers: tuple[OfferRow, ...]

    @property
    def counts(self) -> Counter[State]:
        """Its offers counted by state."""
        return Counter(offer.state for offer in self.offers)


def progress_section(rows: Sequence[Progress]) -> Section:
    """The picture with its table; sections stand in the order of the plan."""
    seen = [state for state in _LOOKS if any(row.counts[state] for row in rows)]
    drawn = [
        Bar(
            f"{row.id} {row.title}",
            [(_LOOKS[state], row.counts[state]) for state in seen],
            str(in_use(row.offers)),
            url=row.url,
        )
        for row in rows
    ]
    key = [(_LOOKS[state], str(STATES[state])) for state in seen]
    desc = Text("每一节一行：{rows}。", "One row for each section: {rows}.").filled(
        rows="；".join(f"{bar.label}，{bar.said}" for bar in drawn)
    )
    return pictured(
        _TITLE,
        "progress",
        lambda width: bars(width, drawn, title=str(_TITLE), desc=str(desc), key=key),
        Table(_columns(seen), rows),
    )


def _columns(states: Sequence[State]) -> Sequence[Column]:
    def count(state: State) -> Column:
        return Column(state.name.lower(), STATES[state], lambda row: row.counts[state], "number")

    return (
        Column("id", Text("节", "Section"), lambda row: row.id, "code"),
        Column("title", Text("名称", "Title"), lambda row: row.title, url=lambda row: row.url),
        Column("offers", Text("服务项", "Offers"), lambda row: len(row.offers), "number"),
        *map(count, states),
    )

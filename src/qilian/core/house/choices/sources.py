"""What fields pick from: parties, units, divisions, clauses, rights; each room says once how its things are found.

Who writes a code or a whole name is understood; anything else is refused with the nearest names. A page with JavaScript
searches `/choices/<source>/?q=` as one types.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from qilian.core.house.parts.api import parts
from qilian.core.house.principal import Principal, current_principal
from qilian.core.values.text import Refusal, Text

MOST, NEAREST = 12, 4


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to pick: the code that is sent, what it is called, and what tells it from others of that name."""

    value: str
    label: Text | str
    note: Text | str = ""


def as_written(text: str) -> str:
    """What somebody wrote may be repeated to him."""
    return text


def itself(row: Any) -> Any:
    """What a verb takes is the row that was found."""
    return row


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A sort of things to pick from. `title` is what they are called together, `asks` what may be written.

    `search` gives the rows that fit some words, the best first, and `exact` those that a code or a whole name names:
    both only what the principal may know of. `shown` is how a row stands in a list, `gives` what a verb takes for it,
    `repeats` how a sentence repeats what was written: a number of a person that was taken for a code is masked.
    """

    name: str
    title: Text
    asks: Text
    search: Callable[[Principal, str], Iterable[Any]]
    exact: Callable[[Principal, str], Iterable[Any]]
    shown: Callable[[Any], Choice]
    gives: Callable[[Any], Any] = itself
    repeats: Callable[[str], str] = as_written

    def offered(self, me: Principal, words: str, most: int = MOST) -> list[Choice]:
        """The choices that fit some words, at most so many."""
        return [self.shown(row) for row in islice(self.search(me, words.strip()), most)]

    def find(self, written: str) -> Any:
        """What somebody wrote means to a verb. Refusals `forms.unregistered`, `forms.ambiguous`, with what is near."""
        me, text = current_principal(), written.strip()
        rows = list(islice(self.exact(me, text), NEAREST))
        if len(rows) == 1:
            return self.gives(rows[0])
        raise self._ambiguous(text, rows) if rows else self._unregistered(me, text)

    def called(self, written: str) -> Choice | None:
        """The one thing that was written, as it is shown again; None when it is none."""
        rows = list(islice(self.exact(current_principal(), written.strip()), 2)) if written.strip() else []
        return self.shown(rows[0]) if len(rows) == 1 else None

    def _ambiguous(self, text: str, rows: Iterable[Any]) -> Refusal:
        message = Text(f"“{text}”不止一个。", f"“{text}” names more than one of the {self.title.en}.")
        codes = _listed([self.shown(row) for row in rows])
        return Refusal(
            "forms.ambiguous", message, remedy=Text(f"请写代码：{codes.zh}。", f"Write the code: {codes.en}.")
        )

    def _unregistered(self, me: Principal, text: str) -> Refusal:
        told = self.repeats(text)[:60]
        message = Text(f"{self.title.zh}里没有“{told}”。", f"There is no “{told}” among the {self.title.en}.")
        near = _listed(self._near(me, text))
        asks = Text(f"请填写{self.asks.zh}。", f"Write {self.asks.en}.")
        found = Text(f"最接近的是：{near.zh}。", f"The nearest are: {near.en}.") if near.zh else Text("", "")
        remedy = Text(f"{found.zh}{asks.zh}", f"{found.en} {asks.en}".strip())
        return Refusal("forms.unregistered", message, remedy=remedy)

    def _near(self, me: Principal, text: str) -> list[Choice]:
        """What is found by all of a text, else by a shorter and shorter piece of its end or beginning."""
        sizes = sorted({len(text), len(text) * 3 // 4, len(text) // 2, min(len(text), 2)}, reverse=True)
        pieces = dict.fromkeys(piece for size in sizes if size for piece in (text[:size], text[-size:]))
        return next((found for piece in pieces if (found := self.offered(me, piece, NEAREST))), [])


def sources() -> Iterator[Source]:
    """Every source, in the order of the parts; TypeError where a part brings something else under that word."""
    for part in parts():
        for each in part.choices:
            if not isinstance(each, Source):
                raise TypeError(f"{part.name} brings {each!r} as a source of choices")
            yield each


def source_named(name: str) -> Source:
    """The source of a name. Refusal `choices.unknown` (404)."""
    for each in sources():
        if each.name == name:
            return each
    raise Refusal("choices.unknown", Text("没有这种可选的内容。", "There is nothing of that sort to pick."), where=name)


def _listed(choices: Iterable[Choice]) -> Text:
    """Names with their codes, one after another."""
    found = [(each.label, each.value) for each in choices]
    pairs = [(label if isinstance(label, Text) else Text(label, label), value) for label, value in found]
    zh = "、".join(label.zh if label.zh == value else f"{label.zh}（{value}）" for label, value in pairs)
    return Text(zh, ", ".join(label.en if label.en == value else f"{label.en} ({value})" for label, value in pairs))

"""What a pack says of an item: the procedure's file beside it, and the unit that handles it."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from qilian.core.house.parts.api import Finding
from qilian.core.offers.packs.api import Cite, Offer
from qilian.core.values.text import Refusal, Text
from qilian.engines.casework.procedures.api import read_procedure


@dataclass(frozen=True, kw_only=True)
class Item(Offer):
    """An item with the text of its procedure; `unit` is the slug of the unit that handles it (承办)."""

    kind: ClassVar[str] = "procedure"

    unit: str
    text: str = field(repr=False)

    def problems(self) -> tuple[Finding, ...]:
        """What is wrong with the file, as the contract of packs reads it."""
        try:
            found = read_procedure(self.text)
        except Refusal as refusal:
            return tuple(Finding("item", self.slug, each.message) for each in refusal.every)
        none = Text("没有样例。", "There is no sample.")
        return () if found.samples else (Finding("item", self.slug, none),)


def item(beside: str, slug: str, title: Text, answers: Cite | tuple[Cite, ...], *, unit: str) -> Item:
    """Declare the item whose procedure lies in `procedures/<slug>.yaml` beside a pack's file (`__file__`).

    OSError where the file is absent: it is part of the program, so that is a defect and not a refusal.
    """
    text = (Path(beside).parent / "procedures" / f"{slug}.yaml").read_text(encoding="utf-8")
    return Item(slug=slug, title=title, answers=answers, unit=unit, text=text)

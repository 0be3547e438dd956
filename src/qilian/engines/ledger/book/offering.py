"""What a pack or engine declares of the book: assets, and who may hold them by number."""

import re
from dataclasses import dataclass

from qilian.core.house.parts.api import Finding
from qilian.core.values.text import Text

KINDS = ("money", "goods", "allowance", "water", "share", "pallet", "budget", "hours")
_SLUG = re.compile(r"[a-z0-9]+([-/.][a-z0-9]+)*")
_MOST_DECIMALS = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetSpec:
    """An asset: `unit` is what people read beside the number, `scale` how many decimals of it are counted.

    Money is counted in fen: unit 元, scale 2. `serial` assets have a number on each piece (allowances, shares, bonds).
    """

    slug: str
    title: Text
    kind: str
    unit: Text
    scale: int = 0
    serial: bool = False

    def problems(self) -> tuple[Finding, ...]:
        """What is wrong with the declaration."""
        found = []
        if not _SLUG.fullmatch(self.slug):
            found.append(("asset-slug", Text("资产代码只用小写字母、数字和 -/.", "An asset's slug is a-z, 0-9, - / .")))
        if self.kind not in KINDS:
            found.append(("asset-kind", Text(f"没有资产种类“{self.kind}”", f"there is no kind of asset “{self.kind}”")))
        if not (self.title.zh and self.title.en and self.unit.zh and self.unit.en):
            found.append(("asset-words", Text("名称和单位须有中英文", "title and unit need both languages")))
        if not 0 <= self.scale <= _MOST_DECIMALS or (self.serial and self.scale):
            found.append(
                (
                    "asset-scale",
                    Text("小数位须为 0 至 9；有编号的资产不能有小数", "scale is 0 to 9, and 0 with serials"),
                )
            )
        return tuple(Finding(code, self.slug, message) for code, message in found)


YUAN = AssetSpec(slug="cny", title=Text("人民币", "Renminbi"), kind="money", unit=Text("元", "yuan"), scale=2)
"""The asset that every installation has: Chinese yuan in fen."""

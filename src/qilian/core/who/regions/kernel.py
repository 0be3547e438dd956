"""Arithmetic of division codes (GB/T 2260 for six digits; nine and twelve digits as statistics write them)."""

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from qilian.core.values.text import Refusal, Text

_TILE = re.compile(r"[1-9]\d?-[1-9]\d?")
_CODE = re.compile(r"[1-9]\d{5}(\d{3}(\d{3})?)?")
LEVELS = ("province", "prefecture", "county", "township", "village")
LEVEL_TITLES: Mapping[str, Text] = {
    "province": Text("省级", "Province"),
    "prefecture": Text("市州级", "Prefecture"),
    "county": Text("县级", "County"),
    "township": Text("乡级", "Township"),
    "village": Text("村级", "Village"),
}
COLUMNS = ("code", "name", "en", "parent", "short")


@dataclass(frozen=True, slots=True)
class Division:
    """One line of a list of divisions; `parent` is empty for the topmost, dates are open when None (both included)."""

    code: str
    name: str
    short: str
    en: str
    pinyin: str
    parent: str
    valid_from: date | None = None
    valid_to: date | None = None
    tile: str = ""  # where it stands towards its neighbours in a sketch: column-row, from the north-west


def prefix(code: str) -> str:
    """The digits that all codes inside a division share.

    >>> prefix("630000"), prefix("632800"), prefix("632801"), prefix("632801002")
    ('63', '6328', '632801', '632801002')
    """
    if not _CODE.fullmatch(code):
        raise Refusal(
            "regions.code",
            Text(f"“{code}”不是行政区划代码。", f"“{code}” is not a division code."),
            where="code",
            remedy=Text(
                "请填写六位数字的行政区划代码，如 630100。", "Give the six digits of GB/T 2260, such as 630100."
            ),
        )
    if len(code) == 12 and code.endswith("000"):
        code = code[:9]
    if len(code) == 9 and code.endswith("000"):
        code = code[:6]
    if len(code) == 6 and code.endswith("0000"):
        return code[:2]
    return code[:4] if len(code) == 6 and code.endswith("00") else code


def level(code: str) -> str:
    """The level of a division, one of LEVELS; Refusal `regions.code` for anything else than a code."""
    return LEVELS[(2, 4, 6, 9, 12).index(len(prefix(code)))]


def contains(parent: str, child: str) -> bool:
    """Whether a division contains another or is the same, by code alone.

    A county right under a province (省直辖县, such as 469001) lies in the province and in no real prefecture.
    """
    return prefix(child).startswith(prefix(parent))


def parent(code: str) -> str:
    """The code one level up; empty above a province."""
    digits = prefix(code)
    return {2: "", 4: digits[:2] + "0000", 6: digits[:4] + "00", 9: digits[:6], 12: digits[:9]}[len(digits)]


def ancestors(code: str) -> tuple[str, ...]:
    """The codes above a division, the topmost first.

    >>> ancestors("632801")
    ('630000', '632800')
    """
    above = parent(code)
    return (*ancestors(above), above) if above else ()


def read_divisions(text: str) -> tuple[Division, ...]:
    """Read a list of divisions from CSV with the columns code, name, en, parent, short (pinyin, valid_from, valid_to).

    Refusals name the line: `regions.columns`, `regions.code`, `regions.twice`, `regions.parent` when a division lies
    outside the one it names, `regions.date`, `regions.tile`.
    """
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    missing = [name for name in COLUMNS if name not in (rows.fieldnames or ())]
    if missing:
        names = "、".join(missing)
        raise Refusal("regions.columns", Text(f"缺少列：{names}。", f"Columns are missing: {', '.join(missing)}."))
    found = tuple(_division(row, line) for line, row in enumerate(rows, 2))
    _refuse_doubles(found)
    return found


def _division(row: Mapping[str, str | None], line: int) -> Division:
    cell = {name: (value or "").strip() for name, value in row.items() if isinstance(name, str)}
    code, above = cell["code"], cell["parent"]
    prefix(code)
    if above and (above == code or not contains(above, code)):
        message = Text(f"{code} 不在 {above} 之内。", f"{code} does not lie in {above}.")
        raise Refusal("regions.parent", message, where=f"line {line}")
    return Division(
        code=code,
        name=cell["name"],
        short=cell["short"] or cell["name"],
        en=cell["en"],
        pinyin=cell.get("pinyin", ""),
        parent=above,
        valid_from=_day(cell.get("valid_from", ""), line),
        valid_to=_day(cell.get("valid_to", ""), line),
        tile=_tile(cell.get("tile", ""), line),
    )


def _tile(written: str, line: int) -> str:
    if written and not _TILE.fullmatch(written):
        message = Text(f"“{written}”不是示意图上的位置。", f"“{written}” is no place in a sketch.")
        remedy = Text("请按“列-行”填写，如 2-1。", "Write column-row, such as 2-1.")
        raise Refusal("regions.tile", message, where=f"line {line}", remedy=remedy)
    return written


def _day(written: str, line: int) -> date | None:
    if not written:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        message = Text(f"“{written}”不是日期。", f"“{written}” is not a date.")
        raise Refusal(
            "regions.date",
            message,
            where=f"line {line}",
            remedy=Text("请按 2018-11-01 的格式填写。", "Write it as 2018-11-01."),
        ) from None


def _refuse_doubles(found: Iterable[Division]) -> None:
    seen: set[str] = set()
    for each in found:
        if each.code in seen:
            raise Refusal(
                "regions.twice", Text(f"{each.code} 出现两次。", f"{each.code} stands twice."), where=each.code
            )
        seen.add(each.code)

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
PROVINCES: Mapping[str, Text] = {
    "11": Text("北京市", "Beijing"),
    "12": Text("天津市", "Tianjin"),
    "13": Text("河北省", "Hebei"),
    "14": Text("山西省", "Shanxi"),
    "15": Text("内蒙古自治区", "Inner Mongolia"),
    "21": Text("辽宁省", "Liaoning"),
    "22": Text("吉林省", "Jilin"),
    "23": Text("黑龙江省", "Heilongjiang"),
    "31": Text("上海市", "Shanghai"),
    "32": Text("江苏省", "Jiangsu"),
    "33": Text("浙江省", "Zhejiang"),
    "34": Text("安徽省", "Anhui"),
    "35": Text("福建省", "Fujian"),
    "36": Text("江西省", "Jiangxi"),
    "37": Text("山东省", "Shandong"),
    "41": Text("河南省", "Henan"),
    "42": Text("湖北省", "Hubei"),
    "43": Text("湖南省", "Hunan"),
    "44": Text("广东省", "Guangdong"),
    "45": Text("广西壮族自治区", "Guangxi"),
    "46": Text("海南省", "Hainan"),
    "50": Text("重庆市", "Chongqing"),
    "51": Text("四川省", "Sichuan"),
    "52": Text("贵州省", "Guizhou"),
    "53": Text("云南省", "Yunnan"),
    "54": Text("西藏自治区", "Tibet"),
    "61": Text("陕西省", "Shaanxi"),
    "62": Text("甘肃省", "Gansu"),
    "63": Text("青海省", "Qinghai"),
    "64": Text("宁夏回族自治区", "Ningxia"),
    "65": Text("新疆维吾尔自治区", "Xinjiang"),
    "71": Text("台湾省", "Taiwan"),
    "81": Text("香港特别行政区", "Hong Kong"),
    "82": Text("澳门特别行政区", "Macao"),
}
"""The first two digits of GB/T 2260: divisions of other provinces are known by these alone."""
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


def place_title(code: str, names: Mapping[str, Text]) -> Text:
    """What a place is called, given the names of the divisions that are loaded; the code where nobody names it.

    A township is told by its county, a division of another province by that province, both with the code behind.

    >>> place_title("630102", {"630102": Text("城东区", "Chengdong")}), place_title("110105", {}).en
    (Text(zh='城东区', en='Chengdong'), 'Beijing 110105')
    """
    if code in names:
        return names[code]
    above = names.get(code[:6]) or PROVINCES.get(code[:2])
    return Text(f"{above.zh} {code}", f"{above.en} {code}") if above else Text(code, code)


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

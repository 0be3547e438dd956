"""Codes of standards as people write them: `GB/T 27922-2011`, `DB63/T 1000-2011`, `ISO/IEC 17025:2017`."""

import re
import unicodedata

from qilian.core.values.text import Refusal, Text

# Prefix (with /T, /Z for recommended and guiding ones, or the maker of an association standard), number, year.
_CODE = re.compile(
    r"(?P<prefix>(?:DB\d{2,4}|[A-Z]{1,4})(?:/[A-Z]{1,8})?)\s*(?P<number>\d+(?:\.\d+)*)\s*(?P<mark>[-:])\s*(?P<year>\d{4}|\d{2})"
)
_DASHES = str.maketrans({"—": "-", "–": "-", "－": "-", "‐": "-", "：": ":", "／": "/"})
_INTERNATIONAL = ("ISO", "IEC", "ITU")


def read_code(written: str) -> str:
    """A code in its one written form: prefix, a space, number, a dash and the year (a colon for ISO and IEC).

    Refusal `registry.standard.code`.

    >>> read_code("gb/t27922—2011"), read_code("iso/iec 17025-2017"), read_code("JJG1036－2008")
    ('GB/T 27922-2011', 'ISO/IEC 17025:2017', 'JJG 1036-2008')
    """
    text = unicodedata.normalize("NFKC", written).strip().upper().translate(_DASHES)
    match = _CODE.fullmatch(text)
    if match is None:
        raise Refusal(
            "registry.standard.code",
            Text(f"“{written.strip()}”不是标准号。", f"“{written.strip()}” is no code of a standard."),
            where="code",
            remedy=Text("请写成 GB/T 27922-2011 的样子，含年号。", "Write it like GB/T 27922-2011, with its year."),
        )
    prefix, number, year = match["prefix"], match["number"], match["year"]
    mark = ":" if prefix.split("/")[0] in _INTERNATIONAL else "-"
    return f"{prefix} {number}{mark}{year}"


def is_mandatory(code: str) -> bool:
    """Whether a Chinese standard binds by itself: without /T (recommended) or /Z (guiding) (标准化法 第二条).

    >>> is_mandatory("GB 1589-2016"), is_mandatory("GB/T 2934-2007"), is_mandatory("ISO 9001:2015")
    (True, False, False)
    """
    prefix = code.split(" ")[0]
    return prefix == "GB"

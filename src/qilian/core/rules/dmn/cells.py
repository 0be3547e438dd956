"""Cells as officials write them: bare words in columns of text, bare dates, 是 and 否, ≥; read back without loss.

A cell is written plainly only where the plain form reads back as the same FEEL text; otherwise as `=` and the text.
"""

import re

_SIGNS = str.maketrans(
    {
        "≥": ">=",
        "≤": "<=",
        "≠": "!=",
        "＞": ">",
        "＜": "<",
        "＝": "=",
        "（": "(",
        "）": ")",
        "，": ",",
        "［": "[",
        "］": "]",
        "～": "..",
        "“": '"',
        "”": '"',
    }
)
_TEXT_TYPES = frozenset({"string"})
_TEMPORAL_TYPES = frozenset(
    {"date", "time", "date and time", "dateTime", "days and time duration", "years and months duration"}
)
_LITERAL = re.compile(r'"([^"\\\n]*)"')
_AT = re.compile(r'@"([^"\\]*)"')
_BARE_TEMPORAL = re.compile(
    r"(?<![\w@\"])(-?P[\dYMDTHS.]+|\d{4,9}-\d\d-\d\d(?:T[\d:.]+\S*?)?|\d\d:\d\d:\d\d[^\s,\])]*)"
)
_SEPARATOR = "、"


def read_cell(text: str, kind: str, test: bool) -> str:
    """Return the FEEL text of a cell in a column of a type; `test` says that it is an input's or a list of values."""
    text = text.strip()
    if text.startswith("="):
        return text[1:].strip()
    if not text or text == "-":
        return text
    if kind in _TEXT_TYPES:
        return _read_words(text, test)
    text = text.translate(_SIGNS)
    if kind == "boolean":
        return {"是": "true", "否": "false"}.get(text, text)
    return _BARE_TEMPORAL.sub(r'@"\1"', text) if kind in _TEMPORAL_TYPES else text


def write_cell(feel: str, kind: str, test: bool) -> str:
    """Return the plain form of a FEEL text, or the text behind `=` where no plain form reads back as it."""
    for plain in (_plain(feel, kind), feel):
        if read_cell(plain, kind, test) == feel:
            return plain
    return f"={feel}"


def _read_words(text: str, test: bool) -> str:
    """Quote bare words; in a test `a、b` are two of them; what is quoted already is FEEL."""
    if '"' in text:
        return text.translate(_SIGNS)
    words = text.split(_SEPARATOR) if test else [text]
    return ", ".join(f'"{word.strip()}"'.replace("\\", "\\\\") for word in words)


def _plain(feel: str, kind: str) -> str:
    if kind in _TEXT_TYPES:
        return _SEPARATOR.join(found[1] for found in _LITERAL.finditer(feel))
    if kind == "boolean":
        return {"true": "是", "false": "否"}.get(feel, feel)
    bare = _AT.sub(r"\1", feel) if kind in _TEMPORAL_TYPES else feel
    return bare.replace(">=", "≥").replace("<=", "≤")

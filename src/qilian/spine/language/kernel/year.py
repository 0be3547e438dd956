"""The year of a document, which dates what has none (10月底前), and the first it plans for (“十五五”: 2026)."""

import re
from collections.abc import Iterator
from itertools import islice

from .numerals import integer

_YEAR = re.compile(r"(?<![\d〔-])((?:19|20)\d\d|二[〇零][一二三四五六七八九〇零]{2})年(?:度)?(?![\d底末前内至到-])")
_RANGE = re.compile(r"\d{4}年?[-~至到]+\d{4}年|五年|规划")
_ISSUED = re.compile(
    r"(?m)^[ \t]*((?:19|20)\d\d|二[〇零][一二三四五六七八九〇零]{2})年(?:\d{1,2}"
    r"|[一二三四五六七八九十]{1,3})月(?:\d{1,2}|[一二三四五六七八九十]{1,3})日[ \t]*$"
)
_NUMBER = re.compile(r"〔((?:19|20)\d\d)〕\d+号")
_LINES = re.compile(r"[^\n]+")
_FIRST = re.compile(
    r"(?:“|\b)?(?P<five>十[一二三四五六七八九]|二十)五”?(?:时期|规划|[^，。]{2,40}规划)|(?P<from>20\d\d)年?[-~至到]+20\d\d年"
)
_TITLE_LINES, _TITLE_MAX = 4, 60


def document_year(folded: str) -> int | None:
    """Return the year that dates a document, or None; a title that spans several years dates nothing."""
    for title in _titles(folded):
        found = _YEAR.search(title)
        if found and not _RANGE.search(title) and not _ISSUED.match(title):
            return integer(found.group(1))
    issued = [match.group(1) for match in _ISSUED.finditer(folded)] or _NUMBER.findall(folded[:400])
    return integer(issued[-1]) if issued else None


def first_year(folded: str) -> int | None:
    """Return the first year that a document plans for, or None: what is dated before it was reached already."""
    for found in filter(None, map(_FIRST.search, _titles(folded))):
        return 1951 + 5 * integer(found.group("five")) if found.group("five") else integer(found.group("from"))
    return document_year(folded)


def _titles(folded: str) -> Iterator[str]:
    for line in islice(_LINES.finditer(folded), _TITLE_LINES):
        title = line.group().strip()
        if len(title) > _TITLE_MAX or title.endswith(("。", "：")) or "\t" in title:
            return
        yield title

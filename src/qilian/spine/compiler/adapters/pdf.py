"""PDF: the words of each page, every character once, columns one after the other, tables as rows with tabs."""

import io
import re
from collections.abc import Iterator, Sequence

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.page import Page
from pdfplumber.utils.exceptions import PdfminerException

from qilian.core.values.text import Refusal, Text
from qilian.spine.document.api import flow
from qilian.spine.reading.api import Block, Composer, Document, Line, in_columns, paragraphs, together, unified

from .refusals import damaged, locked, too_large

PAGES_MAX = 1_000
_UNMAPPED = re.compile(r"\(cid:\d+\)")
_TWICE = 1  # points: a character drawn again so near is the same one, made bold
UNKNOWN = "�"
_MOSTLY = 0.3
_PICTURE = 0.3  # of a page


def read_pdf(content: bytes, name: str) -> Document:
    """Read a PDF; page numbers and running heads are left out.

    Refusals: `plan.file.encrypted`, `plan.file.damaged`, `plan.file.too_large` for more than 1,000 pages, and
    `plan.file.unmapped` when the fonts do not say which characters they draw.
    """
    composer, pages = Composer(), list[list[Line | str]]()
    try:
        with pdfplumber.open(io.BytesIO(content)) as document:
            if len(document.pages) > PAGES_MAX:
                raise too_large(name)
            for number, page in enumerate(document.pages, 1):
                pages.append(list(_items(page.dedupe_chars(tolerance=_TWICE, extra_attrs=()))))
                _look(page, number, pages[-1], composer)
                page.close()
    except PdfminerException as problem:
        if any(isinstance(cause, PDFPasswordIncorrect) for cause in problem.args):
            raise locked(name) from problem
        raise damaged(name) from problem
    text = together(flow(paragraphs(pages), only=("page",)).text)
    composer.lines.append(_readable(text, name))
    return composer.document()


def _look(page: Page, number: int, items: Sequence[Line | str], composer: Composer) -> None:
    """Note what of a page cannot be read; all notes of a PDF stand at its beginning and name their page."""
    words = "".join(item if isinstance(item, str) else item.text for item in items)
    composer.grow(len(words))
    if not words.strip() and _pictured(page):
        composer.note("read_scanned", f"第 {number} 页")
    unmapped = words.count(UNKNOWN)
    if unmapped:
        composer.note("read_unmapped", f"第 {number} 页", count=unmapped)


def _pictured(page: Page) -> bool:
    """Whether a picture covers much of a page."""
    whole = float(page.width) * float(page.height)
    return any(
        (image["x1"] - image["x0"]) * (image["bottom"] - image["top"]) > whole * _PICTURE for image in page.images
    )


def _readable(text: str, name: str) -> str:
    if text.count(UNKNOWN) > (len(text) - sum(map(str.isspace, text))) * _MOSTLY:
        raise Refusal(
            "plan.file.unmapped",
            Text(
                f"文件“{name}”的字体没有文字编码（cid），读出来的不是文字。",
                f"The fonts of the file “{name}” do not say which characters they draw (cid).",
            ),
            where=name,
            remedy=Text("请提供 Word 原件，或先做文字识别。", "Give the Word original, or recognise its text first."),
        )
    return text


def _items(page: Page) -> Iterator[Line | str]:
    """Yield the lines of a page, its tables as rows with tabs where they stand."""
    top = float(page.bbox[1])
    for table in sorted(page.find_tables(), key=lambda table: float(table.bbox[1])):
        rows = [[(cell or "").replace("\n", "").replace("\t", " ") for cell in row] for row in table.extract()]
        if max((len(row) for row in rows), default=0) < 2 or float(table.bbox[1]) < top:
            continue
        yield from _between(page, top, float(table.bbox[1]))
        yield from (_clean("\t".join(row)) for row in rows)
        top = float(table.bbox[3])
    yield from _between(page, top, float(page.bbox[3]))


def _between(page: Page, top: float, bottom: float) -> Iterator[Line]:
    """Yield the lines between two heights, the left of two columns before the right."""
    left, right = float(page.bbox[0]), float(page.bbox[2])
    if bottom - top < 1:
        return
    part = page.crop((left, top, right, bottom))
    glyphs = [Block(*(float(char[side]) for side in ("x0", "top", "x1", "bottom"))) for char in part.chars]
    whole = Block(left, top, right, bottom)
    for block in in_columns(glyphs, whole):
        piece = part if block == whole else part.within_bbox(block, strict=False)
        column = 0 if block.x1 - block.x0 == right - left else 1 + (block.x0 > left)
        for line in piece.extract_text_lines(strip=True, return_chars=False):
            yield Line(_clean(line["text"]), line["x0"], line["top"], line["x1"], line["bottom"], column)


def _clean(text: str) -> str:
    return unified(_UNMAPPED.sub(UNKNOWN, text))

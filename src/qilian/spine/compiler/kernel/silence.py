"""What would be lost in silence: rows that are no table, labels nobody knows, ordinals in words, reports."""

import re
from collections.abc import Iterator

from qilian.spine.annotation.api import Diagnostic, Rule
from qilian.spine.document.api import Spans, Table
from qilian.spine.language.api import Span, surely

from .clauses import Division

_ROW = re.compile(r"(?m)^[^\n]*(?:\t|\|)[^\n]*$")
_ALONE = re.compile(r"(?m)^[ \t]*(?:序号|编号|项次)(?=[ \t]*\|?[ \t]*$)")
_RULE = re.compile(r"[\s|:：+=-]+")
_ORDINAL = re.compile(
    r"(?m)^[ \t]*(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）"
    r"|\d{1,3}[.、](?!\d*(?:[万亿%]|个|年|元))|（\d{1,2}）)(?=\S)"
)
_LABEL = re.compile(
    r"(?m)(?:^[ \t·*>-]*|(?<=[（【［。；，]))[【［]?(?P<label>(?!抄送|主送|来源|地[址点]|附件|例如"
    r"|电话)[^，。；：、\s（）【】［］\d]{2,8})[】］]?[ ]?：[ ]*(?P<unit>[^，。；、\n（）]{3,24})"
)
_IS_UNIT = re.compile(r"(?:为|是)(?:牵头|责任|配合|主办|协办)(?:单位|部门)")
_SAID = re.compile(
    r"[^，。；：、\s（）]{2,24}(?:均|都)?(?:为|是|作为)(?:牵头|责任|配合|主办|协办)(?:单位|部门)"
    r"(?=[，。；\n]|$|组织|负责|牵头|具体|抓好|落实)"
)
_STATUS = re.compile(r"[【（［]?(?:落实|进展|完成|推进|整改|办理|工作)(?:情况|成效|进度)[】）］]?\s*[：:】）]?")


def silences(
    folded: str, division: Division, tables: list[Table], rules: list[Rule], doubts: list[Diagnostic]
) -> list[Diagnostic]:
    """Return a doubt for each row outside tables, unknown label, ordinal inside words and report without a clause."""
    inside = Spans(table.span for table in tables)
    annotations = [own.span for stretch in division.stretches for own in stretch.annotations]
    read = Spans([*annotations, *(rule.span for rule in rules if not Spans(annotations).touch(rule.span))])
    return [
        *_rows(folded, inside),
        *_labels(folded, inside, read),
        *_said(folded, inside, read),
        *_ordinals(folded, division),
        *_paragraphs(folded, division, doubts),
    ]


def _labels(folded: str, tables: Spans, read: Spans) -> Iterator[Diagnostic]:
    """Yield words before a colon and a unit that no label is known for: 主攻单位：市甲局."""
    for match in _LABEL.finditer(folded):
        inside = tables.touch(match.span("label")) or read.touch(match.span())
        if not inside and surely(match.group("unit").strip()):
            said = f"“{match.group('label')}”像责任标签，未知其含义，其后单位未计入责任分工，请核对"
            yield Diagnostic(match.span(), "unknown_label", said)


def _rows(folded: str, tables: Spans) -> Iterator[Diagnostic]:
    """Yield the first of two or more lines with as many columns that no table has, and one right behind a table."""
    first: Span = (-1, -1)
    columns, told, end = 0, False, -1
    for row in _ROW.finditer(folded):
        count = 0 if tables.touch(row.span()) or _RULE.fullmatch(row.group()) else _columns(row.group())
        goes_on = count == columns and row.start() == end + 1
        if not goes_on:
            first, columns, told = row.span(), count, False
        behind = 0 < tables.end_before(row.start()) == row.start() - 1
        if count > 1 and (goes_on or behind) and not told:
            told = True
            yield Diagnostic(first, "unread_table", "此处像表格，未能按表格读取，请核对")
        end = row.end()
    for alone in _ALONE.finditer(folded):
        if not tables.touch(alone.span()):
            yield Diagnostic(alone.span(), "unread_table", "此处像表格的表头，未能按表格读取，请核对")


def _columns(line: str) -> int:
    return len(re.split(r"\t|\|", line.strip().strip("|")))


def _said(folded: str, tables: Spans, read: Spans) -> Iterator[Diagnostic]:
    """Yield who is said to be responsible or to lead where no rule reads it: 各县区政府均为责任单位."""
    for match in _SAID.finditer(folded) if _IS_UNIT.search(folded) else ():
        if not (tables.touch(match.span()) or read.touch(match.span())):
            yield Diagnostic(
                match.span(), "role_in_words", "此处像是责任分工，也可读作一般叙述；未计入任何一条，请核对"
            )


def _ordinals(folded: str, division: Division) -> Iterator[Diagnostic]:
    for stretch in division.stretches:
        for match in _ORDINAL.finditer(folded, *stretch.span):
            yield Diagnostic(match.span(), "ordinal_in_text", "序号留在任务文字之中，未单独成条，请核对")


def _paragraphs(folded: str, division: Division, doubts: list[Diagnostic]) -> Iterator[Diagnostic]:
    told = Spans(sorted({doubt.span for doubt in doubts if doubt.kind == "words_without_annotation"}))
    for node in division.nodes:
        if (
            node.kind in ("text", "closing", "preamble")
            and _STATUS.match(folded, *node.span)
            and not told.touch(node.span)
        ):
            yield Diagnostic(node.span, "words_without_clause", "此段说明落实情况，未单独成条，请核对")

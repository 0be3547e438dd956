"""Figures as officials type them: numbers with commas, and where they come from."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from qilian.core.rules.scoring.api import Figure, Method
from qilian.core.values.text import Refusal, Text

_BETWEEN = re.compile(r"[,，、;；\s]+")


def figure_in(values: str, source: str, where: str) -> Figure:
    """Read the numbers of one indicator; Refusals `registry.grade.number` and `registry.grade.figure_source`."""
    try:
        numbers = tuple(Decimal(part) for part in _BETWEEN.split(values.strip()) if part)
    except InvalidOperation:
        message = Text(f"“{values}”不是数。", f"“{values}” is no number.")
        remedy = Text("请填写数字，多个用逗号分开。", "Write numbers, several with commas.")
        raise Refusal("registry.grade.number", message, where=where, remedy=remedy) from None
    if not source.strip():
        message = Text("没有写明数值的来源。", "No source of the figures is given.")
        remedy = Text("请写明报表、证书或文件的名称和编号。", "Name the return, certificate or document.")
        raise Refusal("registry.grade.figure_source", message, where=where.replace("value", "source"), remedy=remedy)
    return Figure(numbers, " ".join(source.split())[:300])


def figures_in(method: Method, sent: Mapping[str, str]) -> dict[str, Figure]:
    """Read the figures of all indicators that were filled in; what stays empty is missing."""
    found = {}
    for each in method.indicators:
        if written := sent.get(f"value-{each.slug}", "").strip():
            found[each.slug] = figure_in(written, sent.get(f"source-{each.slug}", ""), f"value-{each.slug}")
    return found


def day_in(written: str) -> date | None:
    """Read a day, none when it is empty; Refusal `registry.grade.day`."""
    if not written.strip():
        return None
    try:
        return date.fromisoformat(written.strip())
    except ValueError:
        message = Text("请填写日期，如 2026-01-01。", "Give a day, such as 2026-01-01.")
        raise Refusal("registry.grade.day", message, where="as_of") from None

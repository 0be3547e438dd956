"""Edit a table as a grid, check it, see what it does to the stored cases, and propose it from a day on."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from qilian.core.house.pages import Page, Section, done, show
from qilian.core.house.principal import current_principal
from qilian.core.rights.grants.api import Scope, require
from qilian.core.rules.dmn.api import POLICIES, Grid, Table, answer
from qilian.core.values.text import Refusal, Text, current_language
from qilian.core.work.decisions.queries import as_case, cases, declared, table_of, versions
from qilian.core.work.parameters.api import PROPOSE, Parameter, holds, propose

from .showing import address, case_results, day_of, findings_section, found, head, version_of

_STEP = Text("编辑新版", "Edit a new version")
_WAITS = Text("已提出，等待另一个人批准。", "Proposed; another person decides on it.")
_BLANK = "决策表,,命中策略,唯一\n列,输入,输出\n名称,,\n表达式,,\n类型,number,string\n1,,\n"


@require_http_methods(["GET", "HEAD", "POST"])
def editing(request: HttpRequest, key: str) -> HttpResponse:
    """The grid; each button sends it whole, so that nothing is kept until it is proposed."""
    decision, me = found(key), current_principal()
    require(me, PROPOSE, Scope(clause=decision.clause))
    if request.method != "POST":
        source, day, text = _start(decision, request.GET.get("version", ""))
        return show(grid_page(decision, Grid.of(text), source=source, day=day))
    sent, step = request.POST.dict(), request.POST.get("step", "check")
    written: dict[str, Any] = {"source": sent.get("source", ""), "day": sent.get("valid_from", "")}
    grid = Grid.sent(sent)
    try:
        if step not in ("check", "propose"):
            return show(grid_page(decision, grid.moved(step), **written))
        table = Table.from_csv(grid.text())
        if step == "check":
            return show(grid_page(decision, grid, sections=checked(decision, table), **written))
        begins = day_of(written["day"])
        propose(actor=me, parameter=decision, written=grid.text(), valid_from=begins, source=written["source"])
    except Refusal as refusal:
        return show(grid_page(decision, grid, refusals=(refusal,), **written), status=422)
    return done(request, address(decision) + "#versions", _STEP, _WAITS)


def _start(decision: Parameter, code: str) -> tuple[str, str, str]:
    """What the grid begins with: a version, else the pack's first table that none holds, else today's, else a blank.

    A source and a day come with a table of the pack.
    """
    language, offered = current_language(), declared(decision.key)
    known = {row.valid_from: row for row in versions(decision.key)}
    for version in offered.versions if offered and not code else ():
        if version.valid_from not in known:
            return version.source, version.valid_from.isoformat(), Table.from_yaml(version.table).to_csv(language)
    if code or any(holds(row) for row in known.values()):
        return "", "", table_of(version_of(decision.key, code)).to_csv(language)
    return "", "", _BLANK


def checked(decision: Parameter, table: Table) -> tuple[Section, ...]:
    """What is wrong with a table that is being edited, and what it says of the stored cases."""
    answers = [(case, answer(table, as_case(case))) for case in cases(decision.key)]
    return findings_section(table), case_results(answers)


def grid_page(
    decision: Parameter,
    grid: Grid,
    *,
    source: str = "",
    day: str = "",
    sections: Sequence[Section] = (),
    refusals: Sequence[Refusal] = (),
) -> Page:
    """The grid with its buttons, which all send it whole."""
    first, *_ = grid.lines
    context = {
        "hidden": [(_name(0, cell), text) for cell, text in enumerate(first) if cell not in (1, 3)],
        "title": (_name(0, 1), first[1]),
        "policy": (_name(0, 3), first[3]),
        "policies": [str(words) for words in POLICIES.values()],
        "lines": [_line(grid, place) for place in range(1, len(grid.lines))],
        "url": address(decision, "editing"),
        "source": source,
        "day": day,
        "sections": sections,
        "refusals": refusals,
    }
    return Page(head(decision, _STEP), "decisions/grid.html", context)


def _line(grid: Grid, place: int) -> dict[str, Any]:
    line = grid.lines[place]
    titles = grid.lines[2] if len(grid.lines) > 2 else line
    cells = [
        {"name": _name(place, cell), "text": text, "label": f"{line[0]} {titles[cell]}", "used": bool(grid.kinds[cell])}
        for cell, text in enumerate(line)
    ]
    return {"number": place, "rule": grid.is_rule(place), "kinds": place == 1, "head": cells[0], "cells": cells[1:]}


def _name(line: int, cell: int) -> str:
    return f"c-{line}-{cell}"

"""Bring a file, see every problem by row and column, apply it when there is none."""

import csv
import io
from collections.abc import Sequence
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from qilian.core.house.forms.api import FieldSpec
from qilian.core.house.pages import (
    NOT_A_RECORD,
    Action,
    Column,
    Crumb,
    Empty,
    Fact,
    Field,
    Filter,
    Head,
    ListPage,
    RecordPage,
    Section,
    Status,
    StepForm,
    Table,
    show,
)
from qilian.core.house.principal import current_principal
from qilian.core.log.events.api import timeline
from qilian.core.papers.sheets.api import PROBLEMS_KEPT, Problem, Sheet, columns_of, template
from qilian.core.rights.grants.api import require, signed_in
from qilian.core.values.text import Refusal, Text, current_language

from .models import ImportRun
from .queries import problems_of, run_by_code, runs_for, sheets_for
from .registry import is_bulk, sheet_named
from .services import apply_run, ask_to_apply, ref, upload

TITLE = Text("批量导入", "Import")
APPLIED_AT_ONCE = 200
"""Files up to this many rows are applied while their sender waits; the worker applies longer ones."""

_RUNS = Text("导入记录", "Imports so far")
_APPLY = Text("导入这些数据", "Apply these rows")
_NO_SHEET = Text(
    "没有您可以导入的表。请向安全管理员申请相应的权限。",
    "There is no sheet that you may import. Ask the security administrator for the right.",
)
_STATES = {
    "queued": Status(Text("检查中", "Being checked"), "grey"),
    "checked": Status(Text("可以导入", "Ready to apply"), "green"),
    "refused": Status(Text("有问题", "Has problems"), "red"),
    "applying": Status(Text("导入中", "Being applied"), "grey"),
    "applied": Status(Text("已导入", "Applied"), "blue"),
}


@require_GET
def entry(_request: HttpRequest) -> HttpResponse:
    """List what the reader may import."""
    columns = (
        Column("sheet", Text("表", "Sheet"), lambda sheet: sheet.title, url=_upload_url),
        Column("about", Text("说明", "What it does"), lambda sheet: sheet.about),
        Column("columns", Text("列数", "Columns"), lambda sheet: len(sheet.form.fields), "number"),
    )
    table = Table(columns, sheets_for(current_principal()), Empty(_NO_SHEET))
    head = Head(TITLE, crumbs=(Crumb(TITLE),), actions=(Action(_RUNS, reverse("imports:runs")),))
    section = Section(Text("可以导入的表", "What you can import"), table=table)
    return show(RecordPage(head, (section,), NOT_A_RECORD))


@require_http_methods(["GET", "POST"])
def bring(request: HttpRequest, slug: str) -> HttpResponse:
    """Explain the columns, and take a file."""
    sheet = sheet_named(slug)
    require(current_principal(), sheet.action)
    if request.method == "GET":
        return show(_bring_form(sheet))
    try:
        return HttpResponseRedirect(_run_url(_brought(request, sheet)))
    except Refusal as refusal:
        return show(_bring_form(sheet, refusal), status=422)


@require_GET
def empty_file(_request: HttpRequest, slug: str) -> HttpResponse:
    """Send the template: a CSV file with the header only, in the reader's language, for any spreadsheet program."""
    signed_in()
    sheet = sheet_named(slug)
    out = io.StringIO()
    csv.writer(out).writerow(template(sheet, english=current_language() == "en"))
    response = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(f'{sheet.title}.csv', safe='')}"
    return response


@require_GET
def runs(_request: HttpRequest) -> HttpResponse:
    """List the imports of sheets that the reader may bring."""
    actor = signed_in()
    empty = Empty(Text("还没有导入过。", "Nothing has been imported yet."), Action(TITLE, reverse("imports:entry")))
    choices = [(state, status.word) for state, status in _STATES.items()]
    named = [(sheet.slug, sheet.title) for sheet in sheets_for(actor)]
    filters = (
        Filter("sheet", Text("表", "Sheet"), lambda rows, slug: rows.filter(sheet=slug), named),
        Filter("state", Text("状态", "State"), lambda rows, state: rows.filter(state=state), choices),
    )
    columns = (
        Column("name", Text("文件", "File"), lambda run: run.name, url=_run_url),
        Column("sheet", Text("表", "Sheet"), lambda run: sheet_named(run.sheet).title, sort="sheet"),
        Column("state", Text("状态", "State"), _state, "status", sort="state"),
        Column("rows", Text("行数", "Rows"), lambda run: run.rows, "number", sort="rows"),
        Column("problems", Text("问题数", "Problems"), lambda run: run.problem_count, "number", sort="problem_count"),
        Column("by", Text("上传人", "By"), _by),
        Column("at", Text("时间", "At"), lambda run: run.at, "datetime", sort="at"),
    )
    head = Head(_RUNS, crumbs=(_home(), Crumb(_RUNS)))
    return show(ListPage(head, runs_for(actor), columns, empty, filters, order="-at"))


@require_GET
def record(_request: HttpRequest, code: str) -> HttpResponse:
    """Show what the dry run found, and the button that applies when nothing is wrong."""
    run = run_by_code(code)
    sheet = sheet_named(run.sheet)
    require(current_principal(), sheet.action)
    crumbs = (_home(), Crumb(sheet.title, _upload_url(sheet)), Crumb(run.name))
    head = Head(run.name, crumbs=crumbs, facts=_facts(run, sheet), actions=_actions(run, sheet))
    return show(RecordPage(head, _sections(run), timeline(ref(run))))


@require_POST
def application(_request: HttpRequest, code: str) -> HttpResponse:
    """Apply all rows: at once when they are few, else by the worker."""
    run = run_by_code(code)
    at_once = run.rows <= APPLIED_AT_ONCE and not is_bulk(run.sheet)
    apply = apply_run if at_once else ask_to_apply
    return HttpResponseRedirect(_run_url(apply(actor=current_principal(), run=run)))


def _brought(request: HttpRequest, sheet: Sheet) -> ImportRun:
    uploaded = request.FILES.get("file")
    if uploaded is None:
        raise Refusal("imports.file", Text("请选择一个文件。", "Choose a file."), where="file")
    content = b"".join(uploaded.chunks())
    return upload(actor=current_principal(), sheet=sheet.slug, name=uploaded.name or "file", content=content)


def _bring_form(sheet: Sheet, *refusals: Refusal) -> StepForm:
    hint = Text(
        "CSV、.xlsx 或 .xls（只读第一张工作表）。先检查，不会保存任何数据。",
        "CSV, .xlsx or .xls (its first sheet). It is checked first; nothing is saved yet.",
    )
    error = refusals[0].message if refusals else ""
    field = Field("file", Text("文件", "File"), "file", hint=hint, accept=".csv,.xlsx,.xls", error=error)
    fetch = Action(Text("下载模板", "Download the template"), reverse("imports:template", args=[sheet.slug]))
    head = Head(sheet.title, crumbs=(_home(), Crumb(sheet.title)), actions=(fetch,))
    about = [sheet.about] if sheet.about else []
    before = (
        *([Section(paragraphs=about)] if about else []),
        Section(Text("文件里的列", "The columns"), table=_columns_table(sheet), anchor="columns"),
    )
    return StepForm(head, (field,), Text("上传并检查", "Upload and check"), refusals=refusals, before=before)


def _columns_table(sheet: Sheet) -> Table:
    columns = (
        Column("column", Text("列名", "Column"), lambda pair: pair[0].label),
        Column("required", Text("必填", "Required"), lambda pair: _required(pair[0])),
        Column("takes", Text("填什么", "What it takes"), lambda pair: pair[1]),
    )
    return Table(columns, columns_of(sheet))


def _required(spec: FieldSpec) -> Text:
    return Text("是", "yes") if spec.required and spec.when is None else Text("否", "no")


def _facts(run: ImportRun, sheet: Sheet) -> Sequence[Fact]:
    facts = [
        Fact(Text("表", "Sheet"), sheet.title),
        Fact(Text("状态", "State"), _state(run)),
        Fact(Text("行数", "Rows"), run.rows),
        Fact(Text("问题数", "Problems"), run.problem_count),
        Fact(Text("上传人", "By"), _by(run)),
        Fact(Text("上传时间", "Uploaded"), run.at),
    ]
    return [*facts, Fact(Text("导入时间", "Applied"), run.applied_at)] if run.applied_at else facts


def _actions(run: ImportRun, sheet: Sheet) -> Sequence[Action]:
    if run.state == "checked":
        return (Action(_APPLY, reverse("imports:application", args=[run.code]), "post", primary=True),)
    if run.state in ("queued", "applying"):
        return (Action(Text("刷新进度", "Reload"), _run_url(run), primary=True),)
    again = Text("上传改好的文件", "Upload the mended file")
    return (Action(again, _upload_url(sheet), primary=True),) if run.state == "refused" else ()


def _sections(run: ImportRun) -> Sequence[Section]:
    if run.problem_count:
        table = Table(_problem_columns(), problems_of(run))
        more = [_only_first(run)] if run.problem_count > PROBLEMS_KEPT else []
        return (Section(Text("问题", "Problems"), anchor="problems", table=table, paragraphs=more),)
    said = {
        "queued": Text("正在后台检查，请稍后刷新。", "The file is being checked. Reload in a moment."),
        "checked": Text(
            f"没有发现问题：{run.rows} 行都可以导入。", f"No problem was found: {run.rows} rows can be applied."
        ),
        "applying": Text("正在后台导入，请稍后刷新。", "The rows are being applied. Reload in a moment."),
    }
    done = Text(f"{run.rows} 行已全部导入。", f"All {run.rows} rows have been applied.")
    return (Section(Text("检查结果", "Outcome"), paragraphs=(said.get(run.state, done),)),)


def _problem_columns() -> Sequence[Column]:
    return (
        Column("row", Text("行", "Row"), lambda problem: problem.row or "—", "number"),
        Column("column", Text("列", "Column"), _place),
        Column("problem", Text("问题", "Problem"), lambda problem: problem.message),
        Column("remedy", Text("怎么改", "What to do"), lambda problem: problem.remedy),
    )


def _place(problem: Problem) -> Text:
    return Text(f"{problem.letter} {problem.title.zh}".strip(), f"{problem.letter} {problem.title.en}".strip())


def _only_first(run: ImportRun) -> Text:
    return Text(
        f"共 {run.problem_count} 个问题，下面是前 {PROBLEMS_KEPT} 个。",
        f"There are {run.problem_count} problems; these are the first {PROBLEMS_KEPT}.",
    )


def _state(run: ImportRun) -> Status:
    return _STATES[run.state]


def _by(run: ImportRun) -> Text | str:
    return run.by.name if run.by else Text("系统", "the system")


def _home() -> Crumb:
    return Crumb(TITLE, reverse("imports:entry"))


def _upload_url(sheet: Sheet) -> str:
    return reverse("imports:bring", args=[sheet.slug])


def _run_url(run: ImportRun) -> str:
    return reverse("imports:record", args=[run.code])

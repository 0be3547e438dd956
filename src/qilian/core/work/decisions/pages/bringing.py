"""Bring a table as a file: DMN of any maker, CSV or YAML; it opens in the grid, checked, and is not kept."""

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from qilian.core.house.pages import Field, StepForm, show
from qilian.core.house.principal import current_principal
from qilian.core.rights.grants.api import Scope, require
from qilian.core.rules.dmn.api import Grid, Table
from qilian.core.values.text import Refusal, Text, current_language
from qilian.core.work.parameters.api import PROPOSE, Parameter

from .editing import checked, grid_page
from .showing import found, head

_STEP = Text("上传决策表", "Bring a table as a file")
_BYTES, _RULES = 8_000_000, 380


@require_http_methods(["GET", "HEAD", "POST"])
def bringing(request: HttpRequest, key: str) -> HttpResponse:
    """Choose a file; what it holds opens in the grid, from where it is proposed."""
    decision, me = found(key), current_principal()
    require(me, PROPOSE, Scope(clause=decision.clause))
    name = request.POST.get("name", "").strip()
    if request.method != "POST":
        return show(_form(decision, name))
    try:
        table, file = _brought(request.FILES.get("file"), name)
        grid = Grid.of(table.to_csv(current_language()))
    except Refusal as refusal:
        return show(_form(decision, name, refusal), status=422)
    return show(grid_page(decision, grid, source=file, sections=checked(decision, table)))


def _brought(uploaded: UploadedFile | None, name: str) -> tuple[Table, str]:
    """Read a file by its ending; refusals: `decisions.file…`, and those of the form that it is in."""
    file = (uploaded.name or "") if uploaded else ""
    ending = file.rpartition(".")[2].lower()
    if uploaded is None or ending not in ("dmn", "xml", "csv", "yaml", "yml"):
        raise Refusal("decisions.file", Text("请选择一个 DMN、CSV 或 YAML 文件。", "Choose a DMN, CSV or YAML file."))
    if (uploaded.size or 0) > _BYTES:
        raise Refusal("decisions.file.size", Text("文件过大，上限 8 MB。", "The file is too large: at most 8 MB."))
    content = b"".join(uploaded.chunks())
    if ending in ("dmn", "xml"):
        table = _of_model(content, name)
    elif ending == "csv":
        table = Table.from_csv(_text(content))
    else:
        table = Table.from_yaml(_text(content))
    if len(table.shape.rules) > _RULES:
        message = Text("规则超过 {most} 条，页面编辑不了。", "More than {most} rules cannot be edited on a page.")
        remedy = Text("请把表拆成几张，或放进服务包。", "Split the table, or keep it in a pack.")
        raise Refusal("decisions.file.rules", message.filled(most=_RULES), remedy=remedy)
    return table, file


def _of_model(content: bytes, name: str) -> Table:
    names = Table.names_in(content)
    if len(names) > 1 and name not in names:
        message = Text("文件中有几张决策表：{names}。", "The file has several tables: {names}.")
        remedy = Text("请填写其中一张的名称。", "Write the name of one of them.")
        raise Refusal("decisions.file.tables", message.filled(names="、".join(names[:20])), where="name", remedy=remedy)
    return Table.from_dmn(content, name)


def _text(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refusal("decisions.file.encoding", Text("文件的字符编码无法读取。", "The file's encoding cannot be read."))


def _form(decision: Parameter, name: str, *refusals: Refusal) -> StepForm:
    hint = Text(
        "DMN 1.1 至 1.5（Camunda、Flowable、Drools、Signavio 等导出的也可）、CSV 或 YAML。先检查，不会保存任何数据。",
        "DMN 1.1 to 1.5 (of Camunda, Flowable, Drools, Signavio and others), CSV or YAML. Nothing is saved yet.",
    )
    which = Text("文件中有几张表时填写", "Where the file has several tables")
    placed = tuple(Refusal(one.code, one.message, where="file", remedy=one.remedy) for one in refusals)
    error = placed[0].message if placed else ""
    fields = (
        Field("file", Text("文件", "File"), "file", hint=hint, accept=".dmn,.xml,.csv,.yaml,.yml", error=error),
        Field("name", Text("决策名称", "Name of the decision"), value=name, required=False, hint=which),
    )
    return StepForm(head(decision, _STEP), fields, Text("读取并检查", "Read and check"), refusals=placed, dense=True)

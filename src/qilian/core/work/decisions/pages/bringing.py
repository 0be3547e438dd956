"""Bring a table as a file: DMN of any maker, CSV or YAML; it opens in the grid, checked, and is not kept."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from qilian.core.house.pages import Field, StepForm, show
from qilian.core.house.principal import current_principal
from qilian.core.rights.grants.api import Scope, require
from qilian.core.rules.dmn.api import ENDINGS, LARGEST, Grid, table_in
from qilian.core.values.text import Refusal, Text, current_language
from qilian.core.work.parameters.api import PROPOSE, Parameter

from .editing import checked, grid_page
from .showing import found, head

_STEP = Text("上传决策表", "Bring a table as a file")
_RULES = 380  # what the grid sends fits one form


@require_http_methods(["GET", "HEAD", "POST"])
def bringing(request: HttpRequest, key: str) -> HttpResponse:
    """Choose a file; what it holds opens in the grid, from where it is proposed."""
    decision, me = found(key), current_principal()
    require(me, PROPOSE, Scope(clause=decision.clause))
    name = request.POST.get("name", "").strip()
    if request.method != "POST":
        return show(_form(decision, name))
    uploaded = request.FILES.get("file")
    file, content = (uploaded.name or "", uploaded.read(LARGEST + 1)) if uploaded else ("", b"")
    try:
        table = table_in(file, content, name, rules=_RULES)
        grid = Grid.of(table.to_csv(current_language()))
    except Refusal as refusal:
        return show(_form(decision, name, refusal), status=422)
    return show(grid_page(decision, grid, source=file, sections=checked(decision, table)))


def _form(decision: Parameter, name: str, *refusals: Refusal) -> StepForm:
    hint = Text(
        "DMN（Camunda、Flowable、Drools、Signavio 等导出的也可）、CSV 或 YAML。先检查，不会保存任何数据。",
        "DMN (of Camunda, Flowable, Drools, Signavio and others), CSV or YAML. Nothing is saved yet.",
    )
    placed = tuple(Refusal(one.code, one.message, where="file", remedy=one.remedy) for one in refusals)
    fields = (
        Field("file", Text("文件", "File"), "file", hint=hint, accept=",".join(ENDINGS)),
        Field("name", Text("决策名称，有几张表时填写", "Decision, if there are several"), value=name, required=False),
    )
    return StepForm(head(decision, _STEP), fields, Text("读取并检查", "Read and check"), refusals=placed, dense=True)

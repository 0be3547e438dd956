"""Task tables for download: POST asks, a page shows how far the worker is, then the file."""

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect

from qilian.core.house.pages import Action, Crumb, Fact, Head, RecordPage, Section, Status, show
from qilian.core.log.events.api import timeline
from qilian.core.papers.files.api import download
from qilian.core.values import clock
from qilian.core.values.text import Ref, Text, current_language
from qilian.spine.plan.api import name_of, version_numbered
from qilian.spine.screen.models import Export, Unit
from qilian.spine.screen.services import request_export

from .common import found

STATES = {
    "queued": Status(Text("排队", "Waiting"), "amber"),
    "running": Status(Text("正在制作", "Being made"), "amber"),
    "ready": Status(Text("已做好", "Ready"), "green"),
    "failed": Status(Text("没有做成", "Failed"), "red"),
}
AGAIN_SECONDS = 2


def ask(request: HttpRequest, slug: str, number: int, kind: str) -> HttpResponse:
    """Ask for a table of a version, or of one unit with `?unit=`."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    version = found(version_numbered(slug, number))
    wanted = request.GET.get("unit", "")
    unit = found(Unit.objects.filter(slug=wanted).first()) if wanted else None
    export = request_export(version=version, kind=kind, language=current_language(), unit=unit)
    return HttpResponseRedirect(f"/exports/{export.code}/")


def progress(_request: HttpRequest, code: str) -> HttpResponse:
    """Say how far a table is; the page asks again by itself until it is done, without JavaScript."""
    export = found(Export.objects.select_related("version__plan", "unit").filter(code=code).first())
    response = show(RecordPage(_head(export), _sections(export), timeline(Ref("spine.export", code))))
    if export.state in ("queued", "running"):
        response.headers["Refresh"] = str(AGAIN_SECONDS)
    response.headers["Cache-Control"] = "no-store"
    return response


def send(_request: HttpRequest, code: str) -> FileResponse:
    """Hand out the finished file."""
    export = found(Export.objects.filter(code=code, state="ready").first())
    return download(export.file, name=export.file_name)


def _head(export: Export) -> Head:
    version = export.version
    title = Text(f"任务分工表 {export.kind.upper()}", f"Task table {export.kind.upper()}")
    ready = Action(Text("下载", "Download"), f"/exports/{export.code}/file", primary=True)
    again = Action(Text("刷新", "Reload"), f"/exports/{export.code}/")
    return Head(
        title=title,
        crumbs=(Crumb(version.plan.title, version.url), Crumb(title)),
        facts=(
            Fact(Text("状态", "State"), STATES[export.state]),
            Fact(
                Text("版本", "Version"), Text(f"第 {version.number} 版", f"Version {version.number}"), url=version.url
            ),
            *((_unit_fact(export.unit),) if export.unit else ()),
            Fact(Text("申请时间", "Asked for"), export.requested_at),
        ),
        actions=(ready,) if export.state == "ready" else (again,),
    )


def _unit_fact(unit: Unit) -> Fact:
    return Fact(Text("单位", "Unit"), name_of(unit, clock.today()), url=f"/units/{unit.slug}/")


def _sections(export: Export) -> list[Section]:
    if export.state == "ready":
        return []
    if export.state == "failed":
        said = Text(
            "请返回再申请一次；仍不成请告诉系统管理员。", "Go back and ask again; else tell the system administrator."
        )
        return [Section(paragraphs=(said,))]
    said = Text(
        "后台正在制作，通常几秒钟；做好后这里出现“下载”。",
        "It is being made, usually within seconds; then “Download” appears here.",
    )
    return [Section(paragraphs=(said,))]

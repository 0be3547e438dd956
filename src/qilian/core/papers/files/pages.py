"""Pages of files: the download, and for administrators what nobody uses."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from qilian.core.house.pages import Action, Column, Crumb, Empty, Fact, Head, ListPage, RecordPage, Section, show
from qilian.core.house.principal import current_principal
from qilian.core.log.events.api import timeline
from qilian.core.rights.grants.api import require
from qilian.core.values.text import Refusal, Text

from .disk import open_content
from .kernel.intake import disposition
from .models import Stored
from .queries import may_open, scope_of, unused, use_by_code
from .services import content_ref, discard

TITLE = Text("未被使用的文件", "Unused files")


@require_GET
def opened(_request: HttpRequest, code: str) -> FileResponse:
    """Send a file to whoever may open it."""
    use = use_by_code(code)
    if not may_open(current_principal(), use):
        require(current_principal(), use.action, scope_of(use))
    if use.detached_at is not None:
        raise Http404
    return download(use.stored.sha256, name=use.name)


def download(sha256: str, *, name: str) -> FileResponse:
    """Answer with a stored content as a download under a name; the caller has checked the right to it.

    Refusals: `files.unknown`, `files.quarantined`; `files.lost` when the disk does not hold it, `files.changed` when it
    is no longer what was stored.
    """
    stored = Stored.objects.filter(sha256=sha256).first()
    if stored is None:
        raise Refusal("files.unknown", Text("没有这个文件。", "There is no such file."), where=name)
    if stored.quarantined_at is not None:
        words = Text("这个文件已被隔离，不能打开。", "This file is quarantined and cannot be opened.")
        remedy = Text("请向系统管理员询问原因。", "Ask the system administrator why.")
        raise Refusal("files.quarantined", words, where=name, remedy=remedy)
    answer = FileResponse(open_content(sha256, name=name), content_type=stored.media_type)
    answer["Content-Disposition"] = disposition(name)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = "private, no-cache"
    answer["ETag"] = f'"{sha256}"'
    return answer


@require_GET
def unused_list(_request: HttpRequest) -> HttpResponse:
    """List the contents that no record uses any more."""
    require(current_principal(), "files.discard")
    columns = (
        Column("sha256", Text("内容摘要", "Digest"), lambda row: row.sha256[:16], "code", url=_address),
        Column("media_type", Text("类型", "Type"), lambda row: row.media_type),
        Column("size", Text("大小", "Size"), lambda row: row.size, "number", unit=Text("字节", "bytes"), sort="size"),
        Column("stored_at", Text("存入时间", "Stored"), lambda row: row.stored_at, "datetime", sort="stored_at"),
    )
    empty = Empty(Text("每个文件都有记录在使用，不需要清理。", "A record uses every file: nothing is to be cleared."))
    return show(ListPage(Head(TITLE, crumbs=(Crumb(TITLE),)), unused(), columns, empty, order="stored_at"))


@require_GET
def unused_record(_request: HttpRequest, sha256: str) -> HttpResponse:
    """Show one unused content with the button that discards it."""
    require(current_principal(), "files.discard")
    row = unused().filter(sha256=sha256).first()
    if row is None:
        raise Http404
    facts = (
        Fact(Text("类型", "Type"), row.media_type),
        Fact(Text("大小（字节）", "Size (bytes)"), row.size),
        Fact(Text("存入时间", "Stored"), row.stored_at),
    )
    discarding = Action(Text("清除", "Discard"), reverse("files:discard", args=[sha256]), "post", dangerous=True)
    crumbs = (Crumb(TITLE, reverse("files:unused")), Crumb(sha256[:16]))
    uses = tuple(f"{use.attached_at:%Y-%m-%d} {use.name}" for use in row.uses.order_by("id"))
    sections = [Section(Text("曾经的名称", "Former names"), paragraphs=uses)] if uses else []
    return show(
        RecordPage(
            Head(sha256[:16], crumbs=crumbs, facts=facts, actions=(discarding,)),
            sections,
            timeline(content_ref(sha256)),
        )
    )


@require_POST
def discarding(_request: HttpRequest, sha256: str) -> HttpResponse:
    """Discard an unused content, then return to the list."""
    discard(actor=current_principal(), sha256=sha256)
    return HttpResponseRedirect(reverse("files:unused"))


def _address(row: Stored) -> str:
    return reverse("files:unused-record", args=[row.sha256])

"""Small words that all pages of representation share."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse

from qilian.core.house.forms.api import read_day
from qilian.core.house.pages import Colour, Column, Crumb, Empty, Status, StepForm, Table, show
from qilian.core.papers.files.api import FileUse
from qilian.core.values import clock
from qilian.core.values.text import Refusal, Text
from qilian.engines.registry.representation.kernel.claims import STATES
from qilian.engines.registry.representation.models import Claim, Mandate
from qilian.engines.registry.representation.queries import as_rule

MINE = Text("我代表的主体", "My parties")
_CLAIM_COLOURS: Mapping[str, Colour] = {
    "draft": "grey",
    "submitted": "amber",
    "returned": "red",
    "approved": "green",
    "refused": "red",
    "withdrawn": "grey",
}
Fill = Callable[..., StepForm]
Deed = Callable[[QueryDict], str]


def answer(request: HttpRequest, form: Fill, deed: Deed) -> HttpResponse:
    """Answer GET with the form, POST with the deed's address, or 422 and the form with what was refused."""
    if request.method != "POST":
        return show(form(request.POST))
    try:
        return HttpResponseRedirect(deed(request.POST))
    except Refusal as refusal:
        if refusal.code == "grants.denied":
            raise
        return show(form(request.POST, refusal), status=422)


def crumbs(*further: Crumb) -> Sequence[Crumb]:
    """The path of a page."""
    return (Crumb(MINE, reverse("representation:mine")), *further)


def claim_url(claim: Claim) -> str:
    """The address of a claim, for its sender."""
    return reverse("representation:claim", args=[claim.code])


def claim_status(claim: Claim) -> Status:
    """The state of a claim with its colour."""
    return Status(STATES[claim.state], _CLAIM_COLOURS[claim.state])


def mandate_status(mandate: Mandate) -> Status:
    """Whether a mandate runs today, or why not."""
    party, today = mandate.party.merged_into or mandate.party, clock.today()
    if mandate.revoked_on is not None:
        return Status(Text("已撤销", "Revoked"), "grey")
    if party.status == "closed":
        return Status(Text("主体已注销", "Party closed"), "grey")
    if as_rule(mandate).runs(today):
        return Status(Text("有效", "In force"), "green")
    if mandate.valid_from > today:
        return Status(Text("未开始", "Not begun"), "grey")
    return Status(Text("已到期", "Expired"), "red")


def day(values: QueryDict, name: str) -> date | None:
    """Read a day of a form; None for an empty one. Refusal `registry.day.form`."""
    written = values.get(name, "").strip()
    if not written:
        return None
    try:
        return read_day(written)
    except Refusal:
        message = Text("请填写日期，例如 2026-12-31。", "Enter a date, such as 2026-12-31.")
        raise Refusal("registry.day.form", message, where=name) from None


def files_table(files: Sequence[FileUse], *extra: Column) -> Table:
    """The evidence of a claim."""
    columns = (
        Column("name", Text("文件", "File"), lambda use: use.name, url=lambda use: f"/files/{use.code}/"),
        Column("at", Text("上传", "Uploaded"), lambda use: use.attached_at, "datetime"),
        *extra,
    )
    return Table(columns, files, Empty(Text("还没有上传材料。", "Nothing is uploaded yet.")))

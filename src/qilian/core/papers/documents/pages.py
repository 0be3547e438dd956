"""Pages of documents: find and verify one, read its record, download it, revoke it."""

from typing import Literal

from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from qilian.core.house.pages import Action, Crumb, Fact, Field, Head, RecordPage, Section, Status, StepForm, show
from qilian.core.house.principal import current_principal
from qilian.core.log.events.api import timeline
from qilian.core.papers.files.api import download
from qilian.core.rights.grants.api import Scope, allowed, require
from qilian.core.values.text import Refusal, Text

from .covering import differing
from .kernel import Verdict, verify
from .models import Document
from .queries import by_code, find, number_of
from .services import ref, revoke

TITLE = Text("文件验证", "Verify a document")
_HINT = Text("文件下方的 26 位验证码，或发文字号。", "The 26-character code below the document, or its number.")


@require_http_methods(["GET", "POST"])
def entry(request: HttpRequest) -> HttpResponse:
    """Ask for a code or number and lead to the document's page."""
    refusals: list[Refusal] = []
    written = request.POST.get("document", "").strip()
    if request.method == "POST":
        try:
            return HttpResponseRedirect(reverse("documents:record", args=[find(written).code]))
        except Refusal as refusal:
            refusals.append(refusal)
    error = str(refusals[0].message) if refusals else ""
    field = Field("document", Text("验证码或发文字号", "Code or number"), value=written, hint=_HINT, error=error)
    head = Head(TITLE, crumbs=(Crumb(TITLE),))
    form = StepForm(head, (field,), submit=Text("查找", "Find"), refusals=refusals)
    return show(form, status=422 if refusals else 200)


@require_GET
def record(_request: HttpRequest, code: str) -> HttpResponse:
    """Show what was issued, when, and whether it still stands."""
    document = _readable(code)
    return show(RecordPage(_head(document, None), _sections(document), timeline(ref(document))))


@require_http_methods(["GET", "POST"])
def comparison(request: HttpRequest, code: str) -> HttpResponse:
    """Take the file that somebody holds and say whether it is the one that was issued."""
    document = _readable(code)
    if request.method == "POST" and request.FILES.get("file"):
        return show(
            RecordPage(_head(document, _verdict(request, document)), _sections(document), timeline(ref(document)))
        )
    refusals = []
    if request.method == "POST":
        refusals = [Refusal("documents.file", Text("请选择一个文件。", "Choose a file."), where="file")]
    field = Field(
        "file",
        Text("您手里的文件", "The file you hold"),
        "file",
        accept=".pdf",
        error=str(refusals[0]) if refusals else "",
    )
    head = Head(Text("比对文件", "Compare a file"), crumbs=_crumbs(document, Text("比对", "Compare")))
    form = StepForm(head, (field,), submit=Text("比对", "Compare"), refusals=refusals)
    return show(form, status=422 if refusals else 200)


@require_GET
def pdf(_request: HttpRequest, code: str) -> FileResponse:
    """Send the PDF as it was issued."""
    document = _readable(code)
    if not document.file:
        remedy = Text("请稍候刷新。", "Reload in a moment.")
        raise Refusal(
            "documents.unfinished", Text("这份文件还在排版。", "This document is still being set."), remedy=remedy
        )
    return download(document.file, name=f"{number_of(document) or document.title}.pdf")


@require_http_methods(["GET", "POST"])
def revocation(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for the reason and revoke."""
    document = by_code(code)
    actor = current_principal()
    require(actor, "documents.revoke", Scope(unit=document.unit))
    why, refusals = request.POST.get("why", ""), list[Refusal]()
    if request.method == "POST":
        try:
            revoke(actor=actor, document=document, why=why)
            return HttpResponseRedirect(reverse("documents:record", args=[document.code]))
        except Refusal as refusal:
            refusals.append(refusal)
    field = Field(
        "why", Text("撤销理由", "Reason"), "textarea", why, error=str(refusals[0].message) if refusals else ""
    )
    head = Head(Text("撤销文件", "Revoke a document"), crumbs=_crumbs(document, Text("撤销", "Revoke")))
    return show(
        StepForm(head, (field,), submit=Text("撤销", "Revoke"), refusals=refusals), status=422 if refusals else 200
    )


def _readable(code: str) -> Document:
    document = by_code(code)
    if not document.public:
        require(current_principal(), "documents.view", Scope(unit=document.unit))
    return document


def _verdict(request: HttpRequest, document: Document) -> Verdict:
    uploaded = request.FILES.get("file")
    content = uploaded.read() if isinstance(uploaded, UploadedFile) else b""
    trusted = not differing(document)
    return verify(content, digest=document.file, revoked=document.revoked_at is not None, trusted=trusted)


def _crumbs(document: Document, last: Text) -> tuple[Crumb, ...]:
    entrance = Crumb(TITLE, reverse("documents:entry"))
    return entrance, Crumb(document.title, reverse("documents:record", args=[document.code])), Crumb(last)


def _head(document: Document, verdict: Verdict | None) -> Head:
    state = (
        Status(Text("已撤销", "Revoked"), "red") if document.revoked_at else Status(Text("有效", "In force"), "green")
    )
    facts = [
        Fact(Text("发文字号", "Number"), number_of(document) or "—"),
        Fact(Text("签发时间", "Issued"), document.issued_at),
        Fact(Text("状态", "State"), state),
    ]
    if verdict:
        colour: Literal["green", "grey", "red"] = "red"
        if verdict.word in ("same", "unfinished"):
            colour = "green" if verdict.word == "same" else "grey"
        facts.insert(0, Fact(Text("比对结果", "Comparison"), Status(verdict.says, colour)))
    address = [document.code]
    actions = [
        Action(Text("比对我的文件", "Compare my file"), reverse("documents:comparison", args=address), primary=True)
    ]
    if document.file:
        actions.append(Action(Text("下载 PDF", "Download PDF"), reverse("documents:pdf", args=address)))
    if not document.revoked_at and allowed(current_principal(), "documents.revoke", Scope(unit=document.unit)):
        actions.append(Action(Text("撤销", "Revoke"), reverse("documents:revocation", args=address), dangerous=True))
    crumbs = (Crumb(TITLE, reverse("documents:entry")), Crumb(document.title))
    return Head(document.title, crumbs=crumbs, facts=facts, actions=actions)


def _sections(document: Document) -> list[Section]:
    facts = [
        Fact(Text("验证码", "Code"), document.code),
        Fact(Text("PDF 的 SHA-256", "SHA-256 of the PDF"), document.file or Text("排版中", "being set")),
        Fact(Text("电子签名", "Signature"), document.signed_by or Text("无", "none")),
    ]
    if document.revoked_at:
        facts += [
            Fact(Text("撤销时间", "Revoked"), document.revoked_at),
            Fact(Text("撤销理由", "Reason"), document.revoked_why),
        ]
    return [Section(Text("验证信息", "Verification"), facts=facts)]

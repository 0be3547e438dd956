"""My sessions: the list, ending one, ending all others. The browser's own session is named by its code."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from qilian.core.house import pages as page
from qilian.core.house.principal import current_principal
from qilian.core.rights.grants.api import require, signed_in
from qilian.core.values.text import Refusal, Text
from qilian.core.who.people.api import Person

from .fresh import freshly
from .kernel import METHODS
from .models import Session
from .queries import running_of
from .services import END, end, end_all

TITLE = Text("登录的设备", "Where I am signed in")
END_OF = Text("结束全部登录", "End all sessions")
KEY = "qilian.session"
"""Under which name the browser's session holds our code."""


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """List where the reader is signed in, this browser first."""
    me = signed_in()
    assert me.person is not None
    here = request.session.get(KEY, "")
    rows = sorted(running_of(me.person), key=lambda row: row.code != here)
    table = page.Table(_columns(here), rows, page.Empty(Text("没有其他登录。", "No other session.")))
    others = page.Action(Text("退出所有其他设备", "Sign out everywhere else"), reverse("sessions:end-others"), "post")
    ends = [_ending(row) for row in rows if row.code != here]
    head = page.Head(TITLE, crumbs=[page.Crumb(TITLE)], actions=[others, *ends] if ends else [])
    note = Text(
        "不认识的设备请立即退出，并修改密码。地址只保留大致范围。",
        "End what you do not know, and change your password. Of addresses only the network is kept.",
    )
    sections = [page.Section(table=table, anchor="sessions"), page.Section(paragraphs=[note])]
    return page.show(page.RecordPage(head, sections, page.NOT_A_RECORD))


@require_POST
@freshly("sessions:mine")
def ending(_request: HttpRequest, code: str) -> HttpResponse:
    """End one session."""
    end(actor=signed_in(), code=code)
    return HttpResponseRedirect(reverse("sessions:mine"))


@require_POST
@freshly("sessions:mine")
def ending_others(request: HttpRequest) -> HttpResponse:
    """End all sessions but this one."""
    me = signed_in()
    end_all(actor=me, person=Person.objects.get(code=me.code), but=request.session.get(KEY, ""))
    return HttpResponseRedirect(reverse("sessions:mine"))


@require_http_methods(["GET", "POST"])
@freshly()
def ending_of(request: HttpRequest, code: str) -> HttpResponse:
    """End all sessions of somebody else, as when a device was lost or somebody left in a hurry."""
    require(current_principal(), END)
    person = get_object_or_404(Person, code=code)
    running = running_of(person.pk).count()

    def form(_values: QueryDict, *refusals: Refusal) -> page.StepForm:
        crumbs = [page.Crumb(person.name, reverse("people:record", args=[code])), page.Crumb(END_OF)]
        facts = [page.Fact(Text("正在登录", "Signed in"), running)]
        return page.StepForm(page.Head(END_OF, crumbs=crumbs, facts=facts), (), END_OF, refusals=refusals)

    def handle(_values: QueryDict) -> str:
        end_all(actor=current_principal(), person=person)
        return reverse("people:record", args=[code])

    return page.answer_form(request, form, handle)


def _columns(here: str) -> tuple[page.Column, ...]:
    this, other = page.Status(Text("当前", "this one"), "green"), page.Status(Text("其他", "other"), "grey")
    return (
        page.Column("device", Text("设备", "Device"), lambda row: row.device),
        page.Column("network", Text("网络", "Network"), lambda row: row.network, "code"),
        page.Column("method", Text("登录方式", "Signed in by"), lambda row: METHODS[row.method]),
        page.Column("started", Text("登录时间", "Since"), lambda row: row.started_at, "datetime"),
        page.Column("seen", Text("最近使用", "Last seen"), lambda row: row.seen_at, "datetime"),
        page.Column("here", Text("会话", "Session"), lambda row: this if row.code == here else other, "status"),
    )


def _ending(row: Session) -> page.Action:
    title = Text(f"退出 {row.device}", f"End {row.device}")
    return page.Action(title, reverse("sessions:end", args=[row.code]), "post", dangerous=True)

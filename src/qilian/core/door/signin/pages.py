"""Locks, for administrators: which people and networks have to wait, at which door, and how to let them in."""

from functools import partial

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from qilian.core.house import pages as page
from qilian.core.house.principal import current_principal
from qilian.core.values.text import Refusal, Text

from .kernel import DOORS
from .models import SignInTries
from .queries import locked_now
from .services import require_lifting, unlock

TITLE = Text("登录锁定", "Locks at the door")
_UNLOCK = Text("解锁", "Unlock")
_WHAT = Text(
    "同一扇门上，一个登录名一刻钟内错五次、一个网络错五十次就要等待；一扇门锁了，别的门不受影响。",
    "Five wrong tries of a login, or fifty of a network, within a quarter of an hour shut one door; others stay open.",
)


@require_GET
def locked(_request: HttpRequest) -> HttpResponse:
    """List the people and networks that are locked now."""
    require_lifting(current_principal())
    columns = (
        page.Column("who", Text("账号或网络", "Account or network"), _who, url=_address),
        page.Column("login", Text("登录名", "Login"), lambda row: row.person.login if row.person else "—", "code"),
        page.Column("door", Text("在哪里", "Where"), lambda row: DOORS[row.door], sort="door"),
        page.Column("until", Text("锁定至", "Until"), lambda row: row.until, "datetime", sort="until"),
        page.Column("locks", Text("连续锁定", "Locks in a row"), lambda row: row.locks, "number"),
    )
    none = page.Empty(Text("没有锁定。", "Nothing is locked."))
    head = page.Head(TITLE, crumbs=[page.Crumb(TITLE)])
    return page.show(page.ListPage(head, locked_now(), columns, none, intro=[_WHAT]))


@require_http_methods(["GET", "POST"])
def unlocking(request: HttpRequest, code: str) -> HttpResponse:
    """Lift one lock: the question why, and its answer."""
    require_lifting(current_principal())
    row = get_object_or_404(locked_now(), code=code)
    return page.answer_form(request, partial(_form, row), partial(_unlock, row))


def _who(row: SignInTries) -> str:
    return row.network if row.person is None else row.person.name


def _address(row: SignInTries) -> str:
    return reverse("signin:unlock", args=[row.code])


def _unlock(row: SignInTries, values: QueryDict) -> str:
    unlock(actor=current_principal(), locks=[row], reason=values.get("reason", ""))
    return reverse("signin:locked")


def _form(row: SignInTries, values: QueryDict, *refusals: Refusal) -> page.StepForm:
    hint = Text(
        "账号请先核实是本人要求，例如回拨电话；网络请先看是谁在试。",
        "Make sure that the person asks himself, by calling back for one; of a network find out who tries.",
    )
    fields = (page.Field("reason", Text("核实情况", "How you made sure"), value=values.get("reason", ""), hint=hint),)
    who = _who(row)
    facts = [page.Fact(Text("在哪里", "Where"), DOORS[row.door]), page.Fact(Text("锁定至", "Until"), row.until)]
    crumbs = [page.Crumb(TITLE, reverse("signin:locked")), page.Crumb(who)]
    head = page.Head(Text(f"解锁：{who}", f"Unlock: {who}"), crumbs=crumbs, facts=facts)
    return page.StepForm(head, fields, _UNLOCK, refusals=refusals)

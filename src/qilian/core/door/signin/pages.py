"""Locked accounts, for administrators: who has to wait until when, and how to let him in."""

from functools import partial

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from qilian.core.house import pages as page
from qilian.core.house.principal import current_principal
from qilian.core.rights.grants.api import require
from qilian.core.values.text import Refusal, Text
from qilian.core.who.people.api import Person

from .models import SignInTries
from .queries import locked_now
from .services import UNLOCK, unlock

TITLE = Text("锁定的账号", "Locked accounts")
_UNLOCK = Text("解锁", "Unlock")


@require_GET
def locked(_request: HttpRequest) -> HttpResponse:
    """List the accounts that are locked now."""
    require(current_principal(), UNLOCK)
    columns = (
        page.Column(
            "name", Text("姓名", "Name"), lambda row: row.person.name, url=_address, sort="person__name_pinyin"
        ),
        page.Column("login", Text("登录名", "Login"), lambda row: row.person.login, "code", sort="person__login"),
        page.Column("until", Text("锁定至", "Until"), lambda row: row.until, "datetime", sort="until"),
        page.Column("locks", Text("连续锁定", "Locks in a row"), lambda row: row.locks, "number"),
    )
    none = page.Empty(Text("没有锁定的账号。", "No account is locked."))
    return page.show(page.ListPage(page.Head(TITLE, crumbs=[page.Crumb(TITLE)]), locked_now(), columns, none))


@require_http_methods(["GET", "POST"])
def unlocking(request: HttpRequest, code: str) -> HttpResponse:
    """Unlock one account: the question why, and its answer."""
    require(current_principal(), UNLOCK)
    person = get_object_or_404(Person, code=code)
    return page.answer_form(request, partial(_form, person), partial(_unlock, person))


def _address(row: SignInTries) -> str:
    assert row.person is not None
    return reverse("signin:unlock", args=[row.person.code])


def _unlock(person: Person, values: QueryDict) -> str:
    unlock(actor=current_principal(), person=person, reason=values.get("reason", ""))
    return reverse("signin:locked")


def _form(person: Person, values: QueryDict, *refusals: Refusal) -> page.StepForm:
    hint = Text(
        "请先核实是本人要求，例如回拨电话。", "Make sure that the person asks himself, by calling back for one."
    )
    fields = (page.Field("reason", Text("核实情况", "How you made sure"), value=values.get("reason", ""), hint=hint),)
    crumbs = [page.Crumb(TITLE, reverse("signin:locked")), page.Crumb(person.name)]
    head = page.Head(Text(f"解锁：{person.name}", f"Unlock: {person.name}"), crumbs=crumbs)
    return page.StepForm(head, fields, _UNLOCK, refusals=refusals)

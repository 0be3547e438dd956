"""Signing in through the identity provider: there, back, and out again."""

from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET

from qilian.core.door.factors.api import factors_of
from qilian.core.door.provider.api import ASKED, Proved, ask, hear, leaving, link_own, person_behind, provider_title
from qilian.core.door.sessions.api import note_proof
from qilian.core.door.signin.api import begin_try, failed
from qilian.core.house import pages as page
from qilian.core.rights.grants.api import signed_in
from qilian.core.values.text import Refusal, Text
from qilian.core.who.people.api import Person

from .accounts import LEFT, TOKEN, enter
from .admission import address_of
from .again import safe_next

_FROM_HERE: Final = ("same-origin", "none", "")


@require_GET
def going(request: HttpRequest) -> HttpResponse:
    """Go to the provider, to sign in or to prove oneself again; a link on another site leads to the sign-in page first.

    A session is begun by who asks for it here (OWASP ASVS 5.0, 7.6.2).
    """
    after = safe_next(request, reverse("home"))
    if request.headers.get("Sec-Fetch-Site", "") not in _FROM_HERE:
        return HttpResponseRedirect(reverse("account_login"))
    person = request.user if isinstance(request.user, Person) else None
    begin_try(login="", network=address_of(request), door="provider")
    if person is None:
        address, request.session[ASKED] = ask(purpose="signin", after=after)
    else:
        address, request.session[ASKED] = ask(purpose="again", after=after, person=person.pk)
    return HttpResponseRedirect(address)


@require_GET
def answering(request: HttpRequest) -> HttpResponse:
    """Take the provider's answer, once: sign in, go on, or link."""
    kept = request.session.pop(ASKED, None)
    try:
        proved, asked, token = hear(kept=kept, answer=request.GET.dict())
    except Refusal:
        failed(network=address_of(request), door="provider")
        raise
    now = request.user.pk if isinstance(request.user, Person) else None
    if asked.person != now:
        message = Text("登录的人在中途换了。", "Somebody else signed in meanwhile.")
        raise Refusal("provider.person", message, remedy=Text("请重新开始。", "Begin again."))
    if asked.purpose == "link":
        link_own(actor=signed_in(), proved=proved)
    elif asked.purpose == "again":
        _prove(request, proved)
    else:
        enter(request, person_behind(proved), "provider", elsewhere=proved.strong)
        request.session[TOKEN] = token
    return HttpResponseRedirect(asked.after or reverse("home"))


@require_GET
def left(request: HttpRequest) -> HttpResponse:
    """After signing out: the provider's own session still runs, and here is where to end it."""
    address = leaving(str(request.session.pop(LEFT, "")))
    title = Text("已退出本系统", "You are signed out here")
    name = provider_title()
    words = Text(
        f"“{name.zh}”的登录仍然有效，在公用电脑上请一并退出。",
        f"“{name.en}” still knows you. On a shared computer sign out there as well.",
    )
    there = page.Action(Text(f"退出{name.zh}", f"Sign out of {name.en}"), address, primary=True)
    actions = [*([there] if address else []), page.Action(Text("回到首页", "To the first page"), "/")]
    head = page.Head(title, crumbs=[page.Crumb(title)], actions=actions)
    answer = page.show(page.RecordPage(head, [page.Section(paragraphs=[words])], page.NOT_A_RECORD))
    answer["Cache-Control"] = "no-store"
    return answer


def _prove(request: HttpRequest, proved: Proved) -> None:
    """Who proves himself again shows what he signs in with: an own second factor is not passed by a weaker answer."""
    person = person_behind(proved)
    if person != request.user or (factors_of(person.pk).exists() and not proved.strong):
        message = Text("这样还不能证明是您本人。", "This does not prove that it is you.")
        raise Refusal("provider.again", message, remedy=Text("请用密码和验证码验证。", "Use password and code."))
    note_proof(request)
    request.session.cycle_key()

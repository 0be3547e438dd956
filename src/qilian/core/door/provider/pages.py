"""Pages of linked identities: my own."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from qilian.core.door.sessions.api import freshly
from qilian.core.house import pages as page
from qilian.core.rights.grants.api import signed_in
from qilian.core.values.text import Text

from .models import LinkedIdentity
from .queries import identities_of, is_configured
from .services import ask, unlink

TITLE = Text("统一身份认证", "Identity provider")
ASKED = "qilian.provider"
"""Under which name the browser's session holds what was asked."""
_MINE = Text("我的账号", "My account")
_LINK = Text("绑定统一身份", "Link an identity")


@require_GET
def mine(_request: HttpRequest) -> HttpResponse:
    """Show which identities sign in as the reader, and offer to link one."""
    me = signed_in()
    rows = list(identities_of(me.person or 0))
    add = page.Action(_LINK, reverse("provider:link"), primary=True)
    can = is_configured() and not rows
    none = page.Empty(
        Text("还没有绑定。", "None is linked.")
        if is_configured()
        else Text("本系统没有接入。", "There is no provider."),
        add if can else None,
    )
    head = page.Head(TITLE, crumbs=_crumbs(page.Crumb(TITLE)), actions=[*map(_removal, rows), *([add] if can else [])])
    words = Text(
        "绑定后可以用统一身份认证登录。系统只按身份标识对应账号，不按姓名、手机或邮箱猜测。",
        "Once linked, it signs you in. The house goes by the identity's own mark, never by a name, phone or address.",
    )
    table = page.Table(_columns(), rows, none)
    sections = [page.Section(paragraphs=[words]), page.Section(table=table, anchor="identities")]
    return page.show(page.RecordPage(head, sections, page.NOT_A_RECORD))


@require_GET
@freshly()
def linking(request: HttpRequest) -> HttpResponse:
    """Go to the provider to prove an identity."""
    address, request.session[ASKED] = ask(purpose="link", after=reverse("provider:mine"), person=signed_in().person)
    return HttpResponseRedirect(address)


@require_POST
@freshly("provider:mine")
def removing(_request: HttpRequest, code: str) -> HttpResponse:
    """Undo a link."""
    unlink(actor=signed_in(), code=code)
    return HttpResponseRedirect(reverse("provider:mine"))


def _columns() -> tuple[page.Column, ...]:
    return (
        page.Column("issuer", Text("签发方", "Issuer"), lambda row: row.issuer),
        page.Column("linked", Text("绑定时间", "Linked"), lambda row: row.linked_at, "datetime"),
        page.Column("used", Text("最近使用", "Last used"), lambda row: row.used_at or "", "datetime"),
    )


def _removal(row: LinkedIdentity) -> page.Action:
    return page.Action(Text("解除绑定", "Unlink"), reverse("provider:remove", args=[row.code]), "post", dangerous=True)


def _crumbs(last: page.Crumb) -> list[page.Crumb]:
    return [page.Crumb(_MINE, reverse("accounts:mine")), last]

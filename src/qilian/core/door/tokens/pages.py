"""My tokens: the list, a new one (shown once), the end of one."""

from datetime import UTC, datetime, time, timedelta

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from qilian.core.door.sessions.api import freshly
from qilian.core.house import pages as page
from qilian.core.house.principal import Principal
from qilian.core.rights.grants.api import TOKEN_RIGHTS, action_title, signed_in
from qilian.core.values import clock
from qilian.core.values.text import Refusal, Text

from .models import ApiToken
from .services import make_token, revoke_token, rights_of

TITLE = Text("接口令牌", "Tokens for programs")
_MAKE = Text("生成令牌", "Make a token")
_DAYS = 90


@require_GET
def mine(_request: HttpRequest) -> HttpResponse:
    """List the reader's tokens of the last year."""
    me = signed_in()
    rows = ApiToken.objects.filter(person=me.person).order_by("-made_at")[:100]
    make = page.Action(_MAKE, reverse("tokens:make"), primary=True)
    ends = [_revoking(row) for row in rows if _state(row).colour == "green"]
    none = page.Empty(
        Text("还没有令牌。程序要用数据接口时才需要。", "No token yet: a program needs one for the interface.")
    )
    head = page.Head(TITLE, crumbs=[page.Crumb(TITLE)], actions=[make, *ends])
    table = page.Table(_columns(), list(rows), none)
    return page.show(page.RecordPage(head, [page.Section(table=table, anchor="tokens")], page.NOT_A_RECORD))


@require_http_methods(["GET", "POST"])
@freshly()
def making(request: HttpRequest) -> HttpResponse:
    """Ask for name, rights and term; show the new token on the answer, once."""
    me = signed_in()
    if request.method != "POST":
        return page.show(_form(me, request.POST))
    try:
        row, text = make_token(
            actor=me,
            name=request.POST.get("name", ""),
            actions=request.POST.getlist("actions"),
            writes=request.POST.get("writes") == "on",
            until=_until(request.POST),
        )
    except Refusal as refusal:
        return page.show(_form(me, request.POST, refusal), status=422)
    answer = page.show(_made(row, text))
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
@freshly("tokens:mine")
def revoking(_request: HttpRequest, code: str) -> HttpResponse:
    """End a token."""
    revoke_token(actor=signed_in(), code=code)
    return HttpResponseRedirect(reverse("tokens:mine"))


def _columns() -> tuple[page.Column, ...]:
    both, read = Text("读取和写入", "read and write"), Text("读取", "read")
    return (
        page.Column("name", Text("用途", "For"), lambda row: row.name),
        page.Column("prefix", Text("开头", "Begins with"), lambda row: f"qlt_{row.prefix}", "code"),
        page.Column("actions", Text("权限", "Rights"), _rights),
        page.Column("writes", Text("可做", "May"), lambda row: both if row.writes else read),
        page.Column("expires", Text("到期", "Expires"), lambda row: row.expires_at, "datetime"),
        page.Column("used", Text("最近使用", "Last used"), lambda row: row.used_at or "", "datetime"),
        page.Column("state", Text("状态", "State"), _state, "status"),
    )


def _right(action: str) -> Text:
    return TOKEN_RIGHTS.get(action) or action_title(action)


def _rights(row: ApiToken) -> Text:
    titles = [_right(action) for action in row.actions]
    return Text(
        "、".join(title.zh for title in titles) or "只看本人事项", "; ".join(t.en for t in titles) or "sees own matters"
    )


def _state(row: ApiToken) -> page.Status:
    if row.revoked_at is not None:
        return page.Status(Text("已撤销", "revoked"), "grey")
    if row.expires_at <= clock.now():
        return page.Status(Text("已过期", "expired"), "grey")
    return page.Status(Text("有效", "valid"), "green")


def _revoking(row: ApiToken) -> page.Action:
    title = Text(f"撤销“{row.name}”", f"Revoke “{row.name}”")
    return page.Action(title, reverse("tokens:revoke", args=[row.code]), "post", dangerous=True)


def _form(me: Principal, values: QueryDict, *refusals: Refusal) -> page.StepForm:
    day = clock.today() + timedelta(days=_DAYS)
    rights = [(action, _right(action)) for action in rights_of(me)]
    narrow = Text(
        "只选程序用得到的；您失去的权限，令牌也随之失去。", "As few as it needs; what you lose, the token loses."
    )
    name_hint = Text("例如：每晚取报表的脚本。", "Such as: the script that fetches reports at night.")
    chosen = values.getlist("actions")
    fields = [
        page.Field("name", Text("用途", "What for"), value=values.get("name", ""), hint=name_hint),
        page.Field("writes", Text("允许写入", "May write"), "boolean", values.get("writes") == "on", required=False),
        page.Field("until", Text("有效至", "Last day"), "date", values.get("until", str(day))),
    ]
    fields.insert(1, page.Field("actions", Text("权限", "Rights"), "choices", chosen, False, narrow, rights))
    crumbs = [page.Crumb(TITLE, reverse("tokens:mine")), page.Crumb(_MAKE)]
    return page.StepForm(page.Head(_MAKE, crumbs=crumbs), fields, _MAKE, refusals=refusals, dense=True)


def _made(row: ApiToken, text: str) -> page.RecordPage:
    title = Text("令牌已生成", "The token is made")
    once = Text("请立即复制：离开这一页后不再显示。", "Copy it now: it is not shown again after this page.")
    use = Text("程序在请求头中写：", "A program writes in the header of its requests:")
    back = page.Action(Text("返回令牌列表", "Back to the tokens"), reverse("tokens:mine"), primary=True)
    head = page.Head(title, crumbs=[page.Crumb(TITLE, reverse("tokens:mine")), page.Crumb(row.name)], actions=[back])
    facts = [page.Fact(Text("令牌", "Token"), text), page.Fact(Text("到期", "Expires"), row.expires_at)]
    how = page.Section(paragraphs=[use, f"Authorization: Bearer {text[:16]}…"])
    return page.RecordPage(head, [page.Section(paragraphs=[once]), page.Section(facts=facts), how], page.NOT_A_RECORD)


def _until(values: QueryDict) -> datetime:
    """The last moment of the last day, in Asia/Shanghai."""
    try:
        day = datetime.strptime(values.get("until", "").strip(), "%Y-%m-%d").replace(tzinfo=UTC).date()
    except ValueError:
        message = Text("请填写日期，例如 2026-03-01。", "Enter a date, such as 2026-03-01.")
        raise Refusal("tokens.date", message, where="until") from None
    return datetime.combine(day, time(23, 59, 59), clock.SHANGHAI)

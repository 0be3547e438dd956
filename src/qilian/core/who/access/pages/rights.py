"""Rights on screen: the list, one right, giving, taking back, and all that one person may do."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from qilian.core.house import pages as page
from qilian.core.house.forms.api import read_day
from qilian.core.house.principal import current_principal
from qilian.core.house.tables import running
from qilian.core.log.events.api import timeline
from qilian.core.rights.grants.api import (
    Grant,
    Scope,
    action_title,
    actions_named,
    grant,
    grants,
    naming,
    require,
    revoke,
)
from qilian.core.values import clock
from qilian.core.values.text import Ref, Refusal, Text
from qilian.core.who.access.kernel import sentence
from qilian.core.who.access.queries import Why, rights_of
from qilian.core.who.people.api import Person, Post

TITLE = Text("权限", "Rights")
VIEW = "grants.view"
_GIVE = Text("授予权限", "Give a right")
_TAKE = Text("收回", "Take it back")
_STATES = (("running", Text("生效中", "In force")), ("over", Text("已结束或收回", "Over or taken back")))


@require_GET
def listed(_request: HttpRequest) -> HttpResponse:
    """List rights, with filters by holder, action and state."""
    require(current_principal(), VIEW)
    give = page.Action(_GIVE, reverse("access:give"), primary=True)
    go = page.Action(Text("紧急授权", "Emergencies"), reverse("access:emergencies"))
    actions = [(name, title) for name, title in actions_named().items()]
    filters = (
        page.Filter("holder", Text("姓名或登录名", "Name or login"), _by_holder),
        page.Filter("action", Text("可以做", "May do"), lambda rows, name: rows.filter(naming(name)), actions),
        page.Filter("state", Text("状态", "State"), _by_state, _STATES),
    )
    none = page.Empty(Text("没有这样的权限。", "There is no such right."), give)
    head = page.Head(TITLE, crumbs=[page.Crumb(TITLE)], actions=[give, go])
    return page.show(page.ListPage(head, grants(), _columns(), none, filters=filters))


@require_GET
def record(_request: HttpRequest, code: str) -> HttpResponse:
    """Show one right."""
    require(current_principal(), VIEW)
    row = get_object_or_404(grants(), code=code)
    take = page.Action(_TAKE, reverse("access:revoke", args=[code]), dangerous=True)
    actions = [take] if state_of(row).colour == "green" else []
    facts = [page.Fact(column.title, column.value(row)) for column in _columns()]
    by = row.granted_by.name if row.granted_by else Text("系统", "the house")
    facts += [page.Fact(Text("授予人", "Given by"), by), page.Fact(Text("事由", "Reason"), row.reason or "—")]
    head = page.Head(holder_name(row), crumbs=_crumbs(page.Crumb(holder_name(row))), facts=facts, actions=actions)
    return page.show(page.RecordPage(head, timeline=timeline(Ref("core.grant", code))))


@require_GET
def person(_request: HttpRequest, code: str) -> HttpResponse:
    """Show everything that one person may do today, and why."""
    require(current_principal(), VIEW)
    who = get_object_or_404(Person, code=code)
    none = page.Empty(Text("没有任何权限。", "No right at all."))
    table = page.Table(_why_columns(), rights_of(who), none)
    head = page.Head(
        who.name, crumbs=_crumbs(page.Crumb(who.name)), facts=[page.Fact(Text("登录名", "Login"), who.login)]
    )
    sections = [page.Section(Text("可以做什么", "What he may do"), table=table)]
    return page.show(page.RecordPage(head, sections, page.NOT_A_RECORD))


@require_http_methods(["GET", "POST"])
def giving(request: HttpRequest) -> HttpResponse:
    """Give a right to a person or a post."""
    require(current_principal(), "grants.grant")
    return page.answer_form(request, _give_form, _give)


@require_http_methods(["GET", "POST"])
def taking(request: HttpRequest, code: str) -> HttpResponse:
    """Take a right back, with the reason."""
    require(current_principal(), "grants.revoke")
    row = get_object_or_404(grants(), code=code)

    def handle(values: QueryDict) -> str:
        revoke(actor=current_principal(), grant=row, reason=values.get("reason", "").strip())
        return reverse("access:record", args=[code])

    return page.answer_form(request, partial(_take_form, row), handle)


def holder_name(row: Grant) -> Text | str:
    """Who has a right: a person, or a post with its holder."""
    if row.post is None:
        return row.person.name if row.person else "—"
    return f"{row.post.role}（{row.post.person.name}）"


def state_of(row: Grant) -> page.Status:
    """Whether a right is in force."""
    today = clock.today()
    if row.revoked_at is not None:
        return page.Status(Text("已收回", "taken back"), "grey")
    if (row.valid_to is not None and row.valid_to < today) or (row.until is not None and row.until <= clock.now()):
        return page.Status(Text("已到期", "over"), "grey")
    if row.valid_from > today:
        return page.Status(Text("未开始", "not begun"), "grey")
    return page.Status(Text("生效中", "in force"), "green")


def what(row: Grant) -> Text:
    """The actions of a right in words."""
    return sentence(action_title(action) for action in row.actions)


def where(row: Grant) -> Text | str:
    """The scope of a right; everywhere when nothing limits it."""
    return " ".join(filter(None, (row.unit, row.region, row.offer, row.clause))) or Text("不限", "everywhere")


def _columns() -> Sequence[page.Column]:
    return (
        page.Column("holder", Text("持有人", "Holder"), holder_name, url=_address),
        page.Column("actions", Text("可以", "May"), what),
        page.Column("scope", Text("范围", "Where"), where),
        page.Column("from", Text("自", "From"), lambda row: row.valid_from, "date", sort="valid_from"),
        page.Column("to", Text("至", "To"), lambda row: row.until or row.valid_to or "", "date", sort="valid_to"),
        page.Column("state", Text("状态", "State"), state_of, "status"),
    )


def _why_columns() -> Sequence[page.Column]:
    def of(column: page.Column) -> page.Column:
        return page.Column(column.name, column.title, lambda why: column.value(why.grant), column.kind)

    through = page.Column("through", Text("由来", "Through"), lambda why: why.through, url=_why_address)
    reason = page.Column("reason", Text("事由", "Reason"), lambda why: why.grant.reason)
    return (*map(of, _columns()[1:5]), through, reason)


def _why_address(why: Why) -> str:
    return _address(why.grant)


def _address(row: Grant) -> str:
    return reverse("access:record", args=[row.code])


def _by_holder(rows: QuerySet[Grant], words: str) -> QuerySet[Grant]:
    found = Person.objects.filter(Q(name__contains=words.strip()) | Q(login__icontains=words.strip())).values("pk")
    return rows.filter(Q(person__in=found) | Q(post__person__in=found))


def _by_state(rows: QuerySet[Grant], state: str) -> QuerySet[Grant]:
    lasting = Q(until__isnull=True) | Q(until__gt=clock.now())
    alive = Q(pk__in=Grant.objects.filter(running(clock.today()), lasting, revoked_at__isnull=True).values("pk"))
    return rows.filter(alive if state == "running" else ~alive)


def _give(values: QueryDict) -> str:
    holder = _holder(values.get("holder", "").strip())
    given = grant(
        actor=current_principal(),
        actions=values.getlist("actions"),
        person=holder.pk if isinstance(holder, Person) else None,
        post=holder.pk if isinstance(holder, Post) else None,
        scope=scope_in(values),
        valid_from=_day(values, "valid_from"),
        valid_to=_day(values, "valid_to"),
        reason=values.get("reason", "").strip(),
    )
    return _address(given)


def _holder(written: str) -> Person | Post:
    found = Post.objects.filter(code=written).first() or Person.objects.filter(login__iexact=written).first()
    if found is None:
        remedy = Text("请填写登录名，或岗位页面上的编号。", "Enter a login, or the code of a post from its page.")
        raise Refusal(
            "access.holder",
            Text("没有这个人或岗位。", "There is no such person or post."),
            where="holder",
            remedy=remedy,
        )
    return found


def scope_in(values: QueryDict) -> Scope:
    """Read a scope from a form; what stays empty does not limit."""
    return Scope(*(values.get(name, "").strip() for name in ("unit", "region", "offer", "clause")))


def _day(values: QueryDict, name: str) -> date | None:
    written = values.get(name, "").strip()
    try:
        return read_day(written) if written else None
    except Refusal:
        message = Text("日期写作 2026-03-01。", "A day is written 2026-03-01.")
        raise Refusal("access.date", message, where=name) from None


def action_choices() -> list[tuple[str, Text]]:
    """Every named action, for the checkboxes of a form; patterns last, because they are wide."""
    named = actions_named().items()
    return [*(each for each in named if not each[0].endswith("*")), *(each for each in named if each[0].endswith("*"))]


def scope_fields(values: QueryDict) -> tuple[page.Field, ...]:
    """The four limits of a right as fields of a form."""
    labels = {
        "unit": Text("单位代号", "Unit"),
        "region": Text("行政区划代码", "Region code"),
        "offer": Text("服务项", "Offer"),
        "clause": Text("条款", "Clause"),
    }
    hints = {"unit": Text("不填即不限。", "Empty does not limit.")}
    return tuple(
        page.Field(name, label, value=values.get(name, ""), required=False, hint=hints.get(name))
        for name, label in labels.items()
    )


def _give_form(values: QueryDict, *refusals: Refusal) -> page.StepForm:
    hint = Text("登录名，或岗位编号：岗位的权限随岗位交接。", "A login, or a post's code: rights of a post go with it.")
    today = values.get("valid_from", str(clock.today()))
    fields = (
        page.Field("holder", Text("给谁", "To whom"), value=values.get("holder", ""), hint=hint),
        page.Field("actions", Text("可以", "May"), "choices", values.getlist("actions"), choices=action_choices()),
        *scope_fields(values),
        page.Field("valid_from", Text("自", "From"), "date", today),
        page.Field("valid_to", Text("至", "To"), "date", values.get("valid_to", ""), required=False),
        page.Field("reason", Text("事由", "Reason"), value=values.get("reason", "")),
    )
    head = page.Head(_GIVE, crumbs=_crumbs(page.Crumb(_GIVE)))
    return page.StepForm(head, fields, _GIVE, refusals=refusals, dense=True)


def _take_form(row: Grant, values: QueryDict, *refusals: Refusal) -> page.StepForm:
    fields = (page.Field("reason", Text("事由", "Reason"), value=values.get("reason", "")),)
    crumbs = _crumbs(page.Crumb(holder_name(row), _address(row)), page.Crumb(_TAKE))
    title = Text(f"收回：{what(row).zh}", f"Take back: {what(row).en}")
    return page.StepForm(page.Head(title, crumbs=crumbs), fields, _TAKE, refusals=refusals)


def _crumbs(*further: page.Crumb) -> Sequence[page.Crumb]:
    return (page.Crumb(TITLE, reverse("access:list")), *further)

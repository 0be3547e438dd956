"""Rights on screen: the list, one right, giving, taking back, and all that one person may do."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from qilian.core.house import pages as page
from qilian.core.house.forms.api import FieldSpec, Form, check, screen_fields, written_in
from qilian.core.house.parts.api import parts
from qilian.core.house.principal import current_principal
from qilian.core.house.tables import running
from qilian.core.log.events.api import timeline
from qilian.core.log.sentences.api import called
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
from qilian.core.values.text import Ref, Refusal, Text, refuse_all
from qilian.core.who.access.kernel import sentence
from qilian.core.who.access.queries import Why, rights_of
from qilian.core.who.people.api import Person, Post
from qilian.core.who.regions.api import region_title

TITLE = Text("权限", "Rights")
VIEW = "grants.view"
_GIVE = Text("授予权限", "Give a right")
_TAKE = Text("收回", "Take it back")
_OTHERS = Text("其他", "Others")
_HOLDER = FieldSpec("holder", Text("给谁", "To whom"), length=120, picks="holder")
LIMITS = (
    FieldSpec("unit", Text("限于单位", "Only in the unit"), required=False, length=120, picks="unit"),
    FieldSpec("region", Text("限于行政区划", "Only in the division"), required=False, length=60, picks="division"),
    FieldSpec("offer", Text("限于服务项", "Only in the offer"), required=False, length=120, picks="offer"),
    FieldSpec("clause", Text("限于条款", "Only on the clause"), required=False, length=40, picks="clause"),
)
"""The four limits of a right: what stays empty does not limit."""
_TERM = (
    FieldSpec("valid_from", Text("自", "From"), "date"),
    FieldSpec("valid_to", Text("至", "To"), "date", required=False),
    FieldSpec("reason", Text("事由", "Reason"), length=300),
)
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
    units: dict[str, Text] = {}

    def prepare(rows: Sequence[Any]) -> None:
        units.update(called("core.unit", {row.unit for row in rows if row.unit}))

    return page.show(page.ListPage(head, grants(), _columns(units), none, filters=filters, prepare=prepare))


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


def where(row: Grant, units: Mapping[str, Text] | None = None) -> Sequence[Text | str] | Text:
    """The scope of a right in words; everywhere when nothing limits it. `units` are names that were looked up."""
    named = called("core.unit", [row.unit]) if units is None and row.unit else units or {}
    limits = (
        named.get(row.unit, row.unit),
        region_title(row.region) if row.region else "",
        called("core.offer", [row.offer]).get(row.offer, row.offer) if row.offer else "",
        Text(f"第 {row.clause} 条", f"clause {row.clause}") if row.clause else "",
    )
    return tuple(each for each in limits if each) or Text("不限", "everywhere")


def _columns(units: Mapping[str, Text] | None = None) -> Sequence[page.Column]:
    return (
        page.Column("holder", Text("持有人", "Holder"), holder_name, url=_address),
        page.Column("actions", Text("可以", "May"), what),
        page.Column("scope", Text("范围", "Where"), lambda row: where(row, units)),
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
    given = read_form(_giving_form(), values)
    holder = given["holder"]
    row = grant(
        actor=current_principal(),
        actions=given["actions"],
        person=holder.pk if isinstance(holder, Person) else None,
        post=holder.pk if isinstance(holder, Post) else None,
        scope=scope_in(given),
        valid_from=given["valid_from"],
        valid_to=given["valid_to"],
        reason=given["reason"],
    )
    return _address(row)


def read_form(form: Form, values: QueryDict) -> Mapping[str, Any]:
    """The typed values of a form of this room; everything that is wrong is one Refusal."""
    checked = check(form, written_in(form, values))
    refuse_all(checked.refusals)
    return checked.values


def scope_in(values: Mapping[str, Any]) -> Scope:
    """The scope that a form limits a right to; what stays empty does not limit."""
    return Scope(*(values[field.name] or "" for field in LIMITS))


def actions_field(label: Text, *, single: bool = False) -> FieldSpec:
    """Every named action to tick, by the room whose it is: first those alone, then all of the room at once."""
    titles = {part.name.rpartition(".")[2]: part.title for part in parts()}
    named, rooms = actions_named(), dict[str, list[str]]()
    for name in sorted(named, key=lambda name: (name == "*", name.endswith("*"))):
        rooms.setdefault(name.partition(".")[0] if "." in name else "", []).append(name)
    heads = {room: named.get(f"{room}.*") or titles.get(room, _OTHERS) for room in rooms}
    sorted_rooms = sorted(rooms, key=lambda room: (not room, room))
    kept = {room: [name for name in rooms[room] if not (single and name.endswith("*"))] for room in sorted_rooms}
    choices = tuple((name, _whole(name, named[name])) for names in kept.values() for name in names)
    headings = tuple((names[0], heads[room]) for room, names in kept.items() if names)
    return FieldSpec("actions", label, "choices", choices=choices, headings=headings)


def _whole(name: str, title: Text) -> Text:
    if not name.endswith(".*"):
        return title
    return Text(f"以上全部（{title.zh}）", f"All of these ({title.en})")


def _giving_form() -> Form:
    """To whom, what, where, how long and why."""
    return Form("grant", _GIVE, (_HOLDER, actions_field(Text("可以", "May")), *LIMITS, *_TERM))


def _give_form(values: QueryDict, *refusals: Refusal) -> page.StepForm:
    form = _giving_form()
    written = written_in(form, values) if values else {"valid_from": str(clock.today())}
    fields = screen_fields(form, written, refusals)
    head = page.Head(_GIVE, crumbs=_crumbs(page.Crumb(_GIVE)))
    return page.StepForm(head, fields, _GIVE, refusals=refusals, dense=True)


def _take_form(row: Grant, values: QueryDict, *refusals: Refusal) -> page.StepForm:
    fields = (page.Field("reason", Text("事由", "Reason"), value=values.get("reason", "")),)
    crumbs = _crumbs(page.Crumb(holder_name(row), _address(row)), page.Crumb(_TAKE))
    title = Text(f"收回：{what(row).zh}", f"Take back: {what(row).en}")
    return page.StepForm(page.Head(title, crumbs=crumbs), fields, _TAKE, refusals=refusals)


def _crumbs(*further: page.Crumb) -> Sequence[page.Crumb]:
    return (page.Crumb(TITLE, reverse("access:list")), *further)

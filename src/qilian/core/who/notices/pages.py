"""Pages of notices: my list, how I want to be told, and what could not be delivered."""

from collections.abc import Sequence
from datetime import time

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from qilian.core.house.pages import (
    Action,
    Column,
    Crumb,
    Empty,
    Fact,
    Field,
    Filter,
    Head,
    ListPage,
    RecordPage,
    Section,
    Status,
    StepForm,
    show,
)
from qilian.core.house.principal import current_principal
from qilian.core.log.events.api import timeline
from qilian.core.rights.grants.api import require, signed_in
from qilian.core.values.text import Refusal, Text

from .kernel import Wishes, mail_mode
from .models import Delivery, Notice
from .queries import notices_of, undelivered, wishes_of
from .services import about, mark_read, prefer, retry

TITLE = Text("通知", "Notices")
_PREFER = Text("通知方式", "How I am told")
_DEAD = Text("未送达的通知", "Undelivered notices")
_ALL_READ = Text("全部标为已读", "Mark all as read")
_MODES = (
    ("each", Text("逐条发送", "Each by itself")),
    ("daily", Text("每天汇总一封", "One mail a day")),
    ("none", Text("不发邮件", "No mail")),
)
_URGENCIES = {
    "urgent": Status(Text("紧急", "Urgent"), "red"),
    "normal": Status(Text("一般", "Normal"), "grey"),
    "low": Status(Text("知悉", "For information"), "grey"),
}
_CHANNELS = {"mail": Text("邮件", "Mail"), "webhook": Text("接收地址", "Webhook")}


@require_GET
def mine(_request: HttpRequest) -> HttpResponse:
    """List what I was told, the newest first."""
    me = signed_in()
    actions = [
        Action(_ALL_READ, reverse("notices:read-all"), "post"),
        Action(_PREFER, reverse("notices:preferences")),
    ]
    states = (("unread", Text("未读", "Unread")), ("read", Text("已读", "Read")))
    choice = Filter(
        "state", Text("状态", "State"), lambda rows, said: rows.filter(read_at__isnull=said == "unread"), states
    )
    empty = Empty(Text("没有通知。", "No notices."), Action(_PREFER, reverse("notices:preferences")))
    return show(ListPage(Head(TITLE, actions=actions), notices_of(me), _columns(), empty, filters=[choice]))


@require_GET
def record(_request: HttpRequest, code: str) -> HttpResponse:
    """Show one notice in full."""
    row = notices_of(signed_in()).filter(code=code).first()
    if row is None:
        raise Http404
    actions = [Action(Text("去看看", "Go there"), row.url, primary=True)] if row.url else []
    if row.read_at is None:
        actions.append(Action(Text("标为已读", "Mark as read"), reverse("notices:read", args=[code]), "post"))
    facts = [Fact(Text("时间", "At"), row.created_at), Fact(Text("状态", "State"), _state(row))]
    head = Head(_title(row), crumbs=[Crumb(TITLE, reverse("notices:mine"))], facts=facts, actions=actions)
    sections = [Section(paragraphs=[Text(row.body_zh, row.body_en)])] if row.body_zh else []
    return show(RecordPage(head, sections, timeline(about(row))))


@require_POST
def reading(_request: HttpRequest, code: str = "") -> HttpResponse:
    """Mark one notice, or all of them, as read."""
    signed_in()
    mark_read(actor=current_principal(), code=code)
    return HttpResponseRedirect(reverse("notices:mine"))


@require_http_methods(["GET", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """Say how I want to be told: the form, and its answer."""
    me = signed_in()
    wishes = wishes_of(me)
    if request.method == "GET":
        return show(_preference_form(wishes, request.POST))
    try:
        prefer(actor=me, wishes=_wishes(request.POST))
    except Refusal as refusal:
        return show(_preference_form(wishes, request.POST, refusal), status=422)
    return HttpResponseRedirect(reverse("notices:mine"))


@require_GET
def dead(_request: HttpRequest) -> HttpResponse:
    """List the deliveries that failed for good, with what went wrong."""
    require(current_principal(), "notices.operate")
    columns = (
        Column("title", Text("通知", "Notice"), lambda row: _title(row.notice), url=_dead_url),
        Column("person", Text("收件人", "To"), lambda row: row.notice.person.name),
        Column("channel", Text("方式", "Channel"), lambda row: _CHANNELS[row.channel]),
        Column("attempts", Text("尝试", "Attempts"), lambda row: row.attempts, "number", Text("次", "times")),
        Column("error", Text("错误", "Error"), lambda row: row.error),
    )
    empty = Empty(Text("所有通知都已送达。", "Every notice was delivered."))
    return show(ListPage(Head(_DEAD), undelivered(), columns, empty))


@require_GET
def dead_record(_request: HttpRequest, number: int) -> HttpResponse:
    """Show one dead delivery, with the button that tries again."""
    row = _dead_or_404(number)
    facts = [
        Fact(Text("收件人", "To"), row.notice.person.name),
        Fact(Text("方式", "Channel"), _CHANNELS[row.channel]),
        Fact(Text("尝试", "Attempts"), row.attempts),
        Fact(Text("错误", "Error"), row.error),
    ]
    again = Action(Text("重新发送", "Try again"), reverse("notices:retry", args=[number]), "post", primary=True)
    crumbs = [Crumb(_DEAD, reverse("notices:dead")), Crumb(_title(row.notice))]
    return show(
        RecordPage(
            Head(_title(row.notice), crumbs=crumbs, facts=facts, actions=[again]), (), timeline(about(row.notice))
        )
    )


@require_POST
def retrying(_request: HttpRequest, number: int) -> HttpResponse:
    """Try a dead delivery again."""
    retry(actor=current_principal(), delivery=_dead_or_404(number))
    return HttpResponseRedirect(reverse("notices:dead"))


def _dead_or_404(number: int) -> Delivery:
    require(current_principal(), "notices.operate")
    found = undelivered().filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def _columns() -> Sequence[Column]:
    return (
        Column("title", Text("通知", "Notice"), _title, url=lambda row: reverse("notices:record", args=[row.code])),
        Column("urgency", Text("缓急", "Urgency"), lambda row: _URGENCIES[row.urgency], "status"),
        Column("state", Text("状态", "State"), _state, "status"),
        Column("at", Text("时间", "At"), lambda row: row.created_at, "datetime", sort="created_at"),
    )


def _title(row: Notice) -> Text:
    return Text(row.title_zh, row.title_en)


def _state(row: Notice) -> Status:
    return Status(Text("未读", "Unread"), "amber") if row.read_at is None else Status(Text("已读", "Read"))


def _dead_url(row: Delivery) -> str:
    return reverse("notices:dead-record", args=[row.pk])


def _wishes(values: QueryDict) -> Wishes:
    moments = [_moment(values, name) for name in ("quiet_from", "quiet_to", "digest_at")]
    return Wishes(mail_mode(values.get("mail", "")), *moments)


def _moment(values: QueryDict, name: str) -> time:
    try:
        return time.fromisoformat(values.get(name, "").strip()).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError:
        message = Text("请按 21:30 的写法填写时间。", "Enter a time such as 21:30.")
        raise Refusal("notices.time", message, where=name) from None


def _preference_form(wishes: Wishes, values: QueryDict, *refusals: Refusal) -> StepForm:
    quiet = Text(
        "这段时间不打扰；紧急通知除外。两个时间相同表示不设。",
        "Silence, except for what is urgent. Equal times mean none.",
    )
    daily = Text(
        "选择“每天汇总一封”时，以及知悉类通知，在这个时间发送。",
        "When the daily mail and what is for information go out.",
    )

    def clock_field(name: str, label: Text, moment: time, hint: Text | None = None) -> Field:
        return Field(name, label, value=values.get(name, f"{moment:%H:%M}"), hint=hint)

    fields = (
        Field("mail", Text("邮件", "Mail"), "choice", values.get("mail", wishes.mail), choices=_MODES),
        clock_field("quiet_from", Text("免打扰开始", "Silent from"), wishes.quiet_from, quiet),
        clock_field("quiet_to", Text("免打扰结束", "Silent until"), wishes.quiet_to),
        clock_field("digest_at", Text("汇总时间", "Daily mail at"), wishes.digest_at, daily),
    )
    head = Head(_PREFER, crumbs=[Crumb(TITLE, reverse("notices:mine")), Crumb(_PREFER)])
    return StepForm(head, fields, Text("保存", "Save"), refusals=refusals)

"""Pages of the log: the list, one event with its proof, the receipt as JSON."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from qilian.core.house.forms.api import read_day
from qilian.core.house.pages import (
    NOT_A_RECORD,
    Action,
    Column,
    Crumb,
    Empty,
    Fact,
    Filter,
    Group,
    Head,
    ListPage,
    RecordPage,
    Section,
    show,
)
from qilian.core.house.principal import current_principal
from qilian.core.log.events.api import (
    Event,
    actor_names,
    actor_word,
    at_sequence,
    event_title,
    log_hash,
    types,
    written_with_names,
)
from qilian.core.log.proofs.api import receipt
from qilian.core.log.sentences.api import called, noun_of, pointed, sentence
from qilian.core.rights.grants.api import require
from qilian.core.values.clock import SHANGHAI
from qilian.core.values.money import Money
from qilian.core.values.text import Text

TITLE = Text("事实日志", "Event log")
_GROUPS: Mapping[str, Text] = {
    "access": Text("应急访问", "Emergency access"),
    "calendar": Text("工作日历", "Calendar"),
    "casework": Text("办件", "Cases"),
    "clocks": Text("期限", "Limits"),
    "core": Text("系统", "System"),
    "decisions": Text("决策表", "Decision tables"),
    "factors": Text("双因素", "Second factors"),
    "grants": Text("权限", "Rights"),
    "inbox": Text("待办", "Inbox"),
    "ledger": Text("资金", "Money"),
    "notices": Text("通知", "Notices"),
    "offers": Text("服务项", "Offers"),
    "parameters": Text("参数", "Parameters"),
    "people": Text("人员", "People"),
    "privacy": Text("个人数据", "Personal data"),
    "provider": Text("统一身份认证", "Identity provider"),
    "recovery": Text("账号恢复", "Recovery"),
    "regions": Text("行政区划", "Divisions"),
    "registry": Text("主体和名录", "Parties and directories"),
    "sessions": Text("会话", "Sessions"),
    "signin": Text("登录", "Signing in"),
    "signup": Text("注册", "Signing up"),
    "spine": Text("方案", "Plan"),
    "tokens": Text("令牌", "Tokens"),
    "units": Text("单位", "Units"),
    "watching": Text("关注", "Watching"),
}
_UNSEALED = Text("待封存", "being sealed")


@require_GET
def log(_request: HttpRequest) -> HttpResponse:
    """List the log as sentences under their days, the latest first, by group, type, days, clause, unit and record."""
    require(current_principal(), "events.view")
    filters = (
        Filter("group", Text("领域", "Group"), _of_group, choices=_groups()),
        Filter("type", Text("类型", "Type"), _by("type"), choices=_types()),
        Filter("from", Text("自", "From"), _since, day=True),
        Filter("to", Text("至", "To"), _until, day=True),
        Filter("clause", Text("条款", "Clause"), _by("clause")),
        Filter("unit", Text("单位", "Unit"), _by("unit")),
        Filter("subject", Text("对象", "Record"), _by("subject")),
    )
    empty = Empty(Text("还没有事实。人们一办事，这里就会有记录。", "No events yet: they appear as soon as people act."))
    units: dict[str, Text] = {}

    def prepare(rows: Sequence[Any]) -> None:
        units.update(called("core.unit", {row.unit for row in rows if row.unit}))

    head = Head(TITLE, crumbs=(Crumb(TITLE),))
    days = Group("", lambda event: event.at.astimezone(SHANGHAI).date())
    columns = _columns(units)
    return show(ListPage(head, written_with_names(), columns, empty, filters, group=days, prepare=prepare))


@require_GET
def record(_request: HttpRequest, sequence: int) -> HttpResponse:
    """Show one sealed event with everything its digest covers."""
    require(current_principal(), "events.view")
    event = _at(sequence)
    names = actor_names([event])
    facts = [
        Fact(Text("序号", "Sequence"), sequence),
        Fact(Text("时间", "At"), event.at),
        Fact(Text("办理人", "Actor"), names[event.actor]),
        *(
            [Fact(Text("金额", "Amount"), Money(event.money, event.currency or "CNY"))]
            if event.money is not None
            else []
        ),
    ]
    if event.on_behalf:
        facts.append(Fact(Text("代理", "On behalf of"), names[event.on_behalf]))
    proof = reverse("receipts:page", args=[sequence, bytes(event.digest).hex()])
    download = Action(
        Text("下载凭据（JSON）", "Download the receipt (JSON)"), reverse("events:receipt", args=[sequence])
    )
    prove = Action(Text("凭据与二维码", "Receipt and QR code"), proof)
    crumbs = (Crumb(TITLE, reverse("events:log")), Crumb(str(sequence)))
    said = sentence(event, named=True)
    head = Head(event_title(event), crumbs, event.clause, said, facts=facts, actions=(download, prove))
    return show(RecordPage(head, (_about(event), _content(event), _proof(event)), NOT_A_RECORD))


@require_GET
def receipt_file(_request: HttpRequest, sequence: int) -> HttpResponse:
    """Send the receipt of one event as a JSON file."""
    require(current_principal(), "events.view")
    answer = JsonResponse(receipt(_at(sequence)), json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer["Content-Disposition"] = f'attachment; filename="receipt-{sequence}.json"'
    return answer


def _at(sequence: int) -> Event:
    event = at_sequence(sequence)
    if event is None:
        raise Http404
    return event


def _columns(units: Mapping[str, Text]) -> tuple[Column, ...]:
    return (
        Column("sequence", Text("序号", "Sequence"), _sequence, "number", url=_address, key=True),
        Column("at", Text("时间", "At"), lambda event: event.at, "datetime", sort="id"),
        Column("type", Text("事项", "What happened"), sentence, key=True),
        Column("clause", Text("条款", "Clause"), lambda event: event.clause, "code", sort="clause"),
        Column("unit", Text("单位", "Unit"), lambda event: units.get(event.unit, event.unit), sort="unit"),
        Column("subject", Text("对象", "Record"), lambda event: noun_of(event.subject)),
        Column("actor", Text("办理人", "Actor"), lambda event: event.actor_name or actor_word(event.actor)),
    )


def _groups() -> list[tuple[str, Text | str]]:
    """The first words of types, as people call them."""
    return [
        (each, _GROUPS.get(each, Text(each, each))) for each in sorted({name.partition(".")[0] for name, _ in types()})
    ]


def _types() -> list[tuple[str, Text | str]]:
    """All types, those of a group together and by their titles."""
    found = {name: kind.title for (name, _), kind in types().items()}
    order = sorted(found, key=lambda name: (name.partition(".")[0], found[name].zh))
    return [(name, _grouped(name, found[name])) for name in order]


def _grouped(name: str, title: Text) -> Text:
    group = _GROUPS.get(name.partition(".")[0], Text(name, name))
    return Text(f"{group.zh}：{title.zh}", f"{group.en}: {title.en}")


def _of_group(rows: QuerySet[Any], group: str) -> QuerySet[Any]:
    return rows.filter(type__startswith=f"{group}.")


def _since(rows: QuerySet[Any], written: str) -> QuerySet[Any]:
    return rows.filter(at__gte=_midnight(read_day(written)))


def _until(rows: QuerySet[Any], written: str) -> QuerySet[Any]:
    return rows.filter(at__lt=_midnight(read_day(written) + timedelta(days=1)))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=SHANGHAI)


def _by(column: str) -> Callable[[QuerySet[Any], str], QuerySet[Any]]:
    return lambda rows, value: rows.filter(**{column: value.strip()})


def _sequence(event: Event) -> int | Text:
    return event.seal.sequence if hasattr(event, "seal") else _UNSEALED


def _address(event: Event) -> str:
    return reverse("events:record", args=[event.seal.sequence]) if hasattr(event, "seal") else ""


def _about(event: Event) -> Section:
    """What the event is about, by name and with the way there, as far as the reader may see it."""
    wanted = [
        (Text("对象", "Record"), event.subject),
        (Text("主体", "Party"), f"registry.party:{event.party}" if event.party else ""),
        (Text("单位", "Unit"), f"core.unit:{event.unit}" if event.unit else ""),
        (Text("服务项", "Offer"), f"core.offer:{event.offer}" if event.offer else ""),
    ]
    found = [(label, pointed(written)) for label, written in wanted if written]
    facts = [Fact(label, each.name, url=each.url) for label, each in found]
    return Section(Text("涉及", "About"), "about", facts=facts)


def _content(event: Event) -> Section:
    """Every field as the digest covers it: names of programs, not of people."""
    facts = [
        Fact(Text("类型", "Type"), f"{event.type} v{event.version}"),
        Fact(Text("对象", "Record"), event.subject),
        *((Fact(Text("地区", "Region"), event.region),) if event.region else ()),
        *(Fact(Text(name, name), _written(value)) for name, value in sorted(event.data.items())),
    ]
    words = Text(
        "字段名是程序所用，供核验时逐一对照。", "Names of fields are those of programs, to compare when verifying."
    )
    return Section(
        Text("摘要所覆盖的字段", "The fields that the digest covers"), "fields", paragraphs=(words,), facts=facts
    )


def _proof(event: Event) -> Section:
    facts = [
        Fact(Text("摘要", "Digest"), f"{log_hash()}:{bytes(event.digest).hex()}"),
        Fact(Text("叶值（RFC 6962）", "Leaf (RFC 6962)"), bytes(event.seal.leaf).hex()),
        Fact(Text("封存时间", "Sealed"), event.seal.sealed_at),
    ]
    return Section(Text("证明", "Proof"), facts=facts)


def _written(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

"""Pages of the log: the list, one event with its proof, the receipt as JSON."""

import json
from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from qilian.core.house.pages import (
    NOT_A_RECORD,
    Action,
    Column,
    Crumb,
    Empty,
    Fact,
    Filter,
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
    at_sequence,
    event_title,
    log_hash,
    types,
    written_with_names,
)
from qilian.core.log.proofs.api import receipt
from qilian.core.rights.grants.api import require
from qilian.core.values.text import Text

TITLE = Text("事实日志", "Event log")
_UNSEALED = Text("待封存", "being sealed")


@require_GET
def log(_request: HttpRequest) -> HttpResponse:
    """List the log, the latest first, by type, clause, unit and record."""
    require(current_principal(), "events.view")
    names = sorted({(name, kind.title) for (name, _), kind in types().items()}, key=lambda pair: pair[0])
    filters = (
        Filter("type", Text("类型", "Type"), _by("type"), choices=names),
        Filter("clause", Text("条款", "Clause"), _by("clause")),
        Filter("unit", Text("单位", "Unit"), _by("unit")),
        Filter("subject", Text("对象", "Record"), _by("subject")),
    )
    empty = Empty(Text("还没有事实。人们一办事，这里就会有记录。", "No events yet: they appear as soon as people act."))
    return show(ListPage(Head(TITLE, crumbs=(Crumb(TITLE),)), written_with_names(), _columns(), empty, filters))


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
    ]
    if event.on_behalf:
        facts.append(Fact(Text("代理", "On behalf of"), names[event.on_behalf]))
    proof = reverse("receipts:page", args=[sequence, bytes(event.digest).hex()])
    download = Action(
        Text("下载凭据（JSON）", "Download the receipt (JSON)"), reverse("events:receipt", args=[sequence])
    )
    prove = Action(Text("凭据与二维码", "Receipt and QR code"), proof)
    crumbs = (Crumb(TITLE, reverse("events:log")), Crumb(str(sequence)))
    head = Head(event_title(event), crumbs=crumbs, clause=event.clause, facts=facts, actions=(download, prove))
    return show(RecordPage(head, (_content(event), _proof(event)), NOT_A_RECORD))


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


def _columns() -> tuple[Column, ...]:
    return (
        Column("sequence", Text("序号", "Sequence"), _sequence, "number", url=_address),
        Column("at", Text("时间", "At"), lambda event: event.at, "datetime", sort="id"),
        Column("type", Text("类型", "Type"), event_title),
        Column("clause", Text("条款", "Clause"), lambda event: event.clause, "code", sort="clause"),
        Column("unit", Text("单位", "Unit"), lambda event: event.unit, "code", sort="unit"),
        Column("subject", Text("对象", "Record"), lambda event: event.subject, "code"),
        Column("actor", Text("办理人", "Actor"), lambda event: event.actor_name or event.actor),
    )


def _by(column: str) -> Callable[[QuerySet[Any], str], QuerySet[Any]]:
    return lambda rows, value: rows.filter(**{column: value.strip()})


def _sequence(event: Event) -> int | Text:
    return event.seal.sequence if hasattr(event, "seal") else _UNSEALED


def _address(event: Event) -> str:
    return reverse("events:record", args=[event.seal.sequence]) if hasattr(event, "seal") else ""


def _content(event: Event) -> Section:
    facts = [
        Fact(Text("类型", "Type"), f"{event.type} v{event.version}"),
        Fact(Text("对象", "Record"), event.subject),
        Fact(Text("单位", "Unit"), event.unit or "—"),
        Fact(Text("地区", "Region"), event.region or "—"),
        Fact(Text("服务项", "Offer"), event.offer or "—"),
        *(Fact(Text(name, name), _written(value)) for name, value in sorted(event.data.items())),
    ]
    return Section(Text("内容", "Content"), facts=facts)


def _proof(event: Event) -> Section:
    facts = [
        Fact(Text("摘要", "Digest"), f"{log_hash()}:{bytes(event.digest).hex()}"),
        Fact(Text("叶值（RFC 6962）", "Leaf (RFC 6962)"), bytes(event.seal.leaf).hex()),
        Fact(Text("封存时间", "Sealed"), event.seal.sealed_at),
    ]
    return Section(Text("证明", "Proof"), facts=facts)


def _written(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

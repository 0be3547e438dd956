"""Credit records as pages: the public list of today, all records for officials, one record with its repair."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from qilian.core.house.pages import Action, Column, Crumb, Fact, Head, Section, Status, Table
from qilian.core.house.principal import Principal, current_principal
from qilian.core.offers.resource.api import forms, listed, record, visible
from qilian.core.rights.grants.api import Scope, allowed, possible, require
from qilian.core.time.clocks.api import clocks_of, light_of, words_of
from qilian.core.values import clock
from qilian.core.values.text import Text
from qilian.engines.registry.parties.api import Party

from .kernel.display import CLASSES, CONDITIONS, missing
from .models import CreditRecord
from .queries import law_of, record_ref, records_of, repair_of, shown_records
from .resource import RECORDS, all_records
from .services import CLAUSE, RECORD
from .words import ALL, LAW, REPAIRS, TITLE, sees_all, status

_OF_PARTY = 50


@require_safe
def shown(_request: HttpRequest) -> HttpResponse:
    """The records that everybody may see today."""
    more = (Action(ALL, f"{RECORDS.home('')}all/"),) if possible(current_principal(), [RECORD]) else ()
    head = Head(TITLE, crumbs=(Crumb(TITLE),), clause=CLAUSE, actions=more)
    empty = Text("今天没有依法应当公示的失信信息。", "No record is to be shown by law today.")
    return listed(RECORDS, "", head, empty=empty, intro=(LAW,))


@require_safe
def everything(_request: HttpRequest) -> HttpResponse:
    """All records of the reader's divisions, those that are over too."""
    me = current_principal()
    if not possible(me, [RECORD]):
        require(me, RECORD)
    head = Head(ALL, crumbs=(Crumb(TITLE, RECORDS.home("")), Crumb(ALL)), clause=CLAUSE)
    return listed(
        RECORDS, "", head, rows=all_records(me), empty=Text("还没有登记过失信信息。", "No record has been entered.")
    )


@require_safe
def record_page(_request: HttpRequest, code: str) -> HttpResponse:
    """One record; when the law no longer shows it, only its party and its officials find it."""
    row: CreditRecord = visible(RECORDS, "", code)
    inside = sees_all(current_principal(), row)
    return record(RECORDS, row, _content(row), *([_conditions(row), *_repair(row)] if inside else []))


def credit_sections(party: Party, reader: Principal) -> Sequence[Section]:
    """The records of a party that the reader may see; nothing when there are none."""
    today = set(shown_records(clock.today()).filter(party=party).values_list("pk", flat=True))
    rows = [row for row in records_of(party)[:_OF_PARTY] if row.pk in today or sees_all(reader, row)]
    columns = (
        Column("document", Text("文书", "Document"), lambda row: row.document, url=RECORDS.url),
        Column("severity", Text("类别", "Class"), lambda row: CLASSES[row.severity].title),
        Column("decided", Text("认定日期", "Decided"), lambda row: row.decided_on, "date"),
        Column("last", Text("最长公示期至", "Longest period to"), lambda row: row.last_day, "date"),
        Column("state", Text("状态", "State"), status, "status"),
    )
    return [Section(Text("失信信息", "Credit records"), "credit", Table(columns, rows))] if rows else []


def credit_actions(party: Party, reader: Principal) -> Sequence[Action]:
    """The way to enter a record, for officials of the party's division."""
    if party.kind == "citizen" or not party.uscc or not allowed(reader, RECORD, Scope(region=party.region[:6])):
        return ()
    return (Action(Text("登记失信信息", "Enter a credit record"), f"{RECORDS.home('')}recording/?party={party.uscc}"),)


def _content(row: CreditRecord) -> Section:
    facts = [
        Fact(Text("失信行为", "Conduct"), row.conduct),
        Fact(Text("文书", "Document"), row.document),
        Fact(Text("认定单位", "Authority"), row.authority),
        Fact(Text("纠正情况", "Corrected"), row.corrected_on or Text("未纠正", "not corrected")),
    ]
    if row.reason:
        facts.append(Fact(Text("撤销依据", "Ground of the annulment"), row.reason))
    return Section(Text("认定内容", "What was decided"), "content", facts=facts)


def _conditions(row: CreditRecord) -> Section:
    asked = repair_of(row)
    lacking = missing(law_of(row), clock.today(), pledge=asked is not None, other=True)
    yes, no = Status(Text("已满足", "met"), "green"), Status(Text("未满足", "not met"), "amber")
    columns = (
        Column("condition", Text("条件", "Condition"), lambda name: CONDITIONS[name]),
        Column("met", Text("状态", "State"), lambda name: no if name in lacking else yes, "status"),
    )
    return Section(Text("修复条件", "Conditions of repair"), "conditions", Table(columns, list(CONDITIONS)))


def _repair(row: CreditRecord) -> list[Section]:
    asked = repair_of(row)
    if asked is None:
        return []
    now = clock.now()
    facts = [
        Fact(Text("申请", "Asked"), asked.asked_at),
        Fact(Text("信用承诺", "Pledge"), asked.pledge),
        Fact(Text("证明材料", "Proof"), asked.evidence),
        Fact(Text("决定", "Decision"), REPAIRS[asked.state]),
        *([Fact(Text("理由", "Reason"), asked.answer)] if asked.answer else []),
        *(
            Fact(Text(each.title_zh, each.title_en), Status(words_of(each, now), light_of(each, now).colour))
            for each in clocks_of(record_ref(row))
            if each.state != "stopped"
        ),
    ]
    return [Section(Text("修复申请", "Repair"), "repair", facts=facts)]


app_name = "credit"
urlpatterns = [
    path("", shown, name="list"),
    path("all/", everything, name="all"),
    *forms(RECORDS),
    path("<str:code>/", record_page, name="record"),
]

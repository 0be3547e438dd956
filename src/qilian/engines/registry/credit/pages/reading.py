"""Credit records as pages: the public list of today, all records for officials, one record with its repair."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from qilian.core.house.pages import (
    Action,
    Colour,
    Column,
    Crumb,
    Empty,
    Fact,
    Filter,
    Head,
    ListPage,
    RecordPage,
    Section,
    Status,
    Table,
    show,
)
from qilian.core.house.principal import Principal, current_principal
from qilian.core.log.events.api import timeline
from qilian.core.rights.grants.api import allowed, possible, require, visible
from qilian.core.time.clocks.api import clocks_of, light_of, words_of
from qilian.core.values import clock
from qilian.core.values.text import Text
from qilian.engines.registry.credit.kernel.display import CLASSES, CONDITIONS, STATES, missing
from qilian.engines.registry.credit.models import CreditRecord
from qilian.engines.registry.credit.queries import (
    is_shown,
    law_of,
    record_by_code,
    record_ref,
    record_scope,
    records,
    repair_of,
    shown_records,
)
from qilian.engines.registry.credit.services import CLAUSE, RECORD

from .deeds import possible_for

TITLE = Text("失信信息与修复", "Credit records and repair")
_ALL = Text("全部记录", "All records")
_COLOURS: dict[str, Colour] = {"standing": "red", "repaired": "green", "lapsed": "grey", "annulled": "grey"}
_LAW = Text(
    "依据《信用修复管理办法》：轻微信息原则上不公示；一般信息公示 3 个月至 1 年，严重信息 1 至 3 年，自文书认定"
    "之日起算；到期自动撤下，修复后停止公示、共享和使用。与“信用中国”不一致的，以“信用中国”为准。",
    "By the measures on credit repair: minor records are not shown as a rule; ordinary ones three months to a year,"
    " serious ones one to three years from the decision; they leave by themselves, and a repaired one is no longer"
    " shown, shared or used. Where this differs from Credit China, Credit China is right.",
)
_REPAIRS = {
    "asked": Text("待决定", "to be decided"),
    "granted": Text("同意修复", "granted"),
    "refused": Text("不予修复", "refused"),
}


@require_safe
def shown(_request: HttpRequest) -> HttpResponse:
    """The records that everybody may see today."""
    me = current_principal()
    actions = [
        Action(Text("登记失信信息", "Enter a record"), reverse("credit:new"), primary=True),
        Action(_ALL, reverse("credit:all")),
    ]
    head = Head(TITLE, crumbs=(Crumb(TITLE),), clause=CLAUSE, actions=actions if possible(me, [RECORD]) else ())
    empty = Empty(Text("今天没有依法应当公示的失信信息。", "No record is to be shown by law today."))
    return show(ListPage(head, shown_records(clock.today()), _columns(), empty, _filters(), intro=(_LAW,)))


@require_safe
def everything(_request: HttpRequest) -> HttpResponse:
    """All records of the reader's divisions, those that are over too."""
    me = current_principal()
    if not possible(me, [RECORD]):
        require(me, RECORD)
    state = Column("state", Text("状态", "State"), status, "status")
    head = Head(_ALL, crumbs=(Crumb(TITLE, reverse("credit:list")), Crumb(_ALL)), clause=CLAUSE)
    empty = Empty(Text("还没有登记过失信信息。", "No record has been entered."))
    return show(ListPage(head, visible(records(), me, RECORD), (*_columns(), state), empty, _filters()))


@require_safe
def record(_request: HttpRequest, code: str) -> HttpResponse:
    """One record; when the law no longer shows it, only its party and its officials find it."""
    row, me = record_by_code(code), current_principal()
    inside = sees_all(me, row)
    if not (inside or is_shown(row)):
        raise Http404(code)
    facts = [
        Fact(Text("状态", "State"), status(row)),
        Fact(Text("类别", "Class"), CLASSES[row.severity].title),
        Fact(Text("认定日期", "Decided"), row.decided_on),
        Fact(Text("最短公示期至", "Least period to"), law_of(row).least_day),
        Fact(Text("最长公示期至", "Longest period to"), row.last_day),
        Fact(Text("剩余", "Left"), _left(row)),
    ]
    crumbs = (Crumb(TITLE, reverse("credit:list")), Crumb(row.document))
    actions = [
        Action(deed.title, reverse("credit:deed", args=[code, noun]), primary=not place, dangerous=deed.dangerous)
        for place, (noun, deed) in enumerate(possible_for(row, me))
    ]
    head = Head(row.party.name, crumbs, CLAUSE, facts=facts, actions=actions)
    sections = [_content(row), *([_conditions(row), *_repair(row)] if inside else [])]
    return show(RecordPage(head, sections, timeline(record_ref(row))))


def status(row: CreditRecord) -> Status:
    """Where a record stands, in a word."""
    return Status(STATES[row.state], _COLOURS[row.state])


def sees_all(reader: Principal, row: CreditRecord) -> bool:
    """Whether the reader sees conditions and repair: who acts for the party, and officials of its division."""
    return row.party.code in reader.parties or allowed(reader, RECORD, record_scope(row))


def _left(row: CreditRecord) -> Text:
    days = max(0, (row.last_day - clock.today()).days)
    return Text(f"{days} 日", f"{days} days") if row.state == "standing" else Text("—", "—")


def _columns() -> tuple[Column, ...]:
    return (
        Column("party", Text("主体", "Party"), lambda row: row.party.name, url=_url),
        Column("severity", Text("类别", "Class"), lambda row: CLASSES[row.severity].title, sort="severity"),
        Column("document", Text("文书", "Document"), lambda row: row.document),
        Column("authority", Text("认定单位", "Authority"), lambda row: row.authority),
        Column("decided", Text("认定日期", "Decided"), lambda row: row.decided_on, "date", sort="decided_on"),
        Column("last", Text("最长公示期至", "Longest period to"), lambda row: row.last_day, "date", sort="last_day"),
    )


def _filters() -> tuple[Filter, ...]:
    classes = [(name, each.title) for name, each in CLASSES.items()]
    return (
        Filter("name", Text("名称", "Name"), lambda rows, said: rows.filter(party__name__contains=said.strip())),
        Filter("severity", Text("类别", "Class"), lambda rows, said: rows.filter(severity=said), classes),
    )


def _url(row: CreditRecord) -> str:
    return reverse("credit:record", args=[row.code])


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
        Fact(Text("决定", "Decision"), _REPAIRS[asked.state]),
        *([Fact(Text("理由", "Reason"), asked.answer)] if asked.answer else []),
        *(
            Fact(Text(each.title_zh, each.title_en), Status(words_of(each, now), light_of(each, now).colour))
            for each in clocks_of(record_ref(row))
            if each.state != "stopped"
        ),
    ]
    return [Section(Text("修复申请", "Repair"), "repair", facts=facts)]

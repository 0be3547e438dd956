"""The year on one page, a rule on one day, and the notice of a year."""

from collections.abc import Mapping, Sequence
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from qilian.core.house.forms.api import read_day
from qilian.core.house.pages import (
    Action,
    Column,
    Crumb,
    Empty,
    Fact,
    Field,
    Head,
    RecordPage,
    Section,
    Status,
    StepForm,
    Table,
    done,
    show,
)
from qilian.core.house.principal import current_principal
from qilian.core.log.events.api import timeline
from qilian.core.rights.grants.api import Scope, allowed, require
from qilian.core.values import clock
from qilian.core.values.text import Ref, Refusal, Text
from qilian.core.who.regions.api import prefix, region_title

from .kernel import HolidayRule, WorkCalendar, read_notice, write_notice
from .models import CalendarDay, CalendarYear
from .months import months_of
from .queries import chain, days_of, load
from .services import EDIT, clear_day, enter_notice, set_day

TITLE = Text("工作日历", "Working calendar")
_WEEKDAYS = tuple(
    Text(f"星期{zh}", en)
    for zh, en in zip(
        "一二三四五六日",
        ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
        strict=True,
    )
)
_WORK, _REST = Text("上班", "Work"), Text("放假", "Rest")
_PROVISIONAL = Status(Text("暂定", "Provisional"), "amber")
_OFFICIAL = Status(Text("已发通知", "Official"), "green")


def this_year(request: HttpRequest) -> HttpResponse:
    """Lead to the calendar of this year."""
    return HttpResponseRedirect(_address(clock.today().year, _region(request)))


def year_page(request: HttpRequest, year: int) -> HttpResponse:
    """Twelve months with their rules, the figures of the year, and the list of rules with their sources."""
    region = _region(request)
    calendar = load(region)
    source = CalendarYear.objects.filter(region="", year=year).first()
    rules = CalendarDay.objects.filter(region__in=chain(region), day__year=year)
    names = {row.day: Text(row.name, row.name_en or row.name) for row in rules}
    months = Section(
        template="calendar/months.html", context={"months": months_of(year, calendar, names, clock.today())}
    )
    table = Section(
        Text("放假与调休", "Holidays and make-up days"), "rules", Table(_rule_columns(), list(rules), _no_rules(year))
    )
    return show(
        RecordPage(
            _year_head(year, region, calendar, source),
            (months, table),
            timeline(Ref("core.calendar_year", f"{region or 'cn'}/{year}")),
        )
    )


def day_form(request: HttpRequest) -> HttpResponse:
    """Rule on one day, or withdraw the rule."""
    region = _region(request)
    require(current_principal(), EDIT, Scope(region=region))
    if request.method != "POST":
        return show(_day_form(request.GET.dict(), region))
    try:
        year = _rule(request.POST, region)
    except Refusal as refusal:
        return show(_day_form(request.POST.dict(), region, (refusal,)), status=422)
    return done(request, _address(year, region), Text("调整日历", "Calendar changed"))


def notice_form(request: HttpRequest, year: int) -> HttpResponse:
    """Enter the notice of a year, one feast a line."""
    region = _region(request)
    actor = current_principal()
    require(actor, EDIT, Scope(region=region))
    if request.method != "POST":
        return show(_notice_form(year, region, {}))
    try:
        rules = read_notice(request.POST.get("text", ""), year)
        enter_notice(actor=actor, year=year, rules=rules, source=request.POST.get("source", ""), region=region)
    except Refusal as refusal:
        return show(_notice_form(year, region, request.POST.dict(), (refusal,)), status=422)
    return done(request, _address(year, region), Text("录入通知", "Notice entered"))


def _rule(sent: Mapping[str, str], region: str) -> int:
    actor, reason = current_principal(), sent.get("reason", "")
    try:
        day = read_day(sent.get("day", ""))
    except Refusal:
        message = Text("请填写日期，如 2026-02-14。", "Give a day, such as 2026-02-14.")
        raise Refusal("calendar.day", message, where="day") from None
    if sent.get("rule") == "none":
        clear_day(actor=actor, day=day, reason=reason, region=region)
    elif sent.get("rule") in ("work", "rest"):
        works = sent["rule"] == "work"
        set_day(actor=actor, day=day, is_workday=works, reason=reason, name=sent.get("name", ""), region=region)
    else:
        raise Refusal("calendar.rule", Text("请选择上班或放假。", "Choose work or rest."), where="rule")
    return day.year


def _year_head(year: int, region: str, calendar: WorkCalendar, source: CalendarYear | None) -> Head:
    work = calendar.work_days_of(year)
    first, last = date(year, 1, 1), date(year, 12, 31)
    official = source is not None and not source.provisional
    nowhere = Text("按星期推算", "By the weekday rule")
    return Head(
        Text(f"{year} 年工作日历", f"Working calendar {year}"),
        crumbs=(Crumb(TITLE, reverse("calendar:this_year")), Crumb(str(year))),
        facts=(
            Fact(Text("适用范围", "Region"), region_title(region) if region else Text("全国", "Whole country")),
            Fact(Text("工作日", "Work days"), work),
            Fact(Text("休息日", "Rest days"), (last - first).days + 1 - work),
            Fact(Text("状态", "State"), _OFFICIAL if official else _PROVISIONAL),
            Fact(Text("来源", "Source"), source.source if source else nowhere),
        ),
        actions=_actions(year, region),
    )


def _actions(year: int, region: str) -> Sequence[Action]:
    beside = [
        Action(Text(f"{each} 年", str(each)), _address(each, region))
        for each in (year - 1, year + 1)
        if 1 <= each <= 9999
    ]
    if not allowed(current_principal(), EDIT, Scope(region=region)):
        return beside
    query = f"?{urlencode({'region': region})}" if region else ""
    return (
        *beside,
        Action(Text("调整某一天", "Rule on a day"), reverse("calendar:day") + query),
        Action(Text("录入通知", "Enter the notice"), reverse("calendar:notice", args=[year]) + query, primary=True),
    )


def _rule_columns() -> Sequence[Column]:
    return (
        Column("day", Text("日期", "Day"), lambda row: row.day, "date"),
        Column("weekday", Text("星期", "Weekday"), lambda row: _WEEKDAYS[row.day.weekday()]),
        Column("rule", Text("安排", "Arrangement"), lambda row: _WORK if row.is_workday else _REST),
        Column("name", Text("节日", "Feast"), lambda row: Text(row.name, row.name_en or row.name)),
        Column("state", Text("状态", "State"), lambda row: _PROVISIONAL if row.provisional else _OFFICIAL, "status"),
        Column("source", Text("依据", "Source"), lambda row: row.source),
    )


def _no_rules(year: int) -> Empty:
    return Empty(
        Text(
            f"{year} 年还没有放假安排，暂按星期一至星期五上班计算。",
            f"No rules for {year} yet: Monday to Friday count as work days.",
        )
    )


def _day_form(values: Mapping[str, str], region: str, refusals: Sequence[Refusal] = ()) -> StepForm:
    choices = (("work", _WORK), ("rest", _REST), ("none", Text("取消调整", "Withdraw the rule")))
    title = Text("调整某一天", "Rule on a day")
    return StepForm(
        Head(title, crumbs=(Crumb(TITLE, reverse("calendar:this_year")), Crumb(title))),
        (
            Field("day", Text("日期", "Day"), "date", values.get("day", "")),
            Field("rule", Text("安排", "Arrangement"), "choice", values.get("rule", ""), choices=choices),
            Field("name", Text("节日名称", "Feast"), value=values.get("name", ""), required=False),
            Field("reason", Text("依据", "Reason"), value=values.get("reason", ""), hint=_REASON_HINT),
        ),
        submit=Text("保存", "Save"),
        url=reverse("calendar:day") + (f"?{urlencode({'region': region})}" if region else ""),
        refusals=refusals,
        dense=True,
    )


_REASON_HINT = Text("通知的文号或理由，会写入记录。", "The number of the notice, or the reason; it goes on record.")


def _notice_form(year: int, region: str, values: Mapping[str, str], refusals: Sequence[Refusal] = ()) -> StepForm:
    title = Text(f"录入 {year} 年节假日安排", f"Enter the holidays of {year}")
    hint = Text(
        "每行一个节日：名称、放假日期，再写“上班”和调休上班的日期。例：春节 2月15日至2月23日 上班 2月14日、2月28日",
        "One feast a line: name, days of rest, then 上班 and the days off that become work days, as in the notice.",
    )
    held = write_notice(HolidayRule(row.day, row.is_workday, row.name) for row in days_of(year, region))
    return StepForm(
        Head(
            title,
            crumbs=(
                Crumb(TITLE, reverse("calendar:this_year")),
                Crumb(str(year), _address(year, region)),
                Crumb(title),
            ),
        ),
        (
            Field(
                "source", Text("通知文号", "Number of the notice"), value=values.get("source", ""), hint=_REASON_HINT
            ),
            Field(
                "text", Text("放假安排", "Holidays and make-up days"), "textarea", values.get("text", held), hint=hint
            ),
        ),
        submit=Text("录入并重新计算期限", "Enter and compute limits again"),
        refusals=refusals,
        dense=True,
    )


def _region(request: HttpRequest) -> str:
    code = request.GET.get("region", "")
    if code:
        prefix(code)
    return code


def _address(year: int, region: str) -> str:
    query = f"?{urlencode({'region': region})}" if region else ""
    return reverse("calendar:year", args=[year]) + query

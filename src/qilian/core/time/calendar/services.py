"""Verbs of the calendar: rule on a day, withdraw a rule, enter a notice, fill years from what is known."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from qilian.core.house.principal import Principal
from qilian.core.log.events.api import emit
from qilian.core.rights.grants.api import Scope, require
from qilian.core.values.text import Ref, Refusal, Text, public_code

from .events import DayCleared, DaySet, YearEntered
from .kernel import HolidayRule
from .models import CalendarDay, CalendarVersion, CalendarYear

EDIT = "calendar.edit"


@dataclass(frozen=True, slots=True)
class YearRules:
    """What a source says about a year."""

    year: int
    rules: tuple[HolidayRule, ...]
    source: str
    provisional: bool


@transaction.atomic
def set_day(
    *, actor: Principal, day: date, is_workday: bool, reason: str, name: str = "", name_en: str = "", region: str = ""
) -> CalendarDay:
    """Rule that a day is work or rest in a region (empty: the country), with a reason such as a document's number.

    Refusals: `grants.denied` without `calendar.edit` there; `calendar.reason` without a reason.
    """
    require(actor, EDIT, Scope(region=region))
    source = _reason(reason)
    facts = {"is_workday": is_workday, "name": name, "name_en": name_en, "source": source, "provisional": False}
    number = _next_version()
    row, _ = CalendarDay.objects.update_or_create(region=region, day=day, defaults=facts)
    emit(DaySet(day, is_workday, name, source, number), actor=actor, subject=_subject(region, day), region=region)
    return row


@transaction.atomic
def clear_day(*, actor: Principal, day: date, reason: str, region: str = "") -> None:
    """Withdraw a rule, so that the day is what wider regions or its weekday say.

    Refusals: `grants.denied`, `calendar.reason`, `calendar.day.none` when there is no rule to withdraw.
    """
    require(actor, EDIT, Scope(region=region))
    source, number = _reason(reason), _next_version()
    deleted, _ = CalendarDay.objects.filter(region=region, day=day).delete()
    if not deleted:
        raise Refusal("calendar.day.none", Text("这一天没有调整过。", "There is no rule on this day."), where="day")
    emit(DayCleared(day, source, number), actor=actor, subject=_subject(region, day), region=region)


@transaction.atomic
def enter_notice(
    *, actor: Principal, year: int, rules: Sequence[HolidayRule], source: str, region: str = ""
) -> YearEntered:
    """Enter the official notice of a year: it replaces every earlier rule on that year, provisional or not.

    A notice may rule on days of the years beside it (New Year's work days). Refusals: `grants.denied`,
    `calendar.reason` without a source, `calendar.notice.year` when no rule is on the year itself.
    """
    require(actor, EDIT, Scope(region=region))
    if not any(each.day.year == year for each in rules):
        raise Refusal(
            "calendar.notice.year",
            Text(f"通知里没有 {year} 年的日期。", f"The notice says nothing about {year}."),
            where="year",
            remedy=Text("请检查年份。", "Check the year."),
        )
    _next_version()
    return _enter(actor, YearRules(year, tuple(rules), _reason(source), False), region)


@transaction.atomic
def fill(*, actor: Principal, years: Iterable[YearRules], region: str = "") -> list[YearEntered]:
    """Fill years from packaged lists; a year whose notice was entered is never overwritten. Return the
    years that changed; filling again what is there changes nothing.

    Only the system fills. Refusal: `calendar.denied`.
    """
    if not actor.is_system:
        raise Refusal("calendar.denied", Text("年历由系统填充。", "Years are filled by the system."))
    official = set(CalendarYear.objects.filter(region=region, provisional=False).values_list("year", flat=True))
    news = [each for each in years if each.year not in official and _is_news(each, region)]
    if news:
        _next_version()
    return [_enter(actor, each, region) for each in news]


def _is_news(year: YearRules, region: str) -> bool:
    """Whether a list says something else about a year than the table does."""
    if not CalendarYear.objects.filter(region=region, year=year.year, provisional=year.provisional).exists():
        return True
    held = CalendarDay.objects.filter(region=region, day__year=year.year)
    told = {(each.day, each.is_workday, each.name) for each in year.rules}
    return set(held.values_list("day", "is_workday", "name")) != told


def _enter(actor: Principal, year: YearRules, region: str) -> YearEntered:
    """Make the rows of a year say what a source says, under the version that the caller has locked."""
    before = {row.day: row.is_workday for row in CalendarDay.objects.filter(region=region, day__year=year.year)}
    CalendarDay.objects.filter(region=region, day__year=year.year).delete()
    rows = [_row(each, year, region) for each in year.rules]
    CalendarDay.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["region", "day"],
        update_fields=["is_workday", "name", "name_en", "source", "provisional"],
    )
    facts = {"source": year.source, "provisional": year.provisional}
    CalendarYear.objects.update_or_create(region=region, year=year.year, defaults=facts)
    after = {row.day: row.is_workday for row in rows}
    changed = len({day for day in before | after if before.get(day) != after.get(day)})
    number = CalendarVersion.objects.get(pk=1).number
    body = YearEntered(year.year, year.provisional, year.source, changed, number)
    emit(body, actor=actor, subject=Ref("core.calendar_year", f"{region or 'cn'}/{year.year}"), region=region)
    return body


def _row(rule: HolidayRule, year: YearRules, region: str) -> CalendarDay:
    return CalendarDay(
        region=region,
        day=rule.day,
        is_workday=rule.is_workday,
        name=rule.name,
        name_en=rule.name_en,
        source=year.source,
        provisional=year.provisional,
    )


def _next_version() -> int:
    """Count a change; the row's lock also puts all changes of calendars one after the other."""
    CalendarVersion.objects.get_or_create(pk=1, defaults={"number": 0})
    row = CalendarVersion.objects.select_for_update().get(pk=1)
    row.number, row.mark = row.number + 1, public_code()
    row.save(update_fields=["number", "mark"])
    return row.number


def _reason(written: str) -> str:
    if not written.strip():
        raise Refusal(
            "calendar.reason",
            Text("没有写明依据。", "No reason is given."),
            where="reason",
            remedy=Text("请填写通知的文号或理由。", "Give the number of the notice, or the reason."),
        )
    return written.strip()


def _subject(region: str, day: date) -> Ref:
    return Ref("core.calendar_day", f"{region or 'cn'}/{day}")

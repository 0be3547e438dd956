"""The calendar in the database: rules, notices, filling, the cache, the pages."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from qilian.core.house.pages import RecordPage, ShapeResponse, StepForm
from qilian.core.house.principal import ANONYMOUS, SYSTEM, acting
from qilian.core.log.events.models import Event
from qilian.core.time.calendar.adapters.packaged import year_rules
from qilian.core.time.calendar.api import (
    HolidayRule,
    clear_day,
    days_of,
    enter_notice,
    fill,
    load,
    read_notice,
    set_day,
    version,
    years,
)
from qilian.core.time.calendar.jobs import fill_years
from qilian.core.time.calendar.models import CalendarDay, CalendarVersion
from qilian.core.time.calendar.pages import day_form, notice_form, this_year, year_page
from qilian.core.values import clock
from qilian.core.values.text import Refusal

pytestmark = pytest.mark.django_db
SATURDAY, TUESDAY = date(2026, 3, 7), date(2026, 3, 10)


def test_a_ruling_holds_at_once_and_again_after_it_is_withdrawn() -> None:
    assert not load().is_workday(SATURDAY) and version() == 0
    set_day(actor=SYSTEM, day=SATURDAY, is_workday=True, reason="青政办 1 号", name="调休")
    assert load().is_workday(SATURDAY) and version() == 1
    clear_day(actor=SYSTEM, day=SATURDAY, reason="青政办 2 号")
    assert not load().is_workday(SATURDAY) and version() == 2
    assert list(Event.objects.order_by("id").values_list("type", flat=True)) == [
        "calendar.day.set",
        "calendar.day.cleared",
    ]


def test_an_unchanged_calendar_costs_one_query_and_is_the_same_value() -> None:
    first = load("632600")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert load("632600") is first
    assert len(asked) == 1


def test_a_change_that_was_rolled_back_leaves_no_trace_in_the_cache() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        set_day(actor=SYSTEM, day=SATURDAY, is_workday=True, reason="x")
        assert load().is_workday(SATURDAY)
        raise ZeroDivisionError
    assert not load().is_workday(SATURDAY)
    set_day(actor=SYSTEM, day=TUESDAY, is_workday=False, reason="x")
    assert (load().is_workday(SATURDAY), load().is_workday(TUESDAY)) == (False, False)


def test_a_prefecture_has_feasts_of_its_own() -> None:
    set_day(actor=SYSTEM, day=TUESDAY, is_workday=False, reason="藏历新年", region="632600")
    set_day(actor=SYSTEM, day=SATURDAY, is_workday=True, reason="全国")
    set_day(actor=SYSTEM, day=SATURDAY, is_workday=False, reason="果洛不上班", region="632600")
    for region, saturday, tuesday in (
        ("", True, True),
        ("630100", True, True),
        ("632600", False, False),
        ("632621", False, False),
    ):
        assert (load(region).is_workday(SATURDAY), load(region).is_workday(TUESDAY)) == (saturday, tuesday), region


def test_a_notice_replaces_the_provisional_year() -> None:
    assert fill_years(2027, 2027) == 1 and load().is_provisional(TUESDAY.replace(year=2027))
    before = load()
    rules = read_notice("元旦 1月1日至1月3日 上班 2026年12月27日", 2027)
    entered = enter_notice(actor=SYSTEM, year=2027, rules=rules, source="国办发 1 号")
    assert not entered.provisional and entered.changed_days > 4
    assert not load().is_provisional(date(2027, 6, 1)) and load() != before
    assert load().is_workday(date(2026, 12, 27)) and load().is_workday(date(2027, 2, 8)), "its feasts are not entered"
    assert days_of(2027).count() == 3 and years().first().source == "国办发 1 号"
    assert fill_years(2027, 2027) == 0, "what is official is never overwritten"


def test_filling_again_changes_nothing() -> None:
    assert fill_years(2003, 2030) == 28
    number, events = version(), Event.objects.count()
    assert fill_years(2003, 2030) == 0 and (version(), Event.objects.count()) == (number, events)
    calendar = load()
    assert calendar.official == frozenset(range(2004, 2027))
    assert calendar.add_working_days(date(2015, 9, 2), 1) == date(2015, 9, 6), "a Sunday at work after the parade"
    assert calendar.add_working_days(date(2026, 9, 24), 20) == date(2026, 10, 29)
    assert not calendar.is_workday(date(2027, 2, 8)) and calendar.is_provisional(date(2027, 2, 8))


def test_packaged_years_know_their_limits() -> None:
    assert year_rules(1900).rules == () == year_rules(2300).rules
    assert year_rules(2003).provisional and any(each.is_workday for each in year_rules(2003).rules)
    official = year_rules(2015)
    assert not official.provisional and "2015" in official.source
    assert {each.name for each in official.rules if each.day.month == 6} == {"端午"}


def test_what_is_refused_changes_nothing() -> None:
    wrong = [
        ("grants.denied", lambda: set_day(actor=ANONYMOUS, day=SATURDAY, is_workday=True, reason="x")),
        ("grants.denied", lambda: clear_day(actor=ANONYMOUS, day=SATURDAY, reason="x")),
        ("grants.denied", lambda: enter_notice(actor=ANONYMOUS, year=2026, rules=[], source="x")),
        ("calendar.denied", lambda: fill(actor=ANONYMOUS, years=[])),
        ("calendar.reason", lambda: set_day(actor=SYSTEM, day=SATURDAY, is_workday=True, reason=" ")),
        ("calendar.day.none", lambda: clear_day(actor=SYSTEM, day=SATURDAY, reason="x")),
        (
            "calendar.notice.year",
            lambda: enter_notice(actor=SYSTEM, year=2025, rules=[HolidayRule(SATURDAY, True)], source="x"),
        ),
    ]
    for code, verb in wrong:
        with pytest.raises(Refusal) as told, transaction.atomic():
            verb()
        assert told.value.code == code
    assert (CalendarDay.objects.count(), Event.objects.count(), version()) == (0, 0, 0)


def test_the_database_says_the_same() -> None:
    CalendarDay.objects.create(day=SATURDAY, is_workday=True, source="x")
    for row in (
        CalendarDay(day=SATURDAY, is_workday=False, source="y"),
        CalendarDay(day=TUESDAY, is_workday=False, source=""),
        CalendarVersion(pk=2, number=1),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save(force_insert=True)


def test_the_year_on_one_page() -> None:
    fill_years(2026, 2026)
    with acting(ANONYMOUS):
        answer = year_page(RequestFactory().get("/calendar/2026/"), 2026)
    assert isinstance(answer, ShapeResponse) and isinstance(answer.shape, RecordPage)
    facts = {fact.label.en: fact.value for fact in answer.shape.head.facts}
    assert facts["Work days"] + facts["Rest days"] == 365 and facts["State"].word.en == "Official"
    months = answer.shape.sections[0].context["months"]
    turned = [cell for month in months for week in month.weeks for cell in week if cell and cell.turned]
    assert len(months) == 12 and {cell.works for cell in turned} == {True, False}
    assert not any(action.primary for action in answer.shape.head.actions), "a reader is offered no editing"
    with acting(SYSTEM):
        empty = year_page(RequestFactory().get("/calendar/2040/?region=632600"), 2040)
    assert isinstance(empty, ShapeResponse) and any(action.primary for action in empty.shape.head.actions)
    with clock.allow_standing(), clock.standing_at(datetime(2026, 12, 31, 17, tzinfo=UTC)):
        assert this_year(RequestFactory().get("/calendar/"))["Location"].endswith("/2027/")


def test_the_forms() -> None:
    factory = RequestFactory()
    with acting(ANONYMOUS), pytest.raises(Refusal):
        day_form(factory.get("/calendar/day/"))
    with acting(SYSTEM):
        assert isinstance(day_form(factory.get("/calendar/day/")).shape, StepForm)
        for sent, where in (
            ({"day": "x"}, "day"),
            ({"day": "2026-03-07"}, "rule"),
            ({"day": "2026-03-07", "rule": "work"}, "reason"),
        ):
            answer = day_form(factory.post("/calendar/day/", sent))
            assert answer.status_code == 422 and answer.shape.refusals[0].where == where
        done = day_form(factory.post("/calendar/day/", {"day": "2026-03-07", "rule": "work", "reason": "x"}))
        assert done.status_code == 302 and load().is_workday(SATURDAY)
        form = notice_form(factory.get("/calendar/2026/notice/"), 2026).shape
        assert "2026-3-7" in form.fields[1].value, "what is there is offered for editing"
        wrong = notice_form(factory.post("/calendar/2026/notice/", {"text": "春节", "source": "x"}), 2026)
        assert wrong.status_code == 422 and wrong.shape.fields[1].value == "春节"
        sent = {
            "text": form.fields[1].value + "\n清明节 4月5日至6日".replace("至6日", "至4月6日"),
            "source": "国办 2 号",
        }
        assert notice_form(factory.post("/calendar/2026/notice/", sent), 2026).status_code == 302
        day_form(factory.post("/calendar/day/", {"day": "2026-03-07", "rule": "none", "reason": "x"}))
    assert not load().is_workday(SATURDAY) and not load().is_workday(date(2026, 4, 6))

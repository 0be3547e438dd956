"""What two packages know about holidays: official notices (`chinesecalendar`) and the law's feasts (`holidays`)."""

from datetime import date
from importlib.metadata import version

import chinese_calendar
from chinese_calendar import Holiday
from holidays import country_holidays

from qilian.core.time.calendar.kernel import HolidayRule
from qilian.core.time.calendar.services import YearRules

FIRST_NOTICE = min(chinese_calendar.holidays).year
LAST_NOTICE = max(chinese_calendar.holidays).year
_TITLES = {each.value: each.chinese for each in Holiday}


def year_rules(year: int) -> YearRules:
    """Return the rules of a year: by its notice when it is packaged, else by law and lunar calendar, provisional.

    Years outside 1950-2100, which neither package knows, have no rule: the weekday rule holds.
    """
    if FIRST_NOTICE <= year <= LAST_NOTICE:
        source = f"国务院办公厅关于{year}年部分节假日安排的通知（chinesecalendar {version('chinesecalendar')}）"
        return YearRules(year, _noticed(year), source, False)
    source = f"按《全国年节及纪念日放假办法》推算（holidays {version('holidays')}），待正式通知"
    return YearRules(year, _computed(year), source, True)


def _noticed(year: int) -> tuple[HolidayRule, ...]:
    rest = {day: name for day, name in chinese_calendar.holidays.items() if day.year == year}
    work = {day: name for day, name in chinese_calendar.workdays.items() if day.year == year}
    found = [_rule(day, name, False) for day, name in rest.items()]
    found += [_rule(day, name, True) for day, name in work.items()]
    return tuple(sorted(found, key=lambda each: each.day))


def _rule(day: date, name: str, is_workday: bool) -> HolidayRule:
    return HolidayRule(day, is_workday, _TITLES.get(name, name)[:60], name)


def _computed(year: int) -> tuple[HolidayRule, ...]:
    zh = country_holidays("CN", years=year, language="zh_CN")
    en = country_holidays("CN", years=year, language="en_US")
    rest = [HolidayRule(day, False, str(zh[day]), str(en.get(day) or ""), True) for day in zh if day.year == year]
    work = [
        HolidayRule(day, True, "调休上班", "Make-up work day", True) for day in zh.weekend_workdays if day.year == year
    ]
    return tuple(sorted([*rest, *work], key=lambda each: each.day))

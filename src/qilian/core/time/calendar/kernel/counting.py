"""Count working days: the sorted work days of known years and bisection; beyond them the weekday rule goes on.

Which days are work days: 《全国年节及纪念日放假办法》 and the yearly notice of the State Council's General Office.
How limits are counted: 民法典 §§ 201-204, the first day does not count, a last day that is a holiday gives way to the
next work day.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from qilian.core.values.text import Refusal, Text

_LAST = date.max.toordinal()


@dataclass(frozen=True, slots=True)
class HolidayRule:
    """What a notice says about one day: work or rest, the name of the feast, whether the notice is still awaited."""

    day: date
    is_workday: bool
    name: str = ""
    name_en: str = ""
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """The work days of a region; immutable, equal by content, cheap to share among threads.

    `official` are the years whose notice has been entered; of every other year the answers are provisional.
    """

    official: frozenset[int] = frozenset()
    _first: int = 1  # ordinal of the first day that the array speaks of
    _last: int = 0
    _work: tuple[int, ...] = ()
    _base: int = 0  # work days before the array, by the weekday rule

    @classmethod
    def of(cls, rules: Iterable[HolidayRule], official: Iterable[int] = ()) -> "WorkCalendar":
        """Build a calendar: Monday to Friday, changed by rules; of two rules on a day the later one holds."""
        ruled = {each.day.toordinal(): each.is_workday for each in rules}
        if not ruled:
            return cls(frozenset(official))
        first, last = min(ruled), max(ruled)
        work = tuple(n for n in range(first, last + 1) if ruled.get(n, (n - 1) % 7 < 5))
        return cls(frozenset(official), first, last, work, _weekdays(first - 1))

    def is_workday(self, day: date) -> bool:
        """Whether a day is a work day."""
        number = day.toordinal()
        return self._rank(number) > self._rank(number - 1)

    def is_provisional(self, day: date) -> bool:
        """Whether the notice of this day's year is still awaited."""
        return day.year not in self.official

    def next_workday(self, day: date) -> date:
        """The first work day on or after a day."""
        return self._select(self._rank(day.toordinal() - 1) + 1)

    def previous_workday(self, day: date) -> date:
        """The last work day on or before a day."""
        return self._select(self._rank(day.toordinal()))

    def add_working_days(self, day: date, count: int) -> date:
        """The work day that is `count` work days after a day, which itself does not count; before it when negative.

        Zero gives the day itself, work day or not.

        >>> WEEKDAYS_ONLY.add_working_days(date(2026, 1, 9), 1)
        datetime.date(2026, 1, 12)
        """
        if count == 0:
            return day
        number = day.toordinal()
        before = self._rank(number) if count > 0 else self._rank(number - 1) + 1
        return self._select(before + count)

    def working_days_between(self, start: date, end: date) -> int:
        """How many work days lie after `start` up to and including `end`; negative when `end` is earlier."""
        return self._rank(end.toordinal()) - self._rank(start.toordinal())

    def add_natural_days(self, day: date, count: int) -> date:
        """The last day of a limit of natural days: a rest day gives way to the next work day (民法典 § 203).

        Backwards nothing gives way: a day counted back is that day.
        """
        end = _day(day.toordinal() + count)
        return self.next_workday(end) if count > 0 else end

    def work_days_of(self, year: int) -> int:
        """How many work days a year has."""
        return self._rank(date(year, 12, 31).toordinal()) - self._rank(date(year, 1, 1).toordinal() - 1)

    def _rank(self, number: int) -> int:
        """How many work days lie on or before an ordinal."""
        if number < self._first:
            return _weekdays(number)
        if number > self._last:
            return self._base + len(self._work) + _weekdays(number) - _weekdays(self._last)
        return self._base + bisect_right(self._work, number)

    def _select(self, rank: int) -> date:
        """The work day with this rank: the inverse of `_rank`."""
        if rank <= self._base:
            return _day(_nth_weekday(rank))
        within = rank - self._base
        if within <= len(self._work):
            return _day(self._work[within - 1])
        return _day(_nth_weekday(within - len(self._work) + _weekdays(self._last)))


def _weekdays(number: int) -> int:
    """How many days from Monday to Friday lie on or before an ordinal (0001-01-01, ordinal 1, was a Monday)."""
    weeks, rest = divmod(number, 7)
    return 5 * weeks + min(rest, 5)


def _nth_weekday(rank: int) -> int:
    weeks, rest = divmod(rank - 1, 5)
    return 7 * weeks + rest + 1


def _day(number: int) -> date:
    if not 1 <= number <= _LAST:
        raise Refusal(
            "calendar.range",
            Text("日期超出公元 1 年至 9999 年。", "The day lies outside the years 1 to 9999."),
            remedy=Text("请检查期限的数值。", "Check the length of the limit."),
        )
    return date.min + timedelta(days=number - 1)


WEEKDAYS_ONLY = WorkCalendar()

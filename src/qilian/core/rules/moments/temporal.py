"""Dates, times and durations as FEEL means them: years to 999,999,999, nanoseconds, offsets and zone names."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

NANOS = 1_000_000_000
DAY = 86_400 * NANOS
YEARS = 999_999_999
_NEW_CENTURY = 946_684_800  # seconds from 1970 to 2000
_OFFSET_LIMIT = 18 * 3600  # the widest offset that published engines accept; XML Schema itself stops at 14 hours


class TemporalError(ValueError):
    """A text or number that names no date, time or duration."""


@dataclass(frozen=True, slots=True)
class Date:
    """A day of the proleptic Gregorian calendar."""

    year: int
    month: int
    day: int

    @classmethod
    def of(cls, year: int, month: int, day: int) -> "Date":
        """Make a day; TemporalError when the calendar has none such."""
        if not (-YEARS <= year <= YEARS and 1 <= month <= 12 and 1 <= day <= month_length(year, month)):
            raise TemporalError(f"{year}-{month}-{day}")
        return cls(year, month, day)

    @classmethod
    def at(cls, ordinal: int) -> "Date":
        """Return the day that lies so many days after 1970-01-01."""
        era, rest = divmod(ordinal + 719_468, 146_097)
        year = (rest - rest // 1460 + rest // 36_524 - rest // 146_096) // 365
        of_year = rest - (365 * year + year // 4 - year // 100)
        shifted = (5 * of_year + 2) // 153
        month = shifted + 3 if shifted < 10 else shifted - 9
        return cls.of(year + era * 400 + (month <= 2), month, of_year - (153 * shifted + 2) // 5 + 1)

    @property
    def ordinal(self) -> int:
        """Days since 1970-01-01."""
        year = self.year - (self.month <= 2)
        era, rest = divmod(year, 400)
        of_year = (153 * (self.month + (-3 if self.month > 2 else 9)) + 2) // 5 + self.day - 1
        return era * 146_097 + rest * 365 + rest // 4 - rest // 100 + of_year - 719_468

    @property
    def weekday(self) -> int:
        """1 for Monday to 7 for Sunday."""
        return (self.ordinal + 3) % 7 + 1

    @property
    def day_of_year(self) -> int:
        """1 for the first of January."""
        return self.ordinal - Date(self.year, 1, 1).ordinal + 1

    @property
    def week(self) -> int:
        """The week of ISO 8601."""
        thursday = Date.at(self.ordinal - self.weekday + 4)
        return (thursday.day_of_year - 1) // 7 + 1

    def plus_months(self, months: int) -> "Date":
        """Move by months; the day is kept, or becomes the month's last."""
        year, month = divmod(self.year * 12 + self.month - 1 + months, 12)
        return Date.of(year, month + 1, min(self.day, month_length(year, month + 1)))

    def __str__(self) -> str:
        return f"{_minus(self.year)}{abs(self.year):04d}-{self.month:02d}-{self.day:02d}"


@dataclass(frozen=True, slots=True)
class Time:
    """A time of day in nanoseconds since midnight, with an offset in seconds or the name of a zone, or neither."""

    nanos: int
    offset: int | None = None
    zone: str | None = None

    @property
    def local(self) -> bool:
        """Whether it says nothing about where."""
        return self.offset is None and self.zone is None

    @property
    def seconds_east(self) -> int | None:
        """The offset from UTC; of a zone its standard one, since a time of day has no date."""
        return standard_offset(self.zone) if self.zone else self.offset

    @property
    def utc(self) -> int:
        """Nanoseconds since midnight at Greenwich, unbounded; a local time counts as it stands."""
        return self.nanos - (self.seconds_east or 0) * NANOS

    def plus(self, nanos: int) -> "Time":
        """Move round the clock."""
        return Time((self.nanos + nanos) % DAY, self.offset, self.zone)

    def __str__(self) -> str:
        minutes, rest = divmod(self.nanos, 60 * NANOS)
        seconds, fraction = divmod(rest, NANOS)
        tail = f".{fraction:09d}".rstrip("0") if fraction else ""
        where = f"@{self.zone}" if self.zone else "" if self.offset is None else offset_text(self.offset)
        return f"{minutes // 60:02d}:{minutes % 60:02d}:{seconds:02d}{tail}{where}"


@dataclass(frozen=True, slots=True)
class DateTime:
    """A day and a time of day; the time carries the offset or zone."""

    date: Date
    time: Time

    @property
    def seconds_east(self) -> int | None:
        """The offset from UTC in seconds at this moment; None for a local date and time."""
        return zone_offset(self.time.zone, self.date, self.time.nanos) if self.time.zone else self.time.offset

    @property
    def instant(self) -> int:
        """Nanoseconds since 1970-01-01T00:00:00Z; a local one counts as it stands."""
        return self.naive - (self.seconds_east or 0) * NANOS

    @property
    def naive(self) -> int:
        """Nanoseconds since 1970-01-01T00:00:00 by its own clock."""
        return self.date.ordinal * DAY + self.time.nanos

    def plus(self, nanos: int) -> "DateTime":
        """Move by an exact time; a named zone keeps its name and may change its offset."""
        if not self.time.zone:
            return at_naive(self.naive + nanos, self.time.offset, None)
        instant = self.instant + nanos
        east = zone_offset_at(self.time.zone, instant)
        return at_naive(instant + east * NANOS, None, self.time.zone)

    def __str__(self) -> str:
        return f"{self.date}T{self.time}"


@dataclass(frozen=True, slots=True, order=True)
class Days:
    """A days and time duration, in nanoseconds."""

    nanos: int

    def __str__(self) -> str:
        seconds, fraction = divmod(abs(self.nanos), NANOS)
        days, seconds = divmod(seconds, 86_400)
        hours, seconds = divmod(seconds, 3600)
        minutes, seconds = divmod(seconds, 60)
        tail = f".{fraction:09d}".rstrip("0") if fraction else ""
        clock = (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")
        clock += f"{seconds}{tail}S" if seconds or fraction else ""
        text = (f"{days}D" if days else "") + (f"T{clock}" if clock else "")
        return f"{_minus(self.nanos)}P{text}" if text else "PT0S"


@dataclass(frozen=True, slots=True, order=True)
class Months:
    """A years and months duration, in months."""

    months: int

    def __str__(self) -> str:
        years, months = divmod(abs(self.months), 12)
        text = (f"{years}Y" if years else "") + (f"{months}M" if months else "")
        return f"{_minus(self.months)}P{text}" if text else "P0M"


def _minus(number: int) -> str:
    return "-" if number < 0 else ""


def month_length(year: int, month: int) -> int:
    """Return the number of days of a month."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def at_naive(naive: int, offset: int | None, zone: str | None) -> DateTime:
    """Return the date and time that a clock shows so many nanoseconds after 1970-01-01T00:00:00."""
    day, nanos = divmod(naive, DAY)
    return DateTime(Date.at(day), Time(nanos, offset, zone))


def offset_text(seconds: int) -> str:
    """Write an offset as XML Schema does: Z, +08:00."""
    if not seconds:
        return "Z"
    minutes, rest = divmod(abs(seconds), 60)
    return f"{_minus(seconds) or '+'}{minutes // 60:02d}:{minutes % 60:02d}" + (f":{rest:02d}" if rest else "")


@lru_cache(maxsize=256)
def zone(name: str) -> ZoneInfo:
    """Return the rules of a zone of the IANA database; TemporalError for an unknown name."""
    if name not in _zones():
        raise TemporalError(name[:100])
    return ZoneInfo(name)


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    """The names of all zones, read once: a name that is asked for never becomes a path."""
    return frozenset(available_timezones())


def zone_offset(name: str, date: Date, nanos: int) -> int:
    """Return the offset that a zone keeps at its own clock's date and time, in seconds."""
    return _seconds(_moment(date, nanos, zone(name)).utcoffset())


def zone_offset_at(name: str, instant: int) -> int:
    """Return the offset that a zone keeps at an instant, in seconds."""
    day, nanos = divmod(instant, DAY)
    return _seconds(_moment(Date.at(day), nanos, UTC).astimezone(zone(name)).utcoffset())


def _moment(date: Date, nanos: int, where: tzinfo) -> datetime:
    """Return a moment as Python knows it; the calendar of years that Python lacks repeats every 400 years.

    A zone kept its first offset in all years before, and keeps its last rule in all years after.
    """
    of_cycle = date.year % 400
    year = min(max(date.year - of_cycle, 400), 9200) + of_cycle
    return datetime(year, date.month, date.day, tzinfo=where) + timedelta(microseconds=nanos // 1000)


@lru_cache(maxsize=256)
def standard_offset(name: str) -> int:
    """Return a zone's offset outside summer time, in seconds."""
    moment = datetime.fromtimestamp(_NEW_CENTURY, zone(name))
    return _seconds(moment.utcoffset()) - _seconds(moment.dst())


def _seconds(delta: timedelta | None) -> int:
    return int(delta.total_seconds()) if delta else 0


_DATE = r"(-?(?:[1-9]\d{4,8}|\d{4}))-(\d{2})-(\d{2})"
_TIME = r"(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,32}))?([zZ]|[+-]\d{2}:\d{2}(?::\d{2})?|@[A-Za-z][\w+\-/]*)?"
_DATE_TEXT = re.compile(_DATE, re.ASCII)
_TIME_TEXT = re.compile(_TIME, re.ASCII)
_DATE_TIME_TEXT = re.compile(f"{_DATE}(?:T{_TIME})?", re.ASCII)
_DAYS_TEXT = re.compile(
    r"(-)?P(?:(\d{1,18})D)?(?:T(?=\d)(?:(\d{1,18})H)?(?:(\d{1,18})M)?(?:(\d{1,18})(?:\.(\d{1,32}))?S)?)?", re.ASCII
)
_MONTHS_TEXT = re.compile(r"(-)?P(?:(\d{1,18})Y)?(?:(\d{1,18})M)?", re.ASCII)


def parse_date(text: str) -> Date:
    """Read `2012-12-25`; TemporalError otherwise."""
    return Date.of(*map(int, _match(_DATE_TEXT, text).groups()))


def parse_time(text: str) -> Time:
    """Read `23:59:00`, with `.5`, `Z`, `+08:00` or `@Asia/Shanghai`; `24:00:00` is midnight (XML Schema 3.3.8)."""
    time, _ = _time(*_match(_TIME_TEXT, text.removeprefix("T")).groups())
    return time


def parse_date_time(text: str) -> DateTime:
    """Read a date with `T` and a time, or a date alone as its midnight; `T24:00:00` is the next day's (3.3.7)."""
    year, month, day, *clock = _match(_DATE_TIME_TEXT, text).groups()
    date = Date.of(int(year), int(month), int(day))
    time, days = _time(*clock) if any(clock) else (Time(0), 0)
    return DateTime(Date.at(date.ordinal + 1) if days else date, time)


def parse_duration(text: str) -> Days | Months:
    """Read `P1DT2H` or `P1Y2M`; TemporalError otherwise."""
    if text.endswith(("P", "T")):
        raise TemporalError(text)
    if found := _MONTHS_TEXT.fullmatch(text):
        sign, years, months = found.groups()
        return Months((-1 if sign else 1) * (int(years or 0) * 12 + int(months or 0)))
    sign, days, hours, minutes, seconds, fraction = _match(_DAYS_TEXT, text).groups()
    whole = int(days or 0) * 86_400 + int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0)
    return Days((-1 if sign else 1) * (whole * NANOS + _nanos(fraction)))


def parse_temporal(text: str) -> Date | Time | DateTime | Days | Months:
    """Read the text of an `@` literal; TemporalError otherwise."""
    for read in (parse_date, parse_time, parse_date_time, parse_duration):
        try:
            return read(text)
        except TemporalError:
            continue
    raise TemporalError(text)


def check_offset(seconds: int) -> int:
    """Return an offset that a clock may have; TemporalError for a wider one."""
    if abs(seconds) > _OFFSET_LIMIT:
        raise TemporalError(offset_text(seconds))
    return seconds


def clock(hour: int, minute: int, nanos: int) -> int:
    """Return nanoseconds since midnight; TemporalError for what no clock shows."""
    if not (0 <= hour < 24 and 0 <= minute < 60 and 0 <= nanos < 60 * NANOS):
        raise TemporalError(f"{hour}:{minute}")
    return (hour * 60 + minute) * 60 * NANOS + nanos


def _match(pattern: re.Pattern[str], text: str) -> re.Match[str]:
    found = pattern.fullmatch(text)
    if found is None:
        raise TemporalError(text[:100])
    return found


def _time(hour: str, minute: str, second: str, fraction: str | None, where: str | None) -> tuple[Time, int]:
    """Return a time and the days it carries: one for the midnight that ends a day."""
    rest = int(second) * NANOS + _nanos(fraction)
    if (int(hour), int(minute), rest) == (24, 0, 0):
        return _placed(0, where), 1
    return _placed(clock(int(hour), int(minute), rest), where), 0


def _placed(nanos: int, where: str | None) -> Time:
    if not where:
        return Time(nanos)
    if where[0] == "@":
        return Time(nanos, zone=zone(where[1:]).key)
    if where in "zZ":
        return Time(nanos, 0)
    hours, minutes, *seconds = map(int, where[1:].split(":"))
    if minutes > 59:
        raise TemporalError(where)
    east = hours * 3600 + minutes * 60 + sum(seconds)
    return Time(nanos, check_offset(-east if where[0] == "-" else east))


def _nanos(fraction: str | None) -> int:
    return int(fraction[:9].ljust(9, "0")) if fraction else 0

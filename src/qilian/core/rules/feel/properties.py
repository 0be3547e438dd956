"""What stands after a dot: entries of contexts, and properties of dates, times, durations and ranges (table 65)."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from qilian.core.rules.budget.api import Account
from qilian.core.rules.moments.api import DAY, NANOS, Date, DateTime, Days, Months, Time

from .arithmetic import seconds_of
from .faults import Exhausted, Fault
from .types import type_name
from .values import Range, Value

_Properties = Mapping[str, Callable[[Value], Value]]


def property_of(value: Value, name: str, run: Account) -> Value:
    """Return an entry or property; of a list, those of its items; Fault when there is none."""
    if isinstance(value, dict):
        if name in value:
            return value[name]
        raise Fault("path", type="context", name=name)
    if isinstance(value, list):
        run.spend(len(value))
        return [_item(item, name, run) for item in value]
    found = _PROPERTIES.get(type(value), {}).get(name)
    if found is None:
        raise Fault("path", type=type_name(value), name=name)
    return found(value)


def _item(item: Value, name: str, run: Account) -> Value:
    try:
        return property_of(item, name, run)
    except Exhausted:
        raise
    except Fault:
        return None


def _part(total: int, unit: int, above: int | None = None) -> int:
    """Return one normalised component of a duration, with the duration's sign."""
    if total < 0:
        return -_part(-total, unit, above)
    return total // unit % above if above else total // unit


def _offset(value: Time | DateTime) -> Value:
    east = value.seconds_east
    return None if east is None else Days(east * NANOS)


_DATE: _Properties = {
    "year": lambda date: Decimal(date.year),
    "month": lambda date: Decimal(date.month),
    "day": lambda date: Decimal(date.day),
    "weekday": lambda date: Decimal(date.weekday),
}
_TIME: _Properties = {
    "hour": lambda time: Decimal(time.nanos // (3600 * NANOS)),
    "minute": lambda time: Decimal(time.nanos // (60 * NANOS) % 60),
    "second": lambda time: seconds_of(Days(time.nanos % (60 * NANOS))),
    "time offset": _offset,
    "timezone": lambda time: time.zone,
}


def _through(part: str, properties: _Properties) -> _Properties:
    def read(found: Callable[[Value], Value]) -> Callable[[Value], Value]:
        return lambda moment: found(getattr(moment, part))

    return {name: read(found) for name, found in properties.items()}


_PROPERTIES: Mapping[type, _Properties] = {
    Date: _DATE,
    Time: _TIME,
    DateTime: {**_through("date", _DATE), **_through("time", _TIME), "time offset": _offset},
    Days: {
        "days": lambda days: Decimal(_part(days.nanos, DAY)),
        "hours": lambda days: Decimal(_part(days.nanos, 3600 * NANOS, 24)),
        "minutes": lambda days: Decimal(_part(days.nanos, 60 * NANOS, 60)),
        "seconds": lambda days: seconds_of(Days(_part(days.nanos, 1, 60 * NANOS))),
    },
    Months: {
        "years": lambda months: Decimal(_part(months.months, 12)),
        "months": lambda months: Decimal(_part(months.months, 1, 12)),
    },
    Range: {
        "start": lambda interval: interval.start,
        "end": lambda interval: interval.end,
        "start included": lambda interval: interval.start_included,
        "end included": lambda interval: interval.end_included,
    },
}

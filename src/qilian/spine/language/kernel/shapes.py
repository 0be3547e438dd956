"""What words can say: roles, deadlines and targets, with their places in the source."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal, get_args

Span = tuple[int, int]
Role = Literal["lead", "support", "responsible"]
ROLES: Final[tuple[Role, ...]] = get_args(Role)
Direction = Literal["up", "down"]
Json = str | int | float | bool | None | Sequence["Json"] | Mapping[str, "Json"]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known before a text is read: `names` are units, `others` are none, `labels` are words with roles."""

    names: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()
    labels: tuple[tuple[str, Role], ...] = ()


NOTHING = Known()


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline as written and the last day of its period (ISO), or None when it recurs, has no end or no year."""

    text: str
    date: str | None
    span: Span

    def as_json(self) -> dict[str, Json]:
        """Return the deadline as it stands in the JSON."""
        return {"text": self.text, "date": self.date, "span": list(self.span)}


@dataclass(frozen=True, slots=True)
class Target:
    """A target; `value` keeps the written magnitude, `unit` contains 万 and 亿 when written.

    A change (`op` is delta) has a `direction`, and a `bound` where one stands beside it: 增长6%以上 is up, >=.
    An aim in words alone (居全省前列, 全覆盖, 与经济增长基本同步) has the value None: a person says when it is met.
    """

    text: str
    indicator: str
    op: str
    value: Decimal | tuple[Decimal, ...] | None
    unit: str
    base: str | None
    deadline: str | None
    span: Span
    direction: Direction | None = None
    bound: str | None = None

    def as_json(self) -> dict[str, Json]:
        """Return the target as it stands in the JSON, numbers as JSON numbers."""
        value = [_number(part) for part in self.value] if isinstance(self.value, tuple) else _number(self.value)
        return {
            "text": self.text,
            "indicator": self.indicator,
            "op": self.op,
            "value": value,
            "unit": self.unit,
            "base": self.base,
            "deadline": self.deadline,
            "span": list(self.span),
            "direction": self.direction,
            "bound": self.bound,
        }


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)

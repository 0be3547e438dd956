"""Cutting a page out of an ordered list whose filter finds rows by an index: bounded work for few hits and for many.

Left to itself the planner either sorts all hits or walks the order until a page is full, and guesses wrong when hits
are many and lie late in the order (names with 西宁, sorted by sound: 800,000 rows walked for a page of fifty). Here a
sample of the hits is put in order: where a page ends in the sample, it ends at the latest in the whole. Few rows before
that place are walked through; of many, those that the filter's index has too are read. The answer is exactly that of
the plain query.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db import connection, models, transaction
from django.db.models import Func, QuerySet, Value

M = TypeVar("M", bound=models.Model)
SAMPLE = 501
_DEPTH = 8  # rows of a sample for each row up to the page's end
_MOST = 10_000  # rows of a sample: pages that lie deeper are left to the planner
_SURE = 4  # times more hits are expected before the nearer bound than are needed
_OFTEN = 50_000  # hits: reading rows one after another meets a sample of them soon
_ROOM = 4  # times more hits may lie before a bound than the sample holds
_TRIES = 4  # bounds
_HITS = 5_000  # reading more of them costs more than intersecting two indexes
_AHEAD = 6_000  # rows, as many as are walked through
_ANYHOW = {
    **dict.fromkeys(("enable_seqscan", "enable_indexscan", "enable_bitmapscan", "enable_sort"), "on"),
    **dict.fromkeys(("random_page_cost", "work_mem"), "DEFAULT"),
}
_BITMAPS = {  # they stop at a limit and can be intersected
    "enable_seqscan": "off",
    "enable_indexscan": "off",
    "random_page_cost": "1.1",
    "work_mem": "'32MB'",
}
_SEQUENCE = {"enable_seqscan": "on"}
_WALK = {"enable_seqscan": "off", "enable_bitmapscan": "off", "enable_sort": "off", "enable_indexscan": "on"}
_Plan = Callable[[dict[str, str]], None]


def taken(rows: QuerySet[M], start: int, stop: int) -> tuple[list[M], int]:
    """Return rows[start:stop] of an ordered queryset, and how many rows there are, counted up to SAMPLE.

    The planner walks along the order until a page is full, and of a filter whose parts are each rare (two scopes of a
    reader joined by OR) it cannot know how far that is: two seconds over a million rows. So the hits are counted first,
    without order; when they are few, the page is put in order from them alone.
    """
    if rows.query.combinator or not rows.query.where:
        return list(rows[start:stop]), rows.order_by()[:SAMPLE].count()
    keys = list(rows.order_by().values_list("pk", flat=True)[:SAMPLE])
    hits = rows if len(keys) == SAMPLE else rows.filter(pk__in=keys)
    return list(hits[start:stop]) if keys else [], len(keys)


def cut(rows: QuerySet[M], start: int, stop: int) -> tuple[list[M], int]:
    """Return rows[start:stop] of an ordered queryset, and how many rows there are, counted up to SAMPLE.

    The same rows in the same order as slicing gives, whatever the order; the work is bounded where the order is by
    columns of the table itself, ascending, never empty, numbers or texts in the order of code points, and an index
    answers the filter.
    """
    order, size = _order(rows), max(SAMPLE, _DEPTH * stop)
    if not order or size > _MOST:
        return list(rows[start:stop]), rows.order_by()[:SAMPLE].count()
    with _planning() as plan:
        plan(_BITMAPS)
        if not (expected := _expected(rows)):
            plan(_ANYHOW)
            return list(rows[start:stop]), rows.order_by()[:SAMPLE].count()
        if expected > _OFTEN:
            plan(_SEQUENCE)
        sample = sorted(rows.order_by().values_list(*order)[:size])
        hits = sample if len(sample) < size else _before(rows, order, sample, stop, expected, plan)
        if hits is None:
            plan(_WALK)
            return list(rows[start:stop]), SAMPLE
        plan(_ANYHOW)
        return list(rows.filter(pk__in=[key for *_, key in hits[start:stop]])), min(len(sample), SAMPLE)


def _before(
    rows: QuerySet[Any], order: Sequence[str], sample: Sequence[Any], stop: int, expected: int, plan: _Plan
) -> Any:
    """What is sorted by, in order, of all hits up to a place that has enough before it; None when walking is better."""
    whole = rows.model._base_manager.all()
    plan(_ANYHOW)
    hits = max(expected, _by_density(whole, sample))
    plan(_BITMAPS)
    if hits >= stop * len(sample) and _expected(_up_to(whole, order, sample[0])) <= _AHEAD:
        return None  # before the first of the sample are enough hits, and few rows
    rank = min(stop, -(-_SURE * stop * len(sample) // hits))
    seen = len(sample) <= expected and hits <= _HITS
    for _ in range(_TRIES):
        nearer = _up_to(rows, order, sample[rank - 1], seen=seen)
        found = sorted(nearer.order_by().values_list(*order)[: _ROOM * len(sample)])
        if stop <= len(found) < _ROOM * len(sample):
            return found
        rank, seen = (stop, seen) if len(found) < stop else (max(1, rank // _DEPTH), False)
    return None


def _by_density(whole: QuerySet[Any], sample: Sequence[Any]) -> int:
    """How many hits there are if all keys have as many as those that the sample was taken from."""
    last = whole.order_by("-pk").values_list("pk", flat=True)[:1][0]
    furthest = max(key for *_, key in sample)
    return len(sample) * last // furthest if isinstance(last, int) and furthest > 0 else 0


def _expected(rows: QuerySet[Any]) -> int:
    """How many rows the planner expects; none when no index answers the filter."""
    plan = rows.order_by().values("pk").explain(format="json")
    return max(1, int(json.loads(plan)[0]["Plan"]["Plan Rows"])) if "Index Cond" in plan else 0


def _up_to(rows: QuerySet[Any], order: Sequence[str], place: Sequence[Any], *, seen: bool = True) -> QuerySet[Any]:
    """The rows up to a place in the order's first column.

    When the hits are too many to read, or more than the planner thinks, it does not see (`seen`) the value: of a range
    it then thinks that few rows lie in it, and intersects.
    """
    if seen:
        return rows.filter(**{f"{order[0]}__lte": place[0]})
    field = rows.model._meta.pk if order[0] == "pk" else rows.model._meta.get_field(order[0])
    ends = {"gte": -(2**63) if isinstance(field, models.IntegerField) else "", "lte": place[0]}
    hidden = {
        end: Func(Value(each, output_field=field), template="(SELECT %(expressions)s)") for end, each in ends.items()
    }
    return rows.filter(**{f"{order[0]}__{end}": value for end, value in hidden.items()})


def _order(rows: QuerySet[Any]) -> Sequence[str]:
    """The columns of an order that Python sorts as PostgreSQL does, the key at last; none when it is another order."""
    meta = rows.model._meta
    sortable = {"pk"} | {
        field.name
        for field in meta.concrete_fields
        if not field.null and (isinstance(field, models.IntegerField) or getattr(field, "db_collation", None) == "C")
    }
    names = [_ascending(each) for each in rows.query.order_by]
    order = ["pk" if name == meta.pk.name else name for name in names]
    return order if order and set(order) <= sortable and order[-1] == "pk" else []


def _ascending(each: Any) -> str:
    if isinstance(each, str):
        return each
    return "" if getattr(each, "descending", True) else str(getattr(each.expression, "name", ""))


@contextmanager
def _planning() -> Iterator[_Plan]:
    """Give a function that lets the planner have only some means, until the end of the block."""
    inside = connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:

        def plan(means: dict[str, str]) -> None:
            cursor.execute("; ".join(f"SET LOCAL {name} = {value}" for name, value in means.items()))

        yield plan
        if inside:
            plan(_ANYHOW)

"""Lists: which rows to show, in which order, on which page; two queries whatever the number of rows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import F, QuerySet

from qilian.core.house.pages import Column, Filter, Group, ListPage, Status
from qilian.core.house.tables import cut, taken
from qilian.core.values.text import Refusal, Text, whole

from .tables import Cell, cells
from .values import said

COUNT_MAX = 501
PAGE_MAX = 10_000
EXPORT_MAX = 100_000
_RESERVED = ("sort", "page", "format")

Rows = QuerySet[Any] | Sequence[Any]


@dataclass(frozen=True, slots=True)
class HeaderView:
    """A column's head: the address that sorts by it, and the direction when the list is sorted by it."""

    column: Column
    sort_url: str
    direction: str  # "ascending", "descending" or ""


@dataclass(frozen=True, slots=True)
class FilterView:
    """A filter as the reader left it."""

    name: str
    title: Text
    value: str
    choices: Sequence[tuple[str, Text | str]]
    day: bool


@dataclass(frozen=True, slots=True)
class Listing:
    """A list ready to draw."""

    headers: Sequence[HeaderView]
    rows: Sequence[Sequence[Cell]]
    headings: Mapping[int, str]
    filters: Sequence[FilterView]
    filtered: bool
    sort: str
    total: int
    page: int
    first: int
    previous_url: str
    next_url: str
    csv_url: str
    clear_url: str

    @property
    def capped(self) -> bool:
        """Whether there are more rows than were counted."""
        return self.total >= COUNT_MAX

    @property
    def last(self) -> int:
        """The number of the last row on this page."""
        return self.first + len(self.rows) - 1


def listing(page: ListPage, parameters: Mapping[str, str], path: str) -> Listing:
    """Read one page of a list as the address asks for it.

    Refusals: `pages.filter.unknown`, `pages.sort.unknown`, `pages.number.unknown`, each with the address as remedy.
    """
    asked = {name: value for name, value in parameters.items() if value and name not in _RESERVED}
    sort = _sort_of(page, parameters)
    number = _page_number(parameters.get("page", ""))
    rows = filtered(page, parameters)
    group = _grouping(page, rows, sorted_anew=bool(parameters.get("sort")))
    rows = ordered(rows, page.columns, sort, group)
    start = (number - 1) * page.page_size
    shown, total = _cut(rows, start, start + page.page_size + 1, by_index=_by_index(page, parameters))
    if page.prepare is not None:
        page.prepare(shown)
    link = _linker(path, asked | ({"sort": sort} if parameters.get("sort") else {}))
    return Listing(
        headers=[_header(column, sort, _linker(path, asked)) for column in page.columns],
        rows=[cells(page.columns, row) for row in shown[: page.page_size]],
        headings=_headings(shown[: page.page_size], group) if group else {},
        filters=[FilterView(f.name, f.title, parameters.get(f.name, ""), f.choices, f.day) for f in page.filters],
        filtered=any(parameters.get(f.name) for f in page.filters),
        sort=parameters.get("sort", ""),
        total=total,
        page=number,
        first=start + 1,
        previous_url=link(page=number - 1) if number > 1 else "",
        next_url=link(page=number + 1) if len(shown) > page.page_size else "",
        csv_url=link(format="csv"),
        clear_url=path,
    )


def export_rows(page: ListPage, parameters: Mapping[str, str]) -> list[Any]:
    """Return every row that the address asks for, for CSV; Refusal `pages.export.large` beyond 100,000 rows.

    All at once and not streamed: the rows are read while the principal is still acting.
    """
    rows = ordered(filtered(page, parameters), page.columns, _sort_of(page, parameters))
    taken = list(rows[: EXPORT_MAX + 1])
    if page.prepare is not None:
        page.prepare(taken)
    if len(taken) > EXPORT_MAX:
        raise Refusal(
            "pages.export.large",
            Text(
                f"超过 {EXPORT_MAX:,} 行，不能一次导出。", f"There are more than {EXPORT_MAX:,} rows to export at once."
            ),
            remedy=Text("请用筛选条件缩小范围后再导出。", "Narrow the list with its filters, then export again."),
        )
    return taken


def filtered(page: ListPage, parameters: Mapping[str, str]) -> Rows:
    """Apply the filters that have a value."""
    rows = page.rows
    for each in page.filters:
        value = parameters.get(each.name, "").replace("\x00", "").strip()
        if value:
            rows = _apply(each, rows, value)
    return rows


def ordered(rows: Rows, columns: Sequence[Column], sort: str, group: Group | None = None) -> Rows:
    """Order rows by a column, empty values last; equal rows in the order of their keys, backwards when it is.

    Rows of a group stand together, whatever they are ordered by within it.

    In the database this is exactly the order of an index on (column, id), read forwards or backwards.
    """
    column = next((column for column in columns if column.name == sort.lstrip("-")), None)
    if column is None:
        if group is not None and group.sort and isinstance(rows, QuerySet):
            return rows.order_by(group.sort, *rows.query.order_by)
        return rows
    backwards = sort.startswith("-")
    if isinstance(rows, QuerySet):
        first = [group.sort] if group and group.sort else []
        if not backwards:
            return rows.order_by(*first, F(column.sort).asc(nulls_last=True), "pk")
        nulls_last = None if column.sort in _filled(rows) else True
        return rows.order_by(*first, F(column.sort).desc(nulls_last=nulls_last), "-pk")
    present = [row for row in rows if column.value(row) not in (None, "")]
    absent = [row for row in rows if column.value(row) in (None, "")]
    return sorted(present, key=lambda row: _comparable(column.value(row)), reverse=backwards) + absent


def _grouping(page: ListPage, rows: Rows, *, sorted_anew: bool) -> Group | None:
    """The headings that a list is drawn with."""
    if page.group is None or (page.group.sort and not _few(rows)) or (not page.group.sort and sorted_anew):
        return None
    return page.group


def _few(rows: Rows) -> bool:
    """Whether there are no more rows than are counted: to group more, the database would have to sort them all."""
    return isinstance(rows, QuerySet) and len(rows.values("pk")[:COUNT_MAX]) < COUNT_MAX


def _headings(rows: Sequence[Any], group: Group) -> dict[int, str]:
    """The headings of groups, by the number of the row before which each stands."""
    titles = [said(group.title(row)) for row in rows]
    return {place: title for place, title in enumerate(titles) if place == 0 or title != titles[place - 1]}


def _filled(rows: QuerySet[Any]) -> frozenset[str]:
    """The fields of a table that are never empty."""
    return frozenset(field.name for field in rows.model._meta.concrete_fields if not field.null)


def _apply(each: Filter, rows: Rows, value: str) -> Rows:
    if each.choices and value not in {choice for choice, _ in each.choices}:
        raise _unknown("pages.filter.unknown", each.name, Text(f"“{each.title.zh}”没有这个选项。", "No such choice."))
    narrowed: Rows = each.apply(rows, value)
    return narrowed


def _sort_of(page: ListPage, parameters: Mapping[str, str]) -> str:
    sort = parameters.get("sort", "")
    if not sort:
        return page.order
    if sort.lstrip("-") not in {column.name for column in page.columns if column.sort}:
        raise _unknown(
            "pages.sort.unknown", "sort", Text("不能按这一列排序。", "The list cannot be sorted by this column.")
        )
    return sort


def _page_number(written: str) -> int:
    if not written:
        return 1
    number = whole(written)
    if number is None or not 1 <= number <= PAGE_MAX:
        raise _unknown("pages.number.unknown", "page", Text("没有这一页。", "There is no such page."))
    return number


def _by_index(page: ListPage, parameters: Mapping[str, str]) -> bool:
    return any(each.by_index and parameters.get(each.name, "").strip() for each in page.filters)


def _cut(rows: Rows, start: int, stop: int, *, by_index: bool) -> tuple[list[Any], int]:
    """The rows from one to another, and how many there are, counted up to COUNT_MAX."""
    if not isinstance(rows, QuerySet):
        return list(rows[start:stop]), min(len(rows), COUNT_MAX)
    shown, total = (cut if by_index else taken)(rows, start, stop)
    return shown, min(total, COUNT_MAX)


def _header(column: Column, sort: str, link: Callable[..., str]) -> HeaderView:
    current = sort.lstrip("-") == column.name
    direction = ("descending" if sort.startswith("-") else "ascending") if current else ""
    target = f"-{column.name}" if direction == "ascending" else column.name
    return HeaderView(column, link(sort=target) if column.sort else "", direction)


def _linker(path: str, kept: Mapping[str, str]) -> Callable[..., str]:
    """Return a function that makes addresses of this list with some parameters changed."""

    def link(**changed: object) -> str:
        return f"{path}?{urlencode({**kept, **{name: str(value) for name, value in changed.items()}})}"

    return link


def _comparable(value: object) -> Any:
    if isinstance(value, Status):
        return str(value.word)
    return str(value) if isinstance(value, Text) else value


def _unknown(code: str, where: str, message: Text) -> Refusal:
    remedy = Text(
        "请去掉地址中的这个参数，或从列表首页重新选择。", "Remove it from the address, or start from the list again."
    )
    return Refusal(code, message, where=where, remedy=remedy)

"""Lists: filters, order, pages, the capped count, CSV, and a constant number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from qilian.core.house.pages import Column, Empty, Filter, Group, Head, ListPage
from qilian.core.values import clock
from qilian.core.values.text import Refusal, Text
from qilian.core.who.people.models import Person
from qilian.web.components import listing as lists
from qilian.web.components.drawing import draw
from qilian.web.components.listing import listing


@dataclass(frozen=True)
class Row:
    """A row of memory."""

    name: str
    size: int | None


def _page(rows: Sequence[Row], **more: Any) -> ListPage:
    columns = (
        Column("name", Text("名称", "Name"), lambda row: row.name, sort="name"),
        Column("size", Text("大小", "Size"), lambda row: row.size, "number", sort="size"),
        Column("fixed", Text("不排", "Fixed"), lambda _row: "x"),
    )
    filters = (
        Filter("kind", Text("类别", "Kind"), lambda rows, kind: [r for r in rows if r.name == kind], (("甲", "甲"),)),
        Filter("words", Text("词", "Words"), lambda rows, words: [r for r in rows if words in r.name]),
    )
    more = {"page_size": 2, "filters": filters, **more}
    return ListPage(Head(Text("表", "List")), rows, columns, Empty(Text("没有", "None")), **more)


ROWS = [Row("甲", 3), Row("乙", None), Row("丙", 10), Row("甲乙", 1)]


def _names(page: ListPage, **parameters: str) -> list[str]:
    return [row[0].text for row in listing(page, parameters, "/x/").rows]


def test_sorting_puts_empty_values_last_both_ways() -> None:
    page = _page(ROWS, page_size=9)
    assert _names(page, sort="size") == ["甲乙", "甲", "丙", "乙"]
    assert _names(page, sort="-size") == ["丙", "甲", "甲乙", "乙"]
    assert _names(_page(ROWS, page_size=9, order="-size")) == ["丙", "甲", "甲乙", "乙"]


def test_filters_narrow_and_are_kept_in_every_link() -> None:
    found = listing(_page(ROWS), {"words": "乙\x00", "sort": "size"}, "/x/")
    assert [row[0].text for row in found.rows] == ["甲乙", "乙"]
    assert found.filtered and found.filters[1].value == "乙\x00"
    assert found.headers[0].sort_url == "/x/?words=%E4%B9%99%00&sort=name"
    assert "words=" in found.csv_url and "sort=size" in found.csv_url
    assert [header.direction for header in found.headers] == ["", "ascending", ""]
    assert found.headers[1].sort_url.endswith("sort=-size")
    assert found.headers[2].sort_url == ""


def test_pages_follow_each_other() -> None:
    first, second = listing(_page(ROWS), {}, "/x/"), listing(_page(ROWS), {"page": "2"}, "/x/")
    assert (first.previous_url, first.next_url) == ("", "/x/?page=2")
    assert (second.previous_url, second.next_url) == ("/x/?page=1", "")
    assert (first.first, first.last, second.first, second.last) == (1, 2, 3, 4)
    assert listing(_page(ROWS), {"page": "9"}, "/x/").rows == []


def test_counting_stops_at_501() -> None:
    found = listing(_page([Row(str(number), number) for number in range(700)]), {}, "/x/")
    assert found.total == 501 and found.capped


@pytest.mark.parametrize(
    ("parameters", "code"),
    [
        ({"kind": "丁"}, "pages.filter.unknown"),
        ({"sort": "fixed"}, "pages.sort.unknown"),
        ({"sort": "name; DROP"}, "pages.sort.unknown"),
        ({"page": "0"}, "pages.number.unknown"),
        ({"page": "-1"}, "pages.number.unknown"),
        ({"page": "²"}, "pages.number.unknown"),
        ({"page": "99999999999999999999"}, "pages.number.unknown"),
    ],
)
def test_an_address_that_asks_for_nonsense_is_refused(parameters: dict[str, str], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        listing(_page(ROWS), parameters, "/x/")
    assert refused.value.code == code and refused.value.remedy


def test_csv_holds_all_rows_that_the_filters_leave(monkeypatch: pytest.MonkeyPatch) -> None:
    request = RequestFactory().get("/x/", {"format": "csv", "words": "甲", "sort": "-size"})
    assert draw(request, _page(ROWS)).content.decode("utf-8-sig").splitlines() == [
        "名称,大小,不排",
        "甲,3,x",
        "甲乙,1,x",
    ]
    monkeypatch.setattr(lists, "EXPORT_MAX", 3)
    with pytest.raises(Refusal, match=r"pages\.export\.large|不能一次导出"):
        draw(RequestFactory().get("/x/", {"format": "csv"}), _page(ROWS))


@pytest.mark.django_db
def test_a_list_of_the_database_costs_two_queries_at_10_and_at_100_rows() -> None:
    columns = (Column("name", Text("姓名", "Name"), lambda row: row.name, sort="name"),)
    page = ListPage(
        Head(Text("人员", "People")), Person.objects.all(), columns, Empty(Text("没有", "None")), page_size=60
    )
    costs = []
    for start, end in ((0, 10), (10, 100)):
        Person.objects.bulk_create(
            Person(login=f"p{number:03}", name=f"名{number:03}", created_at=clock.now()) for number in range(start, end)
        )
        with CaptureQueriesContext(
            connection,
        ) as queries:
            found = listing(page, {"sort": "-name"}, "/people/")
        costs.append(len(queries))
    assert costs == [2, 2]
    assert found.total == 100 and found.rows[0][0].text == "名099" and found.next_url == "/people/?sort=-name&page=2"


@pytest.mark.django_db
def test_groups_stand_together_under_their_headings_and_cells_are_prepared_together() -> None:
    for number, language in enumerate(("zh", "en", "zh", "en", "zh")):
        Person.objects.create(login=f"g{number}", name=f"名{number}", language=language, created_at=clock.now())
    seen: list[list[str]] = []
    page = ListPage(
        Head(Text("人员", "People")),
        Person.objects.all(),
        (Column("name", Text("姓名", "Name"), lambda row: row.name, sort="name"),),
        Empty(Text("没有", "None")),
        order="-name",
        group=Group("language", lambda row: row.language),
        prepare=lambda rows: seen.append([row.name for row in rows]),
    )
    found = listing(page, {}, "/people/")
    assert [row[0].text for row in found.rows] == ["名3", "名1", "名4", "名2", "名0"] == seen[0]
    assert found.headings == {0: "en", 2: "zh"}
    drawn = draw(RequestFactory().get("/people/"), page).content.decode()
    assert drawn.count('<tr class="group"><th scope="rowgroup" colspan="1">') == 2


@pytest.mark.django_db
def test_more_rows_than_are_counted_have_no_headings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "COUNT_MAX", 2)
    for number, language in enumerate(("zh", "en", "zh")):
        Person.objects.create(login=f"g{number}", name=f"名{number}", language=language, created_at=clock.now())
    columns = (Column("name", Text("姓名", "Name"), lambda row: row.name, sort="name"),)
    group = Group("language", lambda row: row.language)
    page = ListPage(Head("x"), Person.objects.all(), columns, Empty(Text("没有", "None")), order="name", group=group)
    found = listing(page, {}, "/people/")
    assert found.headings == {} and [row[0].text for row in found.rows] == ["名0", "名1", "名2"]

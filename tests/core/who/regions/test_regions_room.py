"""Divisions in the database and on their page."""

from datetime import date
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from django.test import RequestFactory

from qilian.core.house.pages import ListPage, ShapeResponse
from qilian.core.house.principal import ANONYMOUS, SYSTEM
from qilian.core.values.text import Refusal, Text
from qilian.core.who.regions.api import (
    children,
    inside,
    load_regions,
    region_title,
    regions,
    search_regions,
    tile_places,
)
from qilian.core.who.regions.models import Region
from qilian.core.who.regions.pages import region_list

pytestmark = pytest.mark.django_db
HEAD = "code,name,en,parent,short,valid_from,valid_to\n"


@pytest.fixture
def qinghai(root: Path) -> None:
    text = (root / "plan/qinghai-2015/regions.csv").read_text(encoding="utf-8")
    loaded = load_regions(actor=SYSTEM, text=text, source="plan/qinghai-2015/regions.csv")
    assert (loaded.added, loaded.changed) == (54, 0)
    again = load_regions(actor=SYSTEM, text=text, source="plan/qinghai-2015/regions.csv")
    assert (again.added, again.changed) == (0, 0)


@pytest.mark.usefixtures("qinghai")
def test_the_province() -> None:
    assert [row.short for row in children("630000")] == [
        "西宁",
        "海东",
        "海北",
        "黄南",
        "海南州",
        "果洛",
        "玉树州",
        "海西",
    ]
    assert len(tile_places()) == 8 and tile_places()["632800"] == (1, 1)
    assert inside("632800").count() == 8 and children("").get().code == "630000"
    assert region_title("632801") == Text("格尔木市", "Golmud City") and region_title("100000").zh == "100000"
    assert [row.code for row in search_regions("Ge Er Mu")] == ["632801"] and search_regions("祁连").count() == 1
    assert Region.objects.get(code="632801").parent == Region.objects.get(code="632800")


@pytest.mark.usefixtures("qinghai")
def test_a_list_corrects_what_it_names_and_leaves_the_rest() -> None:
    text = HEAD + "632801,格尔木市,Golmud,632800,格尔木,1980-06-14,\n632899,旧县,,632800,,,2018-02-22\n"
    loaded = load_regions(actor=SYSTEM, text=text, source="correction")
    assert (loaded.added, loaded.changed) == (1, 1)
    assert Region.objects.get(code="632801").en == "Golmud" and Region.objects.count() == 55
    assert "632899" not in [row.code for row in regions(on=date(2026, 1, 1))]
    assert inside("632800", on=date(2018, 2, 22)).count() == 9
    assert children("632800", on=date(2026, 1, 1)).count() == 7


def test_what_is_refused() -> None:
    with pytest.raises(Refusal) as told:
        load_regions(actor=ANONYMOUS, text=HEAD, source="x")
    assert told.value.code == "regions.denied"
    with pytest.raises(Refusal) as told:
        load_regions(actor=SYSTEM, text=HEAD + "632801,格尔木市,,632800,,,\n", source="x")
    assert told.value.code == "regions.parent_unknown" and not Region.objects.exists()


@pytest.mark.parametrize(
    "wrong", [{"code": "63"}, {"level": "world"}, {"valid_from": date(2020, 1, 2), "valid_to": date(2020, 1, 1)}]
)
def test_the_database_says_the_same(wrong: dict[str, object]) -> None:
    facts = {"code": "630000", "level": "province", "name": "青海省", "short": "青海", **wrong}
    with pytest.raises(IntegrityError), transaction.atomic():
        Region.objects.create(**facts)


@pytest.mark.usefixtures("qinghai")
def test_the_page() -> None:
    answer = region_list(RequestFactory().get("/regions/"))
    assert isinstance(answer, ShapeResponse) and isinstance(answer.shape, ListPage)
    page = answer.shape
    row = page.rows.get(code="632801")
    assert [str(column.value(row)) for column in page.columns[:4]] == [
        "632801",
        "格尔木市",
        "县级",
        "海西蒙古族藏族自治州",
    ]
    level, words = page.filters
    assert level.apply(page.rows, "prefecture").count() == 8 and words.apply(page.rows, "西宁").count() == 1

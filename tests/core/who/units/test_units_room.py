"""Units in the database: the province's list, reforms, rosters, names."""

from datetime import date
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from qilian.core.house.principal import ANONYMOUS, SYSTEM
from qilian.core.log.events.models import Event
from qilian.core.values.text import Refusal, Text
from qilian.core.who.units.api import (
    collectives_of,
    decide_members,
    heirs_of,
    heirs_of_many,
    known_units,
    load_units,
    members_of,
    name_unit,
    record_succession,
    suggest,
    unit_name,
    unit_names,
    units,
    units_called,
)
from qilian.core.who.units.models import Unit, UnitMember, UnitName, UnitSuccession

pytestmark = pytest.mark.django_db
IN_2015, IN_2026 = date(2015, 12, 31), date(2026, 1, 1)
SOURCE = "plan/qinghai-2015/units.toml"


@pytest.fixture
def listed(root: Path) -> str:
    return (root / SOURCE).read_text(encoding="utf-8")


@pytest.fixture
def province(listed: str) -> None:
    load_units(actor=SYSTEM, text=listed, source=SOURCE)


def test_the_list_loads_once(listed: str) -> None:
    loaded = load_units(actor=SYSTEM, text=listed, source=SOURCE)
    assert loaded.units >= Unit.objects.count() == 53 and loaded.names == 141 and loaded.successions == 13
    rows = [
        (model.objects.count(), model.objects.order_by("-pk").first().pk)
        for model in (Unit, UnitName, UnitSuccession, UnitMember)
    ]
    again = load_units(actor=SYSTEM, text=listed, source=SOURCE)
    assert (again.units, again.names, again.successions) == (0, 0, 0)
    assert rows == [
        (model.objects.count(), model.objects.order_by("-pk").first().pk)
        for model in (Unit, UnitName, UnitSuccession, UnitMember)
    ]
    assert Event.objects.filter(type="units.list.loaded").count() == 1


@pytest.mark.usefixtures("province")
def test_the_plan_of_2015_runs_today() -> None:
    assert unit_names(["qh-jxw"], on=IN_2015)["qh-jxw"].zh == "省经济和信息化委"
    assert [heir.unit for heir in heirs_of("qh-jxw", on=IN_2015)] == ["qh-jxw"]
    (heir,) = heirs_of("qh-jxw", on=IN_2026)
    assert heir.unit == "qh-gxt" and not heir.verified
    assert [each.unit for each in heirs_of("qh-bjj", on=IN_2026)] == ["qh-jrjgj"]
    assert [each.unit for each in heirs_of("qh-bjj", on=date(2020, 1, 1))] == ["qh-ybjj"]
    with CaptureQueriesContext(connection) as asked:
        everyone = heirs_of_many(Unit.objects.values_list("slug", flat=True), on=IN_2026)
    assert len(asked) <= 3 and all(everyone.values()) and len(everyone) == 53


@pytest.mark.usefixtures("province")
def test_collectives() -> None:
    governments = members_of("qh-szzf", on=IN_2015)
    assert [row.region for row in governments] == [
        "630100",
        "630200",
        "632200",
        "632300",
        "632500",
        "632600",
        "632700",
        "632800",
    ]
    assert [row.slug for row in collectives_of("gov-630100", on=IN_2026)] == ["qh-szzf"]
    group = Unit.objects.get(slug="qh-fwyldxz-cydw")
    assert group.body == Unit.objects.get(slug="qh-fwyldxz") and not group.members_known
    assert not members_of(group.slug, on=IN_2026).exists()


@pytest.mark.usefixtures("province")
def test_a_decision_fills_a_roster_and_the_next_one_changes_it(listed: str) -> None:
    group, first, second, third = (
        Unit.objects.get(slug=slug) for slug in ("qh-fwyldxz-cydw", "qh-fgw", "qh-czt", "qh-jyt")
    )
    decide_members(
        actor=SYSTEM, collective=group, members=[second, first], valid_from=date(2016, 3, 1), source="通知一"
    )
    decide_members(actor=SYSTEM, collective=group, members=[first, third], valid_from=date(2019, 1, 1), source="通知二")
    at = {day: [row.slug for row in members_of(group.slug, on=day)] for day in (IN_2015, date(2018, 12, 31), IN_2026)}
    assert list(at.values()) == [[], ["qh-fgw", "qh-czt"], ["qh-fgw", "qh-jyt"]]
    group.refresh_from_db()
    assert group.members_known
    decide_members(actor=SYSTEM, collective=group, members=[second], valid_from=date(2019, 1, 1), source="更正")
    assert [row.slug for row in members_of(group.slug, on=IN_2026)] == ["qh-czt"]
    assert load_units(actor=SYSTEM, text=listed, source=SOURCE).units == 0, "the list leaves decisions alone"


@pytest.mark.usefixtures("province")
def test_names_change_and_end_the_former_one() -> None:
    unit = Unit.objects.get(slug="qh-czt")
    name_unit(
        actor=SYSTEM, unit=unit, kind="short", zh="省财税厅", en="Finance and Tax", valid_from=IN_2026, source="方案"
    )
    name_unit(actor=SYSTEM, unit=unit, kind="alias", zh="财税", en="", valid_from=IN_2026, source="方案")
    assert unit_name(unit, IN_2015).zh == "省财政厅" and unit_name(unit, IN_2026) == Text("省财税厅", "Finance and Tax")
    assert units_called("省财税厅").get() == unit and not units_called("省财税厅", on=IN_2015)
    with pytest.raises(Refusal, match="已经登记"):
        name_unit(actor=SYSTEM, unit=unit, kind="short", zh="省财税厅 ", en="", valid_from=IN_2026, source="x")


@pytest.mark.usefixtures("province")
def test_a_succession_ends_the_predecessor_and_a_circle_is_refused() -> None:
    old, new, third = (Unit.objects.get(slug=slug) for slug in ("qh-jyt", "qh-kjt", "qh-czt"))
    record_succession(actor=SYSTEM, predecessor=old, successor=third, on=IN_2026, scope="一部分", source="x")
    assert [each.unit for each in heirs_of("qh-jyt", on=IN_2026)] == ["qh-jyt", "qh-czt"]
    record_succession(actor=SYSTEM, predecessor=old, successor=new, on=IN_2026, source="x")
    old.refresh_from_db()
    assert old.valid_to == IN_2015.replace(year=2025) and "qh-jyt" not in [row.slug for row in units(on=IN_2026)]
    with pytest.raises(Refusal, match="循环"):
        record_succession(actor=SYSTEM, predecessor=new, successor=old, on=IN_2026, source="x")
    with pytest.raises(Refusal, match="已经登记"):
        record_succession(actor=SYSTEM, predecessor=old, successor=new, on=IN_2026, source="x")


@pytest.mark.usefixtures("province")
def test_the_index_and_suggestions() -> None:
    known = known_units()
    by_slug = {each.slug: each for each in known}
    assert by_slug["qh-szzf"].collective and "省发改委" in by_slug["qh-fgw"].names
    found = suggest("省发展和改革委", known)
    assert found[0].slug == "qh-fgw" and len(found) <= 5 and len({each.slug for each in found}) == len(found)
    assert suggest("检察院起诉书", known, least=90) == ()


@pytest.mark.usefixtures("province")
def test_a_corrected_list_corrects(listed: str) -> None:
    corrected = listed.replace('zh = "省发改委"', 'zh = "发改委"').replace(
        "on = 2018-12-17\nprecision", "on = 2018-12-10\nprecision"
    )
    corrected = corrected.replace(', "gov-632800"]', "]").replace("order = 10\n", "order = 11\n")
    loaded = load_units(actor=SYSTEM, text=corrected, source=SOURCE)
    assert loaded.names == 2 and loaded.successions == 2 and loaded.units == 2
    assert not units_called("省发改委") and units_called("发改委").get().order == 11
    assert UnitSuccession.objects.count() == 13 and members_of("qh-szzf", on=IN_2026).count() == 7


def test_what_is_refused() -> None:
    one = Unit.objects.create(slug="one", kind="department")
    group = Unit.objects.create(slug="group", kind="collective")
    wrong = [
        ("units.denied", lambda: load_units(actor=ANONYMOUS, text="", source="x")),
        ("grants.denied", lambda: name_unit(actor=ANONYMOUS, unit=one, zh="x", en="", valid_from=IN_2026, source="x")),
        ("units.name.empty", lambda: name_unit(actor=SYSTEM, unit=one, zh=" ", en="", valid_from=IN_2026, source="x")),
        ("units.source", lambda: name_unit(actor=SYSTEM, unit=one, zh="x", en="", valid_from=IN_2026, source=" ")),
        (
            "units.roster.kind",
            lambda: decide_members(actor=SYSTEM, collective=one, members=[group], valid_from=IN_2026, source="x"),
        ),
        (
            "units.roster.empty",
            lambda: decide_members(actor=SYSTEM, collective=group, members=[], valid_from=IN_2026, source="x"),
        ),
        (
            "units.roster.itself",
            lambda: decide_members(actor=SYSTEM, collective=group, members=[group], valid_from=IN_2026, source="x"),
        ),
    ]
    for code, verb in wrong:
        with pytest.raises(Refusal) as told, transaction.atomic():
            verb()
        assert told.value.code == code
    assert not UnitName.objects.exists() and not UnitMember.objects.exists()
    assert unit_name(one, IN_2026) == Text("one", "one")


def test_the_database_says_the_same() -> None:
    one = Unit.objects.create(slug="one", kind="department")
    UnitName.objects.create(unit=one, kind="short", zh="甲")
    for row in (
        UnitName(unit=one, kind="short", zh="甲"),
        UnitName(unit=one, kind="short", zh="乙", valid_from=IN_2026, valid_to=IN_2015),
        UnitSuccession(predecessor=one, successor=one, on=IN_2026, source="x"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save(force_insert=True)

"""Coverage: a clause is as far as the weakest of its offers, and what waits says for what."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import ClassVar

from hypothesis import given
from hypothesis import strategies as st

from qilian.core.offers.packs.api import Awaited, Cite, Offer, Pack
from qilian.core.values.text import Text, speaking
from qilian.spine.coverage.api import (
    ClauseFact,
    Evidence,
    State,
    System,
    as_dict,
    as_table,
    coverage,
    totals,
)
from qilian.spine.coverage.kernel.coverage import in_use

TITLE = Text("题", "Title")
DAY = datetime(2026, 3, 2, tzinfo=UTC)
CLAUSES = (
    ClauseFact("2.7.10", "2.7", TITLE),
    ClauseFact(
        "2.7.2",
        "2.7",
        TITLE,
        (System("检测资源共享平台", "platform", "named"), System("标准化", "facility", "generic")),
    ),
    ClauseFact("2.7.3", "2.7", TITLE),
)


@dataclass(frozen=True, kw_only=True)
class Catalogue(Offer):
    """An engine's own offering."""

    kind: ClassVar[str] = "catalogue"


INSTRUMENTS = Catalogue(slug="instruments", title=TITLE, answers=Cite("2.7.2", "检测资源共享平台"))
FUND = Awaited("fund", "fund", TITLE, (Cite("2.7.3"), Cite("2.7.3", "无")), also=("catalogue",))
PACK = Pack(section="2.7", slug="testing", title=TITLE, offers=(INSTRUMENTS,), awaits=(FUND,))
KINDS_TODAY = frozenset({"catalogue"})


def state_with(evidence: Evidence) -> State:
    return coverage([PACK], CLAUSES, {"testing/instruments": evidence}, KINDS_TODAY).offers[0].state


def test_an_offer_climbs_one_stage_after_the_other() -> None:
    assert state_with(Evidence()) is State.DECLARED
    assert state_with(Evidence(opened=DAY)) is State.OPENED
    assert state_with(Evidence(opened=DAY, used=DAY)) is State.USED
    assert state_with(Evidence(opened=DAY, used=DAY, evidenced=DAY)) is State.EVIDENCED


def test_people_are_told_how_many_of_the_offers_are_in_use() -> None:
    both = coverage([PACK], CLAUSES, {"testing/instruments": Evidence(opened=DAY, used=DAY)}, KINDS_TODAY).offers
    said = [in_use(offers) for offers in (both, both[1:], ())]
    assert [each.zh for each in said] == ["2 项中 1 项在用", "1 项中 0 项在用", "没有服务项"]
    assert [each.en for each in said] == ["1 of 2 in use", "0 of 1 in use", "no offer"]


def test_a_stage_without_the_one_before_proves_nothing() -> None:
    assert state_with(Evidence(opened=DAY, evidenced=DAY)) is State.OPENED
    assert state_with(Evidence(used=DAY, evidenced=DAY)) is State.DECLARED


def test_rows_follow_the_plan_and_carry_their_reasons() -> None:
    report = coverage([PACK], CLAUSES, {}, KINDS_TODAY)
    assert [(row.clause.id, row.state) for row in report.clauses] == [
        ("2.7.2", State.DECLARED),
        ("2.7.3", State.WAITING),
        ("2.7.10", State.UNANSWERED),
    ]
    assert [row.reason.en for row in report.clauses] == [
        "to be opened by its unit",
        "to be built: Fund",
        "no offer cites it",
    ]
    assert [(row.system.name, row.state, row.reason.zh) for row in report.systems] == [
        ("检测资源共享平台", State.DECLARED, "待主管单位开通"),
        ("标准化", State.UNANSWERED, "没有服务项引用它"),
    ]
    assert [row.clauses for row in report.offers] == [("2.7.2",), ("2.7.3",)]
    assert report.awaited_engines == {"casework": 1, "ledger": 1}
    assert len(report.unanswered) == 2
    assert [row.clause.id for row in report.open] == ["2.7.2", "2.7.3", "2.7.10"]


def test_a_wait_that_is_over_says_so() -> None:
    report = coverage([PACK], CLAUSES, {}, frozenset({"catalogue", "fund"}))
    assert report.clauses[1].reason.en == "what it needs is built: declare the offer"


def test_a_clause_is_discharged_only_when_all_its_offers_are() -> None:
    second = Catalogue(slug="second", title=TITLE, answers=Cite("2.7.2"))
    pack = Pack(section="2.7", slug="testing", title=TITLE, offers=(INSTRUMENTS, second))
    done = Evidence(opened=DAY, used=DAY, evidenced=DAY)
    report = coverage([pack], CLAUSES, {"testing/instruments": done}, KINDS_TODAY)
    assert report.clauses[0].state is State.DECLARED
    assert report.systems[0].state is State.EVIDENCED
    report = coverage([pack], CLAUSES, {"testing/instruments": done, "testing/second": done}, KINDS_TODAY)
    assert report.clauses[0].state is State.EVIDENCED and not report.clauses[0].reason
    assert [row.clause.id for row in report.open] == ["2.7.3", "2.7.10"]


@given(
    st.dictionaries(
        st.sampled_from(["testing/instruments", "nobody/nothing"]),
        st.builds(Evidence, st.none() | st.just(DAY), st.none() | st.just(DAY), st.none() | st.just(DAY)),
    )
)
def test_totals_count_every_row_once(evidence: dict[str, Evidence]) -> None:
    report = coverage([PACK], CLAUSES, evidence, KINDS_TODAY)
    for rows in (report.clauses, report.systems, report.offers):
        counted = totals(rows)
        assert sum(counted.values()) == len(rows)
        assert list(counted) == sorted(State, reverse=True)


def test_the_report_is_plain_json_values() -> None:
    report = as_dict(coverage([PACK], CLAUSES, {"testing/instruments": Evidence(opened=DAY)}, KINDS_TODAY))
    assert report["totals"] == {
        "clauses": {"evidenced": 0, "used": 0, "opened": 1, "declared": 0, "waiting": 1, "unanswered": 1},
        "named": {"evidenced": 0, "used": 0, "opened": 1, "declared": 0, "waiting": 0, "unanswered": 0},
        "generic": {"evidenced": 0, "used": 0, "opened": 0, "declared": 0, "waiting": 0, "unanswered": 1},
        "offers": {"evidenced": 0, "used": 0, "opened": 1, "declared": 0, "waiting": 1, "unanswered": 0},
    }
    assert report["unanswered"] == ["2.7.10", "2.7.2 标准化"]
    assert report["offers"][0]["since"] == "2026-03-02T00:00:00+00:00"
    assert report["offers"][1] | {"title": None} == {
        "offer": "testing/fund",
        "kind": "fund",
        "kind_title": {"zh": "资金", "en": "Fund"},
        "title": None,
        "clauses": ["2.7.3"],
        "state": "waiting",
        "since": None,
        "waits_for": ["fund"],
        "reason": {"zh": "待建：资金", "en": "to be built: Fund"},
    }


def test_the_table_lines_up_for_chinese_characters() -> None:
    table = as_table(coverage([PACK], CLAUSES, {}, KINDS_TODAY))
    assert table.splitlines()[:4] == [
        "条      状态      服务项  原因",
        "2.7.2   已声明    1       待主管单位开通",
        "2.7.3   待建      1       待建：资金",
        "2.7.10  无人回应  0       没有服务项引用它",
    ]
    assert "无人回应: 2.7.10\n无人回应: 2.7.2 标准化" in table


def test_the_table_speaks_english_and_leaves_out_what_is_empty() -> None:
    done = Pack(section="2.7", slug="testing", title=TITLE, offers=(INSTRUMENTS,))
    with speaking("en"):
        table = as_table(coverage([done], [ClauseFact("2.7.2", "2.7", TITLE)], {}, KINDS_TODAY))
    assert "Engine" not in table
    assert table.endswith("Clauses: 1 · declared 1\nNamed systems: 0\nGeneric systems: 0\nOffers: 1 · declared 1")

"""Grades on PostgreSQL: two people for a method, figures to cells, an appeal in time, publication and end."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from tests.support.refusals import code_of

from qilian.core.house.principal import ANONYMOUS, SYSTEM, Principal, acting
from qilian.core.offers.offers.api import close_offer, open_offer
from qilian.core.rules.scoring.api import Figure, read_cells, read_method
from qilian.core.time.clocks.api import clocks_of
from qilian.core.values import clock
from qilian.core.who.notices.api import notices_of
from qilian.core.who.people.api import Person, principal_of
from qilian.engines.registry.grades import jobs
from qilian.engines.registry.grades.api import (
    GradeAppeal,
    GradeMethod,
    Grading,
    appeal,
    appeal_of,
    approve_method,
    decide_appeal,
    expire,
    grade_at,
    grading_ref,
    method_in_force,
    propose_method,
    public_gradings,
    publish_result,
    reject_method,
    repeated,
    run,
    stage_of,
    withdraw,
)
from qilian.engines.registry.parties.api import Party, close
from qilian.engines.registry.representation.api import Mandate
from qilian.engines.registry.representation.services.giving import give

PATH = "aftersales/service-quality"
RIGHTS = ("grades.*",)


@pytest.fixture
def keeper(somebody: Callable[..., Principal]) -> Principal:
    return somebody("keeper", *RIGHTS)


@pytest.fixture
def other(somebody: Callable[..., Principal]) -> Principal:
    return somebody("other", *RIGHTS)


@pytest.fixture
def method(keeper: Principal, other: Principal) -> GradeMethod:
    open_offer(actor=SYSTEM, path=PATH)
    return approve_method(actor=other, method=propose_method(actor=keeper, path=PATH))


def figures(**changed: tuple[str, ...]) -> dict[str, Figure]:
    sample = {**grade_at(PATH).samples[0].figures, **changed}
    return {slug: Figure(tuple(map(Decimal, values)), "return 7") for slug, values in sample.items()}


@pytest.fixture
def evaluated(method: GradeMethod, keeper: Principal, firm: Callable[..., Party]) -> Grading:
    return run(actor=keeper, path=PATH, party=firm(1), figures=figures(), evidence="notice 3")


def filed_of(row: Grading) -> GradeAppeal | None:
    with acting(SYSTEM):
        return appeal_of(row)


def test_a_method_takes_two_people(keeper: Principal, other: Principal, somebody: Callable[..., Principal]) -> None:
    assert code_of(lambda: propose_method(actor=keeper, path=PATH)) == "offers.closed"
    open_offer(actor=SYSTEM, path=PATH)
    nobody = somebody("nobody")
    assert code_of(lambda: propose_method(actor=nobody, path=PATH)) == "grants.denied"
    assert code_of(lambda: propose_method(actor=SYSTEM, path=PATH)) == "approvals.person"
    first = propose_method(actor=keeper, path=PATH)
    assert code_of(lambda: approve_method(actor=keeper, method=first)) == "approvals.oneself"
    assert code_of(lambda: reject_method(actor=other, method=first, reason=" ")) == "text.missing"
    assert reject_method(actor=other, method=first, reason="weights").state == "rejected"
    assert code_of(lambda: approve_method(actor=other, method=first)) == "approvals.decided"
    assert method_in_force(PATH, clock.today()) is None
    later = propose_method(actor=keeper, path=PATH, valid_from=clock.today() + timedelta(days=3))
    approve_method(actor=other, method=later)
    assert method_in_force(PATH, clock.today()) is None
    assert method_in_force(PATH, clock.today() + timedelta(days=3)) == later
    assert [row.version for row in (first, later)] == [1, 2] and first.digest == later.digest


def test_a_defective_method_is_not_proposed(keeper: Principal) -> None:
    open_offer(actor=SYSTEM, path=PATH)
    bare = {"slug": "m", "title": ["题", "Title"], "source": "law", "indicators": []}
    assert code_of(lambda: propose_method(actor=keeper, path=PATH, method=read_method(bare))) == (
        "registry.grade_method.grades"
    )
    graded = read_method({**bare, "grades": [["a", "甲", "A", "0"]]})
    assert code_of(lambda: propose_method(actor=keeper, path=PATH, method=graded)) == "registry.grade_method.wrong"


def test_a_run_keeps_every_cell_with_its_source(evaluated: Grading) -> None:
    """Got 6+7.4667+7+8+5+6.86+9+5.82+7.65+6+7.2+9.5+9 = 94.4967 of 100, one merit: 95.50."""
    assert (str(evaluated.score), evaluated.grade) == ("95.50", "five")
    cells = {cell.indicator: cell for cell in read_cells(evaluated.result)}
    assert str(cells["repair"].points) == "7.65" and cells["repair"].source == "return 7"
    assert repeated(evaluated) and len(list(clocks_of(grading_ref(evaluated)))) == 1
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE registry_grading SET figures = jsonb_set(figures, '{repair,values}', '[\"60\", \"60\"]')"
        )
    evaluated.refresh_from_db()
    assert not repeated(evaluated)


def test_what_cannot_be_run(
    method: GradeMethod, keeper: Principal, firm: Callable[..., Party], somebody: Callable[..., Principal]
) -> None:
    party, second, third = firm(1), firm(2), firm(3)
    nobody, far = somebody("nobody"), somebody("far", *RIGHTS, region="620000")
    run_it = lambda **more: run(  # noqa: E731 — one call with one thing changed
        **{"actor": keeper, "path": PATH, "party": party, "figures": figures(), "evidence": "notice 3", **more}
    )
    assert code_of(lambda: run_it(actor=nobody)) == "grants.denied"
    assert code_of(lambda: run_it(actor=far)) == "grants.denied"
    assert code_of(lambda: run_it(evidence=" ")) == "text.missing"
    assert code_of(lambda: run_it(figures=figures(repair=("1",)))) == "scoring.figures"
    assert code_of(lambda: run_it(figures={})) == "scoring.nothing"
    closed = close(actor=SYSTEM, party=second, reason="注销")
    assert code_of(lambda: run_it(party=closed)).startswith("registry.")
    run_it()
    assert code_of(run_it) == "registry.grading.running"
    close_offer(actor=SYSTEM, path=PATH, reason="over")
    assert code_of(lambda: run_it(party=third)) == "offers.closed"


def test_without_a_method_nobody_is_evaluated(keeper: Principal, firm: Callable[..., Party]) -> None:
    open_offer(actor=SYSTEM, path=PATH)
    party = firm(1)
    deed = lambda: run(actor=keeper, path=PATH, party=party, figures=figures(), evidence="n")  # noqa: E731
    assert code_of(deed) == "registry.grade_method.none"
    open_offer(actor=SYSTEM, path="talent/ability")
    wrong = lambda: run(actor=keeper, path="talent/ability", party=party, figures={}, evidence="n")  # noqa: E731
    assert code_of(wrong) == "registry.grading.kind"


def test_nothing_is_published_while_the_party_may_appeal(evaluated: Grading, keeper: Principal) -> None:
    assert code_of(lambda: publish_result(actor=keeper, grading=evaluated)) == "registry.grading.window"
    assert not public_gradings(PATH).exists()


def test_it_is_published_after_the_time_to_appeal_and_ends_behind_its_day(
    evaluated: Grading, keeper: Principal
) -> None:
    later = clock.now() + timedelta(days=30)
    with clock.allow_standing(), clock.standing_at(later):
        assert code_of(lambda: appeal(actor=keeper, grading=evaluated, words="late")) == "registry.grading.late"
        shown = publish_result(actor=keeper, grading=evaluated)
        assert list(public_gradings(PATH)) == [shown] and shown.valid_to is not None
        assert code_of(lambda: publish_result(actor=keeper, grading=shown)) == "registry.grading.state"
        assert code_of(lambda: expire(actor=keeper, grading=shown)) == "registry.grading.term"
    with clock.allow_standing(), clock.standing_at(later + timedelta(days=1200)):
        assert not public_gradings(PATH).exists(), "a page never shows a grade behind its day"
        jobs.expire_due()
    shown.refresh_from_db()
    assert shown.state == "expired"


def test_an_appeal_is_answered_by_somebody_else_and_corrects_the_score(
    evaluated: Grading, keeper: Principal, other: Principal, somebody: Callable[..., Principal]
) -> None:
    owner = Principal("person", person=keeper.person, code=keeper.code, parties=(evaluated.party.code,))
    nobody = somebody("nobody")
    assert code_of(lambda: appeal(actor=nobody, grading=evaluated, words="no")) == "grants.denied"
    assert code_of(lambda: appeal(actor=owner, grading=evaluated, words=" ")) == "text.missing"
    assert code_of(lambda: appeal(actor=owner, grading=evaluated, words="x", indicator="z")) == (
        "registry.grade.indicator"
    )
    assert code_of(lambda: decide_appeal(actor=other, grading=evaluated, upheld=False, answer="x")) == (
        "registry.grading.no_appeal"
    )
    appeal(actor=owner, grading=evaluated, words="58 of 60 repairs were in time", indicator="repair")
    assert code_of(lambda: appeal(actor=owner, grading=evaluated, words="again")) == "registry.grading.appealed"
    assert code_of(lambda: publish_result(actor=other, grading=evaluated)) == "registry.grading.appealed"
    decide = lambda **more: decide_appeal(  # noqa: E731 — one call with one thing changed
        **{"actor": other, "grading": evaluated, "upheld": True, "answer": "right", **more}
    )
    assert code_of(lambda: decide(actor=keeper)) == "approvals.oneself"
    assert code_of(lambda: decide(answer="")) == "text.missing"
    assert code_of(decide) == "registry.grade.corrected"
    stands = decide(corrected=Figure((Decimal(58), Decimal(60)), "orders checked"))
    # the ninth of repairs rises from 51/60 to 58/60: 9 * 7/60 = 1.05 points
    assert str(stands.score) == "96.55" and stands.corrects == evaluated
    evaluated.refresh_from_db()
    assert evaluated.state == "superseded" and stage_of(stands).answered
    assert code_of(lambda: appeal(actor=owner, grading=stands, words="more")) == "registry.grading.answered"
    assert publish_result(actor=keeper, grading=stands).state == "published"


def test_a_dismissed_appeal_lets_the_result_stand(evaluated: Grading, keeper: Principal, other: Principal) -> None:
    appeal(actor=keeper, grading=evaluated, words="unfair")
    stands = decide_appeal(actor=other, grading=evaluated, upheld=False, answer="as counted")
    assert stands == evaluated and (found := filed_of(evaluated)) and found.state == "dismissed"
    assert publish_result(actor=keeper, grading=evaluated).state == "published"
    assert code_of(lambda: withdraw(actor=keeper, grading=evaluated, reason="")) == "text.missing"
    assert withdraw(actor=keeper, grading=evaluated, reason="figures forged").state == "withdrawn"
    assert not public_gradings(PATH).exists()


def test_a_withdrawal_ends_the_appeal_that_waits(evaluated: Grading, keeper: Principal, other: Principal) -> None:
    appeal(actor=keeper, grading=evaluated, words="all of it is wrong")
    withdraw(actor=other, grading=evaluated, reason="evaluated anew")
    found = filed_of(evaluated)
    assert found is not None and (found.state, found.answer) == ("ended", "evaluated anew")
    assert all(each.state == "stopped" for each in clocks_of(grading_ref(evaluated)))
    right = Figure((Decimal(58), Decimal(60)), "orders checked")
    deed = lambda: decide_appeal(actor=other, grading=evaluated, upheld=True, answer="x", corrected=right)  # noqa: E731
    assert code_of(deed) == "registry.grading.no_appeal"


def test_a_new_grade_ends_the_former_one(evaluated: Grading, keeper: Principal, other: Principal) -> None:
    appeal(actor=keeper, grading=evaluated, words="unfair")
    decide_appeal(actor=other, grading=evaluated, upheld=False, answer="as counted")
    publish_result(actor=keeper, grading=evaluated)
    again = run(actor=keeper, path=PATH, party=evaluated.party, figures=figures(), evidence="notice 9")
    appeal(actor=keeper, grading=again, words="unfair")
    decide_appeal(actor=other, grading=again, upheld=False, answer="as counted")
    publish_result(actor=keeper, grading=again)
    evaluated.refresh_from_db()
    assert evaluated.state == "expired" and list(public_gradings(PATH)) == [again]


def test_who_sees_what(
    evaluated: Grading, keeper: Principal, other: Principal, browser: Callable[[Principal], Client]
) -> None:
    sheet = f"/{PATH}/results/{evaluated.code}/"
    assert Client().get(sheet).status_code == 404 and Client().get(f"/api/v1{sheet[:-1]}").status_code == 404
    official = browser(keeper).get(sheet).content.decode()
    assert "return 7" in official and "重算一致" in official and "申诉期" in official
    appeal(actor=keeper, grading=evaluated, words="unfair")
    decide_appeal(actor=other, grading=evaluated, upheld=False, answer="as counted")
    publish_result(actor=keeper, grading=evaluated)
    public = Client().get(sheet).content.decode()
    wide = public.split('id="score"', 1)[1].split("</svg>", 1)[0]
    assert "95.5 / 100" in wide and wide.count('class="stroke-axis"') == sum(
        bool(s.least) for s in grade_at(PATH).method.grades
    )
    assert "95.5" in public and "维修及时率" in public and "return 7" not in public and "as counted" not in public
    assert Client().get(f"/parties/{evaluated.party.code}/").content.decode().count(sheet) == 1
    answer = Client().get(f"/api/v1{sheet[:-1]}").json()
    assert answer["repeats"] is True and all(cell["values"] == [] and cell["source"] == "" for cell in answer["cells"])


def test_an_official_does_it_all_by_forms(
    keeper: Principal, other: Principal, firm: Callable[..., Party], browser: Callable[[Principal], Client]
) -> None:
    open_offer(actor=SYSTEM, path=PATH)
    mine, theirs, party = browser(keeper), browser(other), firm(1)
    written_form = mine.get(f"/{PATH}/proposal/").content.decode()
    assert "GB/T 27922" in written_form
    assert mine.post(f"/{PATH}/proposal/", {"method": "{", "source": "x"}).status_code == 422
    document = propose_method(actor=keeper, path=PATH).document
    sent = mine.post(f"/{PATH}/proposal/", {"method": json.dumps(document), "source": "GB/T 27922", "valid_from": ""})
    assert sent.status_code == 302 and sent["Location"] == f"/{PATH}/methods/2/"
    assert mine.post(f"/{PATH}/methods/2/approval/").status_code == 422
    assert theirs.get(f"/{PATH}/methods/2/approval/").status_code == 200
    assert theirs.post(f"/{PATH}/methods/2/approval/").status_code == 302
    assert theirs.get(f"/{PATH}/methods/9/").status_code == 404
    form = {"party": party.uscc, "evidence": "notice", "as_of": ""}
    for slug, values in grade_at(PATH).samples[0].figures.items():
        form |= {f"{slug}-values": "，".join(values), f"{slug}-source": "return"}
    for wrong in (
        {"repair-values": "many"},
        {"repair-source": ""},
        {"as_of": "soon"},
        {"party": "9"},
        {"staff-values": "40,30,1"},
    ):
        assert mine.post(f"/{PATH}/evaluation/", {**form, **wrong}).status_code in (404, 422), wrong
    made = mine.post(f"/{PATH}/evaluation/", form)
    assert made.status_code == 302
    sheet = made["Location"]
    assert mine.get(f"{sheet}nothing/").status_code == 404
    assert mine.get(f"{sheet}appeal/").status_code == 200
    assert mine.post(f"{sheet}appeal/", {"words": ""}).status_code == 422
    assert mine.post(f"{sheet}appeal/", {"words": "wrong", "indicator": "repair", "evidence": ""}).status_code == 302
    assert theirs.get(f"{sheet}answer/").status_code == 200
    verdict = {"verdict": "upheld", "answer": "right", "values": "58,60", "source": "orders"}
    assert theirs.post(f"{sheet}answer/", {**verdict, "values": ""}).status_code == 422
    corrected = theirs.post(f"{sheet}answer/", verdict)["Location"]
    assert corrected != sheet and "更正自" in theirs.get(corrected).content.decode()
    assert "更正后" in theirs.get(sheet).content.decode()
    assert mine.post(f"{corrected}publication/").status_code == 302
    assert mine.post(f"{corrected}withdrawal/", {"reason": ""}).status_code == 422
    assert mine.post(f"{corrected}withdrawal/", {"reason": "forged"}).status_code == 302


def test_a_term_of_the_past_is_not_published(
    method: GradeMethod, keeper: Principal, other: Principal, firm: Callable[..., Party]
) -> None:
    row = run(actor=keeper, path=PATH, party=firm(1), figures=figures(), evidence="n", as_of=date(2015, 1, 1))
    appeal(actor=keeper, grading=row, words="old")
    decide_appeal(actor=other, grading=row, upheld=False, answer="as counted")
    assert code_of(lambda: publish_result(actor=keeper, grading=row)) == "registry.grading.over"


def test_an_appeal_is_read_by_its_party_and_by_officials_of_grades_alone(
    evaluated: Grading, keeper: Principal, somebody: Callable[..., Principal], firm: Callable[..., Party]
) -> None:
    """Row-level security as qilian_app: the words of an appeal are nobody else's, whatever a page asks for."""
    appeal(actor=keeper, grading=evaluated, words="unfair", evidence="orders")
    judge, stranger, creditor = (
        somebody("judge", "grades.decide"),
        somebody("stranger"),
        somebody("creditor", "credit.*"),
    )
    owner = Principal("person", person=stranger.person, code=stranger.code, parties=(evaluated.party.code,))
    other = Principal("person", person=stranger.person, code=stranger.code, parties=(firm(2).code,))
    assert not GradeAppeal.objects.exists(), "a connection without a principal reads nothing"
    for reader, sees in ((SYSTEM, 1), (owner, 1), (judge, 1), (other, 0), (stranger, 0), (creditor, 0), (ANONYMOUS, 0)):
        with acting(reader):
            assert GradeAppeal.objects.count() == sees, reader


def test_the_graded_party_is_told(
    evaluated: Grading, keeper: Principal, other: Principal, somebody: Callable[..., Principal]
) -> None:
    boss = somebody("boss")
    mandate = Mandate(person_id=boss.person, party=evaluated.party, role="legal", valid_from=clock.today())
    give(actor=SYSTEM, mandate=mandate)
    owner = principal_of(Person.objects.get(pk=boss.person))
    appeal(actor=owner, grading=evaluated, words="58 of 60", indicator="repair")
    right = Figure((Decimal(58), Decimal(60)), "orders checked")
    stands = decide_appeal(actor=other, grading=evaluated, upheld=True, answer="right", corrected=right)
    publish_result(actor=keeper, grading=stands)
    withdraw(actor=keeper, grading=stands, reason="figures forged")
    with acting(owner):
        told = [(row.title_zh.partition("：")[0], row.url) for row in notices_of(owner)]
    sheet = f"/{PATH}/results/{stands.code}/"
    assert told == [("评价已撤销", sheet), ("评价结果已公布", sheet), ("申诉已答复", sheet)]

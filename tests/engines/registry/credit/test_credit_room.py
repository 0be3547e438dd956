"""Credit records on PostgreSQL: what pages show on a day, repair by two people, the nightly job, the forms."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.support.refusals import code_of

from qilian.core.house.principal import ANONYMOUS, SYSTEM, Principal, acting
from qilian.core.log.events.api import events_of
from qilian.core.values import clock
from qilian.core.who.notices.api import notices_of
from qilian.core.who.people.api import Person, principal_of
from qilian.engines.registry.credit import jobs
from qilian.engines.registry.credit.api import (
    CreditRecord,
    CreditRepair,
    Decision,
    annul,
    ask_repair,
    correct,
    decide_repair,
    is_shown,
    lapse,
    record_conduct,
    record_ref,
    remind,
    repair_of,
    shown_records,
)
from qilian.engines.registry.parties.api import Party
from qilian.engines.registry.representation.api import Mandate
from qilian.engines.registry.representation.services.giving import give


@pytest.fixture
def officer(somebody: Callable[..., Principal]) -> Principal:
    return somebody("officer", "credit.*")


@pytest.fixture
def judge(somebody: Callable[..., Principal]) -> Principal:
    return somebody("judge", "credit.decide")


@pytest.fixture
def recorded(officer: Principal, firm: Callable[..., Party]) -> Callable[..., CreditRecord]:
    party = firm(1)

    def make(days: int = 1, severity: str = "ordinary", **more: object) -> CreditRecord:
        number = CreditRecord.objects.count()
        decision = Decision(
            f"doc {number}", "authority", "conduct", clock.today() - timedelta(days=days), severity, **more
        )
        return record_conduct(actor=officer, party=party, decision=decision)

    return make


def test_pages_show_what_the_law_shows_today(recorded: Callable[..., CreditRecord]) -> None:
    fresh, minor, needed = recorded(), recorded(severity="minor"), recorded(severity="minor", needed=True)
    old, kept = recorded(days=400), recorded(days=400, beyond="rule 7")
    assert set(shown_records(clock.today())) == {fresh, needed, kept}
    assert Client().get(f"/credit-records/{minor.code}/").status_code == 404
    page = Client().get("/credit-records/").content.decode()
    assert fresh.document in page and old.document not in page
    party = Client().get(f"/parties/{fresh.party.code}/").content.decode()
    assert fresh.document in party and old.document not in party and minor.document not in party
    assert "修复条件" not in Client().get(f"/credit-records/{fresh.code}/").content.decode()


def test_a_record_leaves_on_its_day_but_never_the_log(
    recorded: Callable[..., CreditRecord], officer: Principal
) -> None:
    row = recorded(days=300)
    assert code_of(lambda: lapse(actor=officer, record=row)) == "registry.credit.period"
    with clock.allow_standing(), clock.standing_at(clock.now() + timedelta(days=70)):
        assert not is_shown(row), "no page shows it, although no job ran yet"
        jobs.lapse_due()
        jobs.lapse_due()
    row.refresh_from_db()
    assert row.state == "lapsed"
    types = [event.type for event in events_of(record_ref(row))]
    assert types == ["registry.credit.recorded", "registry.credit.lapsed"]


def test_uncorrected_conduct_may_stay_by_the_rule_of_its_authority(
    recorded: Callable[..., CreditRecord], officer: Principal
) -> None:
    row = recorded(days=400, beyond="rule 7")
    jobs.lapse_due()
    assert is_shown(row)
    correct(actor=officer, record=row, evidence="receipt")
    assert not is_shown(row)
    jobs.lapse_due()
    row.refresh_from_db()
    assert row.state == "lapsed"


def test_repair_needs_every_condition_and_two_people(
    recorded: Callable[..., CreditRecord], officer: Principal, judge: Principal, somebody: Callable[..., Principal]
) -> None:
    row, nobody = recorded(days=100), somebody("nobody")
    ask = lambda **more: ask_repair(  # noqa: E731 — one call with one thing changed
        **{"actor": officer, "record": row, "pledge": "I pledge", "evidence": "papers", **more}
    )
    assert code_of(lambda: ask(actor=nobody)) == "grants.denied"
    assert code_of(lambda: ask(pledge="")) == "text.missing"
    assert code_of(ask) == "registry.credit.conditions"
    assert code_of(lambda: correct(actor=officer, record=row, evidence="")) == "text.missing"
    correct(actor=officer, record=row, evidence="receipt")
    owner = Principal("person", person=officer.person, code=officer.code, parties=(row.party.code,))
    ask(actor=owner)
    assert code_of(ask) == "registry.credit.asked"
    decide = lambda **more: decide_repair(  # noqa: E731 — one call with one thing changed
        **{"actor": judge, "record": row, "granted": True, "answer": "all met", **more}
    )
    assert code_of(lambda: decide(actor=officer)) == "approvals.oneself"
    assert code_of(lambda: decide(answer="")) == "text.missing"
    assert code_of(lambda: decide(other=False)) == "registry.credit.conditions"
    assert decide(granted=False, answer="papers illegible").state == "standing"
    assert code_of(decide) == "registry.credit.none_asked"
    ask(actor=owner)
    assert decide().state == "repaired" and not is_shown(row)
    with acting(SYSTEM):
        found = repair_of(row)
    assert found is not None and found.state == "granted"
    assert code_of(lambda: annul(actor=officer, record=row, reason="x")) == "registry.credit.state"
    assert code_of(ask) == "registry.credit.state"


def test_what_cannot_be_recorded(
    recorded: Callable[..., CreditRecord], officer: Principal, somebody: Callable[..., Principal]
) -> None:
    row, far = recorded(), somebody("far", "credit.record", region="620000")
    today = clock.today()
    good = Decision("doc 9", "authority", "conduct", today, "ordinary")

    def deed(actor: Principal = officer, **more: object) -> str:
        named = {name: getattr(good, name) for name in Decision.__slots__} | more
        return code_of(lambda: record_conduct(actor=actor, party=row.party, decision=Decision(**named)))

    assert deed(far) == "grants.denied"
    assert deed(severity="grave") == "registry.credit.severity"
    assert deed(document=" ") == "text.missing"
    assert deed(authority="") == "text.missing"
    assert deed(conduct="") == "text.missing"
    assert deed(decided_on=today + timedelta(days=1)) == "registry.credit.future"
    assert deed(document=row.document) == "registry.credit.twice"
    assert code_of(lambda: annul(actor=officer, record=row, reason="")) == "text.missing"
    assert annul(actor=officer, record=row, reason="court ruling").state == "annulled"
    again = recorded(days=100)
    correct(actor=officer, record=again, evidence="receipt")
    asking = lambda: ask_repair(actor=SYSTEM, record=again, pledge="x", evidence="y")  # noqa: E731
    assert code_of(asking) == "approvals.person"


def test_an_official_does_it_all_by_forms(
    firm: Callable[..., Party], officer: Principal, judge: Principal, browser: Callable[[Principal], Client]
) -> None:
    party, mine, theirs = firm(1), browser(officer), browser(judge)
    assert (
        Client().get("/credit-records/recording/").status_code == 403
        and mine.get("/credit-records/recording/").status_code == 200
    )
    day = clock.today() - timedelta(days=100)
    form = {
        "party": party.uscc,
        "document": "青市监罚〔2026〕9 号",
        "authority": "监管局",
        "conduct": "行为",
        "severity": "ordinary",
        "decided_on": str(day),
    }
    assert mine.post("/credit-records/recording/", {**form, "decided_on": "soon"}).status_code == 422
    assert mine.post("/credit-records/recording/", {**form, "severity": ""}).status_code == 422
    address = mine.post("/credit-records/recording/", form)["Location"]
    assert (
        mine.get("/credit-records/all/").status_code == 200 and Client().get("/credit-records/all/").status_code == 403
    )
    page = mine.get(address).content.decode()
    assert "修复条件" in page and "未满足" in page
    assert mine.get(f"{address}nothing/").status_code == 404 and Client().get(f"{address}repair/").status_code == 403
    repair = {"pledge": "承诺", "evidence": "材料"}
    assert mine.post(f"{address}repair/", repair).status_code == 422
    assert mine.get(f"{address}correction/").status_code == 200
    assert mine.post(f"{address}correction/", {"evidence": "缴款书"}).status_code == 302
    assert mine.post(f"{address}repair/", repair).status_code == 302
    assert theirs.post(f"{address}decision/", {"decision": "granted", "answer": ""}).status_code == 422
    assert theirs.post(f"{address}decision/", {"decision": "granted", "answer": "满足"}).status_code == 302
    assert Client().get(address).status_code == 404 and "同意修复" in mine.get(address).content.decode()


def test_a_repair_is_read_by_its_party_and_by_officials_of_credit_alone(
    recorded: Callable[..., CreditRecord], officer: Principal, somebody: Callable[..., Principal]
) -> None:
    """Row-level security as qilian_app: pledge and proofs are for the party and for officials of credit."""
    row, stranger, judge = recorded(days=100), somebody("stranger"), somebody("judge", "credit.decide")
    correct(actor=officer, record=row, evidence="receipt")
    owner = Principal("person", person=stranger.person, code=stranger.code, parties=(row.party.code,))
    ask_repair(actor=owner, record=row, pledge="I pledge", evidence="papers")
    assert not CreditRepair.objects.exists(), "a connection without a principal reads nothing"
    for reader, sees in ((SYSTEM, 1), (owner, 1), (judge, 1), (officer, 1), (stranger, 0), (ANONYMOUS, 0)):
        with acting(reader):
            assert CreditRepair.objects.count() == sees, reader


def test_the_party_is_told_when_something_becomes_of_its_record(
    recorded: Callable[..., CreditRecord], officer: Principal, judge: Principal, somebody: Callable[..., Principal]
) -> None:
    row = recorded(days=100)
    boss = somebody("boss")
    mandate = Mandate(person_id=boss.person, party=row.party, role="legal", valid_from=clock.today())
    give(actor=SYSTEM, mandate=mandate)
    owner = principal_of(Person.objects.get(pk=boss.person))
    fresh, serious = recorded(), recorded(severity="serious")
    correct(actor=officer, record=row, evidence="receipt")
    ask_repair(actor=owner, record=row, pledge="I pledge", evidence="papers")
    decide_repair(actor=judge, record=row, granted=True, answer="all met")
    annul(actor=officer, record=serious, reason="court ruling")
    row.refresh_from_db()
    assert remind(record=fresh, about="last") == 1 and remind(record=row, about="least") == 0
    jobs.tell_again(record=fresh.pk, about="least")
    jobs.tell_again(record=0, about="least")
    with acting(owner):
        told = [row.title_zh for row in notices_of(owner)][::-1]
    entered = "登记了一条失信信息"
    assert told == [entered, entered, "信用修复：同意", "决定已撤销", "公示期将满", "最短公示期已满"]


def test_the_two_days_of_a_record_are_written_down_with_it(recorded: Callable[..., CreditRecord]) -> None:
    """Ordinary, decided a day ago: the day after three months, and a week before a year, at nine in Shanghai."""
    row = recorded()
    jobs_of = ProcrastinateJob.objects.filter(task_name="registry.credit.remind", args__record=row.pk)
    ahead = clock.now() - clock.by_machine(clock.now())  # the queue wakes by the machine's clock
    moments = {each.args["about"]: (each.scheduled_at + ahead).astimezone(clock.SHANGHAI) for each in jobs_of}
    decided = row.decided_on
    year, month = divmod(decided.year * 12 + decided.month - 1 + 3, 12)
    assert moments["least"].date() > date(year, month + 1, 1) and round(moments["least"].timestamp() / 60) % 1440 == 60
    assert moments["last"].date() == row.last_day - timedelta(days=7)
    old = recorded(days=400, beyond="rule 7")
    assert not ProcrastinateJob.objects.filter(task_name="registry.credit.remind", args__record=old.pk).exists()

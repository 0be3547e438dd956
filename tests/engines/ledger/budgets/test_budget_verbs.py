"""Budgets in the database: every step a transfer, never over, two people, conditions, the close, no right no deed."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from tests.support.refusals import code_of

from qilian.core.house.principal import SYSTEM, Principal
from qilian.core.log.events.api import written
from qilian.core.values import clock
from qilian.core.values.money import Money
from qilian.core.values.text import Refusal, Text
from qilian.engines.ledger.book.api import balance, statement
from qilian.engines.ledger.budgets import api as budgets
from qilian.engines.ledger.budgets.api import Commitment, Condition, Line, Plan, Position, Programme, Tranche
from qilian.engines.registry.parties.api import Facts, Party, check_character, register_party

pytestmark = pytest.mark.django_db
START, ACCEPTED = Condition("start"), Condition("evidence", "验收意见")
HALVES = (Plan(Decimal(50), START), Plan(Decimal(50), ACCEPTED))


def commit(actor: Principal, line: Line, yuan: int, number: str = "C1", plans: tuple[Plan, ...] = HALVES) -> Commitment:
    return budgets.commit(
        actor=actor,
        line=line,
        number=number,
        purpose="检测能力补助",
        party=firm(),
        amount=Money.yuan(yuan),
        tranches=plans,
    )


def firm() -> Party:
    """A registered party, the same each time."""
    body = "91630100MA0000001"
    code = body + check_character(body)
    found = Party.objects.filter(uscc=code).first()
    return found or register_party(actor=SYSTEM, facts=Facts("", "青海高原检测有限公司", code))


def test_half_at_the_start_half_after_acceptance_each_a_transfer(
    clerk: Principal, head: Principal, lines: tuple[Line, Line]
) -> None:
    line, _ = lines
    made = commit(clerk, line, 800)
    assert budgets.position_of(line) == Position(100_000, 20_000, 80_000, 0, 0)
    first, second = made.tranches.all()
    assert code_of(lambda: budgets.pay(actor=head, tranche=second)) == "budgets.tranche.waits"
    budgets.pay(actor=head, tranche=first)
    budgets.confirm(actor=clerk, tranche=second, evidence="验收〔2026〕3号")
    assert code_of(lambda: budgets.pay(actor=clerk, tranche=second)) == "approvals.oneself"
    budgets.pay(actor=head, tranche=second)
    assert budgets.position_of(line) == Position(100_000, 20_000, 0, 80_000, 0)
    assert code_of(lambda: budgets.pay(actor=head, tranche=first)) == "budgets.tranche.done"
    rows = statement(made.account)
    assert [row.amount for row in rows.order_by("id")] == [80_000, 40_000, 40_000]
    paid = written().filter(type="ledger.budget.paid").latest("id")
    assert (paid.money, paid.clause, paid.unit, paid.party) == (40_000, "3.1.1", "qh-czt", firm().code)
    assert "青海高原" not in str(paid.data), "the payee's name stands in no event"


def test_a_payee_is_registered_or_has_a_reason(clerk: Principal, lines: tuple[Line, Line]) -> None:
    def promise(**payee: Any) -> Commitment:
        asked: dict[str, Any] = {"number": "P1", "purpose": "x", "amount": Money(1)}
        return budgets.commit(actor=clerk, line=lines[0], tranches=[Plan(Decimal(100), START)], **{**asked, **payee})

    assert code_of(promise) == "budgets.payee.none"
    assert code_of(lambda: promise(payee="某公司")) == "budgets.payee.unregistered"
    assert code_of(lambda: promise(payee="某公司", party=firm())) == "budgets.payee.both"
    known = promise(party=firm())
    assert known.party == f"registry.party:{firm().code}" and not known.unregistered
    strange = promise(payee="某公司", unregistered="境外机构，无代码", number="P2")
    assert not strange.party and strange.unregistered
    with pytest.raises(IntegrityError), transaction.atomic():
        Commitment.objects.filter(pk=strange.pk).update(unregistered="")


def test_a_line_is_never_overspent(clerk: Principal, lines: tuple[Line, Line]) -> None:
    line, _ = lines
    commit(clerk, line, 700)
    with pytest.raises(Refusal) as over, transaction.atomic():
        commit(clerk, line, 301, "C2")
    assert over.value.code == "budgets.exhausted" and "超出 1.00 元" in over.value.message.zh
    commit(clerk, line, 300, "C2")
    assert budgets.position_of(line).available == 0
    assert balance(line.available).balance == 0


def test_what_is_not_needed_goes_back(clerk: Principal, head: Principal, lines: tuple[Line, Line]) -> None:
    line, _ = lines
    made = commit(clerk, line, 800)
    budgets.pay(actor=head, tranche=made.tranches.get(number=1))
    budgets.release(actor=clerk, commitment=made, reason="企业放弃")
    assert budgets.position_of(line) == Position(100_000, 60_000, 0, 40_000, 0)
    assert code_of(lambda: budgets.release(actor=clerk, commitment=made, reason="再退")) == "budgets.release.nothing"
    assert [row.state for row in made.tranches.all()] == ["paid", "released"]


def test_two_people_adjust(clerk: Principal, head: Principal, lines: tuple[Line, Line]) -> None:
    first, second = lines
    wanted = budgets.adjust(actor=clerk, source=second, target=first, amount=Money.yuan(200), reason="申报增加")
    assert budgets.position_of(first).available == 100_000
    assert code_of(lambda: budgets.approve(actor=clerk, decision=wanted)) == "approvals.oneself"
    assert code_of(lambda: budgets.approve(actor=SYSTEM, decision=wanted)) == "approvals.person"
    budgets.approve(actor=head, decision=wanted)
    assert budgets.position_of(first) == Position(100_000, 120_000, 0, 0, 0)
    assert budgets.position_of(first).adjusted == 20_000 and budgets.position_of(second).adjusted == -20_000
    assert code_of(lambda: budgets.approve(actor=head, decision=wanted)) == "approvals.decided"
    other = budgets.adjust(actor=clerk, source=second, target=first, amount=Money.yuan(300), reason="再增加")
    commit(clerk, second, 100, "C9")
    assert code_of(lambda: budgets.approve(actor=head, decision=other)) == "budgets.exhausted", "balances had moved"
    budgets.reject(actor=head, decision=other, reason="额度不足")
    assert budgets.position_of(second).available == 20_000


def test_the_close_lapses_or_carries_over(
    clerk: Principal, head: Principal, programme: Programme, lines: tuple[Line, Line]
) -> None:
    first, second = lines
    year = clock.today().year
    made = commit(clerk, first, 800)
    budgets.pay(actor=head, tranche=made.tranches.get(number=1))
    budgets.confirm(actor=clerk, tranche=made.tranches.get(number=2), evidence="验收〔2026〕3号")

    def close(**choices: str) -> budgets.Decision:
        return budgets.close_year(
            actor=clerk,
            programme=programme,
            year=year,
            choices={name.removeprefix("n"): choice for name, choice in choices.items()},
            reason="年终",
        )

    assert code_of(lambda: close(n01="lapse", n02="lapse")) == "budgets.close.committed"
    assert code_of(lambda: close(n01="carry")) == "budgets.close.choice"
    wanted = close(n01="carry", n02="lapse")
    assert code_of(lambda: close(n01="carry", n02="lapse")) == "budgets.close.waiting"
    budgets.approve(actor=head, decision=wanted)
    first.refresh_from_db()
    assert budgets.position_of(first) == Position(100_000, 0, 0, 40_000, 0) and first.carried_fen == 60_000
    assert budgets.position_of(second) == Position(50_000, 0, 0, 0, 50_000)
    assert first.following is not None
    assert budgets.position_of(first.following) == Position(0, 20_000, 40_000, 0, 0)
    assert code_of(lambda: commit(clerk, first, 1, "C2")) == "budgets.year.closed"
    assert code_of(lambda: commit(clerk, first.following, 1, "C2")) == "budgets.year.other"
    carried = Commitment.objects.get(carried_from=made)
    tranche = carried.tranches.get()
    assert (tranche.number, tranche.fen, tranche.state) == (2, 40_000, "due") and tranche.confirmed_at is not None
    budgets.pay(actor=head, tranche=tranche)
    assert budgets.position_of(first.following) == Position(0, 20_000, 0, 40_000, 0)
    closed = written().get(type="ledger.budget.year_closed")
    assert closed.money == 50_000 and closed.data["proposed_by"] == clerk.ref
    assert [each["carried"] for each in closed.data["lines"]] == [60_000, 0]


def test_wrong_input_gets_a_sentence(clerk: Principal, programme: Programme, lines: tuple[Line, Line]) -> None:
    line, other = lines
    year = clock.today().year
    foreign = budgets.open_line(actor=clerk, programme=programme, year=year + 1, number="01", title=Text("次年", "x"))
    open_line = lambda **more: budgets.open_line(  # noqa: E731 — the refusals below differ in one word each
        actor=clerk, **{"programme": programme, "year": year, "number": "03", "title": Text("新", "New"), **more}
    )
    wrong = [
        ("text.missing", lambda: open_line(number=" ")),
        ("text.long", lambda: open_line(title=Text("长" * 121, "x"))),
        ("budgets.line.taken", lambda: open_line(number="01")),
        ("budgets.year.form", lambda: open_line(year=26)),
        ("text.missing", lambda: budgets.appropriate(actor=clerk, line=line, amount=Money(1), document="")),
        ("budgets.amount", lambda: budgets.appropriate(actor=clerk, line=line, amount=Money(0), document="x")),
        (
            "budgets.programme.taken",
            lambda: budgets.open_programme(actor=clerk, number="QH-1", title=Text("x", "x"), unit="qh-czt"),
        ),
        (
            "budgets.adjust.other",
            lambda: budgets.adjust(actor=clerk, source=line, target=foreign, amount=Money(1), reason="x"),
        ),
        (
            "text.missing",
            lambda: budgets.adjust(actor=clerk, source=line, target=other, amount=Money(1), reason=" "),
        ),
        (
            "budgets.year.unknown",
            lambda: budgets.close_year(actor=clerk, programme=programme, year=1990, choices={}, reason="x"),
        ),
        ("budgets.year.other", lambda: commit(clerk, foreign, 1)),
        ("budgets.programme.unknown", lambda: budgets.programme_numbered("none")),
        ("budgets.line.unknown", lambda: budgets.line_coded("none")),
        ("budgets.commitment.unknown", lambda: budgets.commitment_coded("none")),
        ("budgets.decision.unknown", lambda: budgets.decision_coded("none")),
    ]
    for code, act in wrong:
        assert code_of(act) == code
    commit(clerk, line, 1)
    assert code_of(lambda: commit(clerk, line, 1)) == "budgets.commitment.taken"
    first = Tranche.objects.get(number=1)
    assert code_of(lambda: budgets.confirm(actor=clerk, tranche=first, evidence="x")) == "budgets.confirm.needless"


def test_without_a_right_nothing_happens(
    somebody: Callable[..., Principal], clerk: Principal, programme: Programme, lines: tuple[Line, Line]
) -> None:
    nobody, elsewhere = somebody("nobody"), somebody("elsewhere")
    made = commit(clerk, lines[0], 100)
    tranche = made.tranches.get(number=1)
    decision = budgets.adjust(actor=clerk, source=lines[0], target=lines[1], amount=Money(1), reason="x")
    for actor in (nobody, elsewhere):
        for act in (
            lambda actor: budgets.open_programme(actor=actor, number="Q", title=Text("x", "x"), unit="qh-czt"),
            lambda actor: budgets.open_line(
                actor=actor, programme=programme, year=2026, number="9", title=Text("x", "x")
            ),
            lambda actor: budgets.appropriate(actor=actor, line=lines[0], amount=Money(1), document="x"),
            lambda actor: budgets.adjust(actor=actor, source=lines[0], target=lines[1], amount=Money(1), reason="x"),
            lambda actor: budgets.close_year(actor=actor, programme=programme, year=2026, choices={}, reason="x"),
            lambda actor: budgets.approve(actor=actor, decision=decision),
            lambda actor: budgets.reject(actor=actor, decision=decision, reason="x"),
            lambda actor: commit(actor, lines[0], 1, "C2"),
            lambda actor: budgets.confirm(actor=actor, tranche=tranche, evidence="x"),
            lambda actor: budgets.pay(actor=actor, tranche=tranche),
            lambda actor: budgets.release(actor=actor, commitment=made, reason="x"),
        ):
            assert code_of(lambda act=act, actor=actor: act(actor)) == "grants.denied"
    assert not budgets.programmes(nobody).exists() and budgets.programmes(clerk).get() == programme


def test_the_database_says_the_same(clerk: Principal, head: Principal, lines: tuple[Line, Line]) -> None:
    made = commit(clerk, lines[0], 100)
    decision = budgets.adjust(actor=clerk, source=lines[0], target=lines[1], amount=Money(1), reason="x")
    now = clock.now()
    tranches = Tranche.objects.filter(commitment=made, number=2)
    for rows, change in (
        (
            budgets.Decision.objects.filter(pk=decision.pk),
            {"decided_by": clerk.person, "decided_at": now, "state": "approved"},
        ),
        (budgets.Decision.objects.filter(pk=decision.pk), {"state": "approved"}),
        (tranches, {"state": "paid", "paid_at": now, "paid_by": head.person}),
        (tranches, {"state": "lost"}),
        (tranches, {"fen": 0}),
        (tranches, {"condition": "day"}),
        (tranches, {"confirmed_by": head.person, "confirmed_at": now, "paid_by": head.person}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)


def test_a_cockpit_costs_the_same_at_ten_and_at_forty_lines(
    clerk: Principal, programme: Programme, django_assert_num_queries: Callable[..., object]
) -> None:
    for count in (10, 30):
        for place in range(count):
            budgets.open_line(
                actor=clerk, programme=programme, year=2026, number=f"{count}-{place}", title=Text("科目", "Line")
            )
        with django_assert_num_queries(2):
            budgets.positions(budgets.lines_of(programme, 2026))
    assert connection.vendor == "postgresql"

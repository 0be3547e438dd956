"""Whoever changes a budget's row by SQL is found and the column is named: each verb laid down what it wrote."""

from decimal import Decimal

import psycopg
import pytest
from django.db import connection
from tests.engines.ledger.budgets.test_budget_verbs import commit

from qilian.core.house.principal import Principal
from qilian.core.log.events.api import Event
from qilian.core.log.proofs.api import covered
from qilian.core.values.money import Money
from qilian.core.values.text import Refusal
from qilian.engines.ledger.budgets import api as budgets
from qilian.engines.ledger.budgets.api import Line

pytestmark = pytest.mark.usefixtures("committing")


@pytest.fixture
def lived(clerk: Principal, head: Principal, lines: tuple[Line, Line]) -> None:
    """A programme that went through every verb but the close of its year."""
    first, second = lines
    made = commit(clerk, first, 800)
    half, rest = made.tranches.all()
    budgets.pay(actor=head, tranche=half)
    budgets.confirm(actor=clerk, tranche=rest, evidence="验收〔2026〕3号")
    given_up = commit(clerk, first, 100, "C2")
    budgets.release(actor=clerk, commitment=given_up, reason="不再需要")
    moved = budgets.adjust(actor=clerk, source=second, target=first, amount=Money.yuan(10), reason="调剂")
    budgets.approve(actor=head, decision=moved)
    turned = budgets.adjust(actor=clerk, source=second, target=first, amount=Money.yuan(11), reason="再调剂")
    budgets.reject(actor=head, decision=turned, reason="不同意")


def harmed(statement: str) -> None:
    database = connection.settings_dict
    with psycopg.connect(host=database["HOST"], user="postgres", dbname=database["NAME"]) as strong:
        strong.execute("SET session_replication_role = replica")
        strong.execute(statement)


def found() -> list[str]:
    check = {title.en: rows for title, rows in covered()}["Budgets"]
    return [wrong.field for wrong in check()]


def test_every_verb_lays_down_what_it_wrote(lived: None) -> None:
    assert found() == [] and Event.objects.filter(type="core.rows.sworn").exists()


FIRST, PAID, YES, NO = "number = 'C1'", "state = 'paid'", "state = 'approved'", "state = 'rejected'"


@pytest.mark.parametrize(
    ("table", "column", "value", "where"),
    [
        ("programme", "title_zh", "'改了'", "true"),
        ("programme", "number", "'QH-2'", "true"),
        ("programme", "unit", "'commerce'", "true"),
        ("programme", "opened_at", "opened_at - interval '1 day'", "true"),
        ("budget_year", "number", "number + 1", "true"),
        ("budget_line", "number", "'09'", "number = '01'"),
        ("budget_line", "carried_fen", "5", "number = '01'"),
        ("budget_line", "paid_id", "lapsed_id", "number = '01'"),
        ("commitment", "fen", "fen + 1", FIRST),
        ("commitment", "purpose", "'别的用途'", FIRST),
        ("commitment", "party", "'registry.party:zz'", FIRST),
        ("commitment", "made_at", "made_at + interval '1 s'", FIRST),
        ("commitment", "made_by_id", "NULL", FIRST),
        ("commitment", "code", "'x'", FIRST),
        ("tranche", "fen", "fen + 1", PAID),
        ("tranche", "state", "'due'", PAID),
        ("tranche", "paid_by_id", "NULL", PAID),
        ("tranche", "paid_at", "paid_at - interval '9 days'", PAID),
        ("tranche", "evidence", "'无'", "evidence <> ''"),
        ("tranche", "confirmed_at", "NULL", "evidence <> ''"),
        ("budget_decision", "reason", "'别的理由'", YES),
        ("budget_decision", "content", "'{}'", YES),
        ("budget_decision", "decided_at", "decided_at - interval '1 day'", NO),
        ("budget_decision", "answer", "'别的理由'", NO),
    ],
)
def test_a_changed_row_is_named_by_its_column(table: str, column: str, value: str, where: str, lived: None) -> None:
    harmed(f"UPDATE ledger_{table} SET {column} = {value} WHERE {where}")
    assert f"ledger_{table}.{column}" in found(), found()


def test_a_row_that_is_gone_or_put_in_is_found(lived: None) -> None:
    harmed("DELETE FROM ledger_budget_decision WHERE state = 'rejected'")
    assert found() == ["ledger_budget_decision.id"]
    harmed(
        "INSERT INTO ledger_tranche (code, commitment_id, number, fen, condition, words, state, evidence)"
        " SELECT 'forged', commitment_id, 77, fen, condition, words, 'due', '' FROM ledger_tranche LIMIT 1"
    )
    assert found() == ["ledger_budget_decision.id", "ledger_tranche.id"]


def test_the_close_of_a_year_lays_down_what_it_wrote(
    clerk: Principal, head: Principal, lines: tuple[Line, Line]
) -> None:
    commit(clerk, lines[0], 800)
    year = lines[0].year
    choices = {"01": "carry", "02": "lapse"}
    wanted = budgets.close_year(
        actor=clerk, programme=year.programme, year=year.number, choices=choices, reason="年终结转"
    )
    budgets.approve(actor=head, decision=wanted)
    assert found() == []
    harmed("UPDATE ledger_budget_line SET carried_fen = 5 WHERE carried_fen > 0")
    assert found() == ["ledger_budget_line.carried_fen"]


@pytest.mark.parametrize(
    ("harm", "column"),
    [
        ("ledger_tranche SET fen = fen + 1 WHERE state = 'due'", "ledger_tranche.fen"),
        ("ledger_commitment SET payee = (SELECT payee FROM ledger_commitment WHERE number = 'C1')", "payee"),
        ("ledger_commitment SET party = 'registry.party:zz'", "party"),
    ],
)
def test_what_was_rewritten_in_the_table_is_not_paid(
    clerk: Principal, head: Principal, lines: tuple[Line, Line], harm: str, column: str
) -> None:
    commit(clerk, lines[0], 800)
    made = budgets.commit(
        actor=clerk,
        line=lines[0],
        number="C9",
        purpose="讲课费",
        payee="张三",
        unregistered="一次性劳务",
        amount=Money.yuan(10),
        tranches=(budgets.Plan(Decimal(100), budgets.Condition("start")),),
    )
    place = "" if "WHERE state" in harm else " WHERE number = 'C9'"
    harmed(f"UPDATE {harm}{place}")
    with pytest.raises(Refusal) as refused:
        budgets.pay(actor=head, tranche=made.tranches.get())
    assert refused.value.code == "budgets.changed" and column.rpartition(".")[2] in str(refused.value.message.en)

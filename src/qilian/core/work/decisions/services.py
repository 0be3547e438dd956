"""Verbs on decisions: bring one into the house, store and take out cases. Versions are published by parameters."""

from collections.abc import Mapping

from django.db import transaction

from qilian.core.house.principal import Principal, internal
from qilian.core.log.events.api import emit
from qilian.core.offers.packs.api import packs
from qilian.core.rights.grants.api import Scope, require
from qilian.core.rules.dmn.api import Table, readings
from qilian.core.values import clock
from qilian.core.values.text import Ref, Refusal, Text
from qilian.core.work.parameters.api import PROPOSE, Parameter, define

from .events import CaseAdded, CaseRemoved
from .models import DecisionCase


@internal("the house defines what packs declare")
def define_decisions(*, actor: Principal) -> list[str]:
    """Make sure that every decision of the packs exists as a parameter; return their keys. Again is harmless.

    Refusals: those of `parameters.define`.
    """
    found = [(pack.key(each), each) for pack in packs() for each in pack.decisions]
    for key, each in found:
        define(actor=actor, key=key, title=each.title, kind="decision", clause=each.clause)
    return [key for key, _ in found]


@internal("a case is kept on the page where a table is tried, with what the table answered")
@transaction.atomic
def add_case(
    *, actor: Principal, decision: Parameter, table: Table, title: str, inputs: Mapping[str, str], expected: str = ""
) -> DecisionCase:
    """Store a case of a decision: inputs as typed, read by the columns of a version of its table.

    Refusals: `grants.denied`, `decisions.case.title` for an empty or taken title, `rules.input`.
    """
    require(actor, PROPOSE, Scope(clause=decision.clause))
    words = " ".join(title.split())
    if not words or DecisionCase.objects.filter(decision=decision, title=words, removed_at=None).exists():
        message = Text("请给试算例一个没有用过的名称。", "Give the case a title that is not in use.")
        raise Refusal("decisions.case.title", message, where="title")
    given = {name: inputs[name].strip() for name in readings(table, inputs)}
    case = DecisionCase(decision=decision, title=words, inputs=given, expected=expected.strip())
    case.added_by_id, case.added_at = actor.person, clock.now()
    case.save(force_insert=True)
    emit(CaseAdded(decision.key, words, case.expected), actor=actor, subject=_ref(decision), clause=decision.clause)
    return case


@internal("a case is removed where it stands, beside the table that is tried")
@transaction.atomic
def remove_case(*, actor: Principal, case: DecisionCase) -> DecisionCase:
    """Take a case out. Refusals: `grants.denied`, `decisions.case.removed`."""
    row = DecisionCase.objects.select_for_update(of=("self",)).select_related("decision").get(pk=case.pk)
    require(actor, PROPOSE, Scope(clause=row.decision.clause))
    if row.removed_at is not None:
        raise Refusal(
            "decisions.case.removed", Text("这个试算例已经移除。", "This case is already taken out."), where=row.code
        )
    row.removed_at = clock.now()
    row.save(update_fields=["removed_at"])
    emit(CaseRemoved(row.decision.key, row.title), actor=actor, subject=_ref(row.decision), clause=row.decision.clause)
    return row


def _ref(decision: Parameter) -> Ref:
    return Ref("core.parameter", decision.key)

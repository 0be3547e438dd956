"""Verbs of credit: record, correct, ask for repair, decide, lapse, annul."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction

from qilian.core.house.principal import SYSTEM, Principal, acting, internal
from qilian.core.log.events.api import emit
from qilian.core.log.outbox.api import later
from qilian.core.rights.grants.api import Scope, require
from qilian.core.time.clocks.api import Limit, Place, Rule, open_clock, start, stop
from qilian.core.values import clock
from qilian.core.values.text import Refusal, Text, refuse_all, required_text
from qilian.core.work.approvals.api import other_person, person_of
from qilian.engines.registry.parties.api import Party
from qilian.engines.registry.representation.api import tell_party

from .events import CreditAnnulled, CreditCorrected, CreditLapsed, CreditRecorded, RepairAsked, RepairDecided
from .kernel.display import CLASSES, STATES, Record, State, may_repair, only_standing, over, shown
from .models import CreditRecord, CreditRepair
from .queries import REPAIR_CLOCK, law_of, record_ref, record_scope, repair_of

RECORD, APPLY, DECIDE = "credit.record", "credit.apply", "credit.decide"
CLAUSE = "3.3.4"
_LIMIT = Rule(
    REPAIR_CLOCK,
    Text("信用修复办理期限", "Limit to decide on a repair"),
    Limit(10, "workday"),
    "国办发〔2025〕22号",
    longest_extension=10,
)


@dataclass(frozen=True, slots=True)
class Decision:
    """The deciding document: number, authority, conduct, day, class.

    `needed`: a minor one must be shown; `repairable` is false where the law forbids repair; `beyond` is the rule by
    which uncorrected conduct stays on display.
    """

    document: str
    authority: str
    conduct: str
    decided_on: date
    severity: str
    needed: bool = False
    repairable: bool = True
    beyond: str = ""


@transaction.atomic
def record_conduct(*, actor: Principal, party: Party, decision: Decision) -> CreditRecord:
    """Put a decision on record; it is shown as its class says, until its last day.

    Refusals: `grants.denied`, `registry.credit.severity`, `.future`, `.twice`, `text.…`, all at once.
    """
    require(actor, RECORD, Scope(region=party.region[:6]))
    decision = _sound(party, decision)
    law = Record(decision.severity, decision.decided_on)
    row = CreditRecord.objects.create(
        party=party,
        severity=decision.severity,
        document=decision.document,
        authority=decision.authority,
        conduct=decision.conduct,
        decided_on=decision.decided_on,
        last_day=law.last_day,
        needed=decision.needed,
        repairable=decision.repairable,
        beyond=decision.beyond.strip(),
        region=party.region[:6],
        recorded_at=clock.now(),
    )
    body = CreditRecorded(row.severity, row.document, row.authority, row.decided_on, row.last_day)
    _tell(actor, row, body)
    _remind(row, law)
    said = Text(f"{row.authority}，{row.document}。", f"{row.authority}, {row.document}.")
    _tell_party(actor, row, Text("登记了一条失信信息", "A credit record was entered"), said)
    return row


@transaction.atomic
def correct(*, actor: Principal, record: CreditRecord, evidence: str) -> CreditRecord:
    """Note that the conduct is corrected and the duties are met.

    Refusals: `grants.denied`, `text.…`, `registry.credit.state`.
    """
    row = _locked(record)
    require(actor, RECORD, record_scope(row))
    only_standing(law_of(row))
    row.corrected_by = required_text(evidence, "evidence", Text("纠正的证明", "proof of the correction"))
    row.corrected_on = clock.today()
    row.save(update_fields=["corrected_on", "corrected_by"])
    _tell(actor, row, CreditCorrected(row.severity, row.corrected_by))
    return row


@transaction.atomic
def ask_repair(*, actor: Principal, record: CreditRecord, pledge: str, evidence: str) -> CreditRepair:
    """Ask for the repair of a record, for who acts for the party, or for a window that takes a paper application.

    Refusals: `grants.denied`, `text.…`, `.evidence`, `.state`, `.conditions`, `.asked`, `.person`.
    """
    row = _locked(record)
    if row.party.code not in actor.parties:
        require(actor, APPLY, record_scope(row))
    only_standing(law_of(row))
    words = required_text(pledge, "pledge", Text("信用承诺", "pledge"), most=1000)
    may_repair(law_of(row), clock.today(), pledge=True, other=True)
    if _waits(_repair_for_rules(row)):
        raise Refusal("registry.credit.asked", Text("已有一件修复申请在办。", "A repair is being decided already."))
    proof = required_text(evidence, "evidence", Text("证明材料", "proof"))
    asked = CreditRepair(record=row, pledge=words, evidence=proof, asked_by_id=person_of(actor), asked_at=clock.now())
    asked.addressee = f"party:{row.party.code}"
    _keep(asked)
    place = Place(region=row.region, clause=CLAUSE)
    start(actor=actor, subject=record_ref(row), rule=_LIMIT, place=place)
    _tell(actor, row, RepairAsked(row.severity, words))
    return asked


@transaction.atomic
def decide_repair(
    *, actor: Principal, record: CreditRecord, granted: bool, answer: str, other: bool = True
) -> CreditRecord:
    """Grant a repair, so that the record is no longer shown, shared or used, or refuse it with the reason.

    `other` says that the other conditions of the law are met. Refusals: `grants.denied`, `registry.credit.none_asked`,
    `.answer`, `.conditions`, `approvals.oneself`.
    """
    row = _locked(record)
    require(actor, DECIDE, record_scope(row))
    asked = _repair_for_rules(row)
    if asked is None or not _waits(asked):
        raise Refusal("registry.credit.none_asked", Text("没有待决定的修复申请。", "No repair waits for a decision."))
    decider = other_person(actor, asked.asked_by_id)
    said = required_text(answer, "answer", Text("决定的理由", "reason of the decision"), most=500)
    if granted:
        may_repair(law_of(row), clock.today(), pledge=True, other=other)
        row.state = "repaired"
        row.save(update_fields=["state"])
    asked.state, asked.answer = "granted" if granted else "refused", said
    asked.decided_by_id, asked.decided_at = decider, clock.now()
    _keep(asked)
    _end_limit(actor, row)
    _tell(actor, row, RepairDecided(row.severity, granted, said))
    outcome = Text("信用修复：同意", "Repair granted") if granted else Text("信用修复：不予同意", "Repair refused")
    _tell_party(actor, row, outcome, Text(said, said))
    return row


@internal("the worker lets records leave behind their last day every night")
@transaction.atomic
def lapse(*, actor: Principal, record: CreditRecord) -> CreditRecord:
    """Let a record leave whose longest period is over; the worker does it every night.

    Refusals: `grants.denied`, `registry.credit.period` while it is not over.
    """
    row = _locked(record)
    if not actor.is_system:
        require(actor, RECORD, record_scope(row))
    if not over(law_of(row), clock.today()):
        raise Refusal("registry.credit.period", Text("最长公示期未满。", "The longest period is not over."))
    return _leave(actor, row, "lapsed", CreditLapsed(row.severity))


@transaction.atomic
def annul(*, actor: Principal, record: CreditRecord, reason: str) -> CreditRecord:
    """Take a record back whose decision was annulled or changed.

    Refusals: `grants.denied`, `registry.credit.state`, `text.…`.
    """
    row = _locked(record)
    require(actor, RECORD, record_scope(row))
    only_standing(law_of(row))
    row.reason = required_text(reason, "reason", Text("撤销的依据", "ground of the annulment"))
    return _leave(actor, row, "annulled", CreditAnnulled(row.severity, row.reason))


def _repair_for_rules(row: CreditRecord) -> CreditRepair | None:
    """The latest repair, whoever acts: what the rules decide on is not what somebody may read."""
    with acting(SYSTEM):
        return repair_of(row)


def _waits(asked: CreditRepair | None) -> bool:
    return asked is not None and asked.state == "asked"


def _keep(asked: CreditRepair) -> None:
    with acting(SYSTEM):
        asked.save()


def _leave(actor: Principal, row: CreditRecord, state: State, body: object) -> CreditRecord:
    row.state = state
    row.save(update_fields=["state", "reason"])
    _end_limit(actor, row)
    _tell(actor, row, body)
    _tell_party(actor, row, STATES[state], Text(f"{row.document} 不再公示。", f"{row.document} is no longer shown."))
    return row


def remind(*, record: CreditRecord, about: str) -> int:
    """Tell a party that its record can now be repaired (`least`), or leaves within a week (`last`); the worker does.

    Nobody is told of a record that is over. Returns how many were told.
    """
    law, today = law_of(record), clock.today()
    if record.state != "standing" or not shown(law, today):
        return 0
    title, body = _REMINDERS[about]
    return _tell_party(SYSTEM, record, title, body.filled(document=record.document, last=str(law.last_day)))


_REMINDERS = {
    "least": (
        Text("最短公示期已满", "The least period is over"),
        Text("{document}：纠正后可以申请修复。", "{document}: once corrected, repair may be asked for."),
    ),
    "last": (
        Text("公示期将满", "The longest period ends soon"),
        Text("{document}：公示至 {last}，到期自动撤下。", "{document}: shown to {last}, then it leaves by itself."),
    ),
}


def _remind(row: CreditRecord, law: Record) -> None:
    """Write down, in the same transaction, when the party is to be told of its two days."""
    for about, day in (("least", law.least_day + timedelta(days=1)), ("last", law.last_day - timedelta(days=7))):
        moment = datetime.combine(day, time(9), clock.SHANGHAI)
        if moment > clock.now():
            later("registry.credit.remind", at=moment, record=row.pk, about=about)


def _end_limit(actor: Principal, row: CreditRecord) -> None:
    if (limit := open_clock(record_ref(row), REPAIR_CLOCK)) is not None:
        stop(actor=actor, clock=limit)


def _locked(record: CreditRecord) -> CreditRecord:
    return CreditRecord.objects.select_for_update(of=("self",)).select_related("party").get(pk=record.pk)


def _sound(party: Party, decision: Decision) -> Decision:
    """The decision with its words made plain; everything that is wrong with it is one Refusal."""
    wrong: list[Refusal] = []
    words: dict[str, Any] = {}
    for where, what, most in _WORDS:
        try:
            words[where] = required_text(getattr(decision, where), where, what, most=most)
        except Refusal as refusal:
            wrong.append(refusal)
    if decision.severity not in CLASSES:
        message = Text("没有选择类别。", "No class is chosen.")
        wrong.append(Refusal("registry.credit.severity", message, where="severity"))
    if decision.decided_on > clock.today():
        message = Text("认定日期在今天之后。", "The decision is of a later day.")
        wrong.append(Refusal("registry.credit.future", message, where="decided_on"))
    if CreditRecord.objects.filter(party=party, document=words.get("document", "")).exists():
        message = Text("该文书已经登记过。", "This document is on record.")
        wrong.append(Refusal("registry.credit.twice", message, where="document"))
    refuse_all(wrong)
    return replace(decision, **words)


_WORDS = (
    ("document", Text("认定文书的文号", "number of the deciding document"), 120),
    ("authority", Text("认定单位", "deciding authority"), 120),
    ("conduct", Text("失信行为", "conduct"), 300),
)


def _tell(actor: Principal, row: CreditRecord, body: object) -> None:
    emit(body, actor=actor, subject=record_ref(row), clause=CLAUSE, party=row.party.code, region=row.region)


def _tell_party(actor: Principal, row: CreditRecord, title: Text, body: Text) -> int:
    return tell_party(actor=actor, party=row.party, title=title, body=body, url=f"/credit-records/{row.code}/")

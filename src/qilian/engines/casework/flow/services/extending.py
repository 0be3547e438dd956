"""More time for a case 延期: who handles it asks, another who steers it grants."""

from django.db import transaction

from qilian.core.house.principal import Principal
from qilian.core.offers.offers.api import offer_url
from qilian.core.rights.grants.api import require
from qilian.core.time.clocks import api as clocks
from qilian.core.values.text import Refusal, Text, required_text
from qilian.core.work.approvals import api as approvals
from qilian.engines.casework.flow.events import CaseActed
from qilian.engines.casework.flow.models import Case, CaseExtension
from qilian.engines.casework.flow.queries import case_ref, case_scope, extension_ref, procedure_of_case
from qilian.engines.casework.flow.rights import HANDLE, STEER

from .saving import locked, tell
from .timing import WHOLE

EXTENDING: approvals.Approval[CaseExtension] = approvals.Approval(
    "casework.extension",
    STEER,
    scope=lambda row: case_scope(row.case),
    ref=extension_ref,
    title=lambda row: Text("延期：{title}", "more time: {title}").filled(title=row.case.title),
    url=lambda row: f"{offer_url(row.case.offer)}extensions/{row.code}/",
)
"""How a request for more time waits for the person who grants it."""


@transaction.atomic
def ask_extension(*, actor: Principal, case: Case, value: int, reason: str) -> CaseExtension:
    """Ask for more time for a case, in the unit of its limit.

    Refusals: `grants.denied`, `casework.clock` where no limit runs, `casework.extension.waiting`, `text.…`.
    """
    held = locked(case)
    require(actor, HANDLE, case_scope(held.row))
    why = required_text(reason, "reason", Text("理由", "reason"))
    if clocks.open_clock(case_ref(held.row), WHOLE) is None:
        raise Refusal("casework.clock", Text("这件办件没有在计时。", "This case has no running clock."), where="value")
    if held.row.extensions.filter(state="proposed").exists():
        message = Text("已有一份延期申请待批准。", "A request for more time waits already.")
        raise Refusal("casework.extension.waiting", message)
    asked = CaseExtension(case=held.row, value=value, reason=why)
    row = approvals.propose(actor=actor, approval=EXTENDING, row=asked)
    tell(actor, held.row, CaseActed("extension", 0, why))
    return row


@transaction.atomic
def grant_extension(*, actor: Principal, extension: CaseExtension) -> CaseExtension:
    """Grant more time that somebody else asked for.

    Refusals: `grants.denied`, `approvals.…`, `casework.extension.none` where the item knows none, those of clocks.
    """
    if procedure_of_case(extension.case).extension is None:
        message = Text("这个事项没有规定延期。", "This item knows no extension.")
        raise Refusal("casework.extension.none", message, remedy=Text("请写明理由退回。", "Refuse it with the reason."))
    row = approvals.approve(actor=actor, approval=EXTENDING, row=extension)
    running = clocks.open_clock(case_ref(row.case), WHOLE)
    if running is None:
        raise Refusal("casework.clock", Text("这件办件没有在计时。", "This case has no running clock."))
    requester = f"core.person:{row.proposed_by.code}"
    clocks.extend(actor=actor, clock=running, value=row.value, requester=requester, reason=row.reason)
    return row


@transaction.atomic
def refuse_extension(*, actor: Principal, extension: CaseExtension, reason: str) -> CaseExtension:
    """Refuse more time, with a reason. Refusals: `grants.denied`, `approvals.…`, `text.…`."""
    row = approvals.reject(actor=actor, approval=EXTENDING, row=extension, reason=reason)
    tell(actor, row.case, CaseActed("extension/rejection", 0, row.answer))
    return row


@transaction.atomic
def withdraw_extension(*, actor: Principal, extension: CaseExtension) -> CaseExtension:
    """Take back what one asked for oneself. Refusals: `approvals.not_own`, `approvals.decided`."""
    row = approvals.withdraw(actor=actor, approval=EXTENDING, row=extension)
    tell(actor, row.case, CaseActed("extension/withdrawal", 0, row.reason))
    return row

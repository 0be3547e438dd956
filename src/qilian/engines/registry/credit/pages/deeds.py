"""What can be done with a record, as a table: the noun in the address, who, in which state, the form, the verb."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from qilian.core.house.pages import Field
from qilian.core.house.principal import Principal
from qilian.core.rights.grants.api import allowed, require
from qilian.core.values.text import Text
from qilian.engines.registry.credit.models import CreditRecord
from qilian.engines.registry.credit.queries import record_scope, repair_of
from qilian.engines.registry.credit.services import APPLY, DECIDE, RECORD, annul, ask_repair, correct, decide_repair

Sent = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing to do: `fits` says when, `fields` what is asked, `run` calls the verb."""

    title: Text
    action: str
    fits: Callable[[CreditRecord], bool]
    fields: Callable[[Sent], tuple[Field, ...]]
    run: Callable[[Principal, CreditRecord, Sent], object]
    dangerous: bool = False

    def ask(self, actor: Principal, row: CreditRecord) -> None:
        """Let pass who may do it; Refusal `grants.denied`. Who acts for the party may ask for repair."""
        if not (self.action == APPLY and row.party.code in actor.parties):
            require(actor, self.action, record_scope(row))


def possible_for(row: CreditRecord, me: Principal) -> list[tuple[str, Deed]]:
    """What the reader may do with a record as it stands."""
    own, scope = row.party.code in me.parties, record_scope(row)
    return [
        (noun, deed)
        for noun, deed in DEEDS.items()
        if deed.fits(row) and ((deed.action == APPLY and own) or allowed(me, deed.action, scope))
    ]


def _standing(row: CreditRecord) -> bool:
    return row.state == "standing"


def _asked(row: CreditRecord) -> bool:
    asked = repair_of(row)
    return asked is not None and asked.state == "asked"


def _evidence(sent: Sent) -> tuple[Field, ...]:
    return (Field("evidence", Text("证明材料", "Proof"), value=sent.get("evidence", "")),)


def _reason(sent: Sent) -> tuple[Field, ...]:
    return (Field("reason", Text("依据", "Ground"), value=sent.get("reason", "")),)


def _pledge(sent: Sent) -> tuple[Field, ...]:
    hint = Text(
        "承诺所提交材料真实，并愿意公开接受监督。", "Pledge that everything is true, and accept that it is made public."
    )
    return (
        Field("pledge", Text("信用承诺", "Pledge"), "textarea", sent.get("pledge", ""), hint=hint),
        *_evidence(sent),
    )


def _decision(sent: Sent) -> tuple[Field, ...]:
    choices = (("granted", Text("同意修复", "Grant it")), ("refused", Text("不予修复", "Refuse it")))
    return (
        Field("decision", Text("决定", "Decision"), "choice", sent.get("decision", ""), choices=choices),
        Field("answer", Text("理由", "Reason"), "textarea", sent.get("answer", "")),
    )


def _correct(me: Principal, row: CreditRecord, sent: Sent) -> object:
    return correct(actor=me, record=row, evidence=sent.get("evidence", ""))


def _ask(me: Principal, row: CreditRecord, sent: Sent) -> object:
    return ask_repair(actor=me, record=row, pledge=sent.get("pledge", ""), evidence=sent.get("evidence", ""))


def _decide(me: Principal, row: CreditRecord, sent: Sent) -> object:
    granted = sent.get("decision") == "granted"
    return decide_repair(actor=me, record=row, granted=granted, answer=sent.get("answer", ""))


def _annul(me: Principal, row: CreditRecord, sent: Sent) -> object:
    return annul(actor=me, record=row, reason=sent.get("reason", ""))


DEEDS: Mapping[str, Deed] = {
    "decision": Deed(Text("决定修复申请", "Decide on the repair"), DECIDE, _asked, _decision, _decide),
    "repair": Deed(
        Text("申请信用修复", "Ask for repair"), APPLY, lambda row: _standing(row) and not _asked(row), _pledge, _ask
    ),
    "correction": Deed(
        Text("登记已纠正", "Note the correction"),
        RECORD,
        lambda row: _standing(row) and row.corrected_on is None,
        _evidence,
        _correct,
    ),
    "annulment": Deed(Text("撤销记录", "Annul"), RECORD, _standing, _reason, _annul, dangerous=True),
}
"""By the noun that stands in the address."""

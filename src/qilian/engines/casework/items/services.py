"""Verbs of items: a version is proposed by one person and published by another."""

from datetime import date
from hashlib import sha256

from django.db import transaction
from django.db.models import Max

from qilian.core.house.principal import Principal
from qilian.core.log.events.api import emit
from qilian.core.offers.offers.api import clause_of, offer_url, scope_of, serving
from qilian.core.rights.grants.api import require
from qilian.core.values import clock
from qilian.core.values.text import Refusal, Text, refuse_all
from qilian.core.work.approvals import api as approvals
from qilian.engines.casework.procedures.api import read_procedure

from .events import ItemProposed, ItemPublished, ItemRejected, ItemWithdrawn
from .models import ItemVersion
from .queries import item_at, version_ref
from .surroundings import strangers

PROPOSE, PUBLISH = "casework.propose", "casework.publish"
DECIDING: approvals.Approval[ItemVersion] = approvals.Approval(
    "casework.item",
    PUBLISH,
    scope=lambda row: scope_of(row.offer),
    ref=version_ref,
    title=lambda row: Text("事项“{item}”第 {number} 版", "version {number} of the item “{item}”").filled(
        number=row.version, item=item_at(row.offer).title
    ),
    url=lambda row: f"{offer_url(row.offer)}versions/{row.version}/",
)
"""How a version of an item waits for the person who publishes it."""


@transaction.atomic
def propose_version(*, actor: Principal, path: str, text: str = "", valid_from: date | None = None) -> ItemVersion:
    """Propose a version of an item, the pack's own text unless another is given, from a day on (today unless given).

    Refusals: `casework.item.unknown`, `grants.denied`, `offers.closed`, those of reading a procedure,
    `casework.item.unit`, `.decision`, `.call`, `.ends` for what it names and this house does not know,
    `casework.item.backwards` for a day that is past.
    """
    require(actor, PROPOSE, scope_of(path))
    serving(path)
    wanted = text.replace("\r\n", "\n") if text.strip() else item_at(path).text
    refuse_all(strangers(read_procedure(wanted)))
    first = valid_from or clock.today()
    if first < clock.today():
        message = Text("生效日不能在今天以前。", "The first day is not in the past.")
        raise Refusal("casework.item.backwards", message, where="valid_from")
    last = ItemVersion.objects.filter(offer=path).aggregate(last=Max("version"))["last"] or 0
    digest = sha256(wanted.encode()).hexdigest()
    row = ItemVersion(
        offer=path, clause=clause_of(path), version=last + 1, text=wanted, digest=digest, valid_from=first
    )
    approvals.propose(actor=actor, approval=DECIDING, row=row)
    return _tell(actor, row, ItemProposed(row.version, digest, first))


@transaction.atomic
def publish_version(*, actor: Principal, version: ItemVersion) -> ItemVersion:
    """Publish a version that somebody else proposed. Refusals: `grants.denied`, `offers.closed`, `approvals.…`."""
    serving(version.offer)
    row = approvals.approve(actor=actor, approval=DECIDING, row=version)
    return _tell(actor, row, ItemPublished(row.version, row.digest, row.valid_from))


@transaction.atomic
def reject_version(*, actor: Principal, version: ItemVersion, reason: str) -> ItemVersion:
    """Turn a version of somebody else down, with a reason. Refusals: `grants.denied`, `approvals.…`, `text.…`."""
    row = approvals.reject(actor=actor, approval=DECIDING, row=version, reason=reason)
    return _tell(actor, row, ItemRejected(row.version, row.answer))


@transaction.atomic
def withdraw_version(*, actor: Principal, version: ItemVersion) -> ItemVersion:
    """Take back a version that one proposed oneself. Refusals: `approvals.not_own`, `approvals.decided`."""
    row = approvals.withdraw(actor=actor, approval=DECIDING, row=version)
    return _tell(actor, row, ItemWithdrawn(row.version))


def _tell(actor: Principal, row: ItemVersion, body: object) -> ItemVersion:
    emit(body, actor=actor, subject=version_ref(row), offer=row.offer, clause=row.clause)
    return row

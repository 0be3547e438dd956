"""Relations between parties: holding, controlling, branches."""

from datetime import date
from decimal import Decimal

from django.db import transaction

from qilian.core.house.principal import Principal
from qilian.core.log.events.api import emit
from qilian.core.values.text import Refusal, Text
from qilian.engines.registry.parties.api import (
    AMEND,
    Party,
    locked,
    party_ref,
    refuse_merged,
    registration_of,
    require_on,
)

from .events import RelationBegun, RelationEnded
from .kernel.relations import Relation, check_relation
from .models import PartyRelation


@transaction.atomic
def relate(
    *,
    actor: Principal,
    holder: Party,
    held: Party,
    kind: str,
    valid_from: date,
    valid_to: date | None = None,
    share: Decimal | None = None,
    source: str,
) -> PartyRelation:
    """Relate two parties from a day to a day, both included: a `share` (0 to 1), `control`, `branch` or `related`.

    Refusals: `grants.denied` for `held`, `registry.party.merged`, `registry.relation.kind`, `.self`, `.term`, `.share`,
    `.twice`, `.over`, `.source`.
    """
    target = locked(held)
    require_on(actor, AMEND, target)
    for each in (target, holder):
        refuse_merged(registration_of(each))
    if not source.strip():
        message = Text("请写明依据。", "Give the source.")
        raise Refusal("registry.relation.source", message, where="source")
    new = Relation(holder.code, target.code, kind, valid_from, valid_to, share)
    known = PartyRelation.objects.filter(held=target).select_related("holder", "held")
    check_relation(new, map(as_relation, known))
    term = {"valid_from": valid_from, "valid_to": valid_to}
    row = PartyRelation.objects.create(
        holder=holder, held=target, kind=kind, share=share, source=source.strip()[:200], **term
    )
    body = RelationBegun(row.code, holder.code, target.code, kind, share, valid_from, row.source)
    emit(body, actor=actor, subject=party_ref(target), party=target.code, region=target.region[:6])
    return row


@transaction.atomic
def end_relation(*, actor: Principal, relation: PartyRelation, on: date) -> PartyRelation:
    """Let a relation end: `on` is its last day. Refusals: `grants.denied`, `registry.relation.over`, `.term`."""
    row = PartyRelation.objects.select_for_update(of=("self",)).select_related("held", "holder").get(pk=relation.pk)
    require_on(actor, AMEND, row.held)
    if row.valid_to is not None and row.valid_to <= on:
        message = Text(f"这项关系已于 {row.valid_to} 终止。", f"This relation ended on {row.valid_to}.")
        raise Refusal("registry.relation.ended", message, where="on")
    if on < row.valid_from:
        message = Text("终止日期早于起始日期。", "It ends before it begins.")
        raise Refusal("registry.relation.term", message, where="on")
    row.valid_to = on
    row.save(update_fields=["valid_to"])
    body = RelationEnded(row.code, row.holder.code, row.held.code, row.kind, on)
    emit(body, actor=actor, subject=party_ref(row.held), party=row.held.code, region=row.held.region[:6])
    return row


def hand_over(gone: Party, kept: Party) -> None:
    """Let the relations of a record that was merged be those of the one that lives on; one between both falls away."""
    PartyRelation.objects.filter(holder=gone).exclude(held=kept).update(holder=kept)
    PartyRelation.objects.filter(held=gone).exclude(holder=kept).update(held=kept)


def as_relation(row: PartyRelation) -> Relation:
    """A row as the rules take it."""
    return Relation(row.holder.code, row.held.code, row.kind, row.valid_from, row.valid_to, row.share)

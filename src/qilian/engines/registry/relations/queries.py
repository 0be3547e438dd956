"""Reading relations: of a party in either direction, and level by level who stands behind it."""

from datetime import date

from django.db.models import Q, QuerySet

from qilian.core.house.tables import running
from qilian.core.values.text import Refusal, Text
from qilian.engines.registry.parties.api import Party

from .kernel.holdings import BeneficialOwners, Stake, beneficial_owners
from .models import PartyRelation

_DEPTH = 20


def relations() -> QuerySet[PartyRelation]:
    """All relations, the latest first."""
    return PartyRelation.objects.select_related("holder", "held").order_by("-valid_from", "-pk")


def relations_of(party: Party) -> QuerySet[PartyRelation]:
    """All relations of a party in either direction, the latest first."""
    return relations().filter(Q(holder=party) | Q(held=party))


def relation_by_code(code: str) -> PartyRelation:
    """A relation by its public code; Refusal `registry.relation.unknown` (404)."""
    row = relations().filter(code=code).first()
    if row is None:
        raise Refusal("registry.relation.unknown", Text("没有这项关系。", "There is no such relation."), where=code)
    return row


def stakes_behind(party: Party, *, on: date) -> list[Stake]:
    """The shares and controls on a day in a party, in those who hold them, and so on."""
    found: list[Stake] = []
    edge, seen = {party.pk}, {party.pk}
    for _ in range(_DEPTH):
        rows = PartyRelation.objects.filter(running(on), held__in=edge, kind__in=("share", "control"))
        level = list(rows.select_related("holder", "held"))
        found += [Stake(row.holder.code, row.held.code, row.share) for row in level]
        edge = {row.holder_id for row in level} - seen
        seen |= edge
        if not edge:
            break
    return found


def beneficial_owners_of(party: Party, *, on: date) -> BeneficialOwners:
    """Who stands behind a party on a day: ultimate controllers and effective shares, by public codes."""
    return beneficial_owners(party.code, stakes_behind(party, on=on))

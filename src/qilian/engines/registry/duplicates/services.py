"""Duplicates: suggested by the machine with a score and reasons, merged or told apart by a person only."""

from collections.abc import Iterable

from django.db import transaction

from qilian.core.house.principal import Principal
from qilian.core.log.events.api import emit
from qilian.core.values import clock
from qilian.core.values.text import Refusal, Text
from qilian.engines.registry.contacts.api import hand_over as hand_over_contacts
from qilian.engines.registry.parties.api import (
    MERGE,
    Party,
    absorb,
    check_merge,
    check_reason,
    locked,
    party_ref,
    registration_of,
    require_on,
)
from qilian.engines.registry.relations.api import hand_over as hand_over_relations

from .events import DuplicateDismissed, PartyMerged
from .kernel.likeness import likeness
from .models import Duplicate
from .queries import candidates, equals_in, profile


@transaction.atomic
def merge(*, actor: Principal, survivor: Party, other: Party, reason: str) -> Party:
    """Merge a duplicate into the record that lives on; return the survivor.

    Names, figures, persons and relations go over; the other record keeps its history, and its code leads to the
    survivor from now on.
    Refusals: `grants.denied`, `registry.merge.same`, `registry.party.merged`, `registry.reason.empty`.
    """
    kept, gone = _both(survivor, other)
    for each in (kept, gone):
        require_on(actor, MERGE, each)
    why = check_reason(reason)
    check_merge(registration_of(kept), registration_of(gone), same=kept.pk == gone.pk)
    hand_over_contacts(gone, kept)
    hand_over_relations(gone, kept)
    absorb(kept, gone)
    _settle(actor, kept, gone, why)
    body = PartyMerged(kept.code, gone.code, why)
    for each in (gone, kept):
        emit(body, actor=actor, subject=party_ref(each), party=kept.code, region=kept.region[:6])
    return kept


@transaction.atomic
def dismiss(*, actor: Principal, duplicate: Duplicate, reason: str) -> Duplicate:
    """Say that a suggested pair are two parties; it is not suggested again.

    Refusals: `grants.denied`, `registry.reason.empty`, `registry.duplicate.decided`.
    """
    row = Duplicate.objects.select_for_update(of=("self",)).select_related("first", "second").get(pk=duplicate.pk)
    for each in (row.first, row.second):
        require_on(actor, MERGE, each)
    why = check_reason(reason)
    if row.state != "open":
        raise Refusal("registry.duplicate.decided", Text("这对记录已有认定。", "This pair has been decided on."))
    row.state, row.decided_at, row.decided_by, row.decision = "different", clock.now(), actor.ref, why
    row.save(update_fields=["state", "decided_at", "decided_by", "decision"])
    body = DuplicateDismissed(row.first.code, row.second.code, why)
    for each in (row.first, row.second):
        emit(body, actor=actor, subject=party_ref(each), party=each.code, region=each.region[:6])
    return row


@transaction.atomic
def suggest(parties: Iterable[Party]) -> int:
    """Write down the records that may be the same as these parties, for a person to look at; return how many pairs.

    Called by the worker. A pair that a person has decided on stays decided.
    """
    return _write_down((party, other) for party in parties for other in candidates(party))


@transaction.atomic
def suggest_in(first: int, last: int) -> int:
    """Like `suggest` for a range of primary keys that an import brought: same names, codes and nothing finer."""
    return _write_down(equals_in(first, last))


def _write_down(pairs: Iterable[tuple[Party, Party]]) -> int:
    found: dict[tuple[int, int], Duplicate] = {}
    for one, other in pairs:
        alike = likeness(profile(one), profile(other))
        if alike.suggested:
            low, high = sorted((one.pk, other.pk))
            found[low, high] = Duplicate(
                first_id=low, second_id=high, score=alike.score, reasons=alike.reasons, found_at=clock.now()
            )
    Duplicate.objects.bulk_create(found.values(), ignore_conflicts=True)
    return len(found)


def _both(survivor: Party, other: Party) -> tuple[Party, Party]:
    """Lock both rows in the order of their keys, so that two mergers wait for each other and never forever."""
    rows = {party.pk: locked(party) for party in sorted((survivor, other), key=lambda each: each.pk)}
    return rows[survivor.pk], rows[other.pk]


def _settle(actor: Principal, kept: Party, gone: Party, why: str) -> None:
    """Close the pair, and all pairs with the record that is no more."""
    low, high = sorted((kept.pk, gone.pk))
    said = {"decided_at": clock.now(), "decided_by": actor.ref, "decision": why}
    Duplicate.objects.filter(first_id=low, second_id=high).update(state="merged", **said)
    for side in ("first", "second"):
        Duplicate.objects.filter(**{side: gone}, state="open").update(state="different", **said)

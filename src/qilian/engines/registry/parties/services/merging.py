"""Duplicates: suggested by the machine with a score and reasons, merged or told apart by a person only."""

from collections.abc import Iterable

from django.db import transaction

from qilian.core.house.principal import SYSTEM, Principal, acting
from qilian.core.log.events.api import emit
from qilian.core.values import clock
from qilian.engines.registry.parties.events import DuplicateDismissed, PartyMerged
from qilian.engines.registry.parties.kernel.life import check_merge, check_reason
from qilian.engines.registry.parties.kernel.likeness import likeness
from qilian.engines.registry.parties.models import Contact, Duplicate, Party, PartyFigure, PartyName, PartyRelation
from qilian.engines.registry.parties.queries import candidates, equals_in, profile

from .common import MERGE, locked, party_ref, require_on, standing_of, write_keys
from .sizing import resize


@transaction.atomic
def merge(*, actor: Principal, survivor: Party, other: Party, reason: str) -> Party:
    """Merge a duplicate into the record that lives on; return the survivor.

    Names, figures and relations go over; the other record keeps its history, and its code leads to the survivor from
    now on. Refusals: `grants.denied`, `registry.merge.same`, `registry.party.merged`, `registry.reason.empty`.
    """
    kept, gone = _both(survivor, other)
    for each in (kept, gone):
        require_on(actor, MERGE, each)
    why = check_reason(reason)
    check_merge(standing_of(kept), standing_of(gone), same=kept.pk == gone.pk)
    _take_over(kept, gone)
    gone.status, gone.status_on, gone.merged_into = "merged", clock.today(), kept
    gone.save(update_fields=["status", "status_on", "merged_into"])
    Party.objects.filter(merged_into=gone).update(merged_into=kept)
    _decide(actor, kept, gone, "merged", why)
    body = PartyMerged(kept.code, gone.code, why)
    for each in (gone, kept):
        emit(body, actor=actor, subject=party_ref(each), party=kept.code, region=kept.region[:6])
    return kept


@transaction.atomic
def dismiss(*, actor: Principal, duplicate: Duplicate, reason: str) -> Duplicate:
    """Say that a suggested pair are two parties; it is not suggested again.

    Refusals: `grants.denied`, `registry.reason.empty`.
    """
    row = Duplicate.objects.select_for_update(of=("self",)).select_related("first", "second").get(pk=duplicate.pk)
    for each in (row.first, row.second):
        require_on(actor, MERGE, each)
    why = check_reason(reason)
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


def _take_over(kept: Party, gone: Party) -> None:
    """Names, figures and relations of the other record become the survivor's; circles of one fall away."""
    names = dict.fromkeys((gone.name, *(former.name for former in gone.names.all())))
    PartyName.objects.bulk_create(PartyName(party=kept, kind="merged", name=name) for name in names)
    days = PartyFigure.objects.filter(party=kept).values("on")
    PartyFigure.objects.filter(party=gone).exclude(on__in=days).update(party=kept)
    with acting(SYSTEM):
        Contact.objects.filter(party=gone).exclude(role="self").update(party=kept, addressee=f"party:{kept.code}")
    PartyRelation.objects.filter(holder=gone).exclude(held=kept).update(holder=kept)
    PartyRelation.objects.filter(held=gone).exclude(holder=kept).update(held=kept)
    write_keys(kept, kept.names.values_list("name", flat=True))
    resize(kept)
    kept.save()


def _decide(actor: Principal, kept: Party, gone: Party, state: str, why: str) -> None:
    low, high = sorted((kept.pk, gone.pk))
    said = {"decided_at": clock.now(), "decided_by": actor.ref, "decision": why}
    Duplicate.objects.filter(first_id=low, second_id=high).update(state=state, **said)
    for side in ("first", "second"):
        Duplicate.objects.filter(**{side: gone}, state="open").update(state="different", **said)

"""What proves an engagement: types of events that finish something between parties, as the parts name them."""

from collections.abc import Mapping
from dataclasses import dataclass

from qilian.core.log.events.api import Event
from qilian.core.values.clock import SHANGHAI
from qilian.core.values.text import Ref, Refusal, Text, whole
from qilian.engines.registry.parties.api import parties_with
from qilian.engines.registry.representation.api import acted_for, self_of

_PERSON = "core.person:"
_proofs: dict[str, "Proof"] = {}


@dataclass(frozen=True, slots=True)
class Proof:
    """An event of this type about this kind of record finishes an engagement.

    The event's party took part, and with it: whom its actor acted for that day, unless he acted for the party itself;
    the parties that `others` names in the event's data; the natural persons whom `persons` names there.
    """

    type: str
    subject: str
    others: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()


def prove(*proofs: Proof) -> None:
    """Let events of a type prove an engagement; called by the part that emits them, or above it. Again is harmless."""
    _proofs.update({each.type: each for each in proofs})


def proofs() -> Mapping[str, Proof]:
    """All types of events that prove an engagement."""
    return dict(_proofs)


def event_named(evidence: Ref) -> Event:
    """The event that a Ref `core.event:<number>` names; Refusal `registry.rating.evidence` for what proves nothing."""
    row = Event.objects.filter(pk=whole(evidence.id, 18) or 0).first()
    if row is None or evidence.kind != "core.event" or not _proves(row):
        message = Text("这不是一件可以评分的办结事项。", "This is no finished thing that could be rated.")
        remedy = Text("请从双方办结的事项进入评分。", "Rate from a finished thing of both.")
        raise Refusal("registry.rating.evidence", message, where="evidence", remedy=remedy)
    return row


def took_part(event: Event) -> frozenset[str]:
    """The public codes of the parties that took part in an event, those that live on for those that were merged."""
    proof, day = _proofs[event.type], event.at.astimezone(SHANGHAI).date()
    named = [str(event.data.get(name, "")) for name in proof.others]
    acted = acted_for(event.actor.removeprefix(_PERSON), on=day) if event.actor.startswith(_PERSON) else ()
    codes = {event.party, *(Ref.parse(each).id for each in named if ":" in each)}
    codes |= set() if event.party in acted else set(acted)
    for name in proof.persons:
        codes |= set(self_of(str(event.data.get(name, "")).removeprefix(_PERSON)))
    known = parties_with(code for code in codes if code)
    return frozenset((row.merged_into or row).code for row in known.values())


def _proves(event: Event) -> bool:
    proof = _proofs.get(event.type)
    return proof is not None and event.subject.startswith(f"{proof.subject}:")

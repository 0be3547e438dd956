"""What was changed in a fact whose digest differs: one byte of it, or one column that other facts help to restore."""

from collections.abc import Iterator

from qilian.core.log.events.api import Event, Json, Seal, document, fact_of_row, log_hash, single_change
from qilian.core.values.merkle.api import hashed
from qilian.core.values.text import Text

from .kernel.former import former

_NEAR = 300
"""Facts on either side whose values are tried, and as many about the same record and of the same type."""
_UNKNOWN = Text(
    "事实的内容已被改动，不止一个字节，也不止一栏，或原值无从得知。",
    "The content of the event was changed: in more than one column, or to something whose former value is not known.",
)


def content_change(seal: Seal, stored: bytes) -> tuple[str, Text]:
    """Return the field of a fact that was changed, empty when no single change explains it, and the sentence."""
    fact, algorithm = fact_of_row(seal.event), log_hash()

    def agrees(text: bytes) -> bool:
        return hashed(text, algorithm) == stored

    found = former(document(fact), list(_others(seal)), agrees) or single_change(fact, agrees)
    if found is None:
        return "", _UNKNOWN
    return found.field, Text(
        f"事实的内容已被改动：{found.field} 中的“{found.now}”原为“{found.before}”。",
        f"The content of the event was changed: in {found.field}, “{found.now}” was “{found.before}”.",
    )


def _others(seal: Seal) -> Iterator[dict[str, Json]]:
    """Facts that may hold the former value: those around it, of its record, and of its type."""
    sequence, event = seal.sequence, seal.event
    near = Event.objects.filter(seal__sequence__gte=sequence - _NEAR, seal__sequence__lte=sequence + _NEAR)
    for rows in (near, Event.objects.filter(subject=event.subject), Event.objects.filter(type=event.type)):
        yield from (document(fact_of_row(row)) for row in rows.exclude(pk=event.pk).order_by("-id")[: 2 * _NEAR])

"""The face of events."""

from .adapters.signing import signed_by
from .checking import Verdict, verify
from .hashing import log_hash
from .kernel.canonical import salted
from .models import Event
from .proving import consistency_path, export_head, exported, inclusion_path, receipt
from .queries import (
    Total,
    at_sequence,
    body_of,
    count_by,
    event_numbered,
    events_of,
    first_by_offer,
    sealed,
    written,
    written_with_names,
)
from .registry import EventType, event_type, follow, type_of, types
from .sealing import BATCH, after_restore, checkpoint, checkpoint_is_due, seal
from .services import Entry, emit, emit_many
from .timeline import actor_names, event_title, proof_of, timeline

__all__ = [
    "BATCH",
    "Entry",
    "Event",
    "EventType",
    "Total",
    "Verdict",
    "actor_names",
    "after_restore",
    "at_sequence",
    "body_of",
    "checkpoint",
    "checkpoint_is_due",
    "consistency_path",
    "count_by",
    "emit",
    "emit_many",
    "event_numbered",
    "event_title",
    "event_type",
    "events_of",
    "export_head",
    "exported",
    "first_by_offer",
    "follow",
    "inclusion_path",
    "log_hash",
    "proof_of",
    "receipt",
    "salted",
    "seal",
    "sealed",
    "signed_by",
    "timeline",
    "type_of",
    "types",
    "verify",
    "written",
    "written_with_names",
]

"""Public interface of events."""

from .adapters.signing import SigningKey, signed_by
from .hashing import log_hash
from .kernel.canonical import Json, digest, document, moment_text, plain, salted
from .kernel.statement import statement
from .kernel.tracing import single_change
from .models import Checkpoint, Event, Seal, SealBatch, SealNode
from .queries import (
    at_sequence,
    body_of,
    event_numbered,
    events_of,
    sealed,
    written,
    written_with_names,
)
from .registry import event_type, follow, types
from .rows import fact_of_row
from .sealing import BATCH, after_restore, checkpoint, checkpoint_is_due, key_path, seal
from .services import Entry, emit, emit_many
from .timeline import actor_names, actor_word, event_title, proof_of, timeline

__all__ = [
    "BATCH",
    "Checkpoint",
    "Entry",
    "Event",
    "Json",
    "Seal",
    "SealBatch",
    "SealNode",
    "SigningKey",
    "actor_names",
    "actor_word",
    "after_restore",
    "at_sequence",
    "body_of",
    "checkpoint",
    "checkpoint_is_due",
    "digest",
    "document",
    "emit",
    "emit_many",
    "event_numbered",
    "event_title",
    "event_type",
    "events_of",
    "fact_of_row",
    "follow",
    "key_path",
    "log_hash",
    "moment_text",
    "plain",
    "proof_of",
    "salted",
    "seal",
    "sealed",
    "signed_by",
    "single_change",
    "statement",
    "timeline",
    "types",
    "written",
    "written_with_names",
]

"""Suspending, restoring, exiting, publishing and withdrawing an entry."""

from django.db import transaction

from qilian.core.house.principal import Principal
from qilian.core.values import clock
from qilian.core.values.text import Refusal, Text, required_text
from qilian.engines.registry.directories.events import (
    EntryExited,
    EntryPublished,
    EntryRestored,
    EntrySuspended,
    EntryWithdrawn,
)
from qilian.engines.registry.directories.kernel.life import EXITS, exited, published, restored, suspended, withdrawn
from qilian.engines.registry.directories.models import DirectoryEntry
from qilian.engines.registry.directories.queries import status_of

from .common import EXIT, PUBLISH, SUSPEND, locked, settle

_REASON = Text("理由", "reason")


@transaction.atomic
def suspend(*, actor: Principal, entry: DirectoryEntry, reason: str) -> DirectoryEntry:
    """Suspend a listed entry with a reason that everybody reads.

    Refusals: `grants.denied`, `offers.closed`, `text.…`, `registry.entry.state`.
    """
    row = locked(actor, SUSPEND, entry)
    said = required_text(reason, "reason", _REASON)
    status = suspended(status_of(row))
    row.reason = said
    return settle(actor, row, status, EntrySuspended(row.number, said))


@transaction.atomic
def restore(*, actor: Principal, entry: DirectoryEntry, reason: str) -> DirectoryEntry:
    """End a suspension within the term, and say why.

    Refusals: `grants.denied`, `offers.closed`, `text.…`, `.state`, `.over` when the term is over.
    """
    row = locked(actor, SUSPEND, entry)
    said = required_text(reason, "reason", _REASON)
    status = restored(status_of(row), clock.today())
    row.reason = ""
    return settle(actor, row, status, EntryRestored(row.number, said))


@transaction.atomic
def exit_entry(*, actor: Principal, entry: DirectoryEntry, exit: str, reason: str) -> DirectoryEntry:  # noqa: A002 — the field's word
    """Let an entry leave the directory for good; `exit` is one of EXITS. Its history stays readable.

    Refusals: `grants.denied`, `offers.closed`, `registry.entry.exit`, `text.…`, `registry.entry.state`.
    """
    row = locked(actor, EXIT, entry)
    if exit not in EXITS:
        message = Text("没有选择退出的情形。", "No ground of the exit is chosen.")
        raise Refusal("registry.entry.exit", message, where="exit")
    said = required_text(reason, "reason", _REASON)
    status = exited(status_of(row))
    row.exit_kind, row.reason = exit, said
    return settle(actor, row, status, EntryExited(row.number, exit, said))


@transaction.atomic
def publish(*, actor: Principal, entry: DirectoryEntry) -> DirectoryEntry:
    """Show a listed or suspended entry to everybody.

    Refusals: `grants.denied`, `offers.closed`, `registry.entry.state`, `registry.entry.published`.
    """
    row = locked(actor, PUBLISH, entry)
    return settle(actor, row, published(status_of(row)), EntryPublished(row.number))


@transaction.atomic
def withdraw(*, actor: Principal, entry: DirectoryEntry, reason: str) -> DirectoryEntry:
    """Take an entry off the public page, with a reason; officials still see it.

    Refusals: `grants.denied`, `offers.closed`, `text.…`, `registry.entry.unpublished`.
    """
    row = locked(actor, PUBLISH, entry)
    said = required_text(reason, "reason", _REASON)
    return settle(actor, row, withdrawn(status_of(row)), EntryWithdrawn(row.number, said))

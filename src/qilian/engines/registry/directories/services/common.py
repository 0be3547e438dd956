"""What the verbs of directories share: the lock, the check, the words that must be given, the fact that is written."""

from qilian.core.house.principal import Principal
from qilian.core.log.events.api import emit
from qilian.core.offers.offers.api import serving
from qilian.core.rights.grants.api import require
from qilian.core.values import clock
from qilian.engines.registry.directories.kernel.life import EntryStatus
from qilian.engines.registry.directories.models import DirectoryEntry
from qilian.engines.registry.directories.queries import entry_ref, entry_scope

ADMIT, LIST, SUSPEND, EXIT, PUBLISH = (
    "directories.admit",
    "directories.list",
    "directories.suspend",
    "directories.exit",
    "directories.publish",
)


def locked(actor: Principal, action: str, entry: DirectoryEntry) -> DirectoryEntry:
    """Lock an entry for an act of one who may do it in an open directory."""
    rows = DirectoryEntry.objects.select_for_update(of=("self",)).select_related("party")
    row = rows.get(pk=entry.pk)
    require(actor, action, entry_scope(row))
    serving(row.offer)
    return row


def settle(actor: Principal, row: DirectoryEntry, status: EntryStatus, body: object) -> DirectoryEntry:
    """Keep where an entry stands now, and say so."""
    row.state, row.grade, row.published = status.state, status.grade, status.published
    row.valid_from, row.valid_to, row.changed_at = status.valid_from, status.valid_to, clock.now()
    row.save()
    tell(actor, row, body)
    return row


def tell(actor: Principal, row: DirectoryEntry, body: object) -> None:
    """Write the fact about an entry."""
    emit(
        body,
        actor=actor,
        subject=entry_ref(row),
        offer=row.offer,
        clause=row.clause,
        party=row.party.code if row.party else "",
        region=row.region,
    )

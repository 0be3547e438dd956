"""Reading directories: what stands in them, what everybody sees, and how many in which division."""

from collections import Counter
from collections.abc import Mapping
from datetime import date

from django.db.models import Case, Count, F, Q, QuerySet, Value, When
from django.db.models.functions import Concat, Left

from qilian.core.offers.offers.api import scope_of
from qilian.core.offers.packs.api import offer_at
from qilian.core.rights.grants.api import Scope
from qilian.core.values import clock
from qilian.core.values.text import Ref, Refusal, Text
from qilian.engines.registry.parties.api import Party

from .kernel.life import EntryStatus
from .models import DirectoryEntry
from .offering import Directory

RENEW_DAYS = 30
"""Days before the end of a term from which a re-evaluation is due."""


def directory_at(path: str) -> Directory:
    """The declared directory at a path; Refusal `registry.directory.unknown` (HTTP 404)."""
    try:
        return offer_at(path, Directory)
    except KeyError:
        message = Text(f"没有“{path}”这个名录。", f"There is no directory “{path}”.")
        raise Refusal("registry.directory.unknown", message, where=path) from None


def entries(path: str) -> QuerySet[DirectoryEntry]:
    """All entries of a directory, also those that nobody sees yet, by number; those without one last."""
    rows = DirectoryEntry.objects.filter(offer=path).select_related("party")
    return rows.order_by(Case(When(number="", then=Value(1)), default=Value(0)), "number", "pk")


def public_entries(path: str) -> QuerySet[DirectoryEntry]:
    """The entries that everybody sees: listed ones, suspended ones, and those that left after they were public."""
    return entries(path).filter(published=True)


def entry_by_code(path: str, code: str) -> DirectoryEntry:
    """An entry of a directory by its public code; Refusal `registry.entry.unknown` (HTTP 404)."""
    row = entries(path).filter(code=code).first()
    if row is None:
        raise Refusal("registry.entry.unknown", Text("名录里没有这一条。", "No such entry."), where=code)
    return row


def in_force(rows: QuerySet[DirectoryEntry], on: date) -> QuerySet[DirectoryEntry]:
    """Those of the rows that count as listed on a day."""
    lasting = Q(valid_to__isnull=True) | Q(valid_to__gte=on)
    return rows.filter(lasting, state="listed", valid_from__lte=on)


def overdue(rows: QuerySet[DirectoryEntry], on: date) -> QuerySet[DirectoryEntry]:
    """Those of the rows whose term is over on a day and that have not left."""
    return rows.filter(state__in=("listed", "suspended"), valid_to__lt=on)


def entries_of_party(party: Party) -> QuerySet[DirectoryEntry]:
    """The public entries of a party in every directory, the latest first."""
    return DirectoryEntry.objects.filter(party=party, published=True).order_by("-changed_at", "-pk")


def counts() -> dict[str, int]:
    """How many public entries are in force today in each directory, by path: one query."""
    rows = in_force(DirectoryEntry.objects.filter(published=True), clock.today())
    return dict(rows.values_list("offer").annotate(number=Count("pk")))


def by_region(rows: QuerySet[DirectoryEntry]) -> Mapping[str, int]:
    """How many entries lie in each prefecture, by its code; those of the whole province under the province's own."""
    place = Concat(Left("region", 4), Value("00"))
    found: Counter[str] = Counter()
    for code, number in rows.order_by().values_list(place).annotate(number=Count("pk")):
        found[code if len(code) == 6 else ""] += number
    return found


def status_of(row: DirectoryEntry) -> EntryStatus:
    """Where an entry stands, as the kernel reads it."""
    return EntryStatus(row.state, row.grade, row.valid_from, row.valid_to, row.published)  # type: ignore[arg-type] # the constraint says that state is a State


def entry_scope(row: DirectoryEntry) -> Scope:
    """What grants compare for an act on an entry."""
    return scope_of(row.offer, region=row.region)


def entry_ref(row: DirectoryEntry) -> Ref:
    """An entry as the subject of events."""
    return Ref("registry.entry", row.code)


def ending_soon(rows: QuerySet[DirectoryEntry], on: date, until: date) -> QuerySet[DirectoryEntry]:
    """Those of the rows in force whose term ends between two days."""
    return in_force(rows, on).filter(valid_to__lte=until).order_by(F("valid_to").asc(), "pk")

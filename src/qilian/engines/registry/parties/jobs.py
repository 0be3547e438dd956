"""What the worker does for parties: pinyin by which they are sorted and found, and the search for duplicates."""

from qilian.core.log.outbox.api import job

from .adapters.pinyin import sounds_of
from .models import Party
from .services.merging import suggest, suggest_in


@job("registry.pinyin")
def write_pinyin(*, parties: list[int]) -> None:
    """Write pinyin and initials of some parties (primary keys); those that are gone are no error."""
    rows = list(Party.objects.filter(pk__in=parties).only("pk", "name_key"))
    for row in rows:
        row.pinyin, row.initials = sounds_of(row.name_key)
    Party.objects.bulk_update(rows, ["pinyin", "initials"], batch_size=500)


@job("registry.imported")
def follow_import(*, first: int, last: int) -> None:
    """Write pinyin of the parties that an import brought, a range of primary keys, and look for duplicates of them."""
    rows = list(Party.objects.filter(pk__range=(first, last), pinyin="").only("pk", "name_key"))
    for row in rows:
        row.pinyin, row.initials = sounds_of(row.name_key)
    Party.objects.bulk_update(rows, ["pinyin", "initials"], batch_size=500)
    suggest_in(first, last)


@job("registry.duplicates")
def find_duplicates(*, parties: list[int]) -> None:
    """Look for records that may be the same as some parties (primary keys)."""
    suggest(Party.objects.filter(pk__in=parties, merged_into__isnull=True).exclude(kind="citizen"))

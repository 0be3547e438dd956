"""What the worker does for parties: pinyin, by which they are sorted and found."""

from django.db.models import QuerySet

from qilian.core.log.outbox.api import job

from .adapters.pinyin import sounds_of
from .models import Party


@job("registry.pinyin")
def write_pinyin(*, parties: list[int]) -> None:
    """Write pinyin and initials of some parties (primary keys); those that are gone are no error."""
    _write(Party.objects.filter(pk__in=parties))


@job("registry.pinyin_range")
def write_pinyin_range(*, first: int, last: int) -> None:
    """Write pinyin of the parties that an import brought: a range of primary keys."""
    _write(Party.objects.filter(pk__range=(first, last), pinyin=""))


def _write(found: QuerySet[Party]) -> None:
    rows = list(found.only("pk", "name_key"))
    for row in rows:
        row.pinyin, row.initials = sounds_of(row.name_key)
    Party.objects.bulk_update(rows, ["pinyin", "initials"], batch_size=500)

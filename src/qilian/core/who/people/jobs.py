"""Work of the people room that the worker does."""

from qilian.core.log.outbox.api import job

from .adapters.pinyin import pinyin_of
from .models import Person


@job("people.pinyin")
def write_pinyin(*, person: int) -> None:
    """Write the pinyin of a person's name, by which lists are sorted and searched; no person is no error."""
    for row in Person.objects.filter(pk=person):
        row.name_pinyin = pinyin_of(row.name)
        row.save(update_fields=["name_pinyin"])

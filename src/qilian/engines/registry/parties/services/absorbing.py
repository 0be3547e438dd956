"""What becomes of a record that turned out to be the same party as another one: it rests, and leads there."""

from qilian.core.values import clock
from qilian.engines.registry.parties.models import Party, PartyFigure, PartyName

from .common import write_keys
from .sizing import resize


def absorb(kept: Party, gone: Party) -> None:
    """Let names and figures of a record become those of the one that lives on, and its code lead there.

    Both rows are locked; where both have figures of a day, those of the survivor stay. What other records were merged
    into it before leads to the survivor as well.
    """
    names = dict.fromkeys((gone.name, *(former.name for former in gone.names.all())))
    PartyName.objects.bulk_create(PartyName(party=kept, kind="merged", name=name) for name in names)
    days = PartyFigure.objects.filter(party=kept).values("on")
    PartyFigure.objects.filter(party=gone).exclude(on__in=days).update(party=kept)
    write_keys(kept, kept.names.values_list("name", flat=True))
    resize(kept)
    kept.save()
    gone.status, gone.status_on, gone.merged_into = "merged", clock.today(), kept
    gone.save(update_fields=["status", "status_on", "merged_into"])
    Party.objects.filter(merged_into=gone).update(merged_into=kept)

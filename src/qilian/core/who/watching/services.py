"""Verbs of watching: begin, and end."""

from django.db import transaction

from qilian.core.house.principal import Principal
from qilian.core.log.sentences.api import pointed
from qilian.core.values import clock
from qilian.core.values.text import Ref, Refusal, Text

from .models import Watch
from .queries import MOST, count_watched


@transaction.atomic
def watch(*, actor: Principal, subject: Ref) -> None:
    """Watch a record that one may see; twice changes nothing. Refusals `watching.unknown`, `watching.many`.

    It is nobody's business but one's own, so that no event tells of it.
    """
    if actor.person is None or not pointed(str(subject)).url:
        raise Refusal("watching.unknown", Text("没有可以关注的这条记录。", "There is no such record to watch."))
    if count_watched(actor) >= MOST:
        message = Text(f"最多关注 {MOST} 条记录。", f"At most {MOST} records can be watched.")
        remedy = Text("请先取消一些不再需要的关注。", "Stop watching some of them first.")
        raise Refusal("watching.many", message, remedy=remedy)
    Watch.objects.get_or_create(person_id=actor.person, subject=str(subject), defaults={"at": clock.now()})


@transaction.atomic
def unwatch(*, actor: Principal, subject: Ref) -> None:
    """Watch a record no longer; one that is not watched changes nothing."""
    Watch.objects.filter(person=actor.person, subject=str(subject)).delete()

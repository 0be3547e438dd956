"""Work of the door that the worker does: tries that count for nothing any more are forgotten."""

from django.db.models import Q

from qilian.core.log.outbox.api import job
from qilian.core.values import clock

from .kernel import FORGOTTEN
from .models import SignInTries


@job("signin.forget", cron="55 18 * * *")
def forget() -> None:
    """Remove tries and locks that are over for a day: guessed names would fill the table without an end."""
    past = clock.now() - FORGOTTEN
    SignInTries.objects.filter(Q(until__lt=past) | Q(until=None, since__lt=past)).delete()

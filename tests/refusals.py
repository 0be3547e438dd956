"""What is refused leaves nothing behind."""

from collections.abc import Callable

import pytest
from django.db import transaction

from qilian.core.log.events.api import Event
from qilian.core.values.text import Refusal


def refused(act: Callable[[], object]) -> Refusal:
    """What a verb says when it refuses; no event stands in the log that did not stand there before."""
    before = Event.objects.count()
    with pytest.raises(Refusal) as caught, transaction.atomic():
        act()
    assert Event.objects.count() == before, "a refusal leaves no event"
    return caught.value

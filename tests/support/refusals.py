"""What is refused leaves nothing behind."""

from collections.abc import Callable

import pytest
from django.db import transaction

from qilian.core.log.events.api import Event
from qilian.core.values.text import Refusal


def refused(act: Callable[[], object]) -> Refusal:
    """What a verb says when it refuses, in both languages; no event is in the log that was not there before."""
    before = Event.objects.count()
    with pytest.raises(Refusal) as caught, transaction.atomic():
        act()
    assert Event.objects.count() == before, "a refusal leaves no event"
    assert caught.value.message.zh and caught.value.message.en
    return caught.value


def code_of(act: Callable[[], object]) -> str:
    """The code of what a verb says when it refuses."""
    return refused(act).code


def refused_with(code: str, act: Callable[[], object]) -> Refusal:
    """What a verb says when it refuses with a code."""
    found = refused(act)
    assert found.code == code, f"{found.code}: {found.message.zh}"
    return found

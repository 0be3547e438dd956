"""Verbs that no page and no program calls, and why."""

from collections.abc import Callable
from typing import Any, TypeVar

Verb = TypeVar("Verb", bound=Callable[..., Any])
_REASON = "internal_reason"


def internal(reason: str) -> Callable[[Verb], Verb]:
    """Mark a verb with an actor that is no operation of a resource, with the reason; it stands above `atomic`."""

    def mark(verb: Verb) -> Verb:
        setattr(verb, _REASON, reason)
        return verb

    return mark


def internal_reason(verb: object) -> str:
    """Why a verb is no operation; "" for one that must be."""
    return str(getattr(verb, _REASON, ""))

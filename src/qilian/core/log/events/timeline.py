"""The events of a record as its page shows them: when, what, who, and where it can be verified."""

from collections.abc import Callable, Iterable

from django.contrib.auth import get_user_model
from django.db.models import Q
from django.urls import reverse

from qilian.core.house.pages import Proof, TimelineEntry
from qilian.core.values.text import Ref, Text

from .models import Event
from .queries import written
from .registry import types

TIMELINE_LENGTH = 200
_SYSTEM, _NOBODY = Text("系统", "System"), Text("未登录者", "A visitor")


def timeline(
    *subjects: Ref, clause: str = "", note: Callable[[Event], str] = lambda _event: "", **said: str
) -> list[TimelineEntry]:
    """Return what happened to some records, and about a clause, in the current language: the latest first, 200 at most.

    `note` adds words to an event; `said` keeps events whose body says so (`contact="7x"`)."""
    body = {f"data__{name}": each for name, each in said.items()}
    about = Q(subject__in=[str(subject) for subject in subjects], **body)
    events = list(written().filter(about | Q(clause=clause) if clause else about)[:TIMELINE_LENGTH])
    names = actor_names(events)
    return [
        TimelineEntry(
            at=event.at,
            title=event_title(event),
            actor=str(names[event.actor]),
            note="；".join(filter(None, (note(event), _on_behalf(names.get(event.on_behalf))))),
            proof=proof_of(event),
        )
        for event in events
    ]


def event_title(event: Event) -> Text:
    """Return what a type of event is called; its name when no loaded module registers it."""
    kind = types().get((event.type, event.version))
    return kind.title if kind else Text(event.type, event.type)


def actor_names(events: Iterable[Event]) -> dict[str, str | Text]:
    """Return who stands behind the actors and principals of some events, by their written form: one query."""
    written = {name for event in events for name in (event.actor, event.on_behalf) if name}
    codes = [name.removeprefix("core.person:") for name in written if name.startswith("core.person:")]
    people = get_user_model().objects.filter(code__in=codes).values_list("code", "name") if codes else ()
    known: dict[str, str | Text] = {f"core.person:{code}": name for code, name in people}
    return {name: known.get(name) or actor_word(name) for name in written}


def proof_of(event: Event) -> Proof:
    """Return where an event stands in the log; without a sequence until the sealer has come to it."""
    digest = bytes(event.digest).hex()
    if not hasattr(event, "seal"):
        return Proof(None, digest)
    return Proof(event.seal.sequence, digest, reverse("receipts:page", args=[event.seal.sequence, digest]))


def actor_word(name: str) -> str | Text:
    """Return what somebody is called of whom no name is known: the system, a visitor, else as it is written."""
    if name.startswith("system:"):
        return _SYSTEM
    return _NOBODY if name == "anonymous" else name


def _on_behalf(name: str | Text | None) -> str:
    return str(Text("代{name}", "for {name}").filled(name=name)) if name else ""

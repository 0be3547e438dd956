"""Where two engines meet: an event of one calls a verb of the other, by a job written in the event's transaction."""

from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass
from typing import get_type_hints

from qilian.core.house.principal import current_principal
from qilian.core.log.events.api import Event, body_of, event_numbered, follow, types
from qilian.core.values.text import Ref

from .kernel import lacking
from .registry import job
from .services import later_many

_links: dict[str, list[str]] = {}


def on_event(event_type: str, job_name: str) -> None:
    """Let every event of a type write a job, in the event's own transaction: it is called with `event=<its key>`.

    The same link twice is harmless. TypeError for an unregistered event type.
    """
    _bodies(event_type)
    names = _links.setdefault(event_type, [])
    if job_name not in names:
        names.append(job_name)


def link(*, on: str, do: str, takes: type, run: Callable[..., object]) -> None:
    """Let every event `on` call the verb `do` of another engine with a value of its own dataclass `takes`.

    `run(value, actor=…, cause=…)` gets the principal of the job and the `Ref` of the event, by which it can tell a
    second run. TypeError unless every field of `takes` has the same name and type in the event, in each version.
    """
    for body in _bodies(on):
        missing = lacking(get_type_hints(body), _wanted(takes))
        if missing:
            raise TypeError(f"{on} → {do}: the event has no {', '.join(missing)} of the same type")
    name = f"{on} → {do}"

    def call(*, event: int) -> None:
        body = body_of(event_numbered(event))
        value = takes(**{item: getattr(body, item) for item in _wanted(takes)})
        run(value, actor=current_principal(), cause=Ref("core.event", str(event)))

    call.__qualname__ = f"link({name})"
    job(name)(call)
    on_event(on, name)


def links() -> dict[str, tuple[str, ...]]:
    """Return which jobs follow which type of event."""
    return {event_type: tuple(names) for event_type, names in _links.items()}


def _bodies(event_type: str) -> list[type]:
    found = [kind.body for (name, _), kind in types().items() if name == event_type]
    if not found:
        raise TypeError(f"no event type is called {event_type}")
    return found


def _wanted(takes: type) -> dict[str, object]:
    if not is_dataclass(takes):
        raise TypeError(f"{takes.__name__} is not a dataclass")
    hints = get_type_hints(takes)
    return {item.name: hints[item.name] for item in fields(takes)}


def _write_jobs(events: Sequence[Event]) -> None:
    for event_type, names in _links.items():
        for name in names:
            later_many(name, [{"event": event.pk} for event in events if event.type == event_type])


follow(_write_jobs)

"""Tell a story: play its scenes one after another, each as its actor, at its time, through the verbs it calls."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any

from django.db import transaction

from qilian.core.house.principal import SYSTEM, Principal, acting
from qilian.core.log.events.api import emit, event_type, events_of, written
from qilian.core.values.clock import allow_standing, standing_at
from qilian.core.values.text import Ref, Refusal, Text

from .kernel import Scene, Teller, Told, later

Cast = Callable[[str], Principal]


def tell(teller: Teller, *, seed: int, start: datetime, cast: Cast) -> Told:
    """Tell a seeded story from a moment on; `cast` turns a login into the principal who acts.

    The result of a scene goes back into the story. AssertionError when a scene that should be refused is not, is
    refused with another code, or appends an event nevertheless: a lawful refusal changes nothing.
    """
    story = teller(Random(seed))
    moment, scenes, before = start, 0, written().count()
    refusals: list[str] = []
    try:
        scene = next(story)
        while True:
            moment = later(moment, scene.hours)
            result = _play(scene, moment, cast)
            scenes += 1
            if scene.refused:
                refusals.append(scene.refused)
            scene = story.send(result)
    except StopIteration:
        return Told(scenes, tuple(refusals), written().count() - before)


@event_type("core.story.told", title=Text("演示故事", "Story told"), measures=("scenes", "refusals"))
@dataclass(frozen=True, slots=True)
class StoryTold:
    """A story was told to its end in this demonstration."""

    seed: int
    scenes: int
    refusals: int


@transaction.atomic
def tell_once(name: str, teller: Teller, *, seed: int, start: datetime, cast: Cast) -> Told | None:
    """Tell a story unless this database has heard it: whole or, when it is cut off, not at all. None: told before."""
    subject = Ref("core.story", name)
    if events_of(subject).exists():
        return None
    told = tell(teller, seed=seed, start=start, cast=cast)
    emit(StoryTold(seed, told.scenes, len(told.refusals)), actor=SYSTEM, subject=subject)
    return told


def told_stories() -> frozenset[str]:
    """Return the names of the stories that this database has heard."""
    subjects = written().filter(type="core.story.told").values_list("subject", flat=True)
    return frozenset(subject.partition(":")[2] for subject in subjects)


def _play(scene: Scene, moment: datetime, cast: Cast) -> Any:
    with allow_standing(), standing_at(moment), acting(cast(scene.actor)) as principal:
        return _refused(scene, principal) if scene.refused else scene.act(principal)


def _refused(scene: Scene, principal: Principal) -> Refusal:
    before = written().count()
    try:
        with transaction.atomic():
            scene.act(principal)
    except Refusal as refusal:
        assert refusal.code == scene.refused, f"refused with {refusal.code}, expected {scene.refused}"
        assert written().count() == before, f"{scene.refused} left an event behind"
        return refusal
    raise AssertionError(f"{scene.actor} should have been refused with {scene.refused}")

"""The demonstration's stories, told one after another by the worker while pages answer already, and how far it is."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.conf import settings

from qilian.core.log.outbox.api import job, later, queued
from qilian.core.offers.stories.api import tell_once, told_stories
from qilian.core.values import clock
from qilian.core.values.text import Text

from .demo import MONTH_DAYS, SEED, cast_from, enter, story_names, tales

_TELL = "demo.tell"
_done = [False]


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of the demonstration's stories were told."""

    told: int
    of: int

    @property
    def words(self) -> Text:
        """Say it in a sentence."""
        return Text("正在讲述演示故事：{told}／{of}", "the demonstration is being told: {told} of {of} stories").filled(
            told=str(self.told), of=str(self.of)
        )


def begin() -> None:
    """Enter the province and its people, and hand every story that was not told to the worker; again is harmless.

    Province, people and grants begin a month ago, when the stories begin.
    """
    start = clock.now() - timedelta(days=MONTH_DAYS)
    enter(start)
    handed = {row.args.get("name") for row in queued().filter(task_name=_TELL)}
    for name in sorted({*story_names()} - told_stories() - handed, key=story_names().index):
        later(_TELL, lock=_TELL, name=name, start=start.isoformat())
    _write_down()


@job(_TELL)
def tell_one(*, name: str, start: str) -> None:
    """Tell one story unless it was told; the file that the command line reads is written after it."""
    began = datetime.fromisoformat(start)
    tell_once(name, dict(tales())[name], seed=SEED, start=began, cast=cast_from(began))
    _write_down()


def progress() -> Progress | None:
    """Return how far the demonstration is; None when all of it was told, which this process then remembers."""
    if _done[0]:
        return None
    found = _found()
    _done[0] = found.told == found.of
    return None if _done[0] else found


def _found() -> Progress:
    names = story_names()
    return Progress(len(told_stories() & {*names}), len(names))


def _write_down() -> None:
    """Tell the command line, which has no door to the database."""
    path = settings.VAR / "run" / "demo.progress.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(asdict(_found())))
    fresh.replace(path)

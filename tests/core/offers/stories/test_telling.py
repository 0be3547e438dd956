"""Telling: scenes act as their actors, refusals are lawful and change nothing."""

from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random

import pytest

from qilian.core.house.principal import Principal, current_principal
from qilian.core.log.events.api import emit, event_type, written
from qilian.core.offers.stories.api import Scene, Story, tell
from qilian.core.values import clock
from qilian.core.values.text import Ref, Refusal, Text

pytestmark = pytest.mark.django_db
START = datetime(2026, 3, 2, 1, tzinfo=UTC)


@event_type("test.story.deed", title=Text("做事", "Deed"))
@dataclass(frozen=True, slots=True)
class Deed:
    """Something was done, in this test."""

    by: str


def cast(login: str) -> Principal:
    return Principal("person", code=login, name=login)


def do(me: Principal) -> str:
    emit(Deed(current_principal().name), actor=me, subject=Ref("test", "1"))
    return me.name


def refuse(me: Principal) -> None:
    raise Refusal("test.no", Text("不行。", "No."))


def half(me: Principal) -> None:
    do(me)
    refuse(me)


def test_a_story_is_told_by_its_actors_at_its_times() -> None:
    heard: list[str] = []

    def month(chance: Random) -> Story:
        heard.append((yield Scene("liaison", do, hours=2)))
        heard.append((yield Scene("auditor", do, hours=8)))
        refusal = yield Scene("liaison", half, refused="test.no")
        heard.append(refusal.code)

    told = tell(month, seed=7, start=START, cast=cast)
    assert (told.scenes, told.refusals, told.events) == (3, ("test.no",), 2)
    assert heard == ["liaison", "auditor", "test.no"]
    first, second = written().order_by("id")
    assert (first.actor, first.data["by"]) == ("core.person:liaison", "liaison")
    assert first.at == datetime(2026, 3, 2, 3, tzinfo=UTC) and second.at > first.at
    with pytest.raises(RuntimeError), clock.standing_at(START):
        pass


@pytest.mark.parametrize(("act", "says"), [(do, "should have been refused"), (refuse, "refused with test.no")])
def test_a_refusal_that_does_not_come_fails_the_story(act: object, says: str) -> None:
    def month(chance: Random) -> Story:
        yield Scene("liaison", act, refused="test.other")  # type: ignore[arg-type] # one of the acts above

    with pytest.raises(AssertionError, match=says):
        tell(month, seed=1, start=START, cast=cast)

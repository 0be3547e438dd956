"""Every story that a part or pack tells: to its end, with a lawful refusal, twice the same, and never told twice."""

from datetime import UTC, datetime
from importlib import import_module

import pytest

from qilian.core.house.parts.api import parts
from qilian.core.house.principal import Principal
from qilian.core.log.events.api import written
from qilian.core.offers.stories.api import tell, tell_once
from qilian.core.values.text import Refusal
from qilian.web import demo

pytestmark = pytest.mark.django_db
START = datetime(2026, 3, 2, 1, tzinfo=UTC)
STORIES = [(part.name, part.story) for part in parts() if part.story]


def test_some_part_has_a_story() -> None:
    assert STORIES


@pytest.mark.parametrize(("name", "module"), STORIES, ids=[name for name, _ in STORIES])
def test_without_any_right_it_goes_nowhere(name: str, module: str) -> None:
    demo.load_province()
    before = written().count()
    with pytest.raises(Refusal) as refused:
        tell(
            import_module(module).month,
            seed=1,
            start=START,
            cast=lambda login: Principal("person", code=login, name=login),
        )
    assert refused.value.code == "grants.denied" and written().count() == before


def test_an_unfinished_story_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    name, module = STORIES[0]
    demo.load_province()
    before = written().count()
    with pytest.raises(Refusal) as refused:
        tell_once(
            name, import_module(module).month, seed=1, start=START, cast=lambda login: Principal("person", code=login)
        )
    assert refused.value.code == "grants.denied" and written().count() == before

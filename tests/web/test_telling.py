"""The demonstration's stories are handed to the worker, each once, and pages say how far it is until all are told."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from qilian.core.house.principal import SYSTEM
from qilian.core.log.events.api import written
from qilian.core.log.keyring.api import ensure, ring_path
from qilian.core.log.outbox.api import queued, run_due
from qilian.core.offers.stories.api import told_stories
from qilian.core.values import clock
from qilian.core.values.text import speaking
from qilian.core.who.people.api import register_person
from qilian.web import demo, telling
from qilian.web.cli import progress
from qilian.web.layout.health import examine

pytestmark = pytest.mark.django_db


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> tuple[str, ...]:
    """A demonstration of two stories that writes into a folder of its own."""
    names = demo.story_names()[:2]
    monkeypatch.setattr(telling, "story_names", lambda: names)
    monkeypatch.setattr(telling, "_done", [False])
    monkeypatch.setenv("QILIAN_VAR", str(tmp_path))
    settings.VAR, settings.MODE = tmp_path, "demo"
    ensure(ring_path(tmp_path / "keys", "demo"), at=clock.now())
    return names


def banner() -> str:
    page = Client(headers={"accept-language": "en"}).get("/plan/").content.decode()
    return page.partition('class="banner"')[2].partition("</p>")[0]


def handed() -> list[str]:
    return [row.args["name"] for row in queued().filter(task_name="demo.tell").order_by("id")]


def test_names_are_those_of_the_tales() -> None:
    assert demo.story_names() == tuple(name for name, _ in demo.tales())


def test_each_story_is_handed_over_once_and_told_with_its_progress_on_every_page(short: tuple[str, ...]) -> None:
    telling.begin()
    telling.begin()
    assert handed() == list(short) and progress.read() == (0, 2)
    assert "the demonstration is being told: 0 of 2 stories" in banner()
    run_due()
    assert told_stories() == set(short) and handed() == [] and progress.read() == (2, 2)
    assert telling.progress() is None and "being told" not in banner()
    telling.begin()
    assert handed() == []


def test_a_story_that_was_handed_over_twice_is_told_once(short: tuple[str, ...]) -> None:
    telling.begin()
    (name, start) = (queued().filter(task_name="demo.tell").order_by("id")[0].args[key] for key in ("name", "start"))
    telling.tell_one(name=name, start=start)
    telling.tell_one(name=name, start=start)
    assert told_stories() == {name}
    found = telling.progress()
    assert found == telling.Progress(1, 2)
    with speaking("zh"):
        assert str(found.words) == "正在讲述演示故事：1／2"


def test_what_stories_tell_of_the_past_month_is_not_a_sealer_that_is_behind(short: tuple[str, ...]) -> None:
    telling.begin()
    run_due()
    assert written().filter(seal=None, at__lt=clock.now() - timedelta(days=1)).exists()
    assert examine()["sealer"].ok
    with clock.allow_standing(), clock.standing_at(clock.now() - timedelta(minutes=10)):
        register_person(actor=SYSTEM, login="late", name="迟到")
    assert not examine()["sealer"].ok


def test_the_foreground_says_what_is_new_and_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("QILIAN_VAR", str(tmp_path))
    monkeypatch.setattr(progress, "_PAUSE", 0.0)
    (tmp_path / "run").mkdir()
    line = progress.Progress()
    with speaking("en"):
        for told in (None, 1, 1, 3, 3):
            if told is not None:
                (tmp_path / "run/demo.progress.json").write_text(json.dumps({"told": told, "of": 3}))
            line.tell()
    said = capsys.readouterr().err.splitlines()
    assert said == ["· the demonstration is being told: 1 of 3 stories", "· the demonstration is told"]
    with speaking("en"):
        progress.Progress().tell()
    assert capsys.readouterr().err == "", "what was told long ago is no news"

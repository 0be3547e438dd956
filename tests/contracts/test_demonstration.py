"""The demonstration as a whole: every story told once, with a lawful refusal each."""

import pytest

from qilian.core.log.events.api import written
from qilian.core.log.proofs.api import covered
from qilian.core.offers.stories.api import told_stories
from qilian.web import demo

pytestmark = [pytest.mark.usefixtures("demonstration"), pytest.mark.django_db]


def test_the_demonstration_tells_every_story_once_and_each_meets_a_lawful_refusal() -> None:
    """Parts and declared offers alike; what each offer's story must hold is in `test_offers.py`."""
    told = {row.subject.partition(":")[2]: row.data for row in written().filter(type="core.story.told")}
    assert set(told) == told_stories() == {name for name, _ in demo.tales()}
    for name, data in told.items():
        assert data["scenes"] > 1 and data["refusals"] >= 1, name
    before = written().count()
    demo.fill()
    assert written().count() == before, "a second filling adds nothing"


def test_the_log_covers_every_row_that_was_told() -> None:
    assert [(str(title), wrong) for title, rows in covered() for wrong in rows()] == []

"""Office hours of stories: never at night, at noon or at a weekend, and always forward."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from qilian.core.offers.stories.kernel import Scene, Told, later


@given(st.datetimes(datetime(2015, 1, 1), datetime(2030, 1, 1)), st.integers(1, 60))
def test_a_scene_plays_in_office_hours(moment: datetime, hours: int) -> None:
    start = moment.replace(tzinfo=UTC)
    then = later(start, hours)
    assert then > start - timedelta(hours=1)
    assert then.weekday() < 5 and (9 <= then.hour < 12 or 14 <= then.hour < 18)


def test_noon_night_and_weekend_are_skipped() -> None:
    friday = datetime(2026, 11, 20, 3, tzinfo=UTC)  # 11:00 in Shanghai
    assert [later(friday, n).strftime("%a %H") for n in (1, 4, 5)] == ["Fri 14", "Fri 17", "Mon 09"]
    sunday = datetime(2026, 11, 22, 3, tzinfo=UTC)
    assert later(sunday, 1).strftime("%a %H") == "Mon 09"
    assert later(friday, 0) == friday


def test_scenes_and_what_was_told_are_values() -> None:
    assert Scene("a", lambda me: me.name).hours == 1
    assert Told(1, (), 0) == Told(1, (), 0)


def test_a_saturday_morning_waits_for_monday_nine() -> None:
    saturday = datetime(2026, 11, 21, 2, tzinfo=UTC)  # 10:00 in Shanghai
    assert later(saturday, 1).strftime("%a %H") == "Mon 09"


def test_whoever_begins_at_noon_goes_on_at_two() -> None:
    noon = datetime(2026, 11, 20, 4, 30, tzinfo=UTC)  # 12:30 in Shanghai
    assert [later(noon, n).strftime("%a %H") for n in (1, 2, 4, 5)] == ["Fri 14", "Fri 15", "Fri 17", "Mon 09"]

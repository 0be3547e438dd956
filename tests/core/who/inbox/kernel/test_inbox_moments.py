"""An item at the very moment that it is due, and at midnight."""

from datetime import UTC, datetime, timedelta

from qilian.core.who.inbox.kernel import light_of, when

NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)
TOMORROW = datetime(2026, 3, 2, 16, tzinfo=UTC)  # midnight in Shanghai
MOMENT = timedelta(microseconds=1)


def test_what_is_due_now_is_not_overdue_yet() -> None:
    assert [when(NOW + by, now=NOW, tomorrow=TOMORROW) for by in (-MOMENT, timedelta(), MOMENT)] == [
        "overdue",
        "today",
        "today",
    ]
    assert [light_of("amber", NOW + by, NOW) for by in (-MOMENT, timedelta())] == ["red", "amber"]
    assert light_of("green", None, NOW) == "green"


def test_midnight_belongs_to_tomorrow() -> None:
    assert [when(TOMORROW + by, now=NOW, tomorrow=TOMORROW) for by in (-MOMENT, timedelta())] == ["today", "later"]
    assert when(None, now=NOW, tomorrow=TOMORROW) == "later"

"""Who opens whose account, for how long: counted by hand."""

from datetime import UTC, datetime, timedelta

import pytest

from qilian.core.door.recovery.kernel import KINDS, check_asker, check_confirmation, check_request, check_showing
from qilian.core.values.text import Refusal

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
SOUND = {"kind": "password", "subject": "", "reason": "当面查验", "own": False, "active": True}
SHOWN = {
    "kind": "password",
    "state": "approved",
    "mine": True,
    "issued": None,
    "decided": NOON - timedelta(days=1),
    "now": NOON,
}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"kind": "*"}, "recovery.kind"),
        ({"own": True}, "recovery.oneself"),
        ({"active": False}, "people.person.inactive"),
        ({"reason": ""}, "recovery.reason"),
        ({"subject": "official-7"}, "recovery.subject"),
        ({"kind": "factors", "subject": "x"}, "recovery.subject"),
        ({"kind": "identity"}, "recovery.subject"),
        ({"kind": "identity", "subject": "x" * 256}, "recovery.subject"),
    ],
)
def test_requests_that_are_refused(change: dict[str, object], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        check_request(**{**SOUND, **change})
    assert refused.value.code == code


def test_requests_that_are_taken() -> None:
    for kind in KINDS:
        check_request(**{**SOUND, "kind": kind, "subject": "x" * 255 if kind == "identity" else ""})


def test_a_confirmation_is_anothers_and_within_a_week() -> None:
    check_confirmation(asked=NOON - timedelta(days=7), now=NOON, own=False)
    for asked, own, code in ((NOON, True, "oneself"), (NOON - timedelta(days=7, seconds=1), False, "old")):
        with pytest.raises(Refusal) as refused:
            check_confirmation(asked=asked, now=NOON, own=own)
        assert refused.value.code == f"recovery.{code}"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"kind": "factors"}, "nothing"),
        ({"state": "proposed", "decided": None}, "nothing"),
        ({"decided": None}, "nothing"),
        ({"mine": False}, "not_yours"),
        ({"issued": NOON}, "issued"),
        ({"decided": NOON - timedelta(days=1, seconds=1)}, "over"),
    ],
)
def test_a_password_is_shown_once_to_who_confirmed_it_and_within_a_day(change: dict[str, object], code: str) -> None:
    check_showing(**SHOWN)
    with pytest.raises(Refusal) as refused:
        check_showing(**{**SHOWN, **change})
    assert refused.value.code == f"recovery.{code}"


def test_who_asked_may_ask_still() -> None:
    check_asker(True)
    with pytest.raises(Refusal) as refused:
        check_asker(False)
    assert refused.value.code == "recovery.asker"

"""Claims and mandates: what is missing, what may become of them, and why somebody may not act, each a sentence."""

from datetime import date

import pytest

from qilian.core.values.text import Refusal
from qilian.engines.registry.representation.kernel.claims import Asked, editable, missing, move
from qilian.engines.registry.representation.kernel.invitations import OPEN_MOST, begins, check_room, settle
from qilian.engines.registry.representation.kernel.mandates import Mandate, check_term, why_not

TODAY, PAST, SOON = date(2026, 3, 2), date(2026, 3, 1), date(2026, 9, 1)


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        (Asked("legal", None, 1), []),
        (Asked("operator", SOON, 1), []),
        (Asked("", None, 1), ["role"]),
        (Asked("self", None, 1), ["role"]),
        (Asked("operator", None, 1), ["until"]),
        (Asked("operator", PAST, 0), ["until", "evidence"]),
    ],
)
def test_what_a_claim_lacks(asked: Asked, codes: list[str]) -> None:
    assert [refusal.code.removeprefix("registry.claim.") for refusal in missing(asked, TODAY)] == codes


def test_a_claim_moves_forward_only() -> None:
    assert move("draft", "submitted") == "submitted" and move("submitted", "returned") == "returned"
    assert move("returned", "submitted") == "submitted" and move("submitted", "approved") == "approved"
    for state in ("approved", "refused", "withdrawn"):
        with pytest.raises(Refusal) as caught:
            move(state, "submitted")
        assert caught.value.code == "registry.claim.state"
    editable("draft")
    editable("returned")
    with pytest.raises(Refusal):
        editable("submitted")


def test_a_mandate_runs_from_day_to_day_until_it_is_revoked() -> None:
    mandate = Mandate("operator", TODAY, SOON)
    assert mandate.runs(TODAY) and mandate.runs(SOON)
    assert not mandate.runs(PAST) and not mandate.runs(date(2026, 9, 2))
    revoked = Mandate("operator", PAST, None, TODAY)
    assert revoked.runs(PAST) and not revoked.runs(TODAY) and Mandate("legal", PAST).runs(date(2099, 1, 1))
    assert [
        each.over(TODAY) for each in (mandate, revoked, Mandate("legal", PAST), Mandate("operator", PAST, PAST))
    ] == [
        False,
        True,
        False,
        True,
    ]


@pytest.mark.parametrize(
    ("first", "last", "giver", "code"),
    [
        (PAST, SOON, None, "past"),
        (SOON, TODAY, None, "reversed"),
        (TODAY, None, Mandate("legal", PAST), "open"),
        (TODAY, date(2030, 1, 1), Mandate("legal", PAST), "long"),
        (TODAY, SOON, Mandate("legal", PAST, date(2026, 8, 31)), "beyond"),
    ],
)
def test_terms_that_cannot_be(first: date, last: date, giver: Mandate, code: str) -> None:
    with pytest.raises(Refusal) as caught:
        check_term(first, last, TODAY, giver)
    assert caught.value.code == f"registry.mandate.{code}"


def test_all_that_is_wrong_with_a_term_is_told_at_once() -> None:
    with pytest.raises(Refusal) as caught:
        check_term(PAST, date(2020, 1, 1), TODAY, Mandate("legal", PAST, date(2019, 1, 1)))
    assert [each.code.removeprefix("registry.mandate.") for each in caught.value.every] == [
        "past",
        "reversed",
        "beyond",
    ]


def test_terms_that_can_be() -> None:
    check_term(TODAY, None, TODAY)
    check_term(TODAY, SOON, TODAY, Mandate("legal", PAST))
    check_term(TODAY, SOON, TODAY, Mandate("legal", PAST, SOON))


def test_why_somebody_may_not_act() -> None:
    assert why_not("甲公司", [], TODAY, "").code == "registry.party.stranger"
    expired = why_not("甲公司", [Mandate("operator", date(2025, 1, 1), PAST)], TODAY, "李春晓")
    assert (
        expired.code == "registry.mandate.expired" and expired.message.zh == "您对“甲公司”的授权已于 2026-03-01 到期。"
    )
    assert str(expired.remedy) == "请联系李春晓。"
    mandates = [
        Mandate("operator", date(2026, 1, 1), SOON, PAST),
        Mandate("operator", date(2025, 1, 1), date(2025, 2, 1)),
    ]
    revoked = why_not("甲公司", mandates, TODAY, "")
    assert revoked.code == "registry.mandate.revoked" and "认领" in str(revoked.remedy)
    coming = why_not(
        "甲公司", [Mandate("operator", SOON, None), Mandate("legal", date(2027, 1, 1), None, PAST)], TODAY, ""
    )
    assert coming.code == "registry.mandate.coming" and "2026-09-01" in coming.message.en


def test_an_invitation_is_settled_once() -> None:
    assert settle("open", "accepted") == "accepted" and settle("open", "withdrawn") == "withdrawn"
    for state in ("accepted", "declined", "withdrawn"):
        with pytest.raises(Refusal) as caught:
            settle(state, "accepted")
        assert caught.value.code == "registry.invitation.state"


def test_what_is_accepted_begins_today_or_on_its_first_day() -> None:
    assert (
        begins(PAST, SOON, TODAY) == TODAY and begins(SOON, SOON, TODAY) == SOON and begins(PAST, TODAY, TODAY) == TODAY
    )
    with pytest.raises(Refusal) as caught:
        begins(PAST, PAST, TODAY)
    assert caught.value.code == "registry.invitation.lapsed" and "2026-03-01" in caught.value.message.zh


def test_few_enough_invitations_wait() -> None:
    check_room(OPEN_MOST - 1)
    with pytest.raises(Refusal) as caught:
        check_room(OPEN_MOST)
    assert caught.value.code == "registry.invitation.many"

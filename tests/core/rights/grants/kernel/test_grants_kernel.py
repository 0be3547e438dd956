"""Grants in memory: default deny, wildcards, scopes, terms, and administrators who stand apart."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qilian.core.rights.grants.kernel import (
    AUDIT_ADMINISTRATOR,
    ROLES,
    SECURITY_ADMINISTRATOR,
    SYSTEM_ADMINISTRATOR,
    Permit,
    Scope,
    applies,
    covers,
    decide,
    incompatibility,
    matches,
    overlap,
    region_prefix,
    roles_of,
)

DAY = date(2026, 3, 1)
ANY = Permit(("*",))


def test_without_a_permit_the_answer_is_no() -> None:
    assert not decide([], "plan.publish", Scope(), DAY)
    assert not decide([Permit(())], "plan.publish", Scope(), DAY)


@pytest.mark.parametrize(
    ("pattern", "action", "fits"),
    [
        ("*", "plan.publish", True),
        ("plan.*", "plan.publish", True),
        ("plan.*", "plan.version.publish", True),
        ("plan.*", "planning.publish", False),
        ("plan.*", "plan", False),
        ("plan.publish", "plan.publish", True),
        ("plan.publish", "plan.publish.all", False),
        ("plan*", "plan.publish", False),
    ],
)
def test_patterns(pattern: str, action: str, fits: bool) -> None:
    assert matches(pattern, action) is fits


@pytest.mark.parametrize(
    ("first", "last", "runs"),
    [
        (None, None, True),
        (DAY, DAY, True),
        (date(2026, 3, 2), None, False),
        (None, date(2026, 2, 28), False),
        (date(2026, 1, 1), date(2026, 12, 31), True),
    ],
)
def test_terms_include_both_ends(first: date | None, last: date | None, runs: bool) -> None:
    assert applies(Permit(("view",), valid_from=first, valid_to=last), "view", DAY) is runs


def test_an_empty_field_of_a_record_fits_only_an_unlimited_grant() -> None:
    limited = Permit(("view",), Scope(unit="fgw"))
    assert not decide([limited], "view", Scope(), DAY)
    assert decide([limited], "view", Scope(unit="fgw", clause="2.7.2"), DAY)
    assert not decide([limited], "view", Scope(unit="gxt"), DAY)
    assert decide([Permit(("view",))], "view", Scope(), DAY)


@pytest.mark.parametrize(
    ("granted", "asked", "inside"),
    [
        ("630000", "630102", True),
        ("630100", "630102", True),
        ("630102", "630102", True),
        ("630102", "630103", False),
        ("630200", "630102", False),
        ("630100", "", False),
    ],
)
def test_a_region_contains_those_below_it(granted: str, asked: str, inside: bool) -> None:
    assert covers(Scope(region=granted), Scope(region=asked)) is inside


@given(st.from_regex(r"[1-9][0-9]{5}", fullmatch=True))
def test_a_region_contains_itself(code: str) -> None:
    assert code.startswith(region_prefix(code))


@given(st.sampled_from(["*", "a.*", "a.b", "a.b.*", "a.b.c", "b"]), st.sampled_from(["*", "a.*", "a.b", "a.b.*", "b"]))
def test_overlap_is_symmetric_and_follows_from_a_common_action(one: str, other: str) -> None:
    assert overlap(one, other) is overlap(other, one)
    actions = ("a", "b", "a.b", "a.b.c", "a.x", "a.b.x")
    if any(matches(one, action) and matches(other, action) for action in actions):
        assert overlap(one, other)


def test_three_administrators_stand_apart() -> None:
    for role, actions in ROLES.items():
        assert roles_of(actions) == {role}
        assert incompatibility(actions) is None
        for other, further in ROLES.items():
            assert (incompatibility([*actions, *further]) is None) is (role == other)
    assert incompatibility(["*"]) is not None
    assert incompatibility([]) is None


def test_who_gives_rights_or_watches_does_no_business() -> None:
    for role in (SECURITY_ADMINISTRATOR, AUDIT_ADMINISTRATOR):
        assert incompatibility([*ROLES[role], "plan.publish"]) is not None
        assert incompatibility([ROLES[role][0].replace("*", "view")]) is None
    assert incompatibility([*ROLES[SYSTEM_ADMINISTRATOR], "plan.publish"]) is None
    assert incompatibility(["plan.publish", "sharing.*"]) is None


def test_wild_patterns_overlap_only_below_the_same_name() -> None:
    assert overlap("plan.*", "plan.draft.*") and overlap("plan.draft.*", "plan.*") and overlap("*", "plan.*")
    assert not overlap("plan.*", "planning.*") and not overlap("plan.draft.*", "plan.drafts.*")


@pytest.mark.parametrize(
    ("granted", "asked", "inside"),
    [
        ("testing/", "testing/instruments", True),
        ("testing/", "testing", False),
        ("testing/", "testing-two/instruments", False),
        ("testing/instruments", "testing/instruments", True),
        ("testing/instruments", "testing/instruments-two", False),
        ("testing/", "", False),
    ],
)
def test_a_grant_for_a_pack_covers_its_offers(granted: str, asked: str, inside: bool) -> None:
    assert covers(Scope(offer=granted), Scope(offer=asked)) is inside

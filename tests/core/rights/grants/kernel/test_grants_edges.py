"""Grants at their edges: prefixes of GB/T 2260 by level, patterns that meet, three administrators apart."""

import pytest

from qilian.core.rights.grants.kernel import incompatibility, overlap, region_prefix


@pytest.mark.parametrize(
    ("region", "prefix"),
    [("630000", "63"), ("630100", "6301"), ("632800", "6328"), ("630102", "630102"), ("632801", "632801")],
)
def test_a_region_is_two_four_or_six_digits(region: str, prefix: str) -> None:
    assert region_prefix(region) == prefix


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        ("plan.*", "plan.version.*", True),
        ("plan.*", "planning.*", False),
        ("plan.*", "files.*", False),
        ("plan.a.*", "plan.b.*", False),
        ("*", "plan.*", True),
        ("plan.*", "plan.publish", True),
        ("plan.*", "plan", False),
        ("plan.publish", "plan.publish", True),
        ("plan.publish", "plan.publish.now", False),
    ],
)
def test_two_patterns_meet_where_one_action_fits_both(one: str, other: str, meet: bool) -> None:
    assert overlap(one, other) is overlap(other, one) is meet


def test_two_of_three_administrators_are_named_in_order() -> None:
    both = incompatibility(["people.register", "events.view"])
    assert both is not None and both.en == "One person cannot be audit administrator and system administrator at once."
    assert incompatibility(["grants.grant", "events.view"]) is not None
    assert incompatibility(["people.register", "plan.publish"]) is None

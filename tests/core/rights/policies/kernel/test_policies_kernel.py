"""The conditions of policies: names of rights become patterns, and nothing else becomes SQL."""

import pytest

from qilian.core.rights.policies.api import addressed, patterns, readable_by


def test_a_right_is_held_by_its_patterns() -> None:
    assert patterns("a.b.c") == ("*", "a.*", "a.b.*", "a.b.c")
    assert patterns("a") == ("*", "a")


def test_names_stand_once_in_the_condition() -> None:
    condition = readable_by("credit.record", "credit.decide")
    assert "ARRAY['*', 'credit.*', 'credit.record', 'credit.decide']" in condition
    assert condition.startswith(addressed())


@pytest.mark.parametrize("name", ["", "x'); DROP TABLE core_grant; --", "a b"])
def test_what_is_no_name_is_a_defect(name: str) -> None:
    with pytest.raises(ValueError, match="is no name of a right"):
        readable_by(name)

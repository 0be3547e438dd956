"""Which persons a party has, and when one is let go."""

from datetime import date

import pytest

from qilian.core.values.text import Refusal
from qilian.engines.registry.contacts.kernel import check_ending, check_role, may_end


def test_a_person_is_written_down_in_a_role_that_exists() -> None:
    for role in ("legal", "contact"):
        check_role(role)
    for role in ("self", "friend", ""):
        with pytest.raises(Refusal) as told:
            check_role(role)
        assert told.value.code == "registry.contact.role" and told.value.where == "role"


def test_a_person_is_let_go_once_and_never_himself() -> None:
    check_ending("contact", None, "7x")
    assert may_end("legal", None) and not may_end("self", None) and not may_end("contact", date(2026, 3, 2))
    with pytest.raises(Refusal) as told:
        check_ending("contact", date(2026, 3, 2), "7x")
    assert (told.value.code, told.value.where) == ("registry.contact.ended", "7x")

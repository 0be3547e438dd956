"""States of parties: what may follow what, and what is refused."""

from datetime import date
from functools import partial

import pytest

from qilian.core.values.text import Refusal
from qilian.engines.registry.parties.kernel.life import (
    Registration,
    changed,
    check_day,
    check_merge,
    check_reason,
    refuse_closed,
    refuse_merged,
)

DAY, TODAY = date(2026, 1, 5), date(2026, 3, 2)
ACTIVE, CLOSED = Registration("active", DAY, "甲公司"), Registration("closed", DAY, "甲公司")
SUSPENDED, MERGED = Registration("suspended", DAY, "甲公司"), Registration("merged", DAY, "甲公司", "乙公司")


def code(act: object) -> str:
    assert callable(act)
    with pytest.raises(Refusal) as caught:
        act()
    return caught.value.code


def test_a_party_is_suspended_closed_and_reopened() -> None:
    assert changed(ACTIVE, "suspended", TODAY, TODAY) == Registration("suspended", TODAY, "甲公司")
    assert changed(SUSPENDED, "closed", DAY, TODAY).status == "closed"
    assert changed(CLOSED, "active", TODAY, TODAY).status == "active"


def test_what_cannot_be_is_refused() -> None:
    assert code(partial(changed, CLOSED, "suspended", TODAY, TODAY)) == "registry.party.state"
    assert code(partial(changed, ACTIVE, "closed", date(2026, 3, 3), TODAY)) == "registry.day.future"
    assert code(partial(changed, ACTIVE, "closed", date(2026, 1, 4), TODAY)) == "registry.day.before"
    assert code(partial(changed, MERGED, "active", TODAY, TODAY)) == "registry.party.merged"
    assert code(partial(check_day, date(2027, 1, 1), TODAY)) == "registry.day.future"
    assert code(partial(check_reason, "  ")) == "registry.reason.empty" and check_reason(" 重复 ") == "重复"


def test_closed_and_merged_parties_say_since_when_and_what_to_do() -> None:
    with pytest.raises(Refusal) as merged:
        refuse_merged(MERGED)
    assert "2026-01-05 并入“乙公司”" in merged.value.message.zh and "乙公司" in str(merged.value.remedy)
    with pytest.raises(Refusal) as closed:
        refuse_closed(CLOSED)
    assert closed.value.code == "registry.party.closed" and "2026-01-05 注销" in closed.value.message.zh
    assert code(partial(refuse_closed, SUSPENDED)) == "registry.party.suspended"
    refuse_closed(ACTIVE)


def test_merging_is_refused_with_itself_and_with_what_was_merged() -> None:
    check_merge(ACTIVE, CLOSED, same=False)
    assert code(partial(check_merge, ACTIVE, ACTIVE, same=True)) == "registry.merge.same"
    assert code(partial(check_merge, ACTIVE, MERGED, same=False)) == "registry.party.merged"
    assert code(partial(check_merge, MERGED, ACTIVE, same=False)) == "registry.party.merged"

"""When failed jobs are tried again."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qilian.core.log.outbox.kernel import LONGEST_WAIT, NEVER, Retry, lacking, may_go_on


def test_the_wait_doubles() -> None:
    retry = Retry(times=4, first=timedelta(seconds=3))
    assert [retry.wait(attempts) for attempts in range(5)] == [
        *(timedelta(seconds=seconds) for seconds in (3, 6, 12, 24)),
        None,
    ]
    assert NEVER.wait(0) is None


@given(st.integers(0, 10_000))
def test_no_wait_is_longer_than_six_hours(attempts: int) -> None:
    wait = Retry(times=10_001).wait(attempts)
    assert wait is not None and wait <= LONGEST_WAIT


@pytest.mark.parametrize(("times", "attempts", "goes_on"), [(0, 0, True), (0, 1, False), (2, 2, True), (2, 3, False)])
def test_a_lost_job_is_forgiven_as_often_as_it_may_fail(times: int, attempts: int, goes_on: bool) -> None:
    assert may_go_on(Retry(times=times), attempts) is goes_on


def test_what_a_link_lacks() -> None:
    assert lacking({"a": int, "b": str}, {"a": int}) == []
    assert lacking({"a": int, "b": str}, {"a": str, "c": int}) == ["a", "c"]

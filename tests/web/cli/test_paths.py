"""Tests that are not there are refused before anything is started: a run of nothing is not green."""

import pytest

from qilian.core.values.text import Refusal
from qilian.web.cli.testing import test as run_tests


def test_missing_paths_are_named_all_at_once() -> None:
    with pytest.raises(Refusal) as caught:
        run_tests(["tests/web/cli/test_paths.py::x", "tests/no/such", "tests/none.py::test_it"])
    assert caught.value.code == "test.paths"
    assert "tests/no/such、tests/none.py::test_it" in caught.value.message.zh and caught.value.remedy

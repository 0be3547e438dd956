"""The part of the public DMN TCK that lies beside the repository: every case passes."""

from pathlib import Path

import pytest

from qilian.core.rules.command import main
from qilian.core.rules.tck import run_folder


def test_every_case_at_hand_passes(shared: Path) -> None:
    cases = list(run_folder(shared / "testdata" / "dmn-tck"))
    assert len(cases) == 883
    assert [case for case in cases if case.trouble] == []


def test_the_command_ends_with_the_total(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["tck", str(shared / "testdata/dmn-tck/compliance-level-3/0001-filter")]) == 0
    assert capsys.readouterr().out.splitlines() == ["0001-filter 1/1", "total 1/1"]

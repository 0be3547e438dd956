"""The command `procedure lint`: a line for everything that is wrong, each with its element, and the exit status."""

from pathlib import Path

import pytest
from tests.engines.casework.procedures.samples import WHOLE

from qilian.core.values.text import Refusal, speaking
from qilian.engines.casework.procedures.command import command


def test_sound_files_are_said_to_be_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "grant.yaml"
    path.write_text("\ufeff" + WHOLE, encoding="utf-8")
    with speaking("en"):
        assert command(["lint", str(path)]) == 0
    assert capsys.readouterr().out == "grant.yaml: Grant, 16 steps, nothing is wrong.\n"
    with speaking("zh"):
        command(["lint", str(path)])
    assert capsys.readouterr().out == "grant.yaml：补助，16 步，没有问题。\n"


def test_everything_that_is_wrong_has_its_line_and_the_other_files_are_read_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad, good = tmp_path / "bad.yaml", tmp_path / "good.yaml"
    bad.write_text(WHOLE.replace("kind: 扶持", "kind: 赠送").replace("next: 达标", "next: 没有"), encoding="utf-8")
    good.write_text(WHOLE, encoding="utf-8")
    assert command(["lint", str(bad), str(good)]) == 1
    first, second, last = capsys.readouterr().out.splitlines()
    assert first.startswith("bad.yaml: [kind] ") and first.endswith("(procedures.choice)")
    assert second.startswith("bad.yaml: [到账] ") and second.endswith("(procedures.target)")
    assert last.startswith("good.yaml")


def test_a_file_that_is_no_text_or_none_at_all_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "odd.yaml"
    path.write_bytes(WHOLE.encode("gb18030"))
    assert command(["lint", str(path)]) == 1
    assert capsys.readouterr().out.endswith("(procedures.encoding)\n")
    with pytest.raises(Refusal) as refused:
        command(["lint", str(tmp_path / "missing.yaml")])
    assert refused.value.code == "procedures.path" and "missing.yaml" in refused.value.where


def test_the_command_says_what_it_takes(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        command(["lint"])
    assert left.value.code == 2 and "FILE" in capsys.readouterr().err

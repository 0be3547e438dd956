"""The bundle: one archive that installs without a network (`./qilian test --long`)."""

import json
import os
import subprocess
import tarfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
NOWHERE = "http://127.0.0.1:9/simple"  # the discard port of this machine: whoever asks it for a package fails


@pytest.mark.long
def test_a_bundle_installs_and_answers_without_any_index(tmp_path: Path) -> None:
    archive = tmp_path / "bundle.tar.gz"
    made = subprocess.run([ROOT / "qilian", "bundle", archive], cwd=ROOT, capture_output=True, text=True, timeout=600)
    assert made.returncode == 0, made.stderr
    with tarfile.open(archive) as tar:
        tar.extractall(tmp_path, filter="data")
    plan = tmp_path / "plan.txt"
    plan.write_text("一、任务\n（一）建平台。（牵头单位：甲市工信局；配合单位：甲市财政局）\n", encoding="utf-8")
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("QILIAN_", "PIP_", "VIRTUAL_ENV"))
    }
    asked = subprocess.run(
        [tmp_path / "qilian" / "qilian", "plan", "compile", plan, "--json"],
        cwd=tmp_path,
        env={**kept, "PIP_INDEX_URL": NOWHERE, "PIP_RETRIES": "0"},
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert asked.returncode == 0, asked.stderr
    assert json.loads(asked.stdout)["clauses"][0]["lead"] == ["甲市工信局"]

"""The compiler and the facts agree: `compile(source)` is `clauses.toml`."""

import hashlib
import tomllib
from pathlib import Path

import pytest

from qilian.spine.compiler.kernel import compile_plan


def test_the_compiled_source_equals_the_facts(root: Path, shared: Path) -> None:
    path = shared / "plan" / "qinghai-2015.txt"
    if not path.is_file():
        pytest.skip("shared folder absent: plan/qinghai-2015.txt")
    facts = tomllib.loads((root / "plan" / "qinghai-2015" / "clauses.toml").read_text())["clause"]
    compiled = compile_plan(path.read_bytes().decode("utf-8")).clauses
    assert [
        (each.id, each.tier, each.units("lead"), each.units("support"), hashlib.sha256(each.text.encode()).hexdigest())
        for each in compiled
    ] == [(row["id"], row.get("tier"), row["lead"], row["support"], row["sha256"]) for row in facts]

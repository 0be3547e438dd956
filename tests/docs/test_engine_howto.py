"""The smallest part of `docs/howto/write-an-engine.md`, written into a copy of the house as it stands there, works."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from qilian.core.machine.postgres.api import leased, throw_away

_FILE = re.compile(r"^`((?:src|tests)/[^`]+)`\n\n(`{3,4})\w+\n(.*?)^\2$", re.MULTILINE | re.DOTALL)
_LEFT_OUT = shutil.ignore_patterns("__pycache__", "vendor", "*.mo")
_TRIED = ("tests/engines/registry/advice", "tests/contracts/test_stories.py", "tests/house/test_operations.py")


def test_the_part_of_the_guide_works_as_it_is_written(root: Path, tmp_path: Path) -> None:
    house = tmp_path / "house"
    for folder in ("src", "tests", "plan", "requirements"):
        shutil.copytree(root / folder, house / folder, ignore=_LEFT_OUT)
    shutil.copy(root / "pyproject.toml", house)
    guide = (root / "docs/howto/write-an-engine.md").read_text(encoding="utf-8")
    files = {name: text for name, _, text in _FILE.findall(guide)}
    assert sum(text.count("\n") for text in files.values()) < 300
    for name, text in files.items():
        (house / name).parent.mkdir(parents=True, exist_ok=True)
        (house / name).write_text(text, encoding="utf-8")
    tables = house / "src/qilian/engines/registry/models.py"
    gathered = tables.read_text(encoding="utf-8").replace(
        "\n__all__", "from qilian.engines.registry.advice.models import Suggestion\n\n__all__", 1
    )
    tables.write_text(gathered.replace('    "Standard",\n', '    "Standard",\n    "Suggestion",\n'), encoding="utf-8")
    (tmp_path / "var").mkdir(mode=0o755)
    with leased(throw_away(tmp_path / "var"), lambda _words: None) as server:
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("QILIAN_", "PYTEST_"))}
        environment |= {
            "QILIAN_TEST_SOCKET": str(server.place.socket),
            "QILIAN_MODE": "test",
            "PYTHONPATH": str(house / "src"),
        }
        command = [sys.executable, "-m", "pytest", "-q", "--no-header", *_TRIED, "-k", "advice or operation"]
        done = subprocess.run(
            command, cwd=house, env=environment, capture_output=True, text=True, timeout=600, check=False
        )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-1000:]

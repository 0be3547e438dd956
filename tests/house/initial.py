"""Make the one migration of each app anew from its models: `python -m tests.house.initial`.

While nothing is released nobody has a database to bring along; many small migrations would only be time at every start
(`tests/house/test_tables.py` holds the house to one). What is no table stands as a mark on a model and is set by
`core.machine.postgres.protect`, so nothing is written by hand here. Databases made before have to be made again.
"""

import os
import subprocess
import sys

from tests.house.source import ROOT

APPS = ("core", "registry", "ledger", "casework", "spine")


def main() -> int:
    """Remove the migrations of our apps and have Django write them; return its exit status.

    Where it cannot, what was there stays.
    """
    before = {path: path.read_bytes() for path in (ROOT / "src").rglob("migrations/[0-9]*.py")}
    for path in before:
        path.unlink()
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "qilian.web.settings",
        "PYTHONPATH": str(ROOT / "src"),
        "QILIAN_LANG": "zh",
    }
    made = [sys.executable, "-W", "ignore", "-m", "django", "makemigrations", "--no-header", "--name", "initial", *APPS]
    status = subprocess.run(made, cwd=ROOT, env=environment, check=False).returncode
    if status != 0:
        for path, content in before.items():
            path.write_bytes(content)
        return status
    written = [str(path) for path in (ROOT / "src").rglob("migrations/[0-9]*.py")]
    for tool in (["check", "--fix", "--quiet"], ["format", "--quiet"]):
        subprocess.run([sys.executable, "-m", "ruff", *tool, *written], cwd=ROOT, check=False)
    return status


if __name__ == "__main__":
    sys.exit(main())

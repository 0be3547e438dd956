"""A restore is killed (SIGKILL) behind each of its steps: there is the old, or, once finished, the new; never both."""

import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from qilian.core.log.keyring.api import ensure, ring_path
from qilian.core.machine.postgres.api import address_of, connected, dump, ensure_database, leased, names, own
from qilian.core.values.clock import now
from qilian.core.values.text import Refusal
from qilian.web.cli import archive, database, prepare, restoring

ROOT = Path(__file__).resolve().parents[2]
VICTIM = Path(__file__).with_name("restore_victim.py")
BEFORE = ("unpack", "load")
AFTER = ("commit", "rename1", "rename2", *(step.__name__ for step in restoring.STEPS[:-2]))
OLD, NEW = 3, 7


class House:
    """A system that is only a table, a stored file and a key; `old` or `new`."""

    def __init__(self, var: Path) -> None:
        self.var, self.backup = var, var.parent / "backup.tar"

    def become(self, rows: int) -> None:
        ensure_database(self.var, "demo")
        with connected(address_of(self.var, "demo", "owner")) as owner:
            owner.execute("DROP TABLE IF EXISTS thing")
            owner.execute("CREATE TABLE thing (id int PRIMARY KEY)")
            owner.execute("INSERT INTO thing SELECT generate_series(1, %s)", [rows])
        folder = self.var / "files" / "demo"
        for path in folder.rglob("*") if folder.exists() else ():
            if path.is_file():
                path.unlink()
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{rows}.txt").write_text(str(rows))
        (self.var / "keys" / "session.key").write_text(str(rows))
        database.mark_prepared("demo")

    def state(self) -> tuple[int, list[str], str]:
        with connected(address_of(self.var, "demo", "superuser")) as strong:
            row = strong.execute("SELECT count(*) FROM thing").fetchone()
        assert row is not None
        files = sorted(path.name for path in (self.var / "files" / "demo").rglob("*") if path.is_file())
        return int(str(row[0])), files, (self.var / "keys" / "session.key").read_text()

    def pack(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            dumped = Path(folder) / "dump"
            counts = dump(address_of(self.var, "demo", "superuser"), dumped)
            sources = {"database.dump": dumped, "keys/session.key": self.var / "keys" / "session.key"}
            sources |= {f"files/{NEW}.txt": self.var / "files" / "demo" / f"{NEW}.txt"}
            archive.pack(self.backup, mode="demo", made_at="2026", counts=counts, sources=sources)

    def restore(self, point: str, *words: str) -> subprocess.CompletedProcess[str]:
        call = [sys.executable, str(VICTIM), point, *words]
        return subprocess.run(call, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL, timeout=120)


@pytest.fixture
def house(monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        made = House(Path(folder) / "var")
        monkeypatch.setenv("QILIAN_VAR", str(made.var))
        monkeypatch.setenv("PYTHONPATH", str(ROOT / "src"))
        for name in ("DATABASE_URL", "QILIAN_MODE", "QILIAN_TEST_SOCKET"):
            monkeypatch.delenv(name, raising=False)
        with leased(own(made.var), lambda _text: None):
            ensure(ring_path(made.var / "keys", "demo"), at=now())
            made.become(NEW)
            made.pack()
            yield made


def whole(rows: int) -> tuple[int, list[str], str]:
    return rows, [f"{rows}.txt"], str(rows)


def test_a_restore_that_is_killed_at_any_step_is_all_or_nothing(house: House) -> None:
    for point in BEFORE:
        house.become(OLD)
        assert house.restore(point, str(house.backup)).returncode == -signal.SIGKILL, point
        assert house.state() == whole(OLD) and not restoring.is_half("demo"), point
    for point in AFTER:
        house.become(OLD)
        died = house.restore(point, str(house.backup))
        assert died.returncode == -signal.SIGKILL, f"{point}: {died.stderr}"
        with pytest.raises(Refusal, match=r"half|一半"):
            restoring.refuse_half("demo")
        finished = house.restore("")
        assert finished.returncode == 0, f"{point}: {finished.stderr}"
        assert house.state() == whole(NEW) and not restoring.is_half("demo"), point
        assert names(house.var).isdisjoint({"qilian_demo_incoming", "qilian_demo_former"}), point
    house.become(OLD)
    assert house.restore("_journal_gone", str(house.backup)).returncode == -signal.SIGKILL
    assert house.state() == whole(NEW) and not restoring.is_half("demo"), "only what is in the way is left"
    assert house.restore("", str(house.backup)).returncode == 0 and house.state() == whole(NEW)
    assert names(house.var).isdisjoint({"qilian_demo_incoming", "qilian_demo_former"})


def test_nothing_runs_on_a_half_restored_system(house: House) -> None:
    house.become(OLD)
    house.restore("rename1", str(house.backup))
    for word in ("up", "backup", "upgrade"):
        call = [sys.executable, "-m", "qilian.web.cli", "--lang", "en", "--mode", "demo", word]
        refused = subprocess.run(call, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
        assert refused.returncode == 2 and "half exchanged" in refused.stderr and "./qilian restore" in refused.stderr
    assert house.restore("").returncode == 0 and house.state() == whole(NEW)


def test_up_makes_no_new_database_where_one_is_gone(house: House) -> None:
    with connected(address_of(house.var, "demo", "superuser"), name="postgres") as strong:
        strong.execute("DROP DATABASE qilian_demo WITH (FORCE)")
    with pytest.raises(Refusal) as refused:
        prepare._refuse_vanished("demo")
    assert refused.value.code == "up.vanished"


def test_a_backup_of_a_later_version_changes_nothing(house: House) -> None:
    with connected(address_of(house.var, "demo", "owner")) as owner:
        owner.execute("CREATE TABLE django_migrations (id int, app text, name text)")
        owner.execute("INSERT INTO django_migrations VALUES (1, 'core', '0001_initial'), (2, 'core', '9999_later')")
    house.pack()
    house.become(OLD)
    with connected(address_of(house.var, "demo", "owner")) as owner:
        owner.execute("DROP TABLE django_migrations")
    refused = house.restore("", str(house.backup))
    assert refused.returncode == 2 and "core.9999_later" in refused.stderr, refused.stderr
    assert house.state() == whole(OLD) and not restoring.staging("demo").exists()

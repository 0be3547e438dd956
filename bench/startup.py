"""Start-up: seconds until the health page answers, for the second `up` and for PostgreSQL alone; JSON lines.

`.venv/bin/python bench/startup.py [rounds]`. The peer beside us is the bare server of the same wheel under `pg_ctl -w`
with an initialised cluster: the least that any system on PostgreSQL pays.
"""

import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from qilian.core.machine.postgres import host  # noqa: E402 — the path is set just above
from qilian.core.machine.postgres.api import leased, throw_away  # noqa: E402 — the path is set just above


def main(rounds: int) -> None:
    """Measure each so many times and print medians."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        _up(Path(folder) / "var")
        report("second up", [_up(Path(folder) / "var") for _ in range(rounds)])
        report("our cluster, leased", [_lease(Path(folder) / "lease") for _ in range(rounds + 1)][1:])
        report("peer: pg_ctl start -w", _peer(Path(folder), rounds))


def report(name: str, seconds: list[float]) -> None:
    """Print one line."""
    median = round(statistics.median(seconds), 3)
    print(json.dumps({"bench": "startup", "what": name, "median_s": median, "rounds": len(seconds)}))


def _up(var: Path) -> float:
    environment = {**os.environ, "QILIAN_VAR": str(var)}
    began = time.perf_counter()
    command = [str(ROOT / "qilian"), "up", "--port", "8977"]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        seconds = time.perf_counter() - began
        process.send_signal(signal.SIGINT)
    return seconds


def _lease(var: Path) -> float:
    began = time.perf_counter()
    with leased(throw_away(var), lambda _: None):
        return time.perf_counter() - began


def _peer(folder: Path, rounds: int) -> list[float]:
    home = folder / "peer"
    home.mkdir()
    account = host.service_account(home / "data")
    if account is not None:
        os.chown(home, account.uid, account.gid)
    programs = host.programs(host.wheel())
    host.run_as(account, [str(programs / "initdb"), "-D", str(home / "data"), "-A", "trust", "--no-sync"])
    control = [str(programs / "pg_ctl"), "-D", str(home / "data"), "-w", "-l", str(home / "log")]
    options = f"-c fsync=off -c listen_addresses= -c unix_socket_directories={home}"
    found = []
    for _ in range(rounds):
        began = time.perf_counter()
        host.run_as(account, [*control, "-o", options, "start"])
        found.append(time.perf_counter() - began)
        host.run_as(account, [*control, "-m", "fast", "stop"])
    return found


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)

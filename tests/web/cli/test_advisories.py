"""Known weaknesses of packages, asked of an index on this machine: named, told by the status, and offline is said."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from qilian.core.values.text import Refusal
from qilian.web.cli import advisories, console

PINNED = "django==5.2.1 \\\n    --hash=sha256:00\npsycopg==3.2.9\n# via nothing\nodd-one==1.0 \\\n"
WEAK = {
    "id": "PYSEC-1",
    "aliases": ["CVE-2026-1"],
    "fixed_in": ["5.2.2"],
    "summary": "A header\nis believed.",
    "withdrawn": None,
}
ANSWERS: dict[str, object] = {
    "/pypi/django/5.2.1/json": {"vulnerabilities": [WEAK, {**WEAK, "id": "PYSEC-2", "withdrawn": "2026-01-01"}]},
    "/pypi/psycopg/3.2.9/json": {"vulnerabilities": []},
}


class _Index(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        """Answer as a package index does."""
        known = self.path in ANSWERS
        self.send_response(200 if known else 404)
        self.end_headers()
        self.wfile.write(json.dumps(ANSWERS.get(self.path, {})).encode())

    def log_message(self, *_said: Any) -> None:
        """Say nothing."""


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements" / "run.txt").write_text(PINNED)
    monkeypatch.setattr(console, "ROOT", tmp_path)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Index)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_known_weakness_is_named_and_told_by_the_status(index: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert advisories.dependencies(["--index", f"{index}/simple/"]) == 1
    said = capsys.readouterr()
    assert said.out.count("\n") == 1 and "PYSEC-2" not in said.out
    assert all(part in said.out for part in ("django 5.2.1", "PYSEC-1 CVE-2026-1", "5.2.2", "A header is believed."))
    assert "1" in said.err, "one version is unknown to the index"


def test_without_a_weakness_it_says_so(index: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert advisories.dependencies(["psycopg", "--index", index]) == 0
    assert "1" in capsys.readouterr().out


def test_nothing_checked_is_never_nothing_found(index: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(advisories, "_index_of_pip", lambda: "")
    for arguments, code in (
        (["--index", "http://127.0.0.1:1"], "advisories.offline"),
        (["--index", "nothing"], "advisories.index"),
        (["odd-one", "--index", index], "advisories.silent"),
        ([], "advisories.index"),
        (["django", "absent", "--index", index], "advisories.package"),
    ):
        with pytest.raises(Refusal) as refused:
            advisories.dependencies(arguments)
        assert refused.value.code == code

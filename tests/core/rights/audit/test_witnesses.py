"""Checkpoints leave the house: what a witness gets in a folder, by mail, at an address, and what he checks with it."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from django.core import mail
from django.test import Client

from qilian.core.house.principal import SYSTEM
from qilian.core.log.events.api import Event, checkpoint, seal
from qilian.core.rights.audit import jobs, verify, witnesses
from qilian.core.values.text import Refusal
from qilian.core.who.people.api import register_person

pytestmark = pytest.mark.usefixtures("committing", "own_keys")


@pytest.fixture
def own_keys(settings: object, tmp_path: Path) -> None:
    settings.VAR = tmp_path


@pytest.fixture
def signed() -> int:
    """Let something happen and be signed; return the size of the log."""
    return grown("first")


def grown(login: str) -> int:
    register_person(actor=SYSTEM, login=login, name=login)
    while Event.objects.filter(seal__isnull=True).exists():
        seal()
    made = checkpoint()
    assert made is not None
    return made.size


class _Inbox(BaseHTTPRequestHandler):
    taken: list[bytes] = []  # a class of http.server is its own configuration
    answer = 204

    def do_POST(self) -> None:
        self.taken.append(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(self.answer)
        self.send_header("Location", "/elsewhere")
        self.end_headers()

    def log_message(self, *_words: object) -> None:
        """Say nothing."""


@pytest.fixture
def inbox() -> Iterator[str]:
    _Inbox.taken, _Inbox.answer = [], 204
    server = HTTPServer(("127.0.0.1", 0), _Inbox)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/checkpoints"
    server.shutdown()
    server.server_close()


def test_a_witness_gets_what_the_verifier_takes(signed: int, settings: object, tmp_path: Path, inbox: str) -> None:
    folder = tmp_path / "usb"
    settings.WITNESSES = [f"file:{folder}", "mailto:auditor@example.org", inbox]
    jobs.publish_hourly()
    jobs.publish_daily()
    (kept,) = folder.iterdir()
    assert kept.name == f"checkpoint-{signed:012}.json"
    (letter,) = mail.outbox
    assert letter.to == ["auditor@example.org"] and f"\n{signed}\n" in letter.body
    proof = json.loads(kept.read_text())
    key = proof["checkpoint"]["key"]
    for text in (kept.read_text(), letter.attachments[0][1], _Inbox.taken[0].decode()):
        assert verify.checked(verify.read(text), {key}) is True


def test_what_is_kept_is_never_written_over(signed: int, settings: object, tmp_path: Path) -> None:
    settings.WITNESSES = [f"file:{tmp_path / 'usb'}"]
    kept = tmp_path / "usb" / f"checkpoint-{signed:012}.json"
    assert witnesses.publish(kinds=("file",)) == 1
    kept.write_text("as the witness left it")
    witnesses.publish(kinds=("file",))
    assert kept.read_text() == "as the witness left it"
    second = grown("second")
    witnesses.publish(kinds=("file",))
    assert [path.name for path in sorted((tmp_path / "usb").iterdir())][-1] == f"checkpoint-{second:012}.json"


def test_who_cannot_be_reached_is_named_and_the_others_are_told(
    signed: int, settings: object, tmp_path: Path, inbox: str
) -> None:
    _Inbox.answer = 302
    (tmp_path / "file").write_text("no folder")
    settings.WITNESSES = [inbox, f"file:{tmp_path / 'file'}", f"file:{tmp_path / 'usb'}"]
    with pytest.raises(OSError, match=r"checkpoints.*302.*file"):
        jobs.publish_hourly()
    assert len(list((tmp_path / "usb").iterdir())) == 1


def test_nothing_is_sent_before_something_is_signed_or_without_witnesses(settings: object, tmp_path: Path) -> None:
    assert witnesses.publish(kinds=("file", "mailto", "http", "https")) == 0
    settings.WITNESSES = [f"file:{tmp_path / 'usb'}"]
    assert witnesses.publish(kinds=("file",)) == 0 and not (tmp_path / "usb").exists()


@pytest.mark.parametrize("wrong", ["", "usb", "ftp://a/b", "file:", "javascript:alert(1)"])
def test_an_entry_that_is_no_witness_is_refused(wrong: str, settings: object) -> None:
    settings.WITNESSES = [wrong]
    with pytest.raises(Refusal) as refused:
        witnesses.publish(kinds=("file",))
    assert refused.value.code == "audit.witness"


def test_a_witness_checks_from_outside_that_the_log_only_grew(signed: int) -> None:
    kept = Client().get("/receipts/checkpoint.json")
    assert kept["Content-Disposition"] == 'attachment; filename="checkpoint.json"'
    old = json.loads(kept.content)
    assert old["size"] == signed
    later = grown("second")
    proof = Client().get(f"/receipts/growth-{signed}.json").content.decode()
    named = {old["checkpoint"]["key"], old["root"]}
    assert json.loads(proof)["size"] == later and verify.checked(verify.read(proof), named) is True
    assert verify.checked(verify.read(proof), {old["checkpoint"]["key"]}) is False, "the older root was not named"
    for size in (0, later + 1, 10**30):
        assert Client().get(f"/receipts/growth-{size}.json").status_code == 422
    script = Client().get("/receipts/verify.py").content.decode()
    assert f'PINNED = "{old["checkpoint"]["key"]}"' in script


def test_without_a_signature_there_is_no_checkpoint_to_hand_out() -> None:
    assert Client().get("/receipts/checkpoint.json").status_code == 422

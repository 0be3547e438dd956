"""Checkpoints leave the house: into a folder, by mail, to an address, so that whoever runs it cannot rewrite alone."""

import json
import os
import smtplib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from qilian.core.log.proofs.api import latest_checkpoint
from qilian.core.machine.calls.api import call, inside
from qilian.core.values.text import Refusal, Text

_PATIENCE = 10.0  # seconds for a server to answer
_TITLE = "祁连日志检查点 Qilian checkpoint {size}"
_WORDS = """这是事实日志的检查点。请保存附件：日后可据此核验日志只增不改（docs/howto/witness-the-log.md）。
This is a checkpoint of the event log. Keep the attachment: with it you can check later that the log only grew.

{statement}"""
Checkpoint = Mapping[str, object]


def publish(*, kinds: Sequence[str]) -> int:
    """Send the newest checkpoint to every witness of some kinds (`file`, `mailto`, `http`, `https`); return how many.

    Nothing is sent while nothing is signed. OSError, after all were tried, names those who are out of reach; Refusal
    `audit.witness` for an entry of QILIAN_WITNESSES that is none of these.
    """
    witnesses = [(kind, where) for kind, where in map(_parsed, settings.WITNESSES) if kind in kinds]
    if not witnesses:
        return 0
    try:
        signed = latest_checkpoint()
    except Refusal:
        return 0
    failed = [f"{where}: {problem}" for kind, where in witnesses if (problem := _tried(_SENDERS[kind], where, signed))]
    if failed:
        raise OSError("; ".join(failed))
    return len(witnesses)


def to_folder(where: str, signed: Checkpoint) -> None:
    """Write a checkpoint into a folder, whole or not at all, under its size; one that is there stays as it is."""
    folder = Path(where.removeprefix("file:"))
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"checkpoint-{signed['size']:012}.json"
    if target.exists():
        return
    fresh = target.with_suffix(".new")
    with fresh.open("w", encoding="utf-8") as file:
        file.write(_written(signed))
        file.flush()
        os.fsync(file.fileno())
    fresh.chmod(0o644)  # a witness is somebody else, and a checkpoint no secret
    fresh.replace(target)


def by_mail(where: str, signed: Checkpoint) -> None:
    """Mail a checkpoint with its statement in the text and the proof attached."""
    head = signed["checkpoint"]
    statement = head["statement"] if isinstance(head, dict) else ""
    title, words = _TITLE.format(size=signed["size"]), _WORDS.format(statement=statement)
    message = EmailMessage(title, words, settings.DEFAULT_FROM_EMAIL, [where.removeprefix("mailto:")])
    message.attach(f"checkpoint-{signed['size']}.json", _written(signed), "application/json")
    message.connection = get_connection(timeout=_PATIENCE)
    message.send()


def to_address(where: str, signed: Checkpoint) -> None:
    """POST a checkpoint as JSON; only 2xx counts, no redirect is followed; its host counts as declared."""
    headers = {"Content-Type": "application/json", "User-Agent": "Qilian"}
    named = inside([*settings.INSIDE, urlsplit(where).hostname or ""])
    call(where, allowed=named, patience=_PATIENCE, data=_written(signed).encode(), headers=headers)


def _tried(send: Callable[[str, Checkpoint], None], where: str, signed: Checkpoint) -> str:
    """Send, and return what went wrong; empty when nothing did."""
    try:
        send(where, signed)
    except (OSError, smtplib.SMTPException, ValueError) as problem:
        return f"{type(problem).__name__}: {problem}"
    return ""


def _parsed(where: str) -> tuple[str, str]:
    kind, colon, rest = where.strip().partition(":")
    if kind not in _SENDERS or not colon or not rest:
        words = Text(
            "见证人写作 file:文件夹、mailto:地址或 https://地址。", "A witness is file:…, mailto:… or https://…."
        )
        raise Refusal("audit.witness", words, where=where)
    return kind, where.strip()


def _written(signed: Checkpoint) -> str:
    return json.dumps(signed, ensure_ascii=False, indent=2) + "\n"


_SENDERS: Mapping[str, Callable[[str, Checkpoint], None]] = {
    "file": to_folder,
    "mailto": by_mail,
    "http": to_address,
    "https": to_address,
}

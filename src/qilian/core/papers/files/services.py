"""The verbs of files: take a content in for a record, let go of it, lock it away, clear what nobody uses."""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Protocol

from django.conf import settings
from django.db import connection, transaction

from qilian.core.house.principal import Principal
from qilian.core.log.events.api import emit
from qilian.core.log.outbox.api import later
from qilian.core.rights.grants.api import Scope, require
from qilian.core.values import clock
from qilian.core.values.text import Ref, Refusal, Text, required_text

from .disk import Arrived, receive, settle
from .events import FileAttached, FileDetached, FileDiscarded, FileQuarantined, FileReleased
from .kernel.intake import accept, clean_name
from .kernel.kinds import EVIDENCE, KINDS, Kind
from .models import FileUse, Stored

ANYWHERE = Scope()


class Upload(Protocol):
    """What Django hands over as an uploaded file: the name and type that the sender claims, and the bytes."""

    @property
    def name(self) -> str | None:
        """Return the name that the sender gave it."""

    @property
    def content_type(self) -> str | None:
        """Return the type that the sender claims."""

    def chunks(self) -> Iterable[bytes]:
        """Return the content piece by piece."""


def attach(
    *,
    actor: Principal,
    upload: Upload,
    subject: Ref,
    action: str,
    scope: Scope = ANYWHERE,
    public: bool = False,
    taken: Sequence[Kind] = EVIDENCE,
    limit: int | None = None,
) -> FileUse:
    """Take an uploaded file in for a record; the verb that calls it has checked the actor's right.

    It is opened by everyone when `public`, else by who holds `action` within `scope`, and by who attached it. `limit`
    is in bytes (settings.FILE_BYTES_MAX unless given). Refusals: files.empty, .too_large, .program, .disguised, .kind.
    """
    name = clean_name(upload.name or "")
    arrived = _received(upload.chunks(), name, taken, limit)
    return _use(actor, arrived, subject, name, upload.content_type or "", action, scope, public)


def store_bytes(
    *,
    actor: Principal,
    content: bytes | Iterable[bytes],
    name: str,
    subject: Ref,
    action: str = "files.view",
    scope: Scope = ANYWHERE,
    public: bool = False,
) -> Stored:
    """Take in what the house itself made for a record, of any kind, whole or piece by piece; return what is stored."""
    cleaned = clean_name(name)
    arrived = _received([content] if isinstance(content, bytes) else content, cleaned, KINDS, None)
    return _use(actor, arrived, subject, cleaned, "", action, scope, public).stored


@transaction.atomic
def detach(*, actor: Principal, use: FileUse) -> None:
    """Let a record go of a file; the content stays until somebody discards it. Done twice it changes nothing."""
    row = FileUse.objects.select_for_update(of=("self",)).select_related("stored").get(pk=use.pk)
    if row.detached_at is None:
        row.detached_at = clock.now()
        row.save(update_fields=["detached_at"])
        _tell(FileDetached(row.code, row.stored.sha256), actor, row)


@transaction.atomic
def quarantine(*, actor: Principal, sha256: str, reason: str) -> None:
    """Let nobody open a content, whatever records use it; needs `files.quarantine` and a reason."""
    require(actor, "files.quarantine")
    why = required_text(reason, "reason", Text("隔离的理由", "reason of the quarantine"), most=200)
    row = _locked(sha256)
    row.quarantined_at, row.quarantine_reason = clock.now(), why
    row.save(update_fields=["quarantined_at", "quarantine_reason"])
    emit(FileQuarantined(sha256, row.quarantine_reason), actor=actor, subject=content_ref(sha256))


@transaction.atomic
def release(*, actor: Principal, sha256: str) -> None:
    """Let a quarantined content be opened again; needs `files.quarantine`."""
    require(actor, "files.quarantine")
    row = _locked(sha256)
    row.quarantined_at, row.quarantine_reason = None, ""
    row.save(update_fields=["quarantined_at", "quarantine_reason"])
    emit(FileReleased(sha256), actor=actor, subject=content_ref(sha256))


@transaction.atomic
def discard(*, actor: Principal, sha256: str) -> None:
    """Delete a content that no record uses; needs `files.discard`. Refusal `files.used` while one does."""
    require(actor, "files.discard")
    lock_content(sha256)
    row = _locked(sha256)
    if row.uses.filter(detached_at__isnull=True).exists():
        words = Text("仍有记录使用这个文件，不能清除。", "A record still uses this file, so it cannot be discarded.")
        raise Refusal("files.used", words, where=sha256[:12])
    row.uses.all().delete()
    row.delete()
    emit(FileDiscarded(sha256, row.size), actor=actor, subject=content_ref(sha256))
    later("files.remove", sha256=sha256)


def content_ref(sha256: str) -> Ref:
    """Return the reference of a content."""
    return Ref("core.content", sha256)


def lock_content(sha256: str) -> None:
    """Keep others from storing or removing the same content until this transaction ends."""
    number = int.from_bytes(hashlib.sha256(f"content {sha256}".encode()).digest()[:8], signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])


def _received(chunks: Iterable[bytes], name: str, taken: Sequence[Kind], limit: int | None) -> Arrived:
    arrived = receive(chunks, name=name, limit=settings.FILE_BYTES_MAX if limit is None else limit)
    try:
        accept(name=name, size=arrived.size, found=arrived.kind, taken=taken)
    except Refusal:
        arrived.path.unlink()
        raise
    return arrived


@transaction.atomic
def _use(
    actor: Principal, arrived: Arrived, subject: Ref, name: str, declared: str, action: str, scope: Scope, public: bool
) -> FileUse:
    lock_content(arrived.sha256)
    settle(arrived)
    made = {"size": arrived.size, "media_type": arrived.kind.media_type, "stored_at": clock.now()}
    stored, _ = Stored.objects.get_or_create(sha256=arrived.sha256, defaults=made)
    use = FileUse.objects.create(
        stored=stored,
        subject=str(subject),
        name=name,
        declared=declared[:100],
        public=public,
        action=action,
        unit=scope.unit,
        region=scope.region,
        offer=scope.offer,
        clause=scope.clause,
        attached_by=actor.ref,
        attached_at=clock.now(),
    )
    _tell(FileAttached(use.code, stored.sha256, stored.size, stored.media_type), actor, use)
    return use


def _tell(fact: FileAttached | FileDetached, actor: Principal, use: FileUse) -> None:
    subject = Ref.parse(use.subject)
    emit(fact, actor=actor, subject=subject, unit=use.unit, region=use.region, offer=use.offer, clause=use.clause)


def _locked(sha256: str) -> Stored:
    row = Stored.objects.select_for_update().filter(sha256=sha256).first()
    if row is None:
        raise Refusal("files.unknown", Text("没有这个文件。", "There is no such file."), where=sha256[:12])
    return row

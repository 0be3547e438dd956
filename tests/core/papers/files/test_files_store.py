"""Files on disk and in the database: taken in, opened by whom, quarantined, cleared."""

import hashlib
import io
import os
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import FileResponse, Http404
from django.test import RequestFactory

from qilian.core.house.principal import ANONYMOUS, SYSTEM, Principal, acting
from qilian.core.log.events.api import Event
from qilian.core.log.outbox.api import later, run_due
from qilian.core.papers.files import pages
from qilian.core.papers.files.api import (
    IMAGES,
    FileUse,
    Stored,
    attach,
    detach,
    discard,
    download,
    files_of,
    may_open,
    quarantine,
    release,
    store_bytes,
    strays,
    unused,
    use_by_code,
)
from qilian.core.papers.files.disk import place_of, read_content, receive, settle
from qilian.core.papers.files.jobs import remove_half_uploads
from qilian.core.rights.grants.api import Scope
from qilian.core.values import clock
from qilian.core.values.text import Ref, Refusal
from qilian.core.who.people.models import Person

PDF = b"%PDF-1.7 a document"
CASE = Ref("casework.case", "7")
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def disk(settings: object, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "files"
    return settings.MEDIA_ROOT


def somebody(login: str, *actions: str, unit: str = "") -> Principal:
    person = Person.objects.create(login=login, name=login, created_at=clock.now())
    if actions:
        person.grants.create(actions=list(actions), unit=unit, valid_from=clock.today())
    return Principal("person", person=person.pk, code=person.code, name=login)


def upload(content: bytes = PDF, name: str = "报告.pdf", declared: str = "application/pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, declared)


def put(actor: Principal = SYSTEM, content: bytes = PDF, name: str = "报告.pdf", **more: object) -> FileUse:
    return attach(actor=actor, upload=upload(content, name), subject=CASE, action="casework.view", **more)


def test_a_file_is_kept_by_its_content(disk: Path) -> None:
    use = put(name="../报告.pdf", scope=Scope(unit="fgw", clause="2.7.2"))
    sha256 = hashlib.sha256(PDF).hexdigest()
    assert (use.name, use.declared, use.stored.media_type, use.stored.size) == (
        "报告.pdf",
        "application/pdf",
        "application/pdf",
        19,
    )
    assert place_of(sha256) == disk / sha256[:2] / sha256[2:4] / sha256 and place_of(sha256).read_bytes() == PDF
    assert list(files_of(CASE)) == [use] and use_by_code(use.code) == use
    fact = Event.objects.get(type="core.file.attached")
    assert (fact.subject, fact.unit, fact.clause, fact.data["sha256"]) == (str(CASE), "fgw", "2.7.2", sha256)
    assert "报告" not in str(fact.data)


def test_the_same_content_lies_once(disk: Path) -> None:
    put()
    put(name="b.pdf")
    assert Stored.objects.count() == 1 and FileUse.objects.count() == 2
    assert len([path for path in disk.rglob("*") if path.is_file()]) == 1


def package(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "x" * 20_000)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "a.pdf", "files.empty"),
        (b"MZ\x90\x00 a program", "a.pdf", "files.program"),
        (b"just words", "a.pdf", "files.disguised"),
        (package("a.txt"), "a.docx", "files.disguised"),
        (b"PK\x03\x04 torn", "a.docx", "files.disguised"),
        (package("a.txt"), "a.zip", "files.kind"),
        (b"%PDF-" + b"x" * 100, "a.pdf", "files.too_large"),
    ],
)
def test_bad_input_leaves_nothing_behind(content: bytes, name: str, code: str, disk: Path) -> None:
    with pytest.raises(Refusal) as refused:
        put(content=content, name=name, limit=None if code != "files.too_large" else 100)
    assert refused.value.code == code
    assert not [path for path in disk.rglob("*") if path.is_file()] and not FileUse.objects.exists()


def test_packages_are_told_apart() -> None:
    word = package("[Content_Types].xml", "word/document.xml")
    assert put(content=word, name="a.docx").stored.media_type.endswith("wordprocessingml.document")
    with pytest.raises(Refusal):
        put(content=word, name="a.docx", taken=IMAGES)


def test_a_stream_that_breaks_leaves_nothing(disk: Path) -> None:
    def broken() -> Iterator[bytes]:
        yield PDF
        raise OSError("the line broke")

    with pytest.raises(OSError, match="the line broke"):
        receive(broken(), name="a.pdf", limit=100)
    assert not [path for path in disk.rglob("*") if path.is_file()]


def test_who_opens_a_file() -> None:
    owner, officer, stranger = somebody("owner"), somebody("officer", "casework.view", unit="fgw"), somebody("stranger")
    use = put(owner, scope=Scope(unit="fgw"))
    assert may_open(owner, use) and may_open(officer, use) and may_open(SYSTEM, use)
    assert not may_open(stranger, use) and not may_open(ANONYMOUS, use)
    assert not may_open(officer, put(SYSTEM, scope=Scope(unit="other")))
    assert may_open(ANONYMOUS, put(owner, public=True))


def opened(use: FileUse, actor: Principal) -> FileResponse:
    with acting(actor):
        return pages.opened(RequestFactory().get("/"), use.code)


def test_the_download_cannot_run_in_a_browser() -> None:
    use = put(public=True)
    answer = opened(use, ANONYMOUS)
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Type"] == "application/pdf" and answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"] == "attachment; filename=\"__.pdf\"; filename*=UTF-8''%E6%8A%A5%E5%91%8A.pdf"
    assert "sandbox" in answer["Content-Security-Policy"] and answer["Cache-Control"].startswith("private")
    secret = put(content=PDF + b"2")
    with pytest.raises(Refusal) as refused:
        opened(secret, somebody("stranger"))
    assert refused.value.code == "grants.denied"
    with pytest.raises(Refusal) as unknown:
        use_by_code("none")
    assert unknown.value.code == "files.unknown"
    detach(actor=SYSTEM, use=use)
    with pytest.raises(Http404):
        opened(use, ANONYMOUS)


def test_quarantine_closes_a_content() -> None:
    use, keeper = put(public=True), somebody("keeper", "files.*")
    with pytest.raises(Refusal) as refused:
        quarantine(actor=somebody("stranger"), sha256=use.stored.sha256, reason="病毒")
    assert refused.value.code == "grants.denied"
    with pytest.raises(Refusal) as refused:
        quarantine(actor=keeper, sha256=use.stored.sha256, reason=" ")
    assert refused.value.code == "text.missing"
    quarantine(actor=keeper, sha256=use.stored.sha256, reason="病毒")
    with pytest.raises(Refusal) as refused:
        opened(use, ANONYMOUS)
    assert refused.value.code == "files.quarantined"
    release(actor=keeper, sha256=use.stored.sha256)
    assert b"".join(opened(use, ANONYMOUS).streaming_content) == PDF
    place_of(use.stored.sha256).unlink()
    with pytest.raises(Refusal) as refused:
        opened(use, ANONYMOUS)
    assert refused.value.code == "files.lost"
    with pytest.raises(Refusal) as refused:
        download("0" * 64, name="a")
    assert refused.value.code == "files.unknown"


def test_a_content_that_was_changed_on_the_disk_is_not_served_and_heals_when_it_comes_again() -> None:
    use = put(public=True)
    place = place_of(use.stored.sha256)
    place.write_bytes(PDF.replace(b"%PDF", b"%PDf"))
    with pytest.raises(Refusal) as refused:
        opened(use, ANONYMOUS)
    assert (refused.value.code, refused.value.where) == ("files.changed", use.name)
    with pytest.raises(Refusal):
        read_content(use.stored.sha256)
    put()
    assert read_content(use.stored.sha256) == PDF == b"".join(opened(use, ANONYMOUS).streaming_content)


def test_only_unused_contents_are_cleared() -> None:
    first, second, keeper = put(), put(name="b.pdf"), somebody("keeper", "files.discard")
    sha256 = first.stored.sha256
    detach(actor=SYSTEM, use=first)
    detach(actor=SYSTEM, use=first)
    assert Event.objects.filter(type="core.file.detached").count() == 1
    with pytest.raises(Refusal) as refused:
        discard(actor=keeper, sha256=sha256)
    assert refused.value.code == "files.used" and not unused().exists()
    detach(actor=SYSTEM, use=second)
    assert unused().get().sha256 == sha256
    with acting(keeper):
        shown = pages.unused_record(RequestFactory().get("/"), sha256)
        assert [use for section in shown.shape.sections for use in section.paragraphs] != []
        assert list(pages.unused_list(RequestFactory().get("/")).shape.rows) == list(unused())
        assert pages.discarding(RequestFactory().post("/"), sha256).status_code == 302
        with pytest.raises(Http404):
            pages.unused_record(RequestFactory().get("/"), sha256)
    assert place_of(sha256).exists() and run_due() == 1
    assert not place_of(sha256).exists() and not Stored.objects.exists()


def test_a_content_stored_again_survives_the_removal() -> None:
    use = put()
    later("files.remove", sha256=use.stored.sha256)
    run_due()
    assert place_of(use.stored.sha256).exists()


def test_what_nothing_names_is_found(disk: Path) -> None:
    kept = put()
    settle(receive([b"%PDF-stray"], name="a.pdf", limit=100))
    assert strays() == [hashlib.sha256(b"%PDF-stray").hexdigest()] != [kept.stored.sha256]
    fresh, old = disk / "incoming" / "fresh", disk / "incoming" / "old"
    for path in (fresh, old):
        path.write_bytes(b"half")
    yesterday = clock.by_machine(clock.now() - timedelta(days=2)).timestamp()
    os.utime(old, (yesterday, yesterday))
    remove_half_uploads()
    assert fresh.exists() and not old.exists()


def test_the_house_stores_what_it_made() -> None:
    stored = store_bytes(actor=SYSTEM, content=b"\x00\x01 any kind", name="a.bin", subject=CASE)
    assert stored.media_type == "application/octet-stream"

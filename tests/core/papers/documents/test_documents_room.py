"""Documents: issued with a number, set by the worker, verified by anybody, revoked for a reason."""

import hashlib
import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pdfplumber
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pdfplumber.page import Page

from qilian.core.house.principal import SYSTEM, Principal
from qilian.core.log.events.api import Event
from qilian.core.log.outbox.api import later, run_due
from qilian.core.papers.documents.api import (
    Document,
    Sheet,
    TableBlock,
    about,
    find,
    issue,
    number_of,
    ref,
    revoke,
    sheet_of,
)
from qilian.core.papers.documents.covering import differences
from qilian.core.papers.documents.jobs import set_document
from qilian.core.papers.documents.kernel import verify
from qilian.core.papers.files.api import place_of
from qilian.core.papers.series.models import Series
from qilian.core.values.text import Refusal

pytestmark = pytest.mark.django_db
SHEET = Sheet("任务分工表", "（第一季度）", issuer="省服务办", paragraphs=("现将任务分工如下。",))
EVIL = '*粗* #import "@preview/x:0.1.0": * \x00 #panic("x") $x^2$ <b> @c \\u{0}'


def issued(**more: object) -> Document:
    return issue(**{"actor": SYSTEM, "sheet": SHEET, "unit": "fgw", "agency": "青服务办", **more})


def uploaded(content: bytes) -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile("held.pdf", content, "application/pdf")}


def pages_of(pdf: Path) -> list[Page]:
    return list(pdfplumber.open(BytesIO(pdf.read_bytes())).pages)


def words(pdf: Path) -> str:
    return "\n".join(page.extract_text() for page in pages_of(pdf))


def test_from_issue_to_verification() -> None:
    document = issued(subject="spine.clause:2.7.2")
    client, address = Client(), f"/documents/{document.code}/"
    assert "排版中" in client.get(address).content.decode()
    assert client.get(f"{address}pdf").status_code == 422
    assert "还在排版" in client.post(f"{address}comparison", uploaded(b"%PDF-x")).content.decode()
    assert run_due() >= 1
    document.refresh_from_db()
    pdf = place_of(document.file).read_bytes()
    assert hashlib.sha256(pdf).hexdigest() == document.file and pdf.startswith(b"%PDF")
    assert b"".join(client.get(f"{address}pdf").streaming_content) == pdf
    assert "您的文件就是签发的那一份" in client.post(f"{address}comparison", uploaded(pdf)).content.decode()
    assert "与签发的文件不一致" in client.post(f"{address}comparison", uploaded(pdf + b" ")).content.decode()
    revoke(actor=SYSTEM, document=document, why="内容有误")
    assert "文件是真的，但已经撤销" in client.post(f"{address}comparison", uploaded(pdf)).content.decode()
    page = client.get(address).content.decode()
    assert "已撤销" in page and "内容有误" in page and number_of(document) in page
    types = Event.objects.filter(subject=str(ref(document))).order_by("id").values_list("type", flat=True)
    assert [kind for kind in types if kind.startswith("core.document")] == [
        "core.document.issued",
        "core.document.set",
        "core.document.revoked",
    ]
    assert list(about("spine.clause:2.7.2")) == [document]


def test_setting_twice_changes_nothing() -> None:
    document = issued()
    run_due()
    document.refresh_from_db()
    file, count = document.file, Event.objects.count()
    later("documents.typeset", document=document.pk)
    run_due()
    document.refresh_from_db()
    assert document.file == file and Event.objects.count() == count


def test_a_document_is_found_by_code_and_by_number() -> None:
    document = issued()
    client = Client()
    assert find(f" {document.code.upper()} ") == find(number_of(document)) == document
    for written in (document.code, number_of(document)):
        answer = client.post("/documents/", {"document": written})
        assert answer.status_code == 302 and answer["Location"] == f"/documents/{document.code}/"
    for written in ("", "nothing", "青服务办〔2026〕999号", "青服务办〔26〕1号"):
        assert client.post("/documents/", {"document": written}).status_code == 422
    assert client.get("/documents/unknown/").status_code == 404
    assert client.get("/documents/unknown/pdf").status_code == 404
    assert client.get("/documents/").status_code == 200


def test_numbers_follow_each_other_in_each_agency_and_a_revoked_one_is_not_used_again() -> None:
    first, second = issued(), issued()
    revoke(actor=SYSTEM, document=second, why="重复")
    third, other, bare = issued(), issued(agency="青政办"), issued(agency="")
    assert [each.serial for each in (first, second, third, other, bare)] == [1, 2, 3, 1, None]
    assert number_of(bare) == "" and find(number_of(second)) == second
    for why in ("", "again"):
        with pytest.raises(Refusal) as refusal:
            revoke(actor=SYSTEM, document=second if why else first, why=why or " ")
        assert refusal.value.code == ("documents.revoked" if why else "documents.why")


def test_without_the_right_nothing_changes(somebody: Callable[..., Principal]) -> None:
    elsewhere = somebody("ada", "documents.issue", unit="gxw")
    with pytest.raises(Refusal) as refusal:
        issued(actor=elsewhere)
    assert refusal.value.code == "grants.denied"
    assert not Document.objects.exists() and not Series.objects.exists() and not Event.objects.exists()
    assert issued(actor=elsewhere, unit="gxw").serial == 1
    document = issued()
    with pytest.raises(Refusal):
        revoke(actor=elsewhere, document=document, why="不要")
    document.refresh_from_db()
    assert document.revoked_at is None


def test_pages_keep_what_is_not_public(somebody: Callable[..., Principal], browser: Callable[..., Client]) -> None:
    document = issued(public=False)
    run_due()
    stranger, reader = browser(somebody("ada")), browser(somebody("bob", "documents.view", unit="fgw"))
    for page in ("", "pdf", "comparison"):
        assert Client().get(f"/documents/{document.code}/{page}").status_code == 403
        assert stranger.get(f"/documents/{document.code}/{page}").status_code == 403
        assert reader.get(f"/documents/{document.code}/{page}").status_code == 200
    assert reader.post(f"/documents/{document.code}/revocation", {"why": "x"}).status_code == 403


def test_revoking_on_screen_asks_for_the_reason(
    somebody: Callable[..., Principal], browser: Callable[..., Client]
) -> None:
    document = issued()
    client, address = browser(somebody("ada", "documents.revoke")), f"/documents/{document.code}/revocation"
    assert f"/documents/{document.code}/revocation" in client.get(f"/documents/{document.code}/").content.decode()
    assert client.get(address).status_code == 200
    assert client.post(address, {"why": " "}).status_code == 422
    assert client.post(address, {"why": "写错了"}).status_code == 302
    assert client.post(address, {"why": "写错了"}).status_code == 422
    assert client.post(f"/documents/{document.code}/comparison").status_code == 422


def test_what_a_person_wrote_is_set_as_words(own_folders: Path) -> None:
    table = TableBlock((EVIL,), ((EVIL,),), (1,))
    sheet = Sheet(EVIL, EVIL, "", EVIL, EVIL, (EVIL,), table, (EVIL,))
    document = issued(sheet=sheet)
    run_due()
    document.refresh_from_db()
    assert "\x00" not in document.title and sheet_of(document.data).paragraphs[0].startswith("*粗*")
    text = words(place_of(document.file))
    assert text.count("#import") >= 7 and text.count('#panic("x")') >= 7 and "$x^2$" in text
    assert f"https://qilian.example/documents/{document.code}/" in re.sub(r"\s", "", text)


def test_pages_are_a4_and_numbered() -> None:
    document = issued(sheet=Sheet("长文", paragraphs=("各单位对照任务清单逐条核对，按期报送进展。" * 4,) * 30))
    run_due()
    document.refresh_from_db()
    pages = pages_of(place_of(document.file))
    assert len(pages) > 3
    for number, page in enumerate(pages, 1):
        assert (round(page.width), round(page.height)) == (595, 842)
        assert re.sub(r"\s", "", page.extract_text().splitlines()[-1]) == f"—{number}—"
        letters = [letter for letter in page.chars if letter["size"] > 15]
        assert min(letter["x0"] for letter in letters) >= 28 / 25.4 * 72 - 1  # 28 mm, GB/T 9704-2012 5.1
        assert max(letter["x1"] for letter in letters) <= 595 - 26 / 25.4 * 72 + 8.5  # stops hang out by a half
        assert min(letter["top"] for letter in letters) >= 36 / 25.4 * 72


FORGERIES = {
    "file": {"file": "0" * 64},
    "signed_by": {"signed_by": "青海省人民政府"},
    "title": {"title": "另一个标题"},
    "number": {"serial": 99},
    "revoked_at": {"revoked_at": None, "revoked_why": ""},
}


@pytest.mark.parametrize(("field", "forged"), FORGERIES.items())
def test_who_writes_into_the_table_makes_no_forged_file_genuine(field: str, forged: dict[str, object]) -> None:
    """The page and `audit verify` go by the sealed log: a digest, a name, a revocation changed by SQL is named."""
    document = issued()
    run_due()
    document.refresh_from_db()
    if field == "revoked_at":
        revoke(actor=SYSTEM, document=document, why="内容有误")
    assert list(differences()) == []
    assert Document.objects.filter(pk=document.pk).update(**forged) == 1
    assert field in {wrong.field for wrong in differences()} and {wrong.where for wrong in differences()} == {
        document.code
    }
    pdf = place_of(document.file).read_bytes()
    said = Client().post(f"/documents/{document.code}/comparison", uploaded(pdf)).content.decode()
    assert "与日志不符" in said and "就是签发的那一份" not in said


def test_words_that_were_changed_before_they_were_set_are_not_set_nor_signed() -> None:
    document = issued()
    data = {**document.data, "paragraphs": ["现将全部任务取消。"]}
    Document.objects.filter(pk=document.pk).update(data=data)
    with pytest.raises(Refusal) as refused:
        set_document(document=document.pk)
    document.refresh_from_db()
    assert (refused.value.code, document.file) == ("documents.changed", "")
    assert "core_document.data" in {wrong.field for wrong in differences()}


def test_a_document_that_nobody_issued_and_one_that_vanished_are_named() -> None:
    kept, gone = issued(), issued()
    Document.objects.filter(pk=gone.pk).delete()
    planted = Document.objects.create(title="伪造", data={}, issued_at=kept.issued_at, issued_by="system:house")
    assert {(wrong.where, wrong.field) for wrong in differences()} == {
        (gone.code, "document"),
        (planted.code, "document"),
    }


def test_no_changed_byte_of_an_issued_file_passes() -> None:
    document = issued()
    run_due()
    document.refresh_from_db()
    pdf = place_of(document.file).read_bytes()
    changed = [pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :] for place in range(0, len(pdf), 97)]
    changed += [pdf[:-1], pdf + b"\n", pdf + b"\n1 0 obj<<>>endobj\n", b"", pdf * 2]
    verdicts = {verify(each, digest=document.file, revoked=False).word for each in changed}
    assert len(changed) > 100 and verdicts == {"other"}

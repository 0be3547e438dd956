"""The log and the queue on screen: for those who may, and for nobody else."""

import json
import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pytest
from django.http import Http404, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from qilian.core.house.principal import SYSTEM, Principal, acting
from qilian.core.log.events.api import (
    Event,
    checkpoint,
    emit,
    event_type,
    seal,
    sealed,
    timeline,
    types,
)
from qilian.core.log.outbox.api import NEVER, dead, job, later, run_worker
from qilian.core.log.proofs.api import house_keys, receipt
from qilian.core.log.sentences.api import Pointed, Reference, refer
from qilian.core.rights.audit import log, queue
from qilian.core.values import clock
from qilian.core.values.merkle.api import inclusion_spans
from qilian.core.values.money import Money
from qilian.core.values.text import Ref, Refusal, Text, speaking
from qilian.core.who.people.models import Person

THING = Ref("test.paper", "1")


@event_type("test.paper.signed", title=Text("签了字", "Signed"))
@dataclass(frozen=True)
class Signed:
    pages: int


@job("test.audit.break", retry=NEVER)
def break_down() -> None:
    raise OSError("broken")


@pytest.fixture
def own_keys(settings: object, tmp_path: Path) -> None:
    settings.VAR = tmp_path


def somebody(login: str, *actions: str) -> Principal:
    person = Person.objects.create(login=login, name=f"{login}某", created_at=clock.now())
    if actions:
        person.grants.create(actions=list(actions), valid_from=clock.today())
    return Principal("person", person=person.pk, code=person.code, name=person.name)


def as_person(actor: Principal) -> Client:
    client = Client()
    client.force_login(Person.objects.get(pk=actor.person), backend="django.contrib.auth.backends.ModelBackend")
    return client


def wait_for_seals() -> None:
    while Event.objects.filter(seal__isnull=True).exists():
        seal()


@pytest.mark.django_db
def test_a_record_has_a_timeline() -> None:
    signer, boss = somebody("张"), somebody("李")
    emit(Signed(2), actor=Principal("person", code=signer.code, acting_for=boss.code), subject=THING)
    emit(Signed(3), actor=SYSTEM, subject=THING)
    emit(Signed(4), actor=Principal("anonymous"), subject=THING)
    visitor, system, person = timeline(THING)
    assert (str(person.title), person.actor, person.note) == ("签了字", "张某", "代李某")
    assert (system.actor, visitor.actor) == ("系统", "未登录者")
    assert person.proof is not None and person.proof.sequence is None and len(person.proof.digest) == 64
    with speaking("en"):
        assert [str(timeline(THING)[1].title), timeline(THING)[1].actor] == ["Signed", "System"]


@pytest.mark.usefixtures("committing", "own_keys")
def test_the_audit_administrator_reads_the_log_and_takes_receipts() -> None:
    auditor, stranger = somebody("auditor", "events.view"), somebody("stranger")
    emit(Signed(2), actor=auditor, subject=THING, clause="2.7.2")
    wait_for_seals()
    checkpoint()
    sequence = sealed(subject=THING).get().seal.sequence
    digest = bytes(sealed(subject=THING).get().digest).hex()
    assert timeline(THING)[0].proof.url == reverse("receipts:page", args=[sequence, digest])
    client = as_person(auditor)
    for address in (reverse("events:log"), reverse("events:log") + "?type=test.paper.signed&clause=2.7.2"):
        page = client.get(address)
        assert page.status_code == 200 and "签了字" in page.content.decode()
    page = client.get(reverse("events:record", args=[sequence]))
    assert page.status_code == 200 and bytes(sealed(subject=THING).get().digest).hex() in page.content.decode()
    receipt = client.get(reverse("events:receipt", args=[sequence]))
    assert receipt["Content-Disposition"] == f'attachment; filename="receipt-{sequence}.json"'
    assert json.loads(receipt.content)["index"] == sequence
    for name, arguments in (("events:log", []), ("events:record", [sequence]), ("events:receipt", [sequence])):
        assert as_person(stranger).get(reverse(name, args=arguments)).status_code == 403
    assert client.get(reverse("events:record", args=[99999])).status_code == 404


@event_type(
    "test.money.paid",
    title=Text("付款", "Paid"),
    says=Text("付给{to} {money}，第 {part} 笔", "{money} to {to}, {part}"),
)
@dataclass(frozen=True)
class Paid:
    to: str
    part: int


@pytest.mark.usefixtures("committing", "own_keys")
def test_an_event_is_a_sentence_with_its_amount_and_what_it_is_about() -> None:
    auditor = somebody("auditor", "events.view")
    emit(Paid("甲方", 2), actor=auditor, subject=Ref("test.bill", "b1"), money=Money(123456))
    emit(Signed(2), actor=auditor, subject=THING, money=Money(100))
    wait_for_seals()
    client = as_person(auditor)
    page = client.get(reverse("events:log")).content.decode()
    assert "付给甲方 1,234.56 元，第 2 笔" in page and "签了字：1.00 元" in page
    refer({"test.bill": Reference(Text("账单", "Bill"), {"b1": Pointed("一号账单", "/bills/1/")}.get)})
    event = sealed(subject=Ref("test.bill", "b1")).get()
    page = client.get(reverse("events:record", args=[event.seal.sequence])).content.decode()
    assert '<a href="/bills/1/">一号账单</a>' in page and "付给甲方 1,234.56 元" in page and "摘要所覆盖的字段" in page


@pytest.mark.usefixtures("committing", "own_keys")
def test_the_log_is_narrowed_by_group_and_days() -> None:
    auditor = somebody("auditor", "events.view")
    emit(Signed(2), actor=auditor, subject=THING)
    client, today = as_person(auditor), clock.today().isoformat()
    for query, shown in (
        ("group=test", True),
        ("group=core", False),
        (f"from={today}&to={today}", True),
        ("to=2020-01-01", False),
        ("from=2999-01-01", False),
    ):
        assert ("签了字</td>" in client.get(f"{reverse('events:log')}?{query}").content.decode()) is shown, query
    assert client.get(f"{reverse('events:log')}?from=tomorrow").status_code == 422


def test_every_group_of_events_has_a_name() -> None:
    groups = {name.partition(".")[0] for name, _ in types() if not name.startswith(("test.", "linktest.", "readme."))}
    assert {each for each in groups if each not in log._GROUPS} == set()


def asked(view: object, actor: Principal, *arguments: object, method: str = "get") -> HttpResponse:
    with acting(actor):
        return view(getattr(RequestFactory(), method)("/"), *arguments)


@pytest.mark.usefixtures("committing", "own_keys")
def test_a_dead_job_is_seen_and_tried_again() -> None:
    keeper, stranger = somebody("keeper", "outbox.view", "outbox.retry"), somebody("stranger")
    number = later("test.audit.break")
    run_worker(wait=False)
    assert dead().get().pk == number
    client = as_person(keeper)
    page = client.get(reverse("outbox:queue") + "?state=failed")
    assert page.status_code == 200 and "OSError: broken" in page.content.decode()
    assert "OSError: broken" in client.get(reverse("outbox:job", args=[number])).content.decode()
    assert client.get(reverse("outbox:job", args=[0])).status_code == 404
    with pytest.raises(Refusal):
        asked(queue.retrying, stranger, number, method="post")
    assert dead().count() == 1
    assert asked(queue.retrying, keeper, number, method="post").status_code == 302
    assert dead().count() == 0 and Event.objects.filter(type="core.job.revived").count() == 1
    with pytest.raises(Refusal):
        asked(queue.queue, stranger)
    with pytest.raises(Http404):
        asked(log.record, SYSTEM, 99999)


@pytest.mark.usefixtures("committing", "own_keys")
def test_whoever_holds_number_and_digest_gets_a_receipt() -> None:
    signer, auditor, stranger = somebody("signer"), somebody("auditor", "events.view"), somebody("stranger")
    emit(Signed(2), actor=signer, subject=THING)
    wait_for_seals()
    event = sealed(subject=THING).get()
    sequence, digest = event.seal.sequence, bytes(event.digest).hex()
    address = reverse("receipts:page", args=[sequence, digest])
    assert "待签名" in Client().get(address).content.decode()
    checkpoint()
    page = Client().get(address).content.decode()
    assert "已封存并签名" in page and "<svg" in page and digest in page and "签了字" not in page
    for who, content in ((None, False), (stranger, False), (signer, True), (auditor, True)):
        client = as_person(who) if who else Client()
        receipt = client.get(reverse("receipts:file", args=[sequence, digest])).json()
        assert ("event" in receipt) is content and receipt["index"] == sequence and receipt["checkpoint"]
        assert ("查看全文" in client.get(address).content.decode()) is (who is auditor)
    for short in (digest[:16], digest[:-1], digest[:20].upper()):
        assert Client().get(reverse("receipts:page", args=[sequence, short]))["Location"] == address
    for wrong in ("0" * 64, digest[:15], f"{digest}0"):
        assert Client().get(reverse("receipts:page", args=[sequence, wrong])).status_code == 404
    assert Client().get(reverse("receipts:page", args=[sequence + 1, digest])).status_code == 404
    script = Client().get(reverse("receipts:script"))
    assert script["Content-Type"].startswith("text/x-python") and b"def joined" in script.content


@pytest.mark.usefixtures("committing", "own_keys")
def test_the_way_to_the_root_is_drawn_as_it_is_proved_and_the_keys_have_fingerprints() -> None:
    signer = somebody("signer")
    for number in range(5):
        emit(Signed(number), actor=signer, subject=THING)
    wait_for_seals()
    checkpoint()
    event = sealed(subject=THING)[2]
    proof = receipt(event, content=False)
    page = (
        Client().get(reverse("receipts:page", args=[event.seal.sequence, bytes(event.digest).hex()])).content.decode()
    )
    wide = page.split('<div class="picture-wide">', 1)[1].split("</svg>", 1)[0]
    drawn = re.findall(r'<text x="([\d.]+)"[^>]*>([0-9a-f]{16})</text>', wide)
    assert [value for _, value in drawn] == [str(value)[:16] for value in proof["path"]]
    spans = inclusion_spans(event.seal.sequence, int(str(proof["size"])))
    assert [float(x) < 480 for x, _ in drawn] == [span.start < event.seal.sequence for span in spans]
    (key,) = house_keys()
    entrance = Client().get(reverse("receipts:entrance")).content.decode()
    assert key in entrance and sha256(bytes.fromhex(key)).hexdigest()[:4] in entrance


@pytest.mark.usefixtures("committing", "own_keys")
def test_number_and_digest_are_asked_for() -> None:
    emit(Signed(2), actor=somebody("signer"), subject=THING)
    wait_for_seals()
    event = sealed(subject=THING).get()
    sequence, digest = event.seal.sequence, bytes(event.digest).hex()
    entrance = reverse("receipts:entrance")
    assert "sha256" in Client().get(entrance).content.decode()
    sent = Client().post(entrance, {"sequence": str(sequence), "digest": f" {digest.upper()} "})
    assert sent.status_code == 302 and sent["Location"] == reverse("receipts:page", args=[sequence, digest])
    printed = Client().post(entrance, {"sequence": str(sequence), "digest": f"{digest[:16]}…"})
    assert printed["Location"] == sent["Location"]
    for wrong, words in (
        ({"sequence": "x", "digest": digest}, "日志中没有这个序号"),
        ({"sequence": "9" * 30, "digest": digest}, "日志中没有这个序号"),
        ({"sequence": str(sequence), "digest": "00"}, "至少要有 16 个字符"),
        ({"sequence": str(sequence), "digest": "0" * 16}, "与您填写的不同"),
    ):
        answer = Client().post(entrance, wrong)
        assert answer.status_code == 422 and words in answer.content.decode()


@pytest.mark.usefixtures("committing", "own_keys")
def test_a_printed_record_carries_the_code_of_its_latest_receipt() -> None:
    keeper = somebody("keeper", "outbox.view", "outbox.retry")
    number = later("test.audit.break")
    run_worker(wait=False)
    address = reverse("outbox:job", args=[number])
    as_person(keeper).post(reverse("outbox:retry", args=[number]))
    assert "等待封存" in as_person(keeper).get(address).content.decode()
    wait_for_seals()
    page = as_person(keeper).get(address).content.decode()
    assert "<svg" in page and "print-only qr" in page and "/receipts/" in page

"""Receipts for everybody: whoever holds a number and its digest sees where it stands in the log, and can prove it."""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from qilian.core.house.pages import (
    NOT_A_RECORD,
    Action,
    Crumb,
    Fact,
    Field,
    Head,
    RecordPage,
    Section,
    Status,
    StepForm,
    show,
)
from qilian.core.house.principal import Principal, current_principal
from qilian.core.log.events.api import Event, at_sequence, log_hash
from qilian.core.log.proofs.api import growth, house_keys, latest_checkpoint, receipt
from qilian.core.rights.grants.api import allowed
from qilian.core.values.text import Refusal, Text

TITLE = Text("核验凭据", "Verify a receipt")
_SCRIPT = Path(__file__).with_name("verify.py")


@require_http_methods(["GET", "POST"])
def entrance(request: HttpRequest) -> HttpResponse:
    """Ask for the number and digest that stand on a page or a printed sheet."""
    if request.method != "POST":
        return show(_form({}, ()))
    sent = request.POST.dict()
    try:
        event = _named(sent.get("sequence", ""), sent.get("digest", ""))
    except Refusal as refusal:
        return show(_form(sent, (refusal,)), status=422)
    return HttpResponseRedirect(_address(event))


@require_GET
def page(_request: HttpRequest, sequence: int, digest: str) -> HttpResponse:
    """Show where an event stands in the log; its content only to those who may see it.

    A digest as printed, its first 16 characters or more, leads to the address with all of it.
    """
    event = _held(sequence, digest)
    if len(digest) < _WHOLE:
        return HttpResponseRedirect(_address(event))
    proof = receipt(event, content=False)
    signed = proof["checkpoint"]
    facts = (
        Fact(Text("状态", "State"), _SIGNED if signed else _SEALED),
        Fact(Text("日志序号", "Number in the log"), sequence),
        Fact(Text("封存时间", "Sealed"), event.seal.sealed_at),
        Fact(Text("当时日志规模", "Size of the log"), proof["size"]),
    )
    head = Head(
        Text(f"凭据 {sequence}", f"Receipt {sequence}"),
        crumbs=(Crumb(TITLE, reverse("receipts:entrance")), Crumb(str(sequence))),
        facts=facts,
        actions=_actions(event),
    )
    way = Section(_WAY, "path", template="audit/path.html", context={"proof": proof})
    return show(RecordPage(head, (way, _proof(event, proof), _picture(event), _how()), NOT_A_RECORD))


@require_GET
def file(_request: HttpRequest, sequence: int, digest: str) -> HttpResponse:
    """Send the receipt as JSON, with the event itself for its actor, its party and auditors."""
    event = _held(sequence, digest)
    return _sent(receipt(event, content=_sees(current_principal(), event)), f"receipt-{sequence}.json")


@require_GET
def checkpoint_file(_request: HttpRequest) -> HttpResponse:
    """Send the newest signed checkpoint: what a witness keeps."""
    return _sent(latest_checkpoint(), "checkpoint.json")


@require_GET
def growth_file(_request: HttpRequest, size: int) -> HttpResponse:
    """Send the proof that the log of today begins with the one of `size` events that somebody kept a checkpoint of."""
    return _sent(growth(since=size), f"growth-{size}.json")


@require_GET
def script(_request: HttpRequest) -> HttpResponse:
    """Send the verifier, one file of plain Python for every proof that the house hands out, with our keys in it."""
    pinned = f'PINNED = "{" ".join(sorted(house_keys()))}"'
    answer = HttpResponse(
        _SCRIPT.read_text(encoding="utf-8").replace('PINNED = ""', pinned, 1),
        content_type="text/x-python; charset=utf-8",
    )
    answer["Content-Disposition"] = 'attachment; filename="verify.py"'
    return answer


def _sent(proof: Mapping[str, object], name: str) -> HttpResponse:
    answer = JsonResponse(proof, json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _named(sequence: str, digest: str) -> Event:
    event = at_sequence(int(sequence)) if sequence.strip().isdecimal() and len(sequence) < 19 else None
    if event is None:
        raise Refusal("receipts.sequence", _NO_NUMBER, where="sequence")
    written = digest.strip().strip("…").lower()
    if len(written) < _LEAST:
        raise Refusal("receipts.short", _SHORT, where="digest")
    if not bytes(event.digest).hex().startswith(written):
        raise Refusal("receipts.digest", _OTHER, where="digest", remedy=_OTHER_REMEDY)
    return event


def _held(sequence: int, digest: str) -> Event:
    event = at_sequence(sequence)
    if event is None or len(digest) < _LEAST or not bytes(event.digest).hex().startswith(digest.lower()):
        raise Http404
    return event


def _sees(actor: Principal, event: Event) -> bool:
    own = actor.signed_in and (actor.ref == event.actor or (event.party != "" and event.party in actor.parties))
    return own or allowed(actor, "events.view")


def _address(event: Event) -> str:
    return reverse("receipts:page", args=[event.seal.sequence, bytes(event.digest).hex()])


def _actions(event: Event) -> list[Action]:
    sequence, digest = event.seal.sequence, bytes(event.digest).hex()
    download = Action(Text("下载凭据（JSON）", "Download the receipt (JSON)"), _file(sequence, digest), primary=True)
    whole = Action(Text("查看全文", "See the event"), reverse("events:record", args=[sequence]))
    return [download, whole] if allowed(current_principal(), "events.view") else [download]


def _file(sequence: int, digest: str) -> str:
    return reverse("receipts:file", args=[sequence, digest])


def _proof(event: Event, proof: Mapping[str, object]) -> Section:
    signed = proof["checkpoint"]
    facts = [
        Fact(Text("摘要", "Digest"), f"{proof['hash']}:{bytes(event.digest).hex()}"),
        Fact(Text("根", "Root"), str(proof["root"])),
    ]
    if isinstance(signed, dict):
        facts += [
            Fact(Text("签名公钥", "Signed by the key"), str(signed["key"])),
            Fact(Text("签名", "Signature"), str(signed["signature"])),
        ]
    return Section(Text("证明", "Proof"), "proof", facts=facts)


def _picture(event: Event) -> Section:
    context = {"address": settings.BASE_URL + _address(event)}
    return Section(Text("二维码", "QR code"), "qr", template="audit/qr.html", context=context)


def _how() -> Section:
    return Section(Text("自行核验", "Verify it yourself"), "how", paragraphs=_WORDS, facts=(_verifier(),))


def _keys() -> tuple[Fact, ...]:
    """The keys that checkpoints are signed by, with the fingerprint that one compares by telephone or on paper."""
    facts: list[Fact] = []
    for key in sorted(house_keys()):
        digest = sha256(bytes.fromhex(key)).hexdigest()
        facts.append(Fact(Text("签名公钥（Ed25519）", "Signing key (Ed25519)"), key))
        grouped = " ".join(digest[n : n + 4] for n in range(0, 32, 4))
        facts.append(Fact(Text("公钥指纹（SHA-256 前 32 位）", "Its fingerprint (SHA-256, first 32)"), grouped))
    return tuple(facts)


def _verifier() -> Fact:
    return Fact(Text("核验程序", "Verifier"), "verify.py", reverse("receipts:script"))


def _form(sent: Mapping[str, str], refusals: tuple[Refusal, ...]) -> StepForm:
    paragraphs = (*_WORDS, Text(f"本日志使用 {log_hash()}。", f"This log uses {log_hash()}."))
    return StepForm(
        Head(TITLE, crumbs=(Crumb(TITLE),)),
        (
            Field("sequence", Text("日志序号", "Number in the log"), "integer", sent.get("sequence", "")),
            Field("digest", Text("摘要", "Digest"), value=sent.get("digest", ""), hint=_HINT),
        ),
        submit=Text("核验", "Verify"),
        refusals=refusals,
        before=(Section(paragraphs=paragraphs, facts=(_verifier(), *_keys())),),
    )


_SIGNED = Status(Text("已封存并签名", "sealed and signed"), "green")
_SEALED = Status(Text("已封存，待签名", "sealed, being signed"), "amber")
_HINT = Text(
    "页面或纸面上的十六进制字符，前 16 位即可，最多 64 位。",
    "Hexadecimal characters from the page or the sheet: the first 16 are enough, 64 are all.",
)
_WAY = Text("证明的路径", "The way to the root")
_LEAST, _WHOLE = 16, 64
_SHORT = Text("摘要至少要有 16 个字符。", "At least 16 characters of the digest are needed.")
_NO_NUMBER = Text("日志中没有这个序号。", "The log has no such number.")
_OTHER = Text("这个序号的摘要与您填写的不同。", "The digest at this number is not the one that you gave.")
_OTHER_REMEDY = Text(
    "请核对序号和每个字符；若纸面无误，说明它不是本系统出具的。",
    "Compare the number and every character; if the sheet says so, it was not issued here.",
)
_WORDS = (
    Text(
        "每一件办过的事都在日志中有一个序号和一个摘要，日志每分钟签名一次，任何人都不能悄悄改动。",
        "Everything has a number and a digest in the log, which is signed every minute: nobody changes it unseen.",
    ),
    Text(
        "下载凭据和核验程序，在自己的电脑上运行：python verify.py 凭据文件 公钥。它不需要本系统。",
        "Download the receipt and the verifier, then run: python verify.py FILE KEY. It needs nothing of ours.",
    ),
)

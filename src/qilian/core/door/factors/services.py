"""Verbs of second factors: set up, show, renew codes, remove."""

import base64
import secrets
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from django.db import transaction

from qilian.core.door.sessions.api import end_all
from qilian.core.door.signin.api import begin_try, failed, welcome
from qilian.core.house.principal import Principal
from qilian.core.log.events.api import emit
from qilian.core.rights.grants.api import require_house
from qilian.core.rights.privacy.api import unseal
from qilian.core.values import clock
from qilian.core.values.text import Ref, Refusal, Text, fitting_text
from qilian.core.who.notices.api import notify
from qilian.core.who.people.api import Person

from .events import CodesMade, FactorAdded, FactorRemoved, FactorShown
from .kernel import CODES, STEP_SECONDS, matching_step, recovery_code, recovery_digest
from .models import Factor, RecoveryCode
from .queries import codes_left, factors_of, is_required

ISSUER = "Qilian"
SECRET_BYTES, RECOVERY_BYTES = 20, 15
PASSKEYS_MAX = 10
DOOR = "factor"
_NOT_YOU = Text("不是您本人操作的，请立即联系系统管理员。", "If it was not you, tell the system administrator at once.")


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What an authenticator app is told: the secret in base32, and the same as an address for a QR code."""

    secret: str
    uri: str


@transaction.atomic
def begin_app(*, actor: Principal) -> Enrolment:
    """Make the secret of an authenticator app, or give the one that waits for its first code.

    Refusals: `factors.owner`, `factors.app` when an app is set up already.
    """
    person = _owner(actor)
    row = Factor.objects.filter(person=person, kind="totp").first()
    if row is not None and row.confirmed_at is not None:
        message = Text("已经设置了验证器。", "An authenticator app is set up already.")
        raise Refusal(
            "factors.app", message, remedy=Text("要换手机，请先移除旧的。", "To change it, remove the old one.")
        )
    if row is None:
        fresh = base64.b32encode(secrets.token_bytes(SECRET_BYTES)).decode()
        row = Factor(person=person, kind="totp", name="", secret=fresh, made_at=clock.now())
        row.save(force_insert=True)
    secret = unseal(row.secret)
    return Enrolment(secret, _uri(secret, person.login))


@transaction.atomic
def confirm_app(*, actor: Principal, code: str) -> tuple[str, ...]:
    """Take the app's first code; return recovery codes when these are the person's first, to be shown once.

    Refusals: `factors.owner`, `factors.code` for a wrong one, `factors.unknown` when nothing was begun.
    """
    person = _owner(actor)
    row = Factor.objects.select_for_update(of=("self",)).filter(person=person, kind="totp", confirmed_at=None).first()
    if row is None:
        raise Refusal("factors.unknown", Text("请先开始设置。", "Begin to set it up first."), where="code")
    _take(row, code)
    row.confirmed_at = clock.now()
    row.save(update_fields=["confirmed_at"])
    _tell(actor, person, FactorAdded("totp"), Text("已设置验证器", "An authenticator app was set up"))
    return () if codes_left(person.pk) else new_codes(actor=actor)


@transaction.atomic
def add_passkey(*, actor: Principal, name: str, credential: str, data: str, counter: int) -> Factor:
    """Keep a passkey whose registration was verified; `data` is its public part in base64.

    Refusals: `factors.owner`, `factors.name`, `factors.many` (ten at most), `factors.taken`.
    """
    person, label = _owner(actor), fitting_text(name, "name", Text("名称", "name"), most=60)
    if not label:
        raise Refusal("factors.name", Text("请起个名字。", "Give it a name."), where="name")
    if Factor.objects.filter(person=person, kind="passkey").count() >= PASSKEYS_MAX:
        raise Refusal("factors.many", Text("最多十个通行密钥。", "There are ten passkeys at most."), where="name")
    if Factor.objects.filter(credential=credential).exists():
        raise Refusal("factors.taken", Text("这个通行密钥已经登记。", "This passkey is registered already."))
    row = Factor(person=person, kind="passkey", name=label, secret=data, credential=credential, counter=counter)
    row.made_at = row.confirmed_at = clock.now()
    row.save(force_insert=True)
    _tell(actor, person, FactorAdded("passkey"), Text("已添加通行密钥", "A passkey was added"))
    return row


def show_code(*, person: Person, code: str, network: str) -> str:
    """Show a code of the app or a recovery code; return which (`totp`, `recovery`). Each is taken once.

    Tries are counted like passwords. Refusals: `signin.locked`, `factors.code`.
    """
    begin_try(login=person.login, network=network, door=DOOR)
    try:
        kind = _shown(person, code)
    except Refusal:
        failed(login=person.login, network=network, door=DOOR)
        raise
    welcome(person=person, login=person.login, network=network, door=DOOR)
    return kind


@transaction.atomic
def show_passkey(*, credential: str, counter: int) -> Person:
    """Take a verified signature of a passkey; a count that does not grow tells of a copy and is refused.

    Refusals: `factors.unknown`, `factors.copied` (WebAuthn level 2, 6.1.1).
    """
    row = Factor.objects.select_for_update(of=("self",)).select_related("person").filter(credential=credential).first()
    if row is None or not row.person.is_active:
        raise Refusal("factors.unknown", Text("不认识这个通行密钥。", "This passkey is not known."), where="credential")
    if (counter or row.counter) and counter <= row.counter:
        message = Text("这个通行密钥可能被复制，不能使用。", "This passkey may have been copied; it cannot be used.")
        raise Refusal("factors.copied", message, where="credential", remedy=_NOT_YOU)
    row.counter, row.used_at = counter, clock.now()
    row.save(update_fields=["counter", "used_at"])
    emit(FactorShown("passkey"), actor=_as(row.person), subject=_ref(row.person))
    return row.person


@transaction.atomic
def new_codes(*, actor: Principal) -> tuple[str, ...]:
    """Make ten recovery codes, to be shown once; the old ones are void. Refusals: `factors.owner`, `factors.none`."""
    person = _owner(actor)
    if not factors_of(person.pk).exists():
        raise Refusal("factors.none", Text("请先设置验证器或通行密钥。", "Set up an app or a passkey first."))
    codes = tuple(recovery_code(secrets.token_bytes(RECOVERY_BYTES)) for _ in range(CODES))
    RecoveryCode.objects.filter(person=person).delete()
    RecoveryCode.objects.bulk_create([RecoveryCode(person=person, digest=recovery_digest(code)) for code in codes])
    emit(CodesMade(len(codes)), actor=actor, subject=_ref(person))
    return codes


@transaction.atomic
def remove_factor(*, actor: Principal, code: str) -> None:
    """Take one's own factor away. Refusals: `factors.owner`, `factors.unknown`, `factors.last` (one is required)."""
    person = _owner(actor)
    row = Factor.objects.select_for_update(of=("self",)).filter(person=person, code=code).first()
    if row is None:
        raise Refusal("factors.unknown", Text("没有这项验证。", "There is no such factor."), where="factor")
    if is_required(person) and factors_of(person.pk).count() == 1:
        message = Text("您的账号必须保留一项第二重验证。", "Your account must keep a second factor.")
        remedy = Text("请先设置另一项，再移除这一项。", "Set up another one before you remove this.")
        raise Refusal("factors.last", message, remedy=remedy)
    row.delete()
    if not factors_of(person.pk).exists():
        RecoveryCode.objects.filter(person=person).delete()
    _tell(actor, person, FactorRemoved(row.kind, ""), Text("第二重验证已移除", "A second factor was removed"))


@transaction.atomic
def reset_factors(*, actor: Principal, person: Person, reason: str) -> None:
    """Take all factors of somebody who lost them; he sets up new ones at his next sign-in, and is told.

    No administrator calls this alone: `recovery` does when two have agreed. Refusal `grants.together`.
    """
    require_house(actor)
    Factor.objects.filter(person=person).delete()
    RecoveryCode.objects.filter(person=person).delete()
    end_all(actor=actor, person=person)
    _tell(actor, person, FactorRemoved("all", reason), Text("第二重验证已重置", "Your second factors were reset"))


@transaction.atomic
def _shown(person: Person, code: str) -> str:
    row = Factor.objects.select_for_update(of=("self",)).filter(person=person, kind="totp").first()
    kind = "recovery" if _spend(person, code) else "totp"
    if kind == "totp":
        if row is None or row.confirmed_at is None:
            raise _wrong()
        _take(row, code)
    emit(FactorShown(kind), actor=_as(person), subject=_ref(person))
    return kind


def _uri(secret: str, login: str) -> str:
    """What the QR code says to an authenticator app (the Key URI format that all of them read)."""
    query = {"secret": secret, "issuer": ISSUER, "digits": 6, "period": STEP_SECONDS}
    return f"otpauth://totp/{quote(f'{ISSUER}:{login}')}?{urlencode(query)}"


def _owner(actor: Principal) -> Person:
    if actor.person is None or actor.limits is not None:
        raise Refusal("factors.owner", Text("请本人登录后办理。", "The person signs in himself."))
    return Person.objects.select_for_update().get(pk=actor.person)


def _take(row: Factor, code: str) -> None:
    now = int(clock.now().timestamp())
    step = matching_step(base64.b32decode(unseal(row.secret)), code, now=now, used=row.counter)
    if step is None:
        raise _wrong()
    row.counter, row.used_at = step, clock.now()
    row.save(update_fields=["counter", "used_at"])


def _spend(person: Person, code: str) -> bool:
    unused = RecoveryCode.objects.filter(person=person, used_at=None, digest=recovery_digest(code))
    return bool(unused.update(used_at=clock.now()))


def _tell(actor: Principal, person: Person, body: object, title: Text) -> None:
    emit(body, actor=actor, subject=_ref(person))
    notify(actor=actor, to=[person], title=title, body=_NOT_YOU, urgency="urgent")


def _wrong() -> Refusal:
    message = Text("验证码不对，或已经用过。", "The code is wrong, or was used before.")
    remedy = Text("请等手机显示下一个验证码再填。", "Wait for the next code of your app.")
    return Refusal("factors.code", message, where="code", remedy=remedy)


def _as(person: Person) -> Principal:
    return Principal("person", person=person.pk, code=person.code, name=person.name)


def _ref(person: Person) -> Ref:
    return Ref("core.person", person.code)

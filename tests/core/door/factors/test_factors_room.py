"""Second factors through the web: required of officials, shown at sign-in, once each; passkeys by an authenticator."""

import base64
import html
import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver
from tests.core.door.factors.authenticator import Authenticator

from qilian.core.door.factors.api import (
    Factor,
    RecoveryCode,
    begin_app,
    codes_left,
    confirm_app,
    factors_of,
    is_required,
    new_codes,
    remove_factor,
    required_step_of,
    reset_factors,
    show_code,
    show_passkey,
)
from qilian.core.door.factors.kernel import code_at
from qilian.core.door.sessions.api import Session, running_of
from qilian.core.log.events.api import Event
from qilian.core.rights.grants.api import ROLES, SYSTEM, Principal, grant
from qilian.core.rights.privacy.api import unseal
from qilian.core.values import clock
from qilian.core.values.text import Refusal
from qilian.core.who.notices.api import count_unread
from qilian.core.who.people.api import Person, appoint, principal_of, register_person
from qilian.core.who.units.api import Unit

pytestmark = pytest.mark.django_db
WORD = "Xuehai-2026-hu"


@pytest.fixture
def ada() -> Person:
    return register_person(actor=SYSTEM, login="ada", name="甲", password=WORD)


def make_official(person: Person) -> None:
    unit = Unit.objects.create(slug="fgw", kind="department")
    appoint(actor=SYSTEM, person=person, unit=unit, role="处长", valid_from=date(2020, 1, 1))


def refusal(call: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as refused:
        call()
    return refused.value.code


def key_of(person: Person) -> bytes:
    return base64.b32decode(unseal(Factor.objects.get(person=person, kind="totp").secret))


def code_of(person: Person, steps: int = 0) -> str:
    return code_at(key_of(person), int(clock.now().timestamp()) // 30 + steps)


def with_app(person: Person) -> tuple[str, ...]:
    begin_app(actor=principal_of(person))
    return confirm_app(actor=principal_of(person), code=code_of(person, -1))


def signed_in(word: str = WORD, host: str = "localhost") -> Client:
    client = Client(SERVER_NAME=host)
    assert client.post("/accounts/login/", {"login": "ada", "password": word}).status_code == 302
    return client


def options_in(page: str) -> dict[str, object]:
    found = re.search(r'data-options="([^"]*)"', page)
    assert found is not None
    return json.loads(html.unescape(found[1]))


def test_who_needs_one(ada: Person) -> None:
    admin = register_person(actor=SYSTEM, login="admin", name="管理员")
    grant(actor=SYSTEM, person=admin.pk, actions=ROLES["audit-administrator"])
    with override_settings(TWO_FACTORS=True):
        assert not is_required(ada) and is_required(admin)
        make_official(ada)
        assert is_required(ada) and required_step_of(ada, shown=False) == "enrol"
    assert not is_required(ada) and required_step_of(ada, shown=False) == "open"


def test_a_real_house_asks_for_it_and_a_demonstration_says_that_it_does_not() -> None:
    with override_settings(MODE="demo"):
        assert "演示库只需密码" in Client(headers={"accept-language": "zh"}).get("/accounts/login/").content.decode()
    with override_settings(TWO_FACTORS=True):
        assert (
            "还须通过第二重验证" in Client(headers={"accept-language": "zh"}).get("/accounts/login/").content.decode()
        )


def routes() -> list[str]:
    """Return an address for every page of the house, with something in the place of each argument."""
    found: list[str] = []

    def walk(patterns: list[URLPattern | URLResolver], prefix: str) -> None:
        for pattern in patterns:
            route = prefix + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                walk(pattern.url_patterns, route)
            else:
                found.append("/" + re.sub(r"<int:\w+>", "1", re.sub(r"<(?!int)[^>]*>", "x", route)))

    walk(get_resolver().url_patterns, "")
    return [address for address in found if "^" not in address and "$" not in address]


def test_with_the_password_alone_every_page_leads_to_the_gate(ada: Person) -> None:
    with_app(ada)
    client = signed_in()
    addresses = [each for each in routes() if not each.startswith(("/accounts/logout", "/language", "/health"))]
    assert len(addresses) > 80
    for address in addresses:
        if address == "/account/factors/check/":
            continue
        answer = client.get(address)
        if address.startswith("/api/"):
            assert (answer.status_code, answer.json()["code"]) == (403, "factors.needed"), address
        else:
            assert answer.status_code == 302 and answer["Location"].startswith("/account/factors/check/"), address
    assert client.post("/account/sessions/others/ending")["Location"].startswith("/account/factors/check/")
    assert client.post("/accounts/logout/").status_code == 302


def test_a_code_opens_the_session_and_turns_its_key(ada: Person) -> None:
    with_app(ada)
    client = signed_in()
    key = client.session.session_key
    asked = client.get("/account/sessions/")["Location"]
    assert client.get(asked).status_code == 200
    assert client.post(asked, {"code": "000000"}).status_code == 422
    opened = client.post(asked, {"code": code_of(ada)})
    assert (opened.status_code, opened["Location"]) == (302, "/account/sessions/")
    assert client.session.session_key != key and client.get("/account/sessions/").status_code == 200
    assert client.get("/account/factors/check/")["Location"] == "/"
    assert Event.objects.get(type="factors.factor.shown").data == {"kind": "totp"}


def test_after_the_gate_no_stranger_address_is_followed(ada: Person) -> None:
    with_app(ada)
    answer = signed_in().post("/account/factors/check/?next=https://evil.example/", {"code": code_of(ada)})
    assert answer["Location"] == "/"


def test_the_address_in_the_qr_code(ada: Person) -> None:
    enrolment = begin_app(actor=principal_of(ada))
    parts = urlsplit(enrolment.uri)
    assert (parts.scheme, parts.netloc, parts.path) == ("otpauth", "totp", "/Qilian%3Aada")
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    assert query == {"secret": enrolment.secret, "issuer": "Qilian", "digits": "6", "period": "30"}
    assert len(base64.b32decode(enrolment.secret)) == 20  # RFC 4226, 4: 160 bits


def test_a_code_is_taken_once(ada: Person) -> None:
    codes = with_app(ada)
    code = code_of(ada)
    assert show_code(person=ada, code=code, network="") == "totp"
    assert refusal(lambda: show_code(person=ada, code=code, network="")) == "factors.code"
    assert show_code(person=ada, code=codes[3].lower(), network="") == "recovery"
    assert refusal(lambda: show_code(person=ada, code=codes[3], network="")) == "factors.code"
    assert codes_left(ada.pk) == 9


def test_five_wrong_codes_wait_like_passwords(ada: Person) -> None:
    with_app(ada)
    for _ in range(5):
        assert refusal(lambda: show_code(person=ada, code="000000", network="")) == "factors.code"
    assert refusal(lambda: show_code(person=ada, code=code_of(ada), network="")) == "signin.locked"
    with clock.allow_standing(), clock.standing_at(clock.now() + timedelta(minutes=16)):
        assert show_code(person=ada, code=code_of(ada), network="") == "totp"


def test_secrets_are_sealed_and_codes_are_digests(ada: Person) -> None:
    codes = with_app(ada)
    row = Factor.objects.get()
    assert base64.b32encode(key_of(ada)) not in row.secret.data
    assert not {code.replace("-", "") for code in codes} & set(RecoveryCode.objects.values_list("digest", flat=True))
    assert not any(code in str(event.data) for event in Event.objects.all() for code in codes)


def test_an_official_sets_one_up_before_anything_else(ada: Person) -> None:
    make_official(ada)
    with override_settings(TWO_FACTORS=True):
        client = signed_in()
        assert client.get("/")["Location"] == "/account/factors/"
        assert client.get("/api/v1/coverage").json()["code"] == "factors.needed"
        assert "须先设置" in client.get("/account/factors/", headers={"accept-language": "zh"}).content.decode()
        page = client.get("/account/factors/app/").content.decode()
        assert "data:image/svg+xml" in page
        assert client.post("/account/factors/app/", {"code": "1"}).status_code == 422
        shown = client.post("/account/factors/app/", {"code": code_of(ada)})
        assert shown.status_code == 200 and shown["Cache-Control"] == "no-store"
        assert client.get("/").status_code == 200
        row = factors_of(ada.pk).get()
        assert client.post(f"/account/factors/{row.code}/removal").status_code == 422  # the last one stays
        assert signed_in().get("/")["Location"].startswith("/account/factors/check/")


def test_a_new_post_closes_the_gate_of_a_running_session(ada: Person) -> None:
    with override_settings(TWO_FACTORS=True):
        client = signed_in()
        assert client.get("/account/").status_code == 200
        make_official(ada)
        assert client.get("/account/")["Location"] == "/account/factors/"


def test_what_is_refused_while_setting_up(ada: Person) -> None:
    me = principal_of(ada)
    assert refusal(lambda: confirm_app(actor=me, code="1")) == "factors.unknown"
    assert refusal(lambda: new_codes(actor=me)) == "factors.none"
    assert refusal(lambda: begin_app(actor=Principal("anonymous"))) == "factors.owner"
    assert begin_app(actor=me) == begin_app(actor=me)  # the same secret until it is confirmed
    with_app(ada)
    assert refusal(lambda: begin_app(actor=me)) == "factors.app"
    assert refusal(lambda: remove_factor(actor=me, code="none")) == "factors.unknown"
    remove_factor(actor=me, code=Factor.objects.get().code)
    assert not Factor.objects.exists() and codes_left(ada.pk) == 0
    assert count_unread(me) == 2


def test_a_reset_takes_all_factors_and_ends_the_sessions(ada: Person) -> None:
    """`recovery` calls it when two administrators have agreed; one alone never does."""
    with_app(ada)
    signed_in()
    assert refusal(lambda: reset_factors(actor=principal_of(ada), person=ada, reason="x")) == "grants.together"
    reset_factors(actor=SYSTEM, person=ada, reason="当面查验身份证")
    assert not factors_of(ada.pk).exists() and not running_of(ada.pk).exists()
    assert Event.objects.get(type="factors.factor.removed").data["reason"] == "当面查验身份证"


def register_passkey(client: Client, device: Authenticator, name: str = "笔记本") -> int:
    options = options_in(client.get("/account/factors/passkeys/new/").content.decode())
    answer = client.post("/account/factors/passkeys/new/", {"name": name, "answer": device.create(options)})
    return answer.status_code


def sign_in_with(device: Authenticator) -> Client:
    client = Client(SERVER_NAME="localhost")
    options = options_in(client.get("/accounts/login/passkey/").content.decode())
    client.answer = client.post("/accounts/login/passkey/", {"answer": device.get(options)})
    return client


def test_a_passkey_is_registered_and_signs_in_as_both_factors(ada: Person) -> None:
    client, device = signed_in(), Authenticator()
    assert register_passkey(client, device) == 200  # recovery codes, once
    assert register_passkey(client, Authenticator(), "手机") == 302
    assert "笔记本" in client.get("/account/factors/").content.decode() and codes_left(ada.pk) == 10
    make_official(ada)
    with override_settings(TWO_FACTORS=True):
        there = sign_in_with(device)
        assert there.answer.status_code == 302 and there.get("/account/").status_code == 200
    assert Session.objects.latest("pk").method == "passkey"


def test_passkeys_that_are_refused(ada: Person) -> None:
    client, device = signed_in(), Authenticator()
    assert register_passkey(client, Authenticator(origin="http://evil.localhost", rp="evil.localhost")) == 422
    assert register_passkey(client, Authenticator(verified=False)) == 422
    assert register_passkey(client, Authenticator(), " ") == 422
    register_passkey(client, device)
    assert register_passkey(client, device) == 422  # the same again
    for wrong in (
        Authenticator(),
        Authenticator(key=device.key),
        Authenticator(credential=device.credential),
        Authenticator(key=device.key, credential=device.credential, verified=False),
        Authenticator(key=device.key, credential=device.credential, origin="http://evil.localhost"),
    ):
        assert sign_in_with(wrong).answer.status_code == 422
    assert sign_in_with(device).answer.status_code == 302
    assert sign_in_with(Authenticator(key=device.key, credential=device.credential)).answer.status_code == 422  # a copy
    assert refusal(lambda: show_passkey(credential="none", counter=1)) == "factors.unknown"
    Person.objects.update(is_active=False)
    assert sign_in_with(device).answer.status_code == 422


def test_an_answer_to_no_question_or_to_an_old_one_is_refused(ada: Person) -> None:
    device = Authenticator()
    register_passkey(signed_in(), device)
    client = Client(SERVER_NAME="localhost")
    options = options_in(client.get("/accounts/login/passkey/").content.decode())
    answer = device.get(options)
    assert Client(SERVER_NAME="localhost").post("/accounts/login/passkey/", {"answer": answer}).status_code == 422
    assert client.post("/accounts/login/passkey/", {"answer": answer}).status_code == 302
    again = Client(SERVER_NAME="localhost")
    again.get("/accounts/login/passkey/")
    for sent in (answer, "", "[]", "{}", "not json"):
        assert again.post("/accounts/login/passkey/", {"answer": sent}).status_code == 422


def test_ten_passkeys_are_enough(ada: Person) -> None:
    client = signed_in()
    assert [register_passkey(client, Authenticator(), f"k{n}") for n in range(11)] == [200] + [302] * 9 + [422]
    codes = client.post("/account/factors/codes")
    assert codes.status_code == 200 and codes["Cache-Control"] == "no-store"


def test_my_account_shows_rights_and_who_looked(ada: Person) -> None:
    grant(actor=SYSTEM, person=ada.pk, actions=["clocks.view"])
    page = signed_in().get("/account/", headers={"accept-language": "zh"}).content.decode()
    assert "没有人看过" in page and "/account/tokens/" in page and "/account/factors/" in page

"""Before who gets in is changed, its owner shows again who he is; each address that does so is named here."""

import base64
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session as BrowserSession
from django.test import Client
from tests.core.door.factors.authenticator import Authenticator
from tests.core.door.factors.test_factors_room import options_in

from qilian.core.door.factors.api import Factor, begin_app, confirm_app
from qilian.core.door.factors.kernel import code_at
from qilian.core.door.sessions.api import KEY, Session, running_of
from qilian.core.rights.grants.api import ROLES, SYSTEM, grant
from qilian.core.rights.privacy.api import unseal
from qilian.core.values import clock
from qilian.core.who.people.api import Person, principal_of, register_person

pytestmark = pytest.mark.django_db
WORD = "a quiet lake 2026"
AGAIN = "/account/again/"
FORMS = (
    "/account/email/",
    "/account/factors/app/",
    "/account/factors/passkeys/new/",
    "/account/tokens/new/",
    "/accounts/password/change/",
)
DEEDS = {
    "/account/factors/codes": "/account/factors/",
    "/account/factors/x/removal": "/account/factors/",
    "/account/sessions/others/ending": "/account/sessions/",
    "/account/sessions/x/ending": "/account/sessions/",
    "/account/tokens/x/revocation": "/account/tokens/",
}


@pytest.fixture
def ada() -> Person:
    return register_person(actor=SYSTEM, login="ada", name="甲", email="ada@example.cn", password=WORD)


def signed_in(login: str = "ada") -> Client:
    client = Client(SERVER_NAME="localhost", headers={"accept-language": "zh"})
    assert client.post("/accounts/login/", {"login": login, "password": WORD}).status_code == 302
    return client


def step_of(person: Person) -> str:
    row = Factor.objects.get(person=person, kind="totp")
    return code_at(base64.b32decode(unseal(row.secret)), int(clock.now().timestamp()) // 30)


def test_after_a_quarter_of_an_hour_each_of_them_asks_first(ada: Person) -> None:
    client = signed_in()
    for address in FORMS:
        assert client.get(address).status_code == 200, address
    with clock.allow_standing(), clock.standing_at(clock.now() + timedelta(minutes=16)):
        for address in FORMS:
            for answer in (client.get(address), client.post(address)):
                assert (answer.status_code, answer["Location"]) == (302, f"{AGAIN}?next={address}"), address
        for address, back in DEEDS.items():
            assert client.post(address)["Location"] == f"{AGAIN}?next={back}", address
        for address in ("/account/", "/account/factors/", "/account/sessions/", "/account/tokens/"):
            assert client.get(address).status_code == 200, address


def test_administrators_are_asked_before_they_open_accounts_of_others(ada: Person) -> None:
    admin = register_person(actor=SYSTEM, login="admin", name="管理员", password=WORD)
    grant(actor=SYSTEM, person=admin.pk, actions=ROLES["system-administrator"])
    client = signed_in("admin")
    with clock.allow_standing(), clock.standing_at(clock.now() + timedelta(minutes=16)):
        address = f"/recoveries/people/{ada.code}/"
        assert client.get(address)["Location"] == f"{AGAIN}?next={address}"


def test_the_password_is_shown_again_and_the_key_turns(ada: Person) -> None:
    client = signed_in()
    with clock.allow_standing(), clock.standing_at(clock.now() + timedelta(minutes=16)):
        place = client.get("/account/email/")["Location"]
        page = client.get(place).content.decode()
        assert "请再次验证身份" in page and 'name="code"' not in page
        wrong = client.post(place, {"password": "wrong"})
        assert wrong.status_code == 422 and "密码不对" in wrong.content.decode()
        key = client.session.session_key
        done = client.post(place, {"password": WORD})
        assert (done.status_code, done["Location"]) == (302, "/account/email/")
        assert client.session.session_key != key and not BrowserSession.objects.filter(session_key=key).exists()
        assert client.get("/account/email/").status_code == 200
    assert Session.objects.count() == 1  # the same session goes on


def test_five_wrong_ones_wait(ada: Person) -> None:
    client = signed_in()
    for _ in range(5):
        assert client.post(AGAIN, {"password": "wrong"}).status_code == 422
    locked = client.post(AGAIN, {"password": WORD})
    assert locked.status_code == 422 and "尝试次数太多" in locked.content.decode()


def test_who_has_an_app_shows_its_code_as_well(ada: Person) -> None:
    client = signed_in()
    begin_app(actor=principal_of(ada))
    with clock.allow_standing():
        with clock.standing_at(clock.now() - timedelta(minutes=5)):
            confirm_app(actor=principal_of(ada), code=step_of(ada))
        assert 'autocomplete="one-time-code"' in client.get(AGAIN).content.decode()
        assert client.post(AGAIN, {"password": WORD, "code": "000000"}).status_code == 422
        assert client.post(AGAIN, {"password": WORD}).status_code == 422
        assert client.post(AGAIN, {"password": WORD, "code": step_of(ada)}).status_code == 302


def test_who_has_a_passkey_shows_it(ada: Person) -> None:
    client, device = signed_in(), Authenticator()
    options = options_in(client.get("/account/factors/passkeys/new/").content.decode())
    client.post("/account/factors/passkeys/new/", {"name": "笔记本", "answer": device.create(options)})
    before = client.session[KEY]
    with clock.allow_standing(), clock.standing_at(clock.now() + timedelta(minutes=16)):
        place = client.get("/account/tokens/new/")["Location"]
        page = client.get(place).content.decode()
        assert "/accounts/login/passkey/?next=/account/tokens/new/" in page and 'type="password"' not in page
        assert client.post(place, {"password": WORD}).status_code == 422  # the password alone is half of it
        asked = "/accounts/login/passkey/?next=/account/tokens/new/"
        options = options_in(client.get(asked).content.decode())
        done = client.post(asked, {"answer": device.get(options)})
        assert done["Location"] == "/account/tokens/new/" and client.get(done["Location"]).status_code == 200
        assert client.session[KEY] != before and running_of(ada.pk).count() == 1


def test_no_stranger_address_is_followed_and_visitors_sign_in(ada: Person) -> None:
    done = signed_in().post(f"{AGAIN}?next=https://evil.example/", {"password": WORD})
    assert done["Location"] == "/account/"
    assert Client().get(AGAIN)["Location"] == "/accounts/login/"
    assert Client().get("/account/email/").status_code == 403

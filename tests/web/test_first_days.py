"""The first days of a real house, through pages alone: three administrators, two factors, and the first official."""

import base64
import re
from datetime import timedelta

import pytest
from django.test import Client, override_settings

from qilian.core.door.factors.api import Factor
from qilian.core.door.factors.kernel import code_at
from qilian.core.house.principal import acting
from qilian.core.rights.privacy.api import unseal
from qilian.core.values import clock
from qilian.core.who.inbox.api import waiting_for
from qilian.core.who.people.api import Person, principal_of
from qilian.core.who.units.api import Unit
from qilian.web.administrators import make_administrators

pytestmark = pytest.mark.django_db
PASSWORD = re.compile(r"(?:[a-z2-9]{4}-){4}[a-z2-9]{4}")
CODE = re.compile(r"(?:[A-Za-z2-7]{4}-){5}[A-Za-z2-7]{4}")


def code_of(login: str, steps: int = 0) -> str:
    secret = base64.b32decode(unseal(Factor.objects.get(person__login=login).secret))
    return code_at(secret, int(clock.now().timestamp()) // 30 + steps)


def entered(login: str, word: str) -> Client:
    client = Client(headers={"accept-language": "zh"})
    assert client.post("/accounts/login/", {"login": login, "password": word}).status_code == 302, login
    return client


def settled(login: str, first: str) -> tuple[Client, str, list[str]]:
    """Sign in with a first password, change it, set up an app; returns browser, password and recovery codes."""
    client, own = entered(login, first), f"{login} walks by a lake 2026"
    assert client.get("/")["Location"] == "/accounts/password/change/"
    fields = {"old_password": first, "new_password1": own, "new_password2": own}
    assert client.post("/accounts/password/change/", fields).status_code == 302
    assert client.get("/")["Location"] == "/account/factors/", "an official sets up a factor before anything else"
    assert client.get("/account/factors/app/").status_code == 200
    shown = client.post("/account/factors/app/", {"code": code_of(login)}).content.decode()
    assert client.get("/").status_code == 200
    return client, own, CODE.findall(shown)


@override_settings(TWO_FACTORS=True)
def test_a_real_house_from_its_first_administrators_to_its_first_official() -> None:
    firsts = {login: word for login, word, _ in make_administrators()}
    system, word, codes = settled("system", firsts["system"])
    security, _, _ = settled("security", firsts["security"])
    Unit.objects.create(slug="qh-fgw", kind="department", region="630000")
    system.post("/people/registration", {"name": "李春晓", "login": "li", "language": "zh"})
    li = Person.objects.get(login="li")
    assert not li.has_usable_password()
    asked = system.post(f"/recoveries/people/{li.code}/", {"kind": "password", "reason": "当面查验身份证"})
    place = asked["Location"]
    assert system.post(f"{place}approval/").status_code == 403
    confirming = principal_of(Person.objects.get(login="security"))
    with acting(confirming):
        assert len(waiting_for(confirming)) == 1
    assert security.post(f"{place}approval/").status_code == 302
    found = PASSWORD.search(security.post(f"{place}password/").content.decode())
    assert found is not None and entered("li", found[0]).get("/")["Location"] == "/accounts/password/change/"
    assert security.get("/people/").status_code == 403 and system.get("/access/").status_code == 403
    assert len(codes) == 10
    _comes_again(word, codes)


def _comes_again(word: str, codes: list[str]) -> None:
    """The password alone leads to the gate; a code or a recovery code opens it, wrong ones shut it and nothing else."""
    with clock.allow_standing(), clock.standing_at(clock.now() + timedelta(minutes=3)):
        client = entered("system", word)
        assert client.get("/people/")["Location"].startswith("/account/factors/check/")
        assert client.post("/account/factors/check/", {"code": code_of("system")}).status_code == 302
        assert client.get("/people/").status_code == 200
        other = entered("system", word)
        assert other.post("/account/factors/check/", {"code": codes[0]}).status_code == 302
        assert other.get("/people/").status_code == 200
        thief = entered("system", word)
        answers = [thief.post("/account/factors/check/", {"code": codes[0]}) for _ in range(6)]
        assert [each.status_code for each in answers] == [422] * 6 and "后再试" in answers[-1].content.decode()
        assert thief.get("/people/").status_code == 302 and entered("system", word), "the door of passwords stays open"

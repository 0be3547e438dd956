"""Sessions through the web: listed, ended elsewhere, limited, turned when rights change."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.contrib.sessions.models import Session as BrowserSession
from django.test import Client, override_settings
from tests.house.source import ROOT

from qilian.core.door.sessions.api import KEY, Session, begin, end, end_all, go_on, running_of
from qilian.core.door.sessions.jobs import forget
from qilian.core.door.signin.models import SignInTries
from qilian.core.log.events.api import Event
from qilian.core.rights.grants.api import ROLES, SYSTEM, grant
from qilian.core.values import clock
from qilian.core.values.text import Refusal
from qilian.core.who.notices.api import count_unread
from qilian.core.who.people.api import Person, appoint, principal_of, register_person
from qilian.core.who.units.api import Unit
from qilian.web.layout import admission

pytestmark = pytest.mark.django_db
WORD = "Xuehai-2026-hu"
CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36"


@pytest.fixture
def ada() -> Person:
    return register_person(actor=SYSTEM, login="ada", name="甲", password=WORD)


def browser(login: str = "ada", address: str = "192.0.2.7") -> Client:
    client = Client(headers={"user-agent": CHROME}, REMOTE_ADDR=address)
    assert client.post("/accounts/login/", {"login": login, "password": WORD}).status_code == 302
    return client


def is_in(client: Client) -> bool:
    return client.get("/account/sessions/").status_code == 200


def refusal(call: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as refused:
        call()
    return refused.value.code


def test_every_session_is_listed_with_device_and_coarse_network(ada: Person) -> None:
    here, there = browser(), browser(address="198.51.100.9")
    page = here.get("/account/sessions/").content.decode()
    assert page.count("Chrome · Windows") >= 2 and "192.0.*.*" in page and "198.51.*.*" in page
    assert "192.0.2.7" not in page and is_in(there)
    begun = Event.objects.filter(type="sessions.session.begun")
    assert begun.count() == 2 and "192.0.2.7" not in str([event.data for event in begun])


def test_one_ended_elsewhere_is_over_at_the_next_click(ada: Person) -> None:
    here, there = browser(), browser()
    code = there.session[KEY]
    assert here.post(f"/account/sessions/{code}/ending").status_code == 302
    assert not is_in(there) and is_in(here)
    assert here.post(f"/account/sessions/{code}/ending").status_code == 422
    assert here.post("/account/sessions/none/ending").status_code == 404


def test_signing_out_everywhere_else_leaves_this_one(ada: Person) -> None:
    here, others = browser(), [browser() for _ in range(3)]
    assert here.post("/account/sessions/others/ending").status_code == 302
    assert is_in(here) and not any(map(is_in, others))
    assert [row.code for row in running_of(ada.pk)] == [here.session[KEY]]


def test_a_stranger_cannot_end_it_and_an_administrator_can(ada: Person) -> None:
    mine = browser()
    bob, admin = (register_person(actor=SYSTEM, login=login, name=login) for login in ("bob", "admin"))
    grant(actor=SYSTEM, person=admin.pk, actions=ROLES["system-administrator"])
    code = mine.session[KEY]
    assert refusal(lambda: end(actor=principal_of(bob), code=code)) == "grants.denied"
    assert refusal(lambda: end_all(actor=principal_of(bob), person=ada)) == "grants.denied"
    assert is_in(mine) and mine.get(f"/account/sessions/people/{admin.code}/ending").status_code == 403
    assert end_all(actor=principal_of(admin), person=ada) == 1
    assert not is_in(mine)


def test_an_administrator_ends_all_sessions_of_a_person_on_his_page(ada: Person) -> None:
    mine = browser()
    admin = register_person(actor=SYSTEM, login="admin", name="管理员", password=WORD)
    grant(actor=SYSTEM, person=admin.pk, actions=ROLES["system-administrator"])
    there, address = browser("admin"), f"/account/sessions/people/{ada.code}/ending"
    assert address in there.get(f"/people/{ada.code}/").content.decode()
    assert there.get(address).status_code == 200 and is_in(mine)
    assert there.post(address)["Location"] == f"/people/{ada.code}/"
    assert not is_in(mine) and is_in(there)


def test_signing_out_ends_it_on_the_list_and_in_the_browser(ada: Person) -> None:
    client = browser()
    code, key = client.session[KEY], client.session.session_key
    client.post("/accounts/logout/")
    assert Session.objects.get(code=code).ended_why == "signed out"
    assert not BrowserSession.objects.filter(session_key=key).exists()
    client.post("/accounts/logout/")


def test_an_unused_session_ends_after_an_hour_and_any_after_half_a_day(ada: Person) -> None:
    client, began = browser(), clock.now()
    with clock.allow_standing():
        for minutes in range(50, 12 * 60, 50):
            with clock.standing_at(began + timedelta(minutes=minutes)):
                assert is_in(client), minutes
        with clock.standing_at(began + timedelta(hours=12)):
            assert not is_in(client)
        other = browser()
        with clock.standing_at(clock.now() + timedelta(minutes=61)):
            assert not is_in(other)
    assert sorted(Session.objects.values_list("ended_why", flat=True)) == ["idle", "longest"]


def test_the_browser_gets_a_new_key_at_login_and_when_rights_change(ada: Person) -> None:
    client = Client()
    client.get("/accounts/login/")
    client.session.save()
    before = client.session.session_key
    client.post("/accounts/login/", {"login": "ada", "password": WORD})
    signed = client.session.session_key
    assert signed != before
    is_in(client)
    assert client.session.session_key == signed
    unit = Unit.objects.create(slug="fgw", kind="department")
    appoint(actor=SYSTEM, person=ada, unit=unit, role="处长", valid_from=date(2020, 1, 1))
    assert is_in(client) and client.session.session_key != signed
    assert not BrowserSession.objects.filter(session_key=signed).exists()


def test_a_new_password_ends_all_other_sessions_and_is_told(ada: Person) -> None:
    here, there = browser(), browser()
    fields = {"old_password": WORD, "new_password1": "another-1-mountain", "new_password2": "another-1-mountain"}
    key = here.session.session_key
    assert here.post("/accounts/password/change/", fields).status_code == 302
    assert is_in(here) and not is_in(there) and here.session.session_key != key
    assert count_unread(principal_of(ada)) == 1
    assert Session.objects.get(ended_why="password")


def test_a_session_of_another_person_is_none(ada: Person) -> None:
    bob = register_person(actor=SYSTEM, login="bob", name="乙")
    row = begin(person=ada, method="password", agent="", address="")
    assert go_on(code=row.code, person=ada.pk) and not go_on(code=row.code, person=bob.pk)
    assert refusal(lambda: end(actor=SYSTEM, code="none")) == "sessions.unknown"


def test_the_cookie_is_closed_to_scripts_and_bound_to_its_host_behind_tls(ada: Person) -> None:
    cookie = browser().cookies["sessionid"]
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and not cookie["domain"]
    from qilian.web import settings

    assert settings.SESSION_COOKIE_SECURE == settings.HTTPS


def test_a_proxy_that_nobody_declared_is_told_of_once(ada: Person, caplog: pytest.LogCaptureFixture) -> None:
    admission._warn_of_proxy.cache_clear()
    for number in range(3):
        answer = Client(headers={"x-forwarded-for": f"203.0.113.{number}"}).post(
            "/accounts/login/", {"login": "ada", "password": "wrong"}
        )
        assert answer.status_code == 422
    told = [each for each in caplog.records if each.name == "qilian.proxy"]
    assert len(told) == 1 and "QILIAN_PROXIES" in told[0].message
    assert set(SignInTries.objects.exclude(network="").values_list("network", flat=True)) == {"127.0.0.1"}


def test_the_visitor_behind_our_proxies_is_the_one_they_wrote_down(ada: Person) -> None:
    with override_settings(PROXIES=1):
        client = Client(headers={"x-forwarded-for": "203.0.113.9, 198.51.100.7"}, REMOTE_ADDR="10.0.0.1")
        client.post("/accounts/login/", {"login": "ada", "password": WORD})
    assert Session.objects.get().network == "198.51.*.*"
    spoofed = Client(headers={"x-forwarded-for": "203.0.113.9"}, REMOTE_ADDR="10.0.0.1")
    spoofed.post("/accounts/login/", {"login": "ada", "password": WORD})
    assert Session.objects.latest("pk").network == "10.0.*.*"


def test_rows_are_forgotten_after_a_month(ada: Person) -> None:
    begin(person=ada, method="password", agent="", address="")
    forget()
    assert Session.objects.count() == 1
    Session.objects.update(started_at=clock.now() - timedelta(days=31))
    forget()
    assert Session.objects.count() == 0


def test_nothing_signs_in_past_the_list() -> None:
    """Django's `login` is called in one place, which `open_session` follows."""
    source = ROOT / "src"
    called = [
        path
        for path in source.rglob("*.py")
        if "contrib.auth import" in (text := path.read_text())
        and re.search(r"contrib\.auth import [^\n]*\blogin\b", text)
    ]
    assert called == [source / "qilian/web/layout/accounts.py"]
    assert called[0].read_text().count("\n    login(request") == 1

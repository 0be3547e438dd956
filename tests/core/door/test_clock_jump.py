"""The machine's clock jumps years ahead and back: nobody stays locked out, and nothing stays open."""

import base64
from datetime import timedelta

import pytest
from django.test import Client

from qilian.core.door.factors.api import Factor, begin_app, confirm_app, show_code
from qilian.core.door.factors.kernel import code_at
from qilian.core.door.sessions.api import Session, running_of
from qilian.core.door.signin.api import begin_try, is_locked
from qilian.core.door.signup.kernel import digest
from qilian.core.door.signup.models import MailedLink
from qilian.core.door.signup.services import ask_for_password, waiting
from qilian.core.log.outbox.api import load_jobs, run_due
from qilian.core.rights.grants.api import SYSTEM
from qilian.core.rights.privacy.api import unseal
from qilian.core.values import clock
from qilian.core.values.text import Refusal
from qilian.core.who.people.api import Person, principal_of, register_person
from qilian.web.layout.health import examine

pytestmark = pytest.mark.django_db
WORD = "Xuehai-2026-hu"
AHEAD = timedelta(days=3_650)


@pytest.fixture
def ada() -> Person:
    person = register_person(actor=SYSTEM, login="ada", name="甲", email="ada@example.cn", password=WORD)
    begin_app(actor=principal_of(person))
    confirm_app(actor=principal_of(person), code=code_now(person))
    return person


def code_now(person: Person) -> str:
    secret = base64.b32decode(unseal(Factor.objects.get(person=person).secret))
    return code_at(secret, int(clock.now().timestamp()) // 30)


def test_a_clock_that_was_ahead_leaves_nobody_locked_and_nothing_open(ada: Person) -> None:
    load_jobs()
    browser = Client()
    with clock.allow_standing(), clock.standing_at(clock.now() + AHEAD):
        assert browser.post("/accounts/login/", {"login": "ada", "password": WORD}).status_code == 302
        show_code(person=ada, code=code_now(ada), network="192.0.2.7")
        ask_for_password(written="ada@example.cn", network="192.0.2.7")
        run_due()
        for _ in range(5):
            begin_try(login="ada", network="192.0.2.7")
        assert is_locked(ada) and running_of(ada.pk).count() == 1
    assert not running_of(ada.pk).exists()
    assert browser.get("/account/sessions/").status_code == 403
    assert Session.objects.get().ended_why == "clock"
    assert show_code(person=ada, code=code_now(ada), network="192.0.2.7") == "totp"
    assert Client().post("/accounts/login/", {"login": "ada", "password": WORD}).status_code == 302
    MailedLink.objects.filter(purpose="password").update(digest=digest("a code"))
    with pytest.raises(Refusal) as refused:
        waiting("a code", "password")
    assert refused.value.code == "signup.link.expired"


def test_health_tells_of_a_clock_that_went_back(ada: Person) -> None:
    assert examine()["clock"].ok
    with clock.allow_standing(), clock.standing_at(clock.now() + AHEAD):
        register_person(actor=SYSTEM, login="bob", name="乙")
    found = examine()["clock"]
    assert (found.ok, found.detail) == (False, "went back")
    with clock.allow_standing(), clock.standing_at(clock.now() + AHEAD):
        assert examine()["clock"].ok

"""The door on the database and through the web: locks that hold across processes, unlocking, passwords taken or not."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client

from qilian.core.door.signin import command
from qilian.core.door.signin.api import begin_try, is_locked, locked_now, locks_of, tell_of_locks, unlock, welcome
from qilian.core.door.signin.jobs import forget
from qilian.core.door.signin.models import PastPassword, SignInTries
from qilian.core.log.events.api import Event
from qilian.core.rights.grants.api import ROLES, SYSTEM, grant
from qilian.core.values import clock
from qilian.core.values.text import Refusal
from qilian.core.who.notices.api import count_unread
from qilian.core.who.people.api import Person, principal_of, register_person

WORD = "Xuehai-2026-hu"


@pytest.fixture
def ada(db: None) -> Person:
    return register_person(actor=SYSTEM, login="ada", name="甲", password=WORD)


@pytest.fixture
def admin(db: None) -> Person:
    found = register_person(actor=SYSTEM, login="admin", name="管理员")
    grant(actor=SYSTEM, person=found.pk, actions=ROLES["system-administrator"])
    return found


def refusal(call: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as refused:
        call()
    return refused.value.code


def post(client: Client, word: str, login: str = "ada") -> int:
    return client.post("/accounts/login/", {"login": login, "password": word}).status_code


def test_five_wrong_passwords_lock_the_login_for_the_right_one_too(ada: Person) -> None:
    client = Client()
    assert [post(client, f"wrong-{n}") for n in range(5)] == [422] * 5
    answer = Client(REMOTE_ADDR="10.1.2.3").post("/accounts/login/", {"login": "ada", "password": WORD})
    assert answer.status_code == 422 and "15 分钟后再试" in answer.content.decode()
    assert is_locked(ada) and Event.objects.get(type="signin.login.locked").data["minutes"] == 15
    assert count_unread(principal_of(ada)) == 1
    with clock.allow_standing(), clock.standing_at(clock.now() + timedelta(minutes=16)):
        assert post(client, WORD) == 302


def test_a_name_of_nobody_is_locked_alike_and_shown_to_nobody(ada: Person) -> None:
    said = []
    for login in ("ada", "nobody"):
        for number in range(5):
            post(Client(REMOTE_ADDR=f"10.0.{number}.1"), "wrong", login)
        answer = Client(REMOTE_ADDR="10.0.9.9").post("/accounts/login/", {"login": login, "password": "wrong"})
        said.append(answer.content.decode().replace(f'value="{login}"', ""))
    assert ("分钟后再试" in said[0]) and ("分钟后再试" in said[1])
    assert [row.person for row in locked_now()] == [ada]


def test_the_right_password_forgets_the_wrong_ones(ada: Person) -> None:
    for _ in range(3):
        assert [post(Client(), "wrong") for _ in range(4)] == [422] * 4
        assert post(Client(), WORD) == 302
    assert not SignInTries.objects.filter(person=ada).exists()


def test_the_fifth_try_may_be_the_right_one(ada: Person) -> None:
    assert [post(Client(), "wrong") for _ in range(4)] == [422] * 4
    assert post(Client(), WORD) == 302
    assert not is_locked(ada) and not Event.objects.filter(type="signin.login.locked").exists()


def test_a_network_that_tries_many_names_has_to_wait(db: None) -> None:
    for number in range(50):
        begin_try(login=f"name{number}", network="192.0.2.7")
    assert refusal(lambda: begin_try(login="another", network="192.0.2.7")) == "signin.locked"
    begin_try(login="another", network="192.0.2.8")


def test_an_office_of_hundreds_behind_one_address_is_let_in(ada: Person) -> None:
    for _ in range(120):
        begin_try(login="ada", network="192.0.2.7")
        welcome(person=ada, login="ada", network="192.0.2.7")
    for number in range(60):
        begin_try(login="", network=f"192.0.2.{number + 9}")


@pytest.mark.usefixtures("committing")
def test_tries_at_the_same_moment_do_not_slip_through() -> None:
    """Forty tries on connections of their own: exactly five are let through to the comparison of passwords."""

    def one_try(number: int) -> bool:
        try:
            begin_try(login="ada", network=f"192.0.2.{number}")
            return True
        except Refusal:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(one_try, range(40))) == 5


def browser_of(person: Person) -> Client:
    found = Client()
    found.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return found


def test_an_administrator_unlocks_with_a_reason(ada: Person, admin: Person) -> None:
    for _ in range(5):
        begin_try(login="ada", network="192.0.2.7")
    tell_of_locks(login="ada", network="192.0.2.7")
    locks = list(locks_of("ADA"))
    assert refusal(lambda: unlock(actor=principal_of(ada), locks=locks, reason="自己")) == "grants.denied"
    assert refusal(lambda: unlock(actor=SYSTEM, locks=locks, reason=" ")) == "signin.reason"
    browser, address = browser_of(admin), f"/locked/{locks[0].code}/unlocking"
    assert "ada" in browser.get("/locked/").content.decode()
    assert browser.get(address).status_code == 200
    assert browser.post(address, {"reason": ""}).status_code == 422
    done = browser.post(address, {"reason": "回拨电话核实"})
    assert (done.status_code, done["Location"]) == (302, "/locked/")
    lifted = Event.objects.get(type="signin.login.unlocked")
    assert not is_locked(ada) and lifted.data == {"door": "password", "reason": "回拨电话核实"}
    assert browser.get(address).status_code == 404
    assert refusal(lambda: unlock(actor=SYSTEM, locks=locks, reason="x")) == "signin.open"
    assert browser_of(ada).get("/locked/").status_code == 403


def test_administrators_let_each_other_in_and_nobody_himself(admin: Person) -> None:
    """Fifteen wrong passwords lock all administrators: the security administrator unlocks the system's."""
    guard = register_person(actor=SYSTEM, login="guard", name="安全管理员")
    grant(actor=SYSTEM, person=guard.pk, actions=ROLES["security-administrator"])
    for login in ("admin", "guard"):
        for _ in range(5):
            begin_try(login=login, network="192.0.2.7")
    own, other = (principal_of(each) for each in (admin, guard))
    assert refusal(lambda: unlock(actor=own, locks=locks_of("admin"), reason="自己")) == "signin.oneself"
    assert browser_of(guard).get("/locked/").status_code == 200
    unlock(actor=other, locks=locks_of("admin"), reason="当面核实")
    assert not is_locked(admin) and is_locked(guard)


def test_fifty_forgotten_passwords_lock_nobody_out_of_signing_in(ada: Person, admin: Person) -> None:
    for number in range(50):
        Client().post("/accounts/password/reset/", {"written": f"nobody{number}@example.cn"})
    full = Client().post("/accounts/password/reset/", {"written": "another@example.cn"})
    assert full.status_code == 422 and "后再试" in full.content.decode()
    assert post(Client(), WORD) == 302
    page = browser_of(admin).get("/locked/").content.decode()
    assert "127.0.0.1" in page and "寄送链接" in page
    told = Event.objects.get(type="signin.network.locked")
    assert told.data["door"] == "mail" and "127.0.0.1" not in str(told.data)
    unlock(actor=SYSTEM, locks=locks_of("127.0.0.1"), reason="查明是演练")
    assert Client().post("/accounts/password/reset/", {"written": "another@example.cn"}).status_code == 302
    assert Event.objects.filter(type="signin.network.unlocked").count() == 1


def test_the_command_lists_and_lifts(ada: Person, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main([]) == 0 and "没有锁定" in capsys.readouterr().out
    for _ in range(5):
        begin_try(login="ada", network="192.0.2.7", door="factor")
    assert command.main([]) == 0 and "ada 甲 · 第二重验证" in capsys.readouterr().out
    assert refusal(lambda: command.main(["ada", "nobody"])) == "signin.open" and is_locked(ada)
    assert command.main(["ada"]) == 0 and not is_locked(ada)
    assert command.main(["--all"]) == 0


def test_old_tries_are_forgotten_and_running_locks_are_not(ada: Person) -> None:
    for number in range(3):
        begin_try(login=f"guess{number}", network="192.0.2.7")
    for _ in range(5):
        begin_try(login="ada", network="192.0.2.7")
    forget()
    assert is_locked(ada) and SignInTries.objects.count() == 5
    with clock.allow_standing(), clock.standing_at(clock.now() + timedelta(days=1, hours=1)):
        forget()
    assert not SignInTries.objects.exists()


def test_telling_of_a_lock_that_is_not_there_says_nothing(ada: Person) -> None:
    tell_of_locks(login="ada", network="192.0.2.7")
    tell_of_locks(login="nobody", network="192.0.2.7")
    welcome(person=ada, login="ada", network="192.0.2.7")
    assert not Event.objects.filter(type__startswith="signin.").exists()


WEAK = {
    "eleven-char": "password_too_short",
    "1qaz2wsx3edc": "password_too_common",
    "liverpool2005": "password_leaked",
    "woaini1314520": "password_leaked",
    "CorrectHorseBatteryStaple": "password_leaked",
    "qinghai-2026-!": "password_our_words",
    "祁连青海20262026": "password_our_words",
    "a" * 129: "password_too_long",
    "zhangsan-ada-wang": "password_too_similar",
}


@pytest.mark.parametrize(("word", "code"), WEAK.items())
def test_weak_passwords_are_refused(word: str, code: str) -> None:
    with pytest.raises(ValidationError) as refused:
        validate_password(word, Person(login="zhangsan-ada-wan", name="甲"))
    assert code in {error.code for error in refused.value.error_list}


@pytest.mark.parametrize(
    "word", ["correct horse battery", "祁连山下好风光真的好看呀", "0971-8251234-0972", "ALLCAPSARETOOFINE"]
)
def test_any_composition_is_taken_when_it_is_long(word: str) -> None:
    validate_password(word, Person(login="ada", name="甲"))


def test_the_last_five_passwords_are_not_taken_again(ada: Person) -> None:
    for number in range(4):
        ada.set_password(f"another-{number}-mountain")
        ada.save()
    for word in (WORD, "another-0-mountain", "another-3-mountain"):
        with pytest.raises(ValidationError):
            validate_password(word, ada)
    ada.set_password("another-4-mountain")
    ada.save()
    validate_password(WORD, ada)
    assert PastPassword.objects.filter(person=ada).count() == 5

"""Signing up and forgotten passwords through the web and by mail, as anybody would, and as those who try more."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from django.core import mail
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from qilian.core.door.sessions.api import Session, running_of
from qilian.core.door.signin.api import is_locked
from qilian.core.door.signup.api import (
    ask_for_address,
    change_address,
    issue_first_password,
    set_password,
    void_expired,
    waiting,
)
from qilian.core.door.signup.jobs import forget, send_link, tell_address
from qilian.core.door.signup.models import MailedLink
from qilian.core.log.events.api import Event
from qilian.core.log.outbox.api import load_jobs, run_due
from qilian.core.rights.grants.api import ROLES, SYSTEM, grant
from qilian.core.values import clock
from qilian.core.values.text import Refusal
from qilian.core.who.notices.api import count_unread
from qilian.core.who.people.api import Person, appoint, deactivate_person, principal_of, register_person
from qilian.core.who.units.api import Unit
from qilian.web.administrators import make_administrators

pytestmark = pytest.mark.django_db
WORD, OTHER = "a quiet lake 2026", "another quiet lake"
JOIN, RESET = "/accounts/signup/", "/accounts/password/reset/"


@pytest.fixture(autouse=True)
def jobs() -> Iterator[None]:
    load_jobs()
    with override_settings(BASE_URL="https://qilian.example"):
        yield


@pytest.fixture
def ada() -> Person:
    return register_person(actor=SYSTEM, login="ada", name="甲", email="ada@example.cn", password=WORD)


def join(email: str = "new@example.cn", password: str = WORD, name: str = "新人", language: str = "zh") -> Client:
    client = Client(headers={"accept-language": language}, REMOTE_ADDR="192.0.2.7")
    client.answer = client.post(JOIN, {"name": name, "email": email, "password": password})
    return client


def posted() -> list[mail.EmailMessage]:
    """What the worker mails now."""
    before = len(mail.outbox)
    run_due()
    return mail.outbox[before:]


def link_in(message: mail.EmailMessage) -> str:
    found = re.search(r"https://qilian\.example(/\S+)", message.body)
    assert found is not None
    return found[1]


def code_in(message: mail.EmailMessage) -> str:
    return link_in(message).partition("code=")[2]


def sign_in(login: str, password: str) -> Client | None:
    client = Client()
    status = client.post("/accounts/login/", {"login": login, "password": password}).status_code
    return client if status == 302 else None


def refusal(call: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as refused:
        call()
    return refused.value.code


def test_who_signs_up_confirms_by_mail_and_goes_on_to_parties() -> None:
    client = join(" New@Example.cn ")
    assert (client.answer.status_code, client.answer["Location"]) == (302, "/accounts/signup/sent/")
    assert "请查收邮件" in client.get("/accounts/signup/sent/").content.decode()
    (message,) = posted()
    assert message.to == ["new@example.cn"] and "24 小时" in message.body
    link = link_in(message)
    page = client.get(link)
    assert page.status_code == 200 and page["Cache-Control"] == "no-store" and page["Referrer-Policy"] == "same-origin"
    assert not Person.objects.exists()  # opening the page is no confirmation: mail servers open links, too
    done = client.post(link, {"password": WORD})
    assert (done.status_code, done["Location"]) == (302, "/representation/")
    assert client.get("/representation/").status_code == 200
    person = Person.objects.get()
    assert (person.login, person.email, person.name, person.language) == (
        "new@example.cn",
        "new@example.cn",
        "新人",
        "zh",
    )
    assert Event.objects.get(type="signup.account.opened").actor == f"core.person:{person.code}"
    assert sign_in("NEW@example.cn", WORD) is not None


def test_without_a_confirmation_nobody_signs_in() -> None:
    join()
    posted()
    assert sign_in("new@example.cn", WORD) is None and not Person.objects.exists()


def test_a_link_works_once_and_for_a_day_and_only_whole() -> None:
    client = join()
    (message,) = posted()
    link = link_in(message)
    with clock.allow_standing(), clock.standing_at(clock.now() + timedelta(hours=24)):
        late = Client(headers={"accept-language": "zh"}).get(link)
        assert late.status_code == 422 and "已经过期" in late.content.decode()
    assert Client().get(link[:-1]).status_code == 404 and Client().get("/accounts/confirm/").status_code == 404
    assert client.post(link, {"password": WORD}).status_code == 302
    again = Client(headers={"accept-language": "zh"}).post(link, {"password": WORD})
    assert again.status_code == 422 and "已经用过" in again.content.decode()


def test_a_known_address_gets_the_same_answer_and_another_mail(ada: Person) -> None:
    unknown, known, login = join(), join("ADA@example.cn"), join("bob@example.cn")
    register_person(actor=SYSTEM, login="bob@example.cn", name="乙")
    sent = [each.answer for each in (unknown, known, login)]
    assert {(each.status_code, each["Location"], each.content) for each in sent} == {
        (302, "/accounts/signup/sent/", b"")
    }
    titles = {message.to[0]: message.subject for message in posted()}
    assert titles == {
        "new@example.cn": "请确认注册",
        "ada@example.cn": "您已经有账号",
        "bob@example.cn": "您已经有账号",
    }
    assert all("code=" not in message.body for message in mail.outbox if message.to != ["new@example.cn"])


def test_a_sign_up_costs_the_same_statements_for_a_known_address(ada: Person) -> None:
    counts = []
    for email in ("first@example.cn", "second@example.cn", "ada@example.cn"):
        with CaptureQueriesContext(connection) as asked:
            join(email)
        counts.append(len(asked))
    assert counts[1] == counts[2]


def test_the_password_of_another_does_not_open_an_account() -> None:
    """Whoever signs up with a stranger's address knows the password and has no link; its owner has only the link."""
    join("victim@example.cn", "the password of mallory")
    (message,) = posted()
    owner = Client(headers={"accept-language": "zh"})
    wrong = owner.post(link_in(message), {"password": WORD})
    assert wrong.status_code == 422 and "与注册时设的不一致" in wrong.content.decode()
    assert not Person.objects.exists()
    join("victim@example.cn", WORD)
    (second,) = posted()
    assert owner.post(link_in(second), {"password": WORD}).status_code == 302
    assert sign_in("victim@example.cn", "the password of mallory") is None
    assert Client().get(link_in(message)).status_code == 404  # the other one is void


def test_two_links_of_one_address_open_one_account() -> None:
    join()
    (first,) = posted()
    join(password=OTHER)
    (second,) = posted()
    register_person(actor=SYSTEM, login="new@example.cn", name="别人")
    for message, word in ((first, WORD), (second, OTHER)):
        assert Client().post(link_in(message), {"password": word}).status_code == 422
    assert Person.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"name": " "}, "请填写姓名"),
        ({"email": "nobody"}, "电子邮箱的写法不对"),
        ({"password": "short"}, "12"),
        ({"password": "password1234"}, "平台、省份"),
        ({"password": "new@example.cn"}, "相似"),
    ],
)
def test_bad_input_has_its_sentence_and_nothing_is_kept(fields: dict[str, str], sentence: str) -> None:
    good = {"name": "新人", "email": "new@example.cn", "password": WORD}
    client = Client(headers={"accept-language": "zh"})
    answer = client.post(JOIN, {**good, **fields})
    page = answer.content.decode()
    assert answer.status_code == 422 and sentence in page and 'role="alert"' in page
    assert WORD not in page and not MailedLink.objects.exists()


@pytest.mark.parametrize("known", ["1qaz2wsx3edc", "woaini1314520"])
def test_common_and_leaked_passwords_are_refused_at_sign_up_and_reset(ada: Person, known: str) -> None:
    """The first stands in Django's list of twenty thousand, the second only among those that came to light."""
    assert join(password=known).answer.status_code == 422
    Client().post(RESET, {"written": "ada"})
    (message,) = posted()
    assert Client().post(link_in(message), {"password": known}).status_code == 422
    assert Client().post(link_in(message), {"password": WORD}).status_code == 422  # had it before


def test_sign_ups_are_slowed_down_by_address_and_network() -> None:
    answers = [join().answer.status_code for _ in range(6)]
    assert answers == [302] * 5 + [422]
    assert join("else@example.cn").answer.status_code == 302
    assert sum(message.to == ["new@example.cn"] for message in posted()) == 5
    many = [join(f"n{number}@example.cn").answer.status_code for number in range(50)]
    assert many[0] == 302 and many[-1] == 422


def test_neither_table_nor_queue_holds_a_code() -> None:
    join()
    row = MailedLink.objects.get()
    assert row.digest == "" and row.password.startswith("pbkdf2_") and WORD not in row.password
    (message,) = posted()
    row.refresh_from_db()
    assert len(row.digest) == 64 and code_in(message) not in str(row.__dict__)
    assert not any(code_in(message) in str(event.data) or "new@" in str(event.data) for event in Event.objects.all())


def test_mails_name_our_own_address_whatever_the_visitor_sent(settings: object) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    Client().post(JOIN, {"name": "新人", "email": "new@example.cn", "password": WORD}, headers={"host": "evil.example"})
    (message,) = posted()
    assert "evil.example" not in message.body and "https://qilian.example/accounts/confirm/" in message.body


def test_in_english_everything_is_english() -> None:
    client = join(language="en")
    (message,) = posted()
    assert message.subject == "Confirm your account" and "within 24 hours" in message.body
    assert "Sign up" in client.get(JOIN).content.decode()


def test_who_is_signed_in_needs_no_account(ada: Person) -> None:
    client = sign_in("ada", WORD)
    assert client is not None and client.get(JOIN)["Location"] == "/"


def test_a_forgotten_password_is_set_by_mail_and_ends_all_sessions(ada: Person) -> None:
    there, visitor = sign_in("ada", WORD), Client(headers={"accept-language": "zh"})
    assert visitor.post(RESET, {"written": " ADA@example.cn "})["Location"] == "/accounts/password/reset/sent/"
    assert "如果有对应的账号" in visitor.get("/accounts/password/reset/sent/").content.decode()
    (message,) = posted()
    assert message.to == ["ada@example.cn"] and "登录名 ada" in message.body
    page = visitor.get(link_in(message)).content.decode()
    assert 'autocomplete="new-password"' in page and 'type="password"' in page
    done = visitor.post(link_in(message), {"password": OTHER})
    assert done["Location"] == "/accounts/password/set/done/" and visitor.get(done["Location"]).status_code == 200
    assert sign_in("ada", WORD) is None and sign_in("ada", OTHER) is not None
    assert there is not None and there.get("/account/").status_code == 403
    assert Session.objects.filter(ended_why="password").count() == 1 and count_unread(principal_of(ada)) == 1
    assert visitor.post(link_in(message), {"password": WORD}).status_code == 422
    assert Event.objects.get(type="signup.password.changed").data == {"how": "mail"}


def test_the_answer_about_a_forgotten_password_is_the_same_for_nobody(ada: Person) -> None:
    answers = [Client().post(RESET, {"written": each}) for each in ("ada", "nobody", "ada@example.cn", "no@body.cn")]
    assert {(each.status_code, each["Location"], each.content) for each in answers} == {
        (302, "/accounts/password/reset/sent/", b"")
    }
    assert {message.to[0] for message in posted()} == {"ada@example.cn"}
    assert Client().post(RESET, {"written": " "}).status_code == 422


def test_a_reset_does_not_pass_the_second_factor(ada: Person) -> None:
    unit = Unit.objects.create(slug="fgw", kind="department")
    appoint(actor=SYSTEM, person=ada, unit=unit, role="处长", valid_from=date(2020, 1, 1))
    Client().post(RESET, {"written": "ada"})
    (message,) = posted()
    visitor = Client()
    visitor.post(link_in(message), {"password": OTHER})
    assert not running_of(ada.pk).exists()  # a new password is no session
    with override_settings(TWO_FACTORS=True):
        client = sign_in("ada", OTHER)
        assert client is not None and client.get("/account/")["Location"] == "/account/factors/"


def test_links_for_passwords_live_half_an_hour_and_the_last_one_counts(ada: Person) -> None:
    Client().post(RESET, {"written": "ada"})
    (first,) = posted()
    Client().post(RESET, {"written": "ada"})
    (second,) = posted()
    assert Client().get(link_in(first)).status_code == 404
    with clock.allow_standing(), clock.standing_at(clock.now() + timedelta(minutes=30)):
        assert Client().get(link_in(second)).status_code == 422
    assert Client().get(link_in(second)).status_code == 200


def test_a_reset_lifts_the_lock_that_strangers_caused(ada: Person) -> None:
    for _ in range(5):
        sign_in("ada", "wrong")
    assert is_locked(ada)
    Client().post(RESET, {"written": "ada"})
    (message,) = [each for each in posted() if "code=" in each.body]
    Client().post(link_in(message), {"password": OTHER})
    assert not is_locked(ada) and sign_in("ada", OTHER) is not None


def test_closed_accounts_and_those_without_an_address_get_no_link(ada: Person) -> None:
    register_person(actor=SYSTEM, login="bob", name="乙", password=WORD)
    Client().post(RESET, {"written": "ada"})
    (message,) = posted()
    deactivate_person(actor=SYSTEM, person=ada, reason="离职")
    assert refusal(lambda: set_password(code=code_in(message), password=OTHER, network="")) == "signup.link.unknown"
    for written in ("ada", "bob"):
        Client().post(RESET, {"written": written})
    assert posted() == []


def test_another_address_is_proved_before_it_counts_and_the_old_one_is_told(ada: Person) -> None:
    client = sign_in("ada", WORD)
    assert client is not None and client.get("/account/email/").status_code == 200
    assert client.post("/account/email/", {"email": "ada@new.example"})["Location"] == "/account/email/sent/"
    assert client.get("/account/email/sent/").status_code == 200
    (message,) = posted()
    ada.refresh_from_db()
    assert message.to == ["ada@new.example"] and ada.email == "ada@example.cn"
    assert Client().get(link_in(message)).status_code == 403  # not signed in
    assert client.get(link_in(message)).status_code == 200
    assert client.post(link_in(message))["Location"] == "/account/"
    ada.refresh_from_db()
    assert (ada.email, ada.login) == ("ada@new.example", "ada")
    assert sorted(each.to[0] for each in posted()) == ["ada@example.cn", "ada@new.example"]
    assert Event.objects.get(type="signup.address.changed").data == {"login": False}


def test_a_login_that_was_the_address_follows_it() -> None:
    bob = register_person(actor=SYSTEM, login="bob@example.cn", name="乙", email="bob@example.cn", password=WORD)
    me = principal_of(bob)
    ask_for_address(actor=me, email="bob@new.example", network="")
    (message,) = posted()
    assert change_address(actor=me, code=code_in(message)).login == "bob@new.example"
    assert refusal(lambda: change_address(actor=me, code=code_in(message))) == "signup.link.used"


def test_addresses_that_are_not_taken(ada: Person) -> None:
    me = principal_of(ada)
    bob = register_person(actor=SYSTEM, login="bob", name="乙", email="bob@example.cn")
    assert refusal(lambda: ask_for_address(actor=me, email="ADA@example.cn", network="")) == "signup.address.same"
    assert refusal(lambda: ask_for_address(actor=SYSTEM, email="x@example.cn", network="")) == "signup.owner"
    ask_for_address(actor=me, email="bob@example.cn", network="")
    (message,) = posted()
    assert refusal(lambda: change_address(actor=me, code=code_in(message))) == "signup.address.taken"
    assert refusal(lambda: change_address(actor=principal_of(bob), code=code_in(message))) == "signup.link.unknown"
    client = sign_in("ada", WORD)
    assert client is not None and client.post("/account/email/", {"email": "nonsense"}).status_code == 422


def administrator() -> Client:
    admin = register_person(actor=SYSTEM, login="admin", name="管理员", password=WORD)
    grant(actor=SYSTEM, person=admin.pk, actions=ROLES["system-administrator"])
    client = sign_in("admin", WORD)
    assert client is not None
    return client


def test_an_administrator_issues_a_first_password_that_must_be_changed(ada: Person) -> None:
    _, word = issue_first_password(actor=SYSTEM, person=ada, reason="当面查验身份证")
    assert sign_in("ada", WORD) is None
    client = sign_in("ada", word)
    assert client is not None
    for place in ("/", "/account/", "/account/factors/", "/representation/"):
        assert client.get(place)["Location"] == "/accounts/password/change/", place
    assert client.get("/api/v1/coverage").status_code == 403
    page = client.get("/accounts/password/change/", headers={"accept-language": "zh"}).content.decode()
    assert "管理员发放的初始密码" in page
    same = {"old_password": word, "new_password1": word, "new_password2": word}
    assert client.post("/accounts/password/change/", same).status_code == 422
    fields = {"old_password": word, "new_password1": OTHER, "new_password2": OTHER}
    assert client.post("/accounts/password/change/", fields).status_code == 302
    assert client.get("/account/").status_code == 200 and sign_in("ada", OTHER) is not None
    assert Event.objects.get(type="signup.password.issued").data["reason"] == "当面查验身份证"


def test_a_first_password_ends_by_itself(ada: Person) -> None:
    bob = register_person(actor=SYSTEM, login="bob", name="乙")
    _, word = issue_first_password(actor=SYSTEM, person=ada, reason="x")
    issue_first_password(actor=SYSTEM, person=bob, reason="x")
    assert len(set(word.split("-"))) == 5
    with clock.allow_standing(), clock.standing_at(clock.now() + timedelta(days=7)):
        assert sign_in("ada", word) is None
        ada.refresh_from_db()
        assert ada.first_password_until is None and not ada.has_usable_password()
        forget()
        assert void_expired() == 0 and not Person.objects.get(login="bob").has_usable_password()


def test_first_passwords_that_are_not_issued(ada: Person) -> None:
    alone = refusal(lambda: issue_first_password(actor=principal_of(ada), person=ada, reason="x"))
    deactivate_person(actor=SYSTEM, person=ada, reason="离职")
    closed = refusal(lambda: issue_first_password(actor=SYSTEM, person=ada, reason="x"))
    assert (alone, closed) == ("grants.together", "people.person.inactive")


def test_the_first_administrators_change_theirs_before_anything_else() -> None:
    made = {login: word for login, word, _ in make_administrators()}
    assert set(made) == {"system", "security", "audit"}
    client = sign_in("system", made["system"])
    assert client is not None and client.get("/people/")["Location"] == "/accounts/password/change/"


def test_no_form_lets_an_administrator_choose_a_password(ada: Person) -> None:
    admin = administrator()
    assert 'type="password"' not in admin.get("/people/registration").content.decode()
    admin.post("/people/registration", {"name": "丙", "login": "cai", "language": "zh", "password": WORD})
    assert not Person.objects.get(login="cai").has_usable_password()


def test_what_is_over_is_forgotten_with_names_and_addresses(ada: Person) -> None:
    join()
    with clock.allow_standing():
        with clock.standing_at(clock.now() + timedelta(days=2)):
            forget()
            assert MailedLink.objects.get().password == ""
        with clock.standing_at(clock.now() + timedelta(days=9)):
            forget()
            assert not MailedLink.objects.exists()
    send_link(link=0)
    tell_address(person=0, address="x@example.cn")
    assert mail.outbox == []


def test_a_mail_that_fails_is_sent_again_with_another_code(settings: object, tmp_path: Path) -> None:
    join()
    row = MailedLink.objects.get()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # nobody listens there
    with pytest.raises(OSError):
        send_link(link=row.pk)
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    send_link(link=row.pk)
    (file,) = tmp_path.iterdir()
    message = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert waiting(message.get_content().partition("code=")[2].split()[0], "signup").pk == row.pk


def test_the_postbox_is_there_in_a_demonstration_only(settings: object, tmp_path: Path) -> None:
    assert Client().get("/accounts/postbox/").status_code == 404
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = settings.MAIL_SPOOL = tmp_path
    settings.MODE = "demo"
    assert "还没有邮件" in Client(headers={"accept-language": "zh"}).get("/accounts/postbox/").content.decode()
    client = join()
    run_due()
    assert "/accounts/postbox/" in client.get("/accounts/signup/sent/").content.decode()
    page = client.get("/accounts/postbox/").content.decode()
    assert "请确认注册" in page and 'href="/accounts/confirm/?code=' in page
    settings.MODE = "real"
    assert client.get("/accounts/postbox/").status_code == 404

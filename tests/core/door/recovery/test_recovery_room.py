"""Two administrators let somebody in; one alone reaches nobody's account, by whatever verb, page or interface."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client, override_settings

from qilian.core.door.factors.api import Factor, begin_app, reset_factors
from qilian.core.door.provider.api import link_official
from qilian.core.door.recovery import command
from qilian.core.door.recovery.api import Recovery, ask, confirm, issue, take_back, turn_down
from qilian.core.door.signup.api import issue_first_password
from qilian.core.log.events.api import Event
from qilian.core.rights.grants.api import ROLES, SYSTEM, Grant, Principal, acting, grant
from qilian.core.values import clock
from qilian.core.values.text import Refusal
from qilian.core.who.inbox.api import waiting_for
from qilian.core.who.notices.api import count_unread, notices_of
from qilian.core.who.people.api import Person, deactivate_person, principal_of, register_person

pytestmark = pytest.mark.django_db
WORD, NEW = "Xuehai-2026-hu", "another-quiet-lake"
SHAPE = re.compile(r"(?:[a-z2-9]{4}-){4}[a-z2-9]{4}")


def administrator(login: str, role: str) -> Person:
    person = register_person(actor=SYSTEM, login=login, name=login, password=WORD)
    grant(actor=SYSTEM, person=person.pk, actions=ROLES[role])
    return person


@pytest.fixture
def ada() -> Person:
    return register_person(actor=SYSTEM, login="ada", name="甲", email="ada@example.cn", password=WORD)


@pytest.fixture
def sysadmin() -> Principal:
    return principal_of(administrator("sysadmin", "system-administrator"))


@pytest.fixture
def secadmin() -> Principal:
    return principal_of(administrator("secadmin", "security-administrator"))


def refusal(call: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as refused:
        call()
    return refused.value.code


def sign_in(login: str, word: str = WORD) -> Client | None:
    client = Client(headers={"accept-language": "zh"})
    done = client.post("/accounts/login/", {"login": login, "password": word})
    return client if done.status_code == 302 else None


def asked(actor: Principal, person: Person, kind: str = "password") -> Recovery:
    return ask(actor=actor, person=person, kind=kind, reason="当面查验身份证")


def test_a_password_takes_two_and_only_who_confirmed_sees_it(
    ada: Person, sysadmin: Principal, secadmin: Principal
) -> None:
    asking, before = sign_in("sysadmin"), sign_in("ada")
    assert asking is not None and before is not None
    address = f"/recoveries/people/{ada.code}/"
    assert address in asking.get(f"/people/{ada.code}/").content.decode()
    assert asking.get(address).status_code == 200
    assert asking.post(address, {"kind": "password", "reason": " "}).status_code == 422
    sent = asking.post(address, {"kind": "password", "reason": "当面查验身份证"})
    row = Recovery.objects.get()
    assert sent["Location"] == f"/recoveries/{row.code}/" and count_unread(principal_of(ada)) == 1
    assert asking.post(address, {"kind": "password", "reason": "再来"}).status_code == 422, "one waits already"
    assert sign_in("ada") is not None, "nothing has happened yet"
    with acting(secadmin):
        assert [item.title_zh for item in waiting_for(secadmin)] == ["待批准：发放初始密码：甲"]
    assert asking.post(f"/recoveries/{row.code}/approval/").status_code == 403
    deciding = sign_in("secadmin")
    assert (
        deciding is not None and "当面查验身份证" in deciding.get(f"/recoveries/{row.code}/approval/").content.decode()
    )
    assert deciding.post(f"/recoveries/{row.code}/approval/").status_code == 302
    place = f"/recoveries/{row.code}/password/"
    assert place in deciding.get(f"/recoveries/{row.code}/").content.decode()
    assert place not in asking.get(f"/recoveries/{row.code}/").content.decode()
    assert asking.post(place).status_code == 422 and deciding.get(place).status_code == 200
    shown = deciding.post(place)
    found = SHAPE.search(shown.content.decode())
    assert found is not None and shown["Cache-Control"] == "no-store" and sign_in("ada") is None
    assert before.get("/account/sessions/").status_code == 403
    assert deciding.post(place).status_code == 422, "shown once"
    renewing = sign_in("ada", found[0])
    assert renewing is not None and renewing.get("/")["Location"] == "/accounts/password/change/"
    told = {event.type: event for event in Event.objects.filter(type__startswith="recovery.")}
    assert (
        told["recovery.request.made"].actor == sysadmin.ref and told["recovery.request.settled"].actor == secadmin.ref
    )
    issued = Event.objects.get(type="signup.password.issued")
    assert (issued.actor, issued.on_behalf) == ("system:recovery", secadmin.ref)
    assert found[0] not in str([event.data for event in Event.objects.all()])


def test_factors_are_reset_when_another_confirms(ada: Person, sysadmin: Principal, secadmin: Principal) -> None:
    begin_app(actor=principal_of(ada))
    Factor.objects.update(confirmed_at=clock.now())
    row = asked(sysadmin, ada, "factors")
    assert Factor.objects.filter(person=ada).exists()
    confirm(actor=secadmin, recovery=row)
    assert not Factor.objects.filter(person=ada).exists()
    assert refusal(lambda: issue(actor=secadmin, recovery=row)) == "recovery.nothing"
    assert refusal(lambda: confirm(actor=secadmin, recovery=row)) == "approvals.decided"


@pytest.mark.parametrize("deed", ["password", "factors", "identity"])
def test_no_administrator_does_it_alone_by_a_lower_verb(
    ada: Person, sysadmin: Principal, secadmin: Principal, deed: str
) -> None:
    both = register_person(actor=SYSTEM, login="both", name="全部")
    both.grants.create(actions=["*"], valid_from=clock.today())
    for alone in (sysadmin, secadmin, principal_of(both)):
        verbs = {
            "password": lambda alone=alone: issue_first_password(actor=alone, person=ada, reason="x"),
            "factors": lambda alone=alone: reset_factors(actor=alone, person=ada, reason="x"),
            "identity": lambda alone=alone: link_official(actor=alone, person=ada, subject="x", reason="x"),
        }
        assert refusal(verbs[deed]) == "grants.together"
    own = principal_of(both)
    row = (
        asked(own, ada)
        if deed != "identity"
        else ask(actor=own, person=ada, kind="identity", reason="核对名册", subject="official-7")
    )
    assert refusal(lambda: confirm(actor=own, recovery=row)) == "approvals.oneself"
    with pytest.raises(IntegrityError), transaction.atomic():
        Recovery.objects.filter(pk=row.pk).update(state="approved", decided_by=both, decided_at=clock.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Recovery.objects.filter(pk=row.pk).update(state="approved", decided_by=ada, decided_at=clock.now())


def test_nobody_asks_or_confirms_for_himself(sysadmin: Principal, secadmin: Principal) -> None:
    system, security = (Person.objects.get(pk=each.person) for each in (sysadmin, secadmin))
    assert refusal(lambda: asked(sysadmin, system)) == "recovery.oneself"
    row = asked(sysadmin, security)
    assert refusal(lambda: confirm(actor=secadmin, recovery=row)) == "recovery.oneself"
    other = principal_of(administrator("secadmin2", "security-administrator"))
    assert confirm(actor=other, recovery=row).state == "approved"


def test_rights_of_asking_and_confirming_are_apart(ada: Person, sysadmin: Principal, secadmin: Principal) -> None:
    assert refusal(lambda: asked(secadmin, ada)) == "grants.denied"
    assert refusal(lambda: asked(principal_of(ada), Person.objects.get(pk=sysadmin.person))) == "grants.denied"
    row = asked(sysadmin, ada)
    for verb in (confirm, lambda **more: turn_down(reason="x", **more)):
        assert refusal(lambda verb=verb: verb(actor=sysadmin, recovery=row)) == "grants.denied"
    stranger = sign_in("ada")
    assert stranger is not None
    for place in ("/recoveries/", f"/recoveries/people/{ada.code}/"):
        assert stranger.get(place).status_code == 403
    assert stranger.get(f"/recoveries/{row.code}/").status_code == 404
    assert stranger.get(f"/api/v1/recoveries/{row.code}").status_code == 404
    assert stranger.get("/api/v1/recoveries").json() == []


@pytest.mark.parametrize("lost", ["account", "right"])
def test_what_was_asked_by_who_may_not_ask_any_more_is_not_confirmed(
    ada: Person, sysadmin: Principal, secadmin: Principal, lost: str
) -> None:
    """Whoever had taken an administrator's account left a request behind when it was shut."""
    row = asked(sysadmin, ada, "factors")
    if lost == "account":
        deactivate_person(actor=SYSTEM, person=Person.objects.get(pk=sysadmin.person), reason="账号被盗")
    else:
        Grant.objects.filter(person=sysadmin.person).update(revoked_at=clock.now())
    assert refusal(lambda: confirm(actor=secadmin, recovery=row)) == "recovery.asker"
    row.refresh_from_db()
    assert row.state == "proposed", "it was undone as a whole"
    assert turn_down(actor=secadmin, recovery=row, reason="申请人已停用").state == "rejected"


def test_who_lost_the_right_after_confirming_sees_no_password(
    ada: Person, sysadmin: Principal, secadmin: Principal
) -> None:
    row = confirm(actor=secadmin, recovery=asked(sysadmin, ada))
    Grant.objects.filter(person=secadmin.person).update(revoked_at=clock.now())
    assert refusal(lambda: issue(actor=secadmin, recovery=row)) == "grants.denied"
    assert sign_in("ada") is not None, "nothing was made"


def test_what_was_asked_is_turned_down_taken_back_or_too_old(
    ada: Person, sysadmin: Principal, secadmin: Principal
) -> None:
    turn_down(actor=secadmin, recovery=asked(sysadmin, ada), reason="没有见到本人")
    assert "没有见到本人" in str([row.body_zh for row in notices_of(sysadmin)])
    take_back(actor=sysadmin, recovery=asked(sysadmin, ada))
    row = asked(sysadmin, ada)
    with clock.allow_standing(), clock.standing_at(clock.now() + timedelta(days=7, seconds=1)):
        assert refusal(lambda: confirm(actor=secadmin, recovery=row)) == "recovery.old"
    confirm(actor=secadmin, recovery=row)
    with clock.allow_standing(), clock.standing_at(clock.now() + timedelta(days=1, hours=1)):
        assert refusal(lambda: issue(actor=secadmin, recovery=row)) == "recovery.over"
    deactivate_person(actor=SYSTEM, person=ada, reason="离职")
    assert refusal(lambda: issue(actor=secadmin, recovery=row)) == "people.person.inactive"
    assert refusal(lambda: asked(sysadmin, ada)) == "people.person.inactive"


@override_settings(TWO_FACTORS=True)
def test_the_machine_lets_in_when_nobody_can_confirm_and_tells_all(
    ada: Person, sysadmin: Principal, secadmin: Principal, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main(["secadmin", "--reason", "两名管理员都忘了密码"]) == 0
    word = capsys.readouterr().out.strip()
    assert SHAPE.fullmatch(word) and sign_in("secadmin", word) is not None and sign_in("secadmin") is None
    assert count_unread(sysadmin) == 1 and count_unread(secadmin) == 2  # and the notice of the password itself
    assert Event.objects.get(type="recovery.machine.used").data == {
        "kind": "password",
        "reason": "两名管理员都忘了密码",
    }
    assert command.main(["secadmin", "--factors", "--reason", "手机丢失"]) == 0
    assert refusal(lambda: command.main(["nobody", "--reason", "x"])) == "recovery.login"
    assert refusal(lambda: command.main(["ada", "--reason", " "])) == "recovery.reason"

"""People and posts: registered, appointed, handed over with work and rights, deputised; with every refusal."""

from collections.abc import Callable
from datetime import date, datetime

import pytest

from qilian.core.house.principal import ANONYMOUS, SYSTEM, Principal
from qilian.core.log.events.models import Event
from qilian.core.log.outbox.api import run_due
from qilian.core.rights.grants.api import ROLES, acting, allowed, grant
from qilian.core.values import clock
from qilian.core.values.text import Ref, Refusal, Text
from qilian.core.who.inbox.api import Addressee, put, waiting_for
from qilian.core.who.people.api import (
    Deputy,
    Person,
    Post,
    appoint,
    deactivate_person,
    deputise,
    end_deputy,
    hand_over,
    held_by,
    holders,
    people_of,
    principal_of,
    register_person,
    search_people,
)
from qilian.core.who.people.jobs import write_pinyin
from qilian.core.who.units.models import Unit

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 10, 0, tzinfo=clock.SHANGHAI)
TODAY, BEGIN = date(2026, 3, 2), date(2025, 1, 1)


@pytest.fixture(autouse=True)
def standing() -> object:
    """Stand the clock on a Monday morning."""
    with clock.allow_standing(), clock.standing_at(NOW):
        yield


def person(name: str) -> Person:
    return register_person(actor=SYSTEM, login=f"login-{name}", name=name)


def unit(slug: str = "fgw") -> Unit:
    return Unit.objects.get_or_create(slug=slug, defaults={"kind": "department", "region": "630000"})[0]


def seat(name: str, role: str = "处长", slug: str = "fgw") -> Post:
    return appoint(actor=SYSTEM, person=person(name), unit=unit(slug), role=role, section="综合处", valid_from=BEGIN)


def administrator() -> Principal:
    admin = person("管理员")
    grant(actor=SYSTEM, person=admin.pk, actions=ROLES["system-administrator"])
    return principal_of(admin)


def refusal(call: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as refused:
        call()
    return refused.value.code


def test_a_person_is_registered_and_found_by_pinyin() -> None:
    ada = register_person(
        actor=administrator(), login="shanxh", name=" 单 学海", phone="13900001111", password="Xuehai-2026-hu"
    )
    assert ada.check_password("Xuehai-2026-hu") and ada.name == "单 学海"
    write_pinyin(person=ada.pk)
    write_pinyin(person=10**9)
    for words in ("单 学", "shan xue", "shanxuehai", "SHANXH", "139 0000 1111"):
        assert list(search_people(words)) == [ada], words
    assert search_people("").count() == 2
    event = Event.objects.get(subject=f"core.person:{ada.code}")
    assert event.type == "people.person.registered" and "13900001111" not in str(event.data)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"name": "  "}, "people.name.empty"),
        ({"login": "a b"}, "people.login.form"),
        ({"login": "LOGIN-甲"}, "people.login.taken"),
        ({"email": "nobody"}, "people.email.form"),
        ({"password": "12345"}, "people.password.weak"),
        ({"actor": ANONYMOUS}, "grants.denied"),
    ],
)
def test_wrong_registrations_are_refused(change: dict[str, object], code: str) -> None:
    person("甲")
    given = {"actor": SYSTEM, "login": "yi", "name": "乙", **change}
    assert refusal(lambda: register_person(**given)) == code
    assert Person.objects.count() == 1


def test_posts_of_a_day() -> None:
    old = seat("甲")
    assert list(held_by(old.person, on=TODAY)) == [old] and not held_by(old.person, on=date(2024, 12, 31))
    assert [post.person.name for post in holders(unit="fgw", on=TODAY, role="处长", section="综合处")] == ["甲"]
    assert not holders(unit="fgw", on=TODAY, role="科员")
    assert [found.name for found in people_of("fgw", on=TODAY)] == ["甲"]
    assert principal_of(old.person).units == ("fgw",)


def test_appointments_are_refused_to_the_wrong_people() -> None:
    admin, old = administrator(), seat("甲")
    me, gone = Person.objects.get(pk=admin.person), person("乙")
    deactivate_person(actor=admin, person=gone, reason="退休")
    new = {
        "actor": admin,
        "person": old.person,
        "unit": unit(),
        "section": "综合处",
        "role": "处长",
        "valid_from": TODAY,
    }
    assert refusal(lambda: appoint(**new)) == "people.post.overlap"
    assert refusal(lambda: appoint(**{**new, "role": " "})) == "people.role.empty"
    assert refusal(lambda: appoint(**{**new, "role": "科员", "valid_to": BEGIN})) == "people.term.reversed"
    assert refusal(lambda: appoint(**{**new, "person": me})) == "people.oneself"
    assert refusal(lambda: appoint(**{**new, "person": gone})) == "people.person.inactive"
    assert refusal(lambda: appoint(**{**new, "actor": principal_of(old.person)})) == "grants.denied"
    assert refusal(lambda: deactivate_person(actor=admin, person=gone, reason="")) == "people.person.inactive"
    assert refusal(lambda: deactivate_person(actor=admin, person=me, reason="")) == "people.oneself"
    assert Post.objects.count() == 1


def test_a_post_is_handed_over_with_its_work_and_its_rights() -> None:
    old, heir = seat("甲"), seat("乙", role="副处长").person
    grant(actor=SYSTEM, post=old.pk, actions=["plan.publish"])
    words = {"kind": "test", "title": Text("审核", "Review"), "url": "/"}
    put(actor=SYSTEM, key="open", subject=Ref("test.case", "1"), addressee=Addressee.post(old.pk), **words)
    new = hand_over(actor=principal_of(old.person), post=old, to_person=heir, on=TODAY)
    old.refresh_from_db()
    assert (old.valid_to, old.succeeded_by, new.valid_from, new.valid_to) == (date(2026, 3, 1), new, TODAY, None)
    before, after = principal_of(Person.objects.get(pk=old.person_id)), principal_of(heir)
    assert not allowed(before, "plan.publish") and allowed(after, "plan.publish")
    with acting(before):
        assert not waiting_for(before)
    with acting(after):
        assert [item.key for item in waiting_for(after)] == ["open"]
    event = Event.objects.get(type="people.post.handed_over")
    assert (event.data["items"], event.data["grants"], event.unit) == (1, 1, "fgw")


def test_work_goes_over_on_the_day_and_not_before() -> None:
    old, heir = seat("甲"), seat("乙", role="副处长").person
    words = {"kind": "test", "title": Text("审核", "Review"), "url": "/"}
    put(actor=SYSTEM, key="open", subject=Ref("test.case", "1"), addressee=Addressee.post(old.pk), **words)
    hand_over(actor=principal_of(old.person), post=old, to_person=heir, on=date(2026, 3, 9))

    def desks() -> list[int]:
        found = []
        for who in map(principal_of, (old.person, heir)):
            with acting(who):
                found.append(waiting_for(who).count())
        return found

    run_due()
    assert desks() == [1, 0]
    with clock.standing_at(datetime(2026, 3, 9, 0, 0, tzinfo=clock.SHANGHAI)):
        run_due()
        assert desks() == [0, 1]


def test_hand_over_is_refused() -> None:
    admin, old, stranger = administrator(), seat("甲"), person("外人")
    holder, gone = principal_of(old.person), person("停用")
    deactivate_person(actor=admin, person=gone, reason="离职")
    colleague = seat("乙", role="副处长").person

    def over(actor: Principal, to_person: Person, on: date = TODAY) -> str:
        return refusal(lambda: hand_over(actor=actor, post=old, to_person=to_person, on=on))

    assert over(holder, old.person) == "people.handover.oneself"
    assert over(holder, stranger) == "people.handover.stranger"
    assert over(admin, Person.objects.get(pk=admin.person)) == "people.oneself"
    assert over(admin, gone) == "people.person.inactive"
    assert over(principal_of(colleague), stranger) == "grants.denied"
    assert over(holder, colleague, on=BEGIN) == "people.handover.before_begin"
    old.refresh_from_db()
    assert old.valid_to is None and Post.objects.count() == 2


def test_a_hand_over_does_not_unite_administrators() -> None:
    old, heir = seat("甲"), person("乙")
    grant(actor=SYSTEM, post=old.pk, actions=ROLES["security-administrator"])
    grant(actor=SYSTEM, person=heir.pk, actions=ROLES["audit-administrator"])
    assert refusal(lambda: hand_over(actor=SYSTEM, post=old, to_person=heir, on=TODAY)) == "grants.apart"
    assert Post.objects.count() == 1


def test_a_deputy_acts_for_a_term_and_stays_visible_as_such() -> None:
    post, other = seat("甲"), seat("乙", role="副处长")
    grant(actor=SYSTEM, post=post.pk, actions=["plan.publish"])
    deputy = other.person
    named = deputise(
        actor=principal_of(post.person),
        post=post,
        person=deputy,
        valid_from=TODAY,
        valid_to=date(2026, 3, 9),
        reason="出差",
    )
    principal = principal_of(deputy)
    assert allowed(principal, "plan.publish") and principal.acting_for == post.person.code
    assert set(principal.posts) == {post.pk, other.pk}
    with clock.standing_at(datetime(2026, 3, 10, 0, 0, tzinfo=clock.SHANGHAI)):
        assert not allowed(principal_of(deputy), "plan.publish") and principal_of(deputy).acting_for == ""
    with clock.standing_at(datetime(2026, 3, 5, 9, 0, tzinfo=clock.SHANGHAI)):
        end_deputy(actor=principal_of(deputy), deputy=named)
        assert not allowed(principal_of(deputy), "plan.publish")
        named.refresh_from_db()
        assert named.valid_to == date(2026, 3, 4)
        assert refusal(lambda: end_deputy(actor=SYSTEM, deputy=named)) == "people.deputy.over"


def test_deputising_is_refused() -> None:
    post, colleague = seat("甲"), seat("乙", role="副处长").person
    holder = principal_of(post.person)
    given = {"actor": holder, "post": post, "person": colleague, "valid_from": TODAY, "valid_to": TODAY, "reason": ""}
    early = {**given, "valid_from": date(2024, 12, 1)}
    assert refusal(lambda: deputise(**early)) == "people.deputy.outside"
    assert refusal(lambda: deputise(**{**given, "valid_to": BEGIN})) == "people.term.reversed"
    assert refusal(lambda: deputise(**{**given, "person": post.person})) == "people.handover.oneself"
    assert refusal(lambda: deputise(**{**given, "person": person("外人")})) == "people.handover.stranger"
    named = deputise(**given)
    assert refusal(lambda: deputise(**given)) == "people.deputy.overlap"
    assert refusal(lambda: end_deputy(actor=principal_of(person("路人")), deputy=named)) == "grants.denied"
    end_deputy(actor=holder, deputy=named)
    assert not Deputy.objects.exists()


def test_a_principal_stands_as_the_lists_of_posts_say() -> None:
    early, late = seat("甲"), None
    early.valid_from = date(2025, 6, 1)
    early.save(update_fields=["valid_from"])
    late = appoint(
        actor=SYSTEM, person=early.person, unit=unit("swt"), role="科员", section="", valid_from=date(2025, 2, 1)
    )
    lent, own = seat("乙", role="副处长"), seat("丙", role="主任", slug="jxw")
    for post in (lent, own):
        deputise(actor=SYSTEM, post=post, person=early.person, valid_from=TODAY, valid_to=TODAY, reason="出差")
    borrowed = Post.objects.filter(deputies__person=early.person).order_by("pk")
    held = [*held_by(early.person, on=TODAY), *borrowed]
    me = principal_of(early.person)
    assert me.posts == tuple(post.pk for post in held) == (late.pk, early.pk, lent.pk, own.pk)
    assert me.units == ("swt", "fgw", "jxw") and me.acting_for == ""
    assert me.roles == tuple(f"{post.unit.slug}/{post.role}" for post in held)

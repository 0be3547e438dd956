"""The inbox: laid, claimed, passed on, done; readable by its addressee only; “mine today” on screen."""

from dataclasses import asdict
from datetime import date, datetime, timedelta
from itertools import product

import pytest
from django.test import RequestFactory

from qilian.core.house.principal import ANONYMOUS, SYSTEM, Principal, acting
from qilian.core.log.events.models import Event
from qilian.core.rights.grants.api import Scope, allowed, grant
from qilian.core.rights.grants.models import Grant
from qilian.core.values import clock
from qilian.core.values.text import Ref, Refusal, Text
from qilian.core.who.inbox import pages
from qilian.core.who.inbox.api import (
    Addressee,
    InboxItem,
    claim,
    count_waiting,
    done,
    follow,
    put,
    reassign,
    waiting_for,
)
from qilian.core.who.people.api import Person, Post, principal_of
from qilian.core.who.units.models import Unit

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 10, 0, tzinfo=clock.SHANGHAI)


@pytest.fixture(autouse=True)
def standing() -> object:
    """Stand the clock on a Monday morning."""
    with clock.allow_standing(), clock.standing_at(NOW):
        yield


def person(login: str, role: str = "审核") -> Principal:
    holder = Person.objects.create(login=login, name=login, created_at=clock.now())
    unit, _ = Unit.objects.get_or_create(slug="fgw", defaults={"kind": "department"})
    Post.objects.create(person=holder, unit=unit, role=role, valid_from=date(2020, 1, 1))
    return principal_of(holder)


def lay(key: str, addressee: Addressee, **more: object) -> InboxItem:
    words = {"title": Text("审核申请", "Review an application"), "url": f"/cases/{key}/", "kind": "test.review"}
    return put(
        **{"actor": SYSTEM, "key": key, "subject": Ref("test.case", key), "addressee": addressee, **words, **more}
    )


def keys(principal: Principal) -> list[str]:
    with acting(principal):
        return [item.key for item in waiting_for(principal)]


def test_what_waits_for_person_post_and_pool_is_one_list_by_due_moment() -> None:
    ada = person("ada")
    lay("later", Addressee.person(ada.person), due=NOW + timedelta(days=9))
    lay("never", Addressee.post(ada.posts[0]))
    lay("now", Addressee.pool("fgw", "审核"), due=NOW + timedelta(hours=1))
    lay("others", Addressee.pool("gxt", "审核"))
    assert keys(ada) == ["now", "later", "never"]
    with acting(ada):
        assert count_waiting(ada) == 3
    assert keys(SYSTEM) == keys(ANONYMOUS) == []


def test_saying_it_twice_renews_and_does_not_double() -> None:
    ada, bob = person("ada"), person("bob", "科员")
    first = lay("a", Addressee.person(ada.person), due=NOW, light="green")
    again = lay("a", Addressee.person(bob.person), due=NOW + timedelta(days=1), light="amber")
    assert (first.pk, again.light, again.addressee) == (again.pk, "amber", first.addressee)
    assert Event.objects.filter(type="inbox.item.put").count() == 1
    done(actor=bob, key="a")
    assert lay("a", Addressee.person(ada.person), light="red").light == "amber"
    assert keys(ada) == []


def test_done_is_said_once_and_keeps_by_whom() -> None:
    ada = person("ada")
    lay("a", Addressee.person(ada.person))
    finished = done(actor=ada, key="a")
    assert finished is not None and finished.done_by == ada.ref and finished.done_at == NOW
    done(actor=SYSTEM, key="a")
    assert done(actor=SYSTEM, key="never put") is None
    assert Event.objects.filter(type="inbox.item.done").count() == 1


def test_the_first_of_a_pool_takes_it() -> None:
    ada, bob, eve = person("ada"), person("bob"), person("eve", "科员")
    item = lay("a", Addressee.pool("fgw", "审核"))
    for who, code in ((eve, "inbox.not_yours"), (SYSTEM, "inbox.no_person")):
        with pytest.raises(Refusal) as refused:
            claim(actor=who, item=item)
        assert refused.value.code == code
    taken = claim(actor=ada, item=item)
    assert taken.addressee == f"person:{ada.person}" and taken.pool == "pool:fgw/审核"
    with pytest.raises(Refusal) as refused:
        claim(actor=bob, item=item)
    assert refused.value.code == "inbox.claim.taken"
    assert keys(ada) == ["a"] and keys(bob) == []


def test_one_passes_on_ones_own_and_with_a_right_those_of_others() -> None:
    ada, bob, eve = person("ada"), person("bob", "科员"), person("eve", "科长")
    item = lay("a", Addressee.person(ada.person), scope=Scope(unit="fgw"))
    with pytest.raises(Refusal) as refused:
        reassign(actor=eve, item=item, target=Addressee.person(eve.person), reason="")
    assert refused.value.code == "inbox.not_yours"
    reassign(actor=ada, item=item, target=Addressee.person(bob.person), reason="出差")
    grant(actor=SYSTEM, person=eve.person or 0, actions=["inbox.reassign"])
    reassign(actor=eve, item=item, target=Addressee.person(eve.person), reason="催办")
    assert keys(eve) == ["a"]
    done(actor=eve, key="a")
    with pytest.raises(Refusal) as refused:
        reassign(actor=eve, item=item, target=Addressee.person(ada.person), reason="")
    assert refused.value.code == "inbox.done"


def test_open_items_follow_and_done_ones_stay() -> None:
    lay("open", Addressee.post(1))
    lay("over", Addressee.post(1))
    done(actor=SYSTEM, key="over")
    assert follow(actor=SYSTEM, source=Addressee.post(1), target=Addressee.post(2)) == 1
    with acting(SYSTEM):
        assert dict(InboxItem.objects.values_list("key", "addressee")) == {"open": "post:2", "over": "post:1"}


def test_a_row_is_read_by_its_addressee_and_the_system_only() -> None:
    ada, bob = person("ada"), person("bob", "科员")
    lay("a", Addressee.person(ada.person))
    seen = {}
    for name, who in (("ada", ada), ("bob", bob), ("system", SYSTEM), ("nobody", ANONYMOUS)):
        with acting(who):
            seen[name] = InboxItem.objects.count()
    assert seen == {"ada": 1, "bob": 0, "system": 1, "nobody": 0}
    with acting(bob):
        assert InboxItem.objects.update(light="red") == 0


def test_who_holds_the_right_where_it_lies_finds_it() -> None:
    """The list agrees with the check of a single object, whatever the grants."""
    places = [
        Scope(),
        Scope(unit="fgw"),
        Scope(region="630102"),
        Scope(offer="testing/instruments", clause="2.7.2"),
        Scope(unit="gxt", region="632100"),
    ]
    actions = ("plan.publish", "plan.draft", "budgets.pay")
    for place, scope in enumerate(places):
        for action in actions:
            lay(f"{place} {action}", Addressee.right(action), scope=scope)
    limits = [Scope(), Scope(unit="fgw"), Scope(region="630100"), Scope(offer="testing/"), Scope(clause="2.7.2")]
    found = set()
    for number, (limit, held) in enumerate(product(limits, ("*", "plan.*", "plan.publish", "budgets.view"))):
        who = person(f"reader {number}", f"角色 {number}")
        Grant.objects.create(person_id=who.person, actions=[held], valid_from=NOW.date(), **asdict(limit))
        expected = {
            f"{place} {action}"
            for place, scope in enumerate(places)
            for action in actions
            if allowed(who, action, scope)
        }
        assert set(keys(who)) == expected
        with acting(who):
            assert count_waiting(who) == len(expected)
        found.add(len(expected))
    assert {0, 15} <= found


def test_nobody_finds_what_he_began_himself_and_one_of_many_takes_it() -> None:
    ada, bob = person("ada"), person("bob", "科员")
    for who in (ada, bob):
        grant(actor=SYSTEM, person=who.person or 0, actions=["plan.publish"])
    item = lay("a", Addressee.right("plan.publish"), barred=ada.person)
    assert (keys(ada), keys(bob)) == ([], ["a"])
    with pytest.raises(Refusal) as refused:
        claim(actor=ada, item=item)
    assert refused.value.code == "inbox.not_yours"
    assert claim(actor=bob, item=item).addressee == f"person:{bob.person}"


def test_mine_today_groups_and_says_when_it_is_empty() -> None:
    ada = person("ada")
    request = RequestFactory().get("/inbox/")
    with acting(ada):
        shape = pages.mine(request).shape
    assert [section.anchor for section in shape.sections] == [""] and shape.sections[0].table.empty.message.zh
    lay("past", Addressee.person(ada.person), due=NOW - timedelta(minutes=1), light="amber")
    lay("today", Addressee.person(ada.person), due=NOW + timedelta(hours=13))
    lay("tomorrow", Addressee.pool("fgw", "审核"), due=NOW + timedelta(hours=14))
    with acting(ada):
        shape = pages.mine(request).shape
    assert [section.anchor for section in shape.sections] == ["overdue", "today", "later"]
    assert [fact.value for fact in shape.head.facts] == [1, 1, 1]
    columns = [column for section in shape.sections for column in section.table.columns if column.name == "title"]
    rows = [row for section in shape.sections for row in section.table.rows]
    assert [str(column.value(row)) for column, row in zip(columns, rows, strict=True)] == ["审核申请"] * 3


def test_a_pool_item_is_claimed_on_its_page(client: object) -> None:
    ada, eve = person("ada"), person("eve", "科员")
    item = lay("a", Addressee.pool("fgw", "审核"))
    with acting(ada):
        shape = pages.item(RequestFactory().get("/"), item.code).shape
        assert [action.method for action in shape.head.actions] == ["post", "get"]
    with acting(eve), pytest.raises(pages.Http404):
        pages.item(RequestFactory().get("/"), item.code)
    with acting(ada):
        answer = pages.take(RequestFactory().post("/"), item.code)
    assert (answer.status_code, answer["Location"]) == (302, "/cases/a/")

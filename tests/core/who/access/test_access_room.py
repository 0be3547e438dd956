"""Emergencies and the pages of rights: who may, who is told, when it ends, and who can do none of it."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from qilian.core.log.events.api import Event
from qilian.core.rights.grants.api import ROLES, SYSTEM, Grant, Principal, Scope, acting, allowed, grant, naming
from qilian.core.values import clock
from qilian.core.values.text import Refusal
from qilian.core.who.access.api import Emergency, break_glass, give_back, review, rights_of
from qilian.core.who.inbox.api import InboxItem, count_waiting
from qilian.core.who.notices.api import count_unread
from qilian.core.who.people.api import Person, Post, appoint, deputise, principal_of, register_person
from qilian.core.who.units.api import Unit

pytestmark = pytest.mark.django_db
REASON = "值班时机构公告须当场改正"


def person(login: str, *actions: str) -> Person:
    found = register_person(actor=SYSTEM, login=login, name=login)
    if actions:
        grant(actor=SYSTEM, person=found.pk, actions=actions)
    return found


@pytest.fixture
def post() -> Post:
    unit = Unit.objects.create(slug="fgw", kind="department", region="630000")
    holder = person("holder")
    return appoint(actor=SYSTEM, person=holder, unit=unit, role="值班员", valid_from=date(2020, 1, 1))


@pytest.fixture
def official(post: Post) -> Person:
    grant(actor=SYSTEM, post=post.pk, actions=["access.break"], reason="值班")
    return post.person


@pytest.fixture
def guard() -> Person:
    return person("guard", *ROLES["security-administrator"])


@pytest.fixture
def watcher() -> Person:
    return person("watcher", *ROLES["audit-administrator"])


def refusal(call: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as refused:
        call()
    return refused.value.code


def browser(who: Person) -> Client:
    client = Client()
    client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")
    return client


def broken(who: Person, *actions: str, hours: int = 2) -> Emergency:
    scope = Scope(unit="fgw")
    return break_glass(
        actor=principal_of(who), actions=actions or ["units.edit"], scope=scope, hours=hours, reason=REASON
    )


def test_rights_are_there_at_once_within_their_scope_and_gone_after_their_hours(official: Person) -> None:
    assert not allowed(principal_of(official), "units.edit", Scope(unit="fgw"))
    broken(official)
    me = principal_of(official)
    assert allowed(me, "units.edit", Scope(unit="fgw")) and not allowed(me, "units.edit", Scope(unit="gxt"))
    with clock.allow_standing(), clock.standing_at(clock.now() + timedelta(hours=2)):
        assert not allowed(principal_of(official), "units.edit", Scope(unit="fgw"))


def test_security_and_audit_administrators_are_told_at_once(official: Person, guard: Person, watcher: Person) -> None:
    row = broken(official)
    assert count_unread(principal_of(guard)) == count_unread(principal_of(watcher)) == 1
    with acting(principal_of(guard)):
        assert count_waiting(principal_of(guard)) == 1
    event = Event.objects.get(type="access.glass.broken")
    assert event.data["reason"] == REASON and event.data["actions"] == ["units.edit"]
    review(actor=principal_of(guard), code=row.code, finding="与事由一致")
    with acting(SYSTEM):
        assert not InboxItem.objects.filter(done_at=None).exists()
    assert Event.objects.get(type="access.glass.reviewed").data["finding"] == "与事由一致"


def test_without_the_right_nobody_breaks_it_and_nothing_changes(official: Person) -> None:
    stranger = person("stranger")
    before = Grant.objects.count()
    for who in (principal_of(stranger), Principal("anonymous")):
        with pytest.raises(Refusal) as refused:
            break_glass(actor=who, actions=["a.b"], scope=Scope(), hours=1, reason=REASON)
        assert refused.value.code == "grants.denied"
    assert Grant.objects.count() == before and not Emergency.objects.exists()


def test_no_emergency_unites_administrators(official: Person, guard: Person) -> None:
    grant(actor=SYSTEM, person=official.pk, actions=["people.view"])
    assert refusal(lambda: broken(official, "grants.grant")) == "grants.apart"
    assert refusal(lambda: broken(official, "events.view")) == "grants.apart"


def test_three_at_a_time_and_given_back_early(official: Person, guard: Person) -> None:
    rows = [broken(official, f"units.{name}") for name in ("edit", "view", "name")]
    assert refusal(lambda: broken(official)) == "access.many"
    assert refusal(lambda: give_back(actor=principal_of(guard), code=rows[0].code)) == "access.unknown"
    give_back(actor=principal_of(official), code=rows[0].code)
    assert not allowed(principal_of(official), "units.edit", Scope(unit="fgw"))
    assert refusal(lambda: give_back(actor=principal_of(official), code=rows[0].code)) == "access.over"
    broken(official)


def test_who_reviews(official: Person, guard: Person, watcher: Person) -> None:
    row = broken(official)
    assert refusal(lambda: review(actor=principal_of(watcher), code=row.code, finding="x")) == "grants.denied"
    assert refusal(lambda: review(actor=principal_of(guard), code="none", finding="x")) == "access.unknown"
    assert refusal(lambda: review(actor=principal_of(guard), code=row.code, finding=" ")) == "text.missing"
    review(actor=principal_of(guard), code=row.code, finding="属实")
    assert refusal(lambda: review(actor=principal_of(guard), code=row.code, finding="属实")) == "access.reviewed"


def test_every_right_of_a_person_and_why(official: Person, post: Post) -> None:
    deputy = person("deputy", "clocks.view")
    today = clock.today()
    deputise(
        actor=SYSTEM, post=post, person=deputy, valid_from=today, valid_to=today + timedelta(days=9), reason="出差"
    )
    assert [(why.grant.actions, str(why.through)) for why in rights_of(deputy)] == [
        (["clocks.view"], "授予本人"),
        (["access.break"], "代理holder：值班员"),
    ]
    broken(official)
    assert [str(why.through) for why in rights_of(official)] == ["紧急授权", "岗位：值班员"]


def test_rights_are_found_by_what_they_allow(official: Person, guard: Person) -> None:
    person("drafter", "plan.*")
    person("exact", "plan.draft")
    person("other", "plan.publish")
    named = Grant.objects.filter(naming("plan.draft")).values_list("person__login", flat=True)
    assert set(named) == {"drafter", "exact"}


def test_the_security_administrator_lists_gives_and_takes_back(official: Person, guard: Person) -> None:
    client, ada = browser(guard), person("ada")
    assert client.get("/access/").status_code == 200
    for query in ("holder=hold", "action=access.break", "state=running", "state=over"):
        assert client.get(f"/access/?{query}").status_code == 200
    assert "holder" in client.get("/access/?action=access.break").content.decode()
    assert client.get("/access/new/").status_code == 200
    form = {
        "holder": "ada",
        "actions": ["clocks.view"],
        "unit": "fgw",
        "valid_from": str(clock.today()),
        "reason": "分管",
    }
    given = client.post("/access/new/", form)
    assert given.status_code == 302 and allowed(principal_of(ada), "clocks.view", Scope(unit="fgw"))
    assert "分管" in client.get(given["Location"]).content.decode()
    assert client.post("/access/new/", {**form, "holder": "nobody"}).status_code == 422
    assert client.post("/access/new/", {**form, "valid_to": "soon"}).status_code == 422
    assert client.post("/access/new/", {**form, "actions": []}).status_code == 422
    assert client.get(f"/access/people/{ada.code}/").status_code == 200
    take = f"{given['Location']}revocation"
    assert client.get(take).status_code == 200 and client.post(take, {"reason": "调离"}).status_code == 302
    assert not allowed(principal_of(ada), "clocks.view", Scope(unit="fgw"))


def test_nobody_gives_to_himself_or_takes_his_own_on_the_page(guard: Person) -> None:
    client = browser(guard)
    form = {"holder": "guard", "actions": ["clocks.view"], "valid_from": str(clock.today()), "reason": "自己"}
    assert client.post("/access/new/", form).status_code == 422
    own = Grant.objects.get(person=guard)
    assert client.post(f"/access/{own.code}/revocation", {"reason": "自己"}).status_code == 422
    assert allowed(principal_of(guard), "grants.grant")


def test_emergencies_on_the_pages(official: Person, guard: Person, watcher: Person) -> None:
    mine, stranger = browser(official), browser(person("stranger"))
    assert mine.get("/access/emergencies/").status_code == mine.get("/access/emergencies/new/").status_code == 200
    assert mine.post("/access/emergencies/new/", {"reason": "急", "hours": "x"}).status_code == 422
    form = {"reason": REASON, "hours": "1", "actions": ["units.edit"], "unit": "fgw"}
    place = mine.post("/access/emergencies/new/", form)["Location"]
    assert mine.get(place).status_code == 200 and stranger.get(place).status_code == 404
    assert "holder" not in stranger.get("/access/emergencies/").content.decode()
    for client in (stranger, browser(watcher)):
        assert client.get("/access/emergencies/new/").status_code == 403
    assert "holder" in browser(watcher).get("/access/emergencies/").content.decode()
    reviewer = browser(guard)
    assert reviewer.get(f"{place}review").status_code == 200
    assert reviewer.post(f"{place}review", {"finding": "属实"}).status_code == 302
    assert mine.post(f"{place}ending").status_code == 302
    assert "已复核" in reviewer.get(place, headers={"accept-language": "zh"}).content.decode()


@pytest.mark.parametrize("place", ["", "new/", "people/x/", "x/", "x/revocation"])
def test_without_a_right_the_pages_of_rights_answer_403(place: str) -> None:
    for client in (Client(), browser(person("stranger"))):
        assert client.get(f"/access/{place}").status_code == 403

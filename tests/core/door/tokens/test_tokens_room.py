"""Tokens through the JSON interface: narrower than their owner, shown once, expiring, revocable; no CSRF needed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qilian.core.door.tokens.api import ApiToken, behind_token, make_token, revoke_token
from qilian.core.log.events.api import Event
from qilian.core.rights.grants.api import SYSTEM, Permit, Principal, Scope, acting, allowed, grant, permits_of, possible
from qilian.core.rights.grants.kernel import decide
from qilian.core.values import clock
from qilian.core.values.text import Refusal
from qilian.core.who.people.api import Person, deactivate_person, principal_of, register_person

pytestmark = pytest.mark.django_db
ACTIONS = ("clocks.view", "plan.draft", "plan.publish", "plan.*", "events.view", "*")
ASKED = ("clocks.view", "plan.draft", "plan.publish", "events.view", "people.view")


@pytest.fixture
def ada() -> Person:
    found = register_person(actor=SYSTEM, login="ada", name="甲")
    grant(actor=SYSTEM, person=found.pk, actions=["clocks.view", "plan.draft"])
    return found


def token_of(person: Person, *actions: str, writes: bool = False, days: int = 90) -> str:
    until = clock.now() + timedelta(days=days)
    return make_token(actor=principal_of(person), name="脚本", actions=actions, writes=writes, until=until)[1]


def refusal(call: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as refused:
        call()
    return refused.value.code


def program(token: str) -> Client:
    return Client(enforce_csrf_checks=True, headers={"authorization": f"Bearer {token}"})


def test_only_a_digest_is_kept_and_the_log_knows_the_prefix(ada: Person) -> None:
    text = token_of(ada, "clocks.view")
    row = ApiToken.objects.get()
    assert text not in str(row.__dict__) and text.split("_", 2)[2] not in str(row.__dict__)
    event = Event.objects.get(type="tokens.token.made")
    assert event.data["prefix"] == row.prefix and text not in str(event.data)


def test_a_token_can_only_do_what_its_owner_can(ada: Person) -> None:
    assert refusal(lambda: token_of(ada, "plan.publish")) == "tokens.actions"
    assert refusal(lambda: token_of(ada, "*")) == "tokens.actions"
    narrow = behind_token(token_of(ada, "clocks.view"), writing=False)
    assert possible(narrow, ASKED) == {"clocks.view"}
    assert possible(behind_token(token_of(ada), writing=False), ASKED) == frozenset()


def test_what_the_owner_loses_the_token_loses(ada: Person) -> None:
    text = token_of(ada, "clocks.view")
    ada.grants.update(revoked_at=clock.now())
    assert not allowed(behind_token(text, writing=False), "clocks.view")
    admin = register_person(actor=SYSTEM, login="admin", name="管理员")
    deactivate_person(actor=SYSTEM, person=ada, reason="调离")
    assert refusal(lambda: behind_token(text, writing=False)) == "tokens.invalid" and admin


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@given(
    held=st.lists(st.sets(st.sampled_from(ACTIONS), min_size=1), max_size=3),
    chosen=st.sets(st.sampled_from(ACTIONS)),
    asked=st.sampled_from(ASKED),
)
def test_a_token_never_exceeds_its_owner(held: list[set[str]], chosen: set[str], asked: str) -> None:
    """Over random grants and limits: allowed through the token means allowed to the owner and named by the token."""
    permits = [Permit(tuple(sorted(actions))) for actions in held]
    narrowed = [replace(permit, limits=tuple(sorted(chosen))) for permit in permits]
    owner, through = (decide(each, asked, Scope(), clock.today()) for each in (permits, narrowed))
    named = any(decide([Permit((limit,))], asked, Scope(), clock.today()) for limit in chosen)
    assert through == (owner and named)


def test_the_interface_takes_it_for_reads_and_for_writes_without_csrf(ada: Person) -> None:
    grant(actor=SYSTEM, person=ada.pk, actions=["plan.decide"])
    reading, writing = token_of(ada, "plan.draft"), token_of(ada, "plan.draft", writes=True)
    assert program(reading).get("/api/v1/coverage").status_code == 200
    posted = program(reading).post("/api/v1/plans/x/decisions", {}, content_type="application/json")
    assert (posted.status_code, posted.json()["code"]) == (403, "tokens.reading")
    assert program(writing).post("/api/v1/none", {}, content_type="application/json").status_code == 404
    assert ApiToken.objects.order_by("pk").first().used_at is not None


@pytest.mark.parametrize("token", ["", "x", "qlt_abcdef1234_" + "s" * 43])
def test_a_token_that_opens_nothing_is_401_and_falls_back_to_no_session(ada: Person, token: str) -> None:
    client = program(token)
    client.force_login(ada, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get("/api/v1/coverage")
    assert (answer.status_code, answer.json()["code"]) == (401, "tokens.invalid")
    assert answer["WWW-Authenticate"] == "Bearer"


def test_pages_take_no_token(ada: Person) -> None:
    assert program(token_of(ada)).get("/account/tokens/").status_code == 403


def test_expired_and_revoked_tokens_open_nothing(ada: Person) -> None:
    text = token_of(ada, days=1)
    with clock.allow_standing(), clock.standing_at(clock.now() + timedelta(days=1)):
        assert refusal(lambda: behind_token(text, writing=False)) == "tokens.invalid"
    row, bob = ApiToken.objects.get(), register_person(actor=SYSTEM, login="bob", name="乙")
    assert refusal(lambda: revoke_token(actor=principal_of(bob), code=row.code)) == "grants.denied"
    assert refusal(lambda: revoke_token(actor=principal_of(ada), code="none")) == "tokens.unknown"
    assert behind_token(text, writing=False).person == ada.pk
    revoke_token(actor=principal_of(ada), code=row.code)
    assert refusal(lambda: behind_token(text, writing=False)) == "tokens.invalid"
    assert refusal(lambda: revoke_token(actor=principal_of(ada), code=row.code)) == "tokens.over"


def test_what_is_refused_when_making(ada: Person) -> None:
    me, until = principal_of(ada), clock.now() + timedelta(days=9)

    def make(who: Principal = me, name: str = "脚本", days: int = 9) -> object:
        return make_token(actor=who, name=name, actions=[], writes=False, until=clock.now() + timedelta(days=days))

    assert refusal(lambda: make(name=" ")) == "tokens.name"
    assert refusal(lambda: make(days=-1)) == refusal(lambda: make(days=400)) == "tokens.term"
    assert refusal(lambda: make(SYSTEM)) == refusal(lambda: make(Principal("anonymous"))) == "tokens.owner"
    assert refusal(lambda: make(behind_token(token_of(ada), writing=False))) == "tokens.owner"
    for _ in range(19):
        make()
    assert refusal(make) == "tokens.many" and until


def test_the_pages_make_show_once_list_and_revoke(ada: Person) -> None:
    ada.set_password("a quiet lake 2026")
    ada.save()
    browser = Client()
    browser.post("/accounts/login/", {"login": "ada", "password": "a quiet lake 2026"})
    assert "还没有令牌" in browser.get("/account/tokens/").content.decode()
    assert browser.get("/account/tokens/new/").status_code == 200
    wrong = browser.post("/account/tokens/new/", {"name": "脚本", "until": "soon"})
    assert wrong.status_code == 422
    until = str(clock.today() + timedelta(days=30))
    made = browser.post("/account/tokens/new/", {"name": "脚本", "until": until, "actions": ["clocks.view"]})
    row = ApiToken.objects.get()
    assert made["Cache-Control"] == "no-store" and f"qlt_{row.prefix}_" in made.content.decode()
    listed = browser.get("/account/tokens/").content.decode()
    assert f"qlt_{row.prefix}" in listed and f"qlt_{row.prefix}_" not in listed
    assert browser.post(f"/account/tokens/{row.code}/revocation").status_code == 302
    assert "已撤销" in browser.get("/account/tokens/").content.decode()
    ApiToken.objects.update(revoked_at=None, expires_at=clock.now())
    assert "已过期" in browser.get("/account/tokens/").content.decode()


def test_a_session_still_needs_its_csrf_token(ada: Person) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(ada, backend="django.contrib.auth.backends.ModelBackend")
    assert client.post("/accounts/logout/").status_code == 403


def test_openapi_names_both_ways(client: Client) -> None:
    schemes = client.get("/api/v1/openapi.json").json()["components"]["securitySchemes"]
    kinds = {(each["type"], each.get("scheme") or each.get("in")) for each in schemes.values()}
    assert kinds == {("http", "bearer"), ("apiKey", "cookie")}


def test_the_permits_of_a_token_carry_its_limits(ada: Person) -> None:
    through = behind_token(token_of(ada, "clocks.view"), writing=False)
    with acting(through):
        assert {permit.limits for permit in permits_of(through)} == {("clocks.view",)}


def test_a_token_acts_for_parties_only_when_told_to(ada: Person) -> None:
    from_firm = replace(principal_of(ada), parties=("7x",))
    until = clock.now() + timedelta(days=9)
    assert refusal(
        lambda: make_token(actor=principal_of(ada), name="a", actions=["parties.act"], writes=True, until=until)
    ) == ("tokens.actions")
    row, _ = make_token(actor=from_firm, name="b", actions=["parties.act"], writes=True, until=until)
    assert row.actions == ["parties.act"]

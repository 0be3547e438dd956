"""Emergencies and deputies as an attacker would use them: to reach accounts, to stay, to pass on what is not his."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from qilian.core.door.tokens.api import behind_token, make_token
from qilian.core.rights.grants.api import ROLES, SYSTEM, Scope, allowed, grant
from qilian.core.values import clock
from qilian.core.values.text import Refusal
from qilian.core.who.access.api import break_glass
from qilian.core.who.people.api import (
    Person,
    Post,
    appoint,
    deactivate_person,
    deputise,
    hand_over,
    principal_of,
    register_person,
)
from qilian.core.who.units.api import Unit

pytestmark = pytest.mark.django_db
REASON = "值班时机构公告须当场改正"


def refusal(call: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as refused:
        call()
    return refused.value.code


@pytest.fixture
def unit() -> Unit:
    return Unit.objects.create(slug="fgw", kind="department", region="630000")


def seat(unit: Unit, login: str, role: str) -> Post:
    person = register_person(actor=SYSTEM, login=login, name=login)
    return appoint(actor=SYSTEM, person=person, unit=unit, role=role, valid_from=date(2020, 1, 1))


def lent(post: Post, to: Person) -> None:
    today = clock.today()
    deputise(actor=principal_of(post.person), post=post, person=to, valid_from=today, valid_to=today, reason="出差")


@pytest.mark.parametrize("action", ["people.passwords", "people.factors", "people.identities", "access.break"])
def test_no_emergency_opens_accounts_or_lasts_by_another(unit: Unit, action: str) -> None:
    post = seat(unit, "duty", "值班员")
    grant(actor=SYSTEM, post=post.pk, actions=["access.break"])
    me = principal_of(post.person)
    for wanted in ([action], ["units.edit", action]):
        broken = {"actor": me, "actions": wanted, "scope": Scope(), "hours": 1, "reason": REASON}
        assert refusal(lambda broken=broken: break_glass(**broken)) == "access.accounts"
    assert not allowed(principal_of(post.person), action) or action == "access.break"


def test_what_was_taken_in_an_emergency_ends_with_it_for_tokens_too(unit: Unit) -> None:
    post = seat(unit, "duty", "值班员")
    grant(actor=SYSTEM, post=post.pk, actions=["access.break"])
    break_glass(actor=principal_of(post.person), actions=["units.edit"], scope=Scope(), hours=1, reason=REASON)
    now = clock.now()
    until = now + timedelta(days=30)
    _, token = make_token(
        actor=principal_of(post.person), name="夜班", actions=["units.edit"], writes=True, until=until
    )
    assert allowed(behind_token(token, writing=True), "units.edit")
    by_token = {"actor": behind_token(token, writing=True), "actions": ["units.edit"], "scope": Scope(), "hours": 1}
    assert refusal(lambda: break_glass(**by_token, reason=REASON)) in ("grants.denied", "access.owner")
    with clock.allow_standing(), clock.standing_at(now + timedelta(hours=1, seconds=1)):
        assert not allowed(behind_token(token, writing=True), "units.edit")


def test_an_emergency_does_not_outlive_its_account(unit: Unit) -> None:
    post = seat(unit, "duty", "值班员")
    grant(actor=SYSTEM, post=post.pk, actions=["access.break"])
    break_glass(actor=principal_of(post.person), actions=["units.edit"], scope=Scope(), hours=4, reason=REASON)
    deactivate_person(actor=SYSTEM, person=post.person, reason="离职")
    post.person.refresh_from_db()
    assert not allowed(principal_of(post.person), "units.edit")


def test_a_deputy_passes_nothing_on_and_lends_nothing_further(unit: Unit) -> None:
    chief, deputy, third = seat(unit, "chief", "处长"), seat(unit, "deputy", "副处长"), seat(unit, "third", "科员")
    grant(actor=SYSTEM, post=chief.pk, actions=["plan.publish"])
    lent(chief, deputy.person)
    lent(deputy, third.person)
    acting, today = principal_of(deputy.person), clock.today()
    assert allowed(acting, "plan.publish")
    assert not allowed(principal_of(third.person), "plan.publish"), "who deputises a deputy is not his chief's deputy"
    handed = {"actor": acting, "post": chief, "to_person": third.person, "on": today}
    assert refusal(lambda: hand_over(**handed)) == "grants.denied"
    named = {"actor": acting, "post": chief, "person": third.person, "valid_from": today, "valid_to": today}
    assert refusal(lambda: deputise(**named, reason="再转")) == "grants.denied"


def test_no_deputising_brings_administrators_and_business_together(unit: Unit) -> None:
    """Neither now nor in a fortnight, in whatever order the right and the deputy are named."""
    chief, auditor = seat(unit, "chief", "处长"), register_person(actor=SYSTEM, login="auditor", name="审计")
    grant(actor=SYSTEM, person=auditor.pk, actions=ROLES["audit-administrator"])
    later = clock.today() + timedelta(days=14)
    named = {"actor": SYSTEM, "post": chief, "person": auditor, "valid_from": later, "valid_to": later, "reason": "x"}
    deputise(**named)
    assert refusal(lambda: grant(actor=SYSTEM, post=chief.pk, actions=["plan.publish"])) == "grants.apart"
    other = seat(unit, "other", "主任")
    grant(actor=SYSTEM, post=other.pk, actions=["plan.publish"], valid_from=later)
    assert refusal(lambda: deputise(**{**named, "post": other})) == "grants.apart"

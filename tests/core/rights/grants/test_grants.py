"""Rights on the database: verbs and their refusals, and lists that equal the object check over random grants."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Q
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qilian.core.house.principal import remembering
from qilian.core.log.events.models import Event
from qilian.core.rights.grants.api import (
    ANONYMOUS,
    ROLES,
    SYSTEM,
    Permit,
    Principal,
    Scope,
    acting,
    allowed,
    as_permit,
    current_principal,
    grant,
    in_force,
    permits_of,
    require,
    revoke,
    visible,
)
from qilian.core.rights.grants.kernel import decide
from qilian.core.rights.grants.models import Grant
from qilian.core.rights.grants.queries import predicate_of
from qilian.core.values import clock
from qilian.core.values.text import Refusal
from qilian.core.who.people.api import Deputy, Person, Post, principal_of
from qilian.core.who.units.models import Unit

pytestmark = pytest.mark.django_db

COLUMNS = {"unit": "unit", "region": "region", "offer": "offer", "clause": "clause"}
UNITS, REGIONS = ("", "fgw", "gxt"), ("", "630000", "630100", "630102", "632800")
OFFERS, CLAUSES = ("", "testing/instruments", "testing/", "test/x"), ("", "2.7.2", "2.7.3")
scopes = st.builds(
    Scope,
    unit=st.sampled_from(UNITS),
    region=st.sampled_from(REGIONS),
    offer=st.sampled_from(OFFERS),
    clause=st.sampled_from(CLAUSES),
)


def person(login: str, *, active: bool = True) -> Person:
    return Person.objects.create(login=login, name=login, is_active=active, created_at=clock.now())


def security() -> Principal:
    guard = person("guard")
    grant(actor=SYSTEM, person=guard.pk, actions=ROLES["security-administrator"])
    return principal_of(guard)


def post(holder: Person, slug: str = "fgw", role: str = "处长") -> Post:
    unit, _ = Unit.objects.get_or_create(slug=slug, defaults={"kind": "department"})
    return Post.objects.create(person=holder, unit=unit, role=role, valid_from=date(2020, 1, 1))


def test_default_is_deny_and_the_system_may() -> None:
    ada = principal_of(person("ada"))
    assert not allowed(ada, "plan.publish") and not allowed(ANONYMOUS, "view") and allowed(SYSTEM, "plan.publish")
    with pytest.raises(Refusal) as refused:
        require(ada, "plan.publish", Scope(unit="fgw"))
    assert refused.value.code == "grants.denied" and refused.value.where == "fgw"
    assert "安全管理员" in refused.value.remedy.zh


def test_a_denial_names_the_right_and_whom_to_ask() -> None:
    security()
    with pytest.raises(Refusal) as refused:
        require(principal_of(person("ada")), "grants.view")
    assert "查看权限" in refused.value.message.zh and "guard" in refused.value.remedy.zh
    with pytest.raises(Refusal) as refused:
        require(ANONYMOUS, "grants.view")
    assert "登录" in refused.value.remedy.zh


def test_a_right_begins_ends_and_is_revoked() -> None:
    guard, ada = security(), person("ada")
    given_right = grant(actor=guard, person=ada.pk, actions=["plan.*"], scope=Scope(unit="fgw"), reason="分管")
    assert allowed(principal_of(ada), "plan.publish", Scope(unit="fgw"))
    assert not allowed(principal_of(ada), "plan.publish", Scope(unit="gxt"))
    revoke(actor=guard, grant=given_right, reason="调离")
    assert not allowed(principal_of(ada), "plan.publish", Scope(unit="fgw"))
    with pytest.raises(Refusal) as refused:
        revoke(actor=guard, grant=given_right, reason="again")
    assert refused.value.code == "grants.revoked"
    assert [event.type for event in Event.objects.filter(subject=f"core.grant:{given_right.code}").order_by("id")] == [
        "grants.grant.given",
        "grants.grant.revoked",
    ]


def test_a_post_carries_its_rights_to_whoever_holds_it() -> None:
    ada = person("ada")
    grant(actor=security(), post=post(ada).pk, actions=["plan.publish"])
    assert allowed(principal_of(ada), "plan.publish")
    assert principal_of(ada).roles == ("fgw/处长",)


def test_rights_that_are_not_yet_or_no_longer() -> None:
    guard, ada = security(), person("ada")
    tomorrow = clock.today() + timedelta(days=1)
    grant(actor=guard, person=ada.pk, actions=["plan.publish"], valid_from=tomorrow)
    assert not allowed(principal_of(ada), "plan.publish")
    with clock.allow_standing(), clock.standing_at(clock.now() + timedelta(days=1)):
        assert allowed(principal_of(ada), "plan.publish")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"person": None}, "grants.holder"),
        ({"actions": []}, "grants.actions.empty"),
        ({"valid_to": date(2001, 1, 1)}, "grants.term"),
        ({"actions": ["grants.*", "plan.*"]}, "grants.apart"),
        ({"actions": ["*"]}, "grants.apart"),
    ],
)
def test_wrong_grants_are_refused(change: dict[str, object], code: str) -> None:
    guard, ada = security(), person("ada")
    with pytest.raises(Refusal) as refused:
        grant(**{"actor": guard, "person": ada.pk, "actions": ["plan.*"], **change})
    assert refused.value.code == code
    assert not Grant.objects.filter(person=ada).exists()


def test_nobody_grants_to_himself_or_his_own_post() -> None:
    guard = security()
    own = post(Person.objects.get(pk=guard.person))
    for holder in ({"person": guard.person}, {"post": own.pk}):
        with pytest.raises(Refusal) as refused:
            grant(actor=guard, actions=["grants.view"], **holder)
        assert refused.value.code == "grants.oneself"


def test_administrators_stay_apart_across_person_and_posts() -> None:
    guard, ada = security(), person("ada")
    grant(actor=guard, post=post(ada).pk, actions=ROLES["system-administrator"])
    with pytest.raises(Refusal) as refused:
        grant(actor=guard, person=ada.pk, actions=ROLES["audit-administrator"])
    assert refused.value.code == "grants.apart"
    with pytest.raises(Refusal) as refused:
        grant(actor=principal_of(ada), person=person("bob").pk, actions=["plan.*"])
    assert refused.value.code == "grants.denied"


def test_administrators_stay_apart_in_the_future_and_through_deputies() -> None:
    guard, ada, bob = security(), person("ada"), person("bob")
    soon = clock.today() + timedelta(days=30)
    grant(actor=guard, person=ada.pk, actions=ROLES["system-administrator"], valid_from=soon)
    lent = post(bob)
    Deputy.objects.create(post=lent, person=ada, valid_from=soon, valid_to=soon, reason="")
    for holder in ({"person": ada.pk}, {"post": lent.pk}):
        with pytest.raises(Refusal) as refused:
            grant(actor=guard, actions=ROLES["audit-administrator"], **holder)
        assert refused.value.code == "grants.apart"


def events() -> list[Event]:
    rows = [
        Event(
            type="test.row.made", at=datetime(2026, 1, 1, tzinfo=UTC), actor="system:test", subject="test.row:1",
            unit=unit, region=region, offer=offer, clause=clause, digest=b"",
        )
        for unit in UNITS for region in REGIONS for offer in OFFERS for clause in CLAUSES
    ]  # fmt: skip
    return Event.objects.bulk_create(rows)


@pytest.fixture
def rows(db: None) -> list[Event]:
    return events()


@pytest.mark.filterwarnings("ignore")
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(granted=st.lists(scopes, max_size=4))
def test_a_list_equals_the_object_checks(rows: list[Event], granted: list[Scope]) -> None:
    permits = [Permit(("view",), scope) for scope in granted]
    predicate = predicate_of(granted, COLUMNS)
    mine = Event.objects.filter(pk__in=[row.pk for row in rows])
    listed = set() if predicate is None else set(mine.filter(predicate).values_list("pk", flat=True))
    day = date(2026, 1, 1)
    checked = {
        row.pk for row in rows if decide(permits, "view", Scope(row.unit, row.region, row.offer, row.clause), day)
    }
    assert listed == checked


def test_visible_reads_the_grants_of_the_actor(rows: list[Event], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Event, "scope_columns", COLUMNS, raising=False)
    guard, ada, mine = security(), person("ada"), Event.objects.filter(type="test.row.made")
    assert not visible(mine, principal_of(ada)).exists()
    grant(actor=guard, person=ada.pk, actions=["view"], scope=Scope(unit="fgw"))
    grant(actor=guard, person=ada.pk, actions=["plan.*"])
    assert set(visible(mine, principal_of(ada)).values_list("unit", flat=True)) == {"fgw"}
    assert visible(mine, principal_of(ada), "plan.read").count() == visible(mine, SYSTEM).count() == len(rows)
    assert visible(mine, ANONYMOUS).count() == 0


def test_a_grant_limited_by_a_field_that_a_model_lacks_shows_nothing() -> None:
    assert predicate_of([Scope(clause="2.7.2")], {"unit": "unit"}) is None
    assert predicate_of([Scope(clause="2.7.2"), Scope(unit="fgw")], {"unit": "unit"}) is not None
    assert not predicate_of([Scope(unit="fgw"), Scope()], {"unit": "unit"})


def test_permits_cost_one_query(django_assert_num_queries: object) -> None:
    ada = principal_of(person("ada"))
    with django_assert_num_queries(1):
        permits_of(ada)
    with django_assert_num_queries(0):
        permits_of(ANONYMOUS)


@pytest.fixture
def said() -> Iterator[object]:
    def ask() -> tuple[str, str]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('app.principal', true), current_setting('app.speaks_for', true)")
            principal, speaks_for = cursor.fetchone()
        return principal or "", speaks_for or ""

    yield ask


def test_acting_is_told_to_the_database_and_forgotten(said: object) -> None:
    ada = principal_of(person("ada"))
    assert current_principal() == ANONYMOUS and said() == ("", "")
    with acting(ada):
        assert current_principal() == ada and said() == (str(ada.person), f"person:{ada.person}")
        with acting(SYSTEM):
            assert said() == ("system", "")
        assert said()[0] == str(ada.person)
    assert current_principal() == ANONYMOUS and said() == ("", "")


def test_acting_survives_a_refusal_inside_a_transaction(said: object) -> None:
    ada = principal_of(person("ada"))
    with acting(ada):
        with pytest.raises(IntegrityError), transaction.atomic(), acting(SYSTEM):
            Person.objects.create(login="ada", name="twice", created_at=clock.now())
        assert said()[0] == str(ada.person) and current_principal() == ada


def test_a_closed_account_is_nobody() -> None:
    assert principal_of(person("gone", active=False)) == ANONYMOUS


def test_permits_are_read_once_within_a_request_and_anew_after_a_change(django_assert_num_queries: object) -> None:
    holder, other = person("holder"), person("other")
    seat = post(holder)
    grant(actor=SYSTEM, person=holder.pk, actions=["plan.draft"], scope=Scope(region="630100"))
    mine = grant(actor=SYSTEM, post=seat.pk, actions=["plan.publish", "plan.*"], valid_to=date(2200, 1, 1))
    grant(actor=SYSTEM, person=holder.pk, actions=["plan.later"], valid_from=date(2200, 1, 1))
    grant(actor=SYSTEM, person=other.pk, actions=["plan.other"])
    me = principal_of(holder)
    plainly = in_force(clock.today()).filter(Q(person=me.person) | Q(post__in=me.posts)).order_by("pk")
    assert permits_of(me) == tuple(as_permit(row) for row in plainly) and len(permits_of(me)) == 2
    with remembering():
        with django_assert_num_queries(1):
            assert allowed(me, "plan.publish") and not allowed(me, "people.view") and permits_of(me)
        revoke(actor=security(), grant=mine, reason="调离")
        assert not allowed(me, "plan.publish")
    with django_assert_num_queries(2):
        assert permits_of(me) == permits_of(me)

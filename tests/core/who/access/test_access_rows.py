"""Lists equal the object check over random grants, posts and deputies; guarded tables; the index under a list."""

from dataclasses import replace
from datetime import timedelta
from itertools import count

import psycopg
import pytest
from django.apps import apps
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qilian.core.house.principal import acting
from qilian.core.rights.grants.api import SYSTEM, Scope, allowed, visible
from qilian.core.rights.grants.models import Grant
from qilian.core.time.clocks.models import LegalClock
from qilian.core.values import clock
from qilian.core.values.text import Ref, Text
from qilian.core.who.inbox.api import Addressee, InboxItem, put
from qilian.core.who.people.api import Deputy, Person, Post, principal_of
from qilian.core.who.units.models import Unit

NUMBERS = count()
UNITS, REGIONS = ("fgw", "gxt"), ("630000", "630100", "630102", "632800", "620102")
OFFERS, CLAUSES = ("testing/instruments", "logistics/parks"), ("2.7.2", "2.1.1")
ACTIONS = ("clocks.view", "clocks.*", "*", "plan.draft")


def scoped(*empty: str) -> st.SearchStrategy[Scope]:
    """A scope of which each part may stay open."""
    parts = {"unit": UNITS, "region": REGIONS, "offer": OFFERS, "clause": CLAUSES}
    return st.builds(Scope, **{name: st.sampled_from((*empty, *values)) for name, values in parts.items()})


grants_made = st.lists(
    st.tuples(
        st.sampled_from(("person", "post", "lent", "stranger")),
        st.sets(st.sampled_from(ACTIONS), min_size=1),
        scoped("", ""),
        st.integers(-3, 1),
        st.sampled_from((None, -1, 0, 5)),
        st.sampled_from((None, -1, 1)),
        st.booleans(),
    ),
    max_size=5,
)


@pytest.fixture
def people(db: None) -> dict[str, Person]:
    """Ada with a post of her own, one that she deputises, and a stranger."""
    return {
        name: Person.objects.create(login=name, name=name, created_at=clock.now()) for name in ("ada", "bob", "eve")
    }


@settings(max_examples=60, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=grants_made, rows=st.lists(scoped(""), min_size=1, max_size=8), running=st.booleans(), token=st.booleans())
def test_a_list_is_what_the_object_check_allows(
    people: dict[str, Person],
    made: list[tuple[str, set[str], Scope, int, int | None, int | None, bool]],
    rows: list[Scope],
    running: bool,
    token: bool,
) -> None:
    """Grants to oneself, one's post, a deputised post; begun or not, over or not, revoked, lent for hours, by token."""
    today, now = clock.today(), clock.now()
    for table in (Grant, Deputy, Post):
        table.objects.all().delete()
    Unit.objects.filter(slug="fgw").delete()
    unit = Unit.objects.create(slug="fgw", kind="department", region="630000")
    own = Post.objects.create(person=people["ada"], unit=unit, role="处长", valid_from=today - timedelta(days=9))
    lent = Post.objects.create(person=people["bob"], unit=unit, role="科长", valid_from=today - timedelta(days=9))
    last = today + timedelta(days=5 if running else -1)
    Deputy.objects.create(
        post=lent, person=people["ada"], valid_from=today - timedelta(days=5), valid_to=last, reason="出差"
    )
    holders = {"person": {"person": people["ada"]}, "post": {"post": own}, "lent": {"post": lent}}
    holders["stranger"] = {"person": people["eve"]}
    for who, actions, scope, begins, ends, hours, revoked in made:
        until = None if hours is None else now + timedelta(hours=hours)
        first, end = today + timedelta(days=begins), None if ends is None else today + timedelta(days=max(begins, ends))
        Grant.objects.create(
            **holders[who],
            actions=sorted(actions),
            unit=scope.unit,
            region=scope.region,
            offer=scope.offer,
            clause=scope.clause,
            valid_from=first,
            valid_to=end,
            until=until,
            revoked_at=now if revoked else None,
        )
    made_now = LegalClock.objects.bulk_create([clock_row(scope) for scope in rows])
    me = principal_of(people["ada"])
    me = replace(me, limits=("clocks.view",)) if token else me
    for action in ("clocks.view", "plan.draft"):
        these = LegalClock.objects.filter(pk__in=[row.pk for row in made_now])
        seen = set(visible(these, me, action).values_list("pk", flat=True))
        assert seen == {row.pk for row, scope in zip(made_now, rows, strict=True) if allowed(me, action, scope)}


def clock_row(scope: Scope) -> LegalClock:
    moment = clock.now()
    return LegalClock(
        subject=f"t:{next(NUMBERS)}",
        rule="reply",
        title_zh="答复",
        unit=scope.unit,
        region=scope.region,
        offer=scope.offer,
        clause=scope.clause,
        value=5,
        measure="workday",
        started_at=moment,
        due_at=moment,
        due_day=clock.today(),
    )


def test_a_list_under_a_grant_walks_an_index(db: None, people: dict[str, Person]) -> None:
    Grant.objects.create(person=people["ada"], actions=["clocks.view"], unit="fgw", valid_from=clock.today())
    rows = visible(LegalClock.objects.all(), principal_of(people["ada"]), "clocks.view").filter(state="running")
    sql, values = rows.order_by("due_at", "id")[:50].query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {sql}", values)
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "Index Scan using core_clock_" in plan and "Seq Scan" not in plan, plan


def guarded() -> list[type]:
    return [model for model in apps.get_models() if getattr(model, "row_policy", "")]


def test_every_guarded_table_is_guarded_in_the_database_for_its_owner_too(db: None) -> None:
    assert InboxItem in guarded()
    with connection.cursor() as cursor:
        for model in guarded():
            cursor.execute(
                "SELECT relrowsecurity, relforcerowsecurity, pg_get_userbyid(relowner) FROM pg_class"
                " WHERE relname = %s",
                [model._meta.db_table],
            )
            assert cursor.fetchone() == (True, True, "qilian_owner"), model
        cursor.execute("SELECT rolname, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == ("qilian_app", False, False)


@pytest.mark.usefixtures("committing")
def test_a_connection_without_a_principal_reads_nothing_of_any_guarded_table() -> None:
    with acting(SYSTEM):
        words = {"title": Text("审核", "Review"), "url": "/", "kind": "test.review"}
        put(actor=SYSTEM, key="a", subject=Ref("test.case", "1"), addressee=Addressee.person(1), **words)
    there = connection.settings_dict
    with psycopg.connect(host=there["HOST"], user=there["USER"], dbname=there["NAME"]) as session:
        for model in guarded():
            found = session.execute(f"SELECT count(*) FROM {model._meta.db_table}").fetchone()
            assert found == (0,), model

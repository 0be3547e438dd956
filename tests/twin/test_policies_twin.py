"""The row policy of personal records and the check of a single object: equal for readers with grants of every kind."""

import json
from datetime import timedelta
from random import Random

import pytest
from django.db import connection

from qilian.core.house.principal import ANONYMOUS, SYSTEM, Principal, acting
from qilian.core.rights.grants.api import possible
from qilian.core.rights.grants.models import Grant
from qilian.core.rights.policies.api import addressed_or_entitled, patterns, readable_by
from qilian.core.values import clock
from qilian.core.who.people.models import Person, Post
from qilian.core.who.units.models import Unit

pytestmark = pytest.mark.django_db
ACTIONS = ("credit.record", "credit.decide")
HELD = ("*", "credit.*", "credit.record", "credit.decide", "credit.apply", "grades.*", "creditor.record", "registry.*")


def reads(reader: Principal) -> bool:
    """Whether the database's condition lets a row through that is addressed to nobody."""
    with acting(reader), connection.cursor() as cursor:
        cursor.execute(f"SELECT {readable_by(*ACTIONS)} FROM (SELECT 'nobody'::text AS addressee) AS row")
        return bool(cursor.fetchone()[0])


def finds(reader: Principal) -> bool:
    """Whether the database's condition lets an item through that waits for the holders of the first right."""
    row = f"SELECT 'right:x'::text AS addressee, '{json.dumps(patterns(ACTIONS[0]))}'::jsonb AS rights"
    with acting(reader), connection.cursor() as cursor:
        cursor.execute(f"SELECT coalesce({addressed_or_entitled().replace('%', '%%')}, false) FROM ({row}) AS row")
        return bool(cursor.fetchone()[0])


def test_who_may_somewhere_reads_and_nobody_else() -> None:
    chance, today = Random(2015), clock.today()
    unit = Unit.objects.create(slug="qh-x", kind="department")
    person = Person.objects.create(login="reader", name="某", created_at=clock.now())
    post = Post.objects.create(person=person, unit=unit, role="clerk", valid_from=today)
    seen = set()
    for _ in range(150):
        Grant.objects.all().delete()
        for _ in range(chance.randint(0, 2)):
            first = today + timedelta(days=chance.choice((-5, 0, 1)))
            term = chance.choice((None, 0, 3))
            Grant.objects.create(
                **({"person": person} if chance.random() < 0.5 else {"post": post}),
                actions=chance.sample(HELD, chance.randint(1, 2)),
                region=chance.choice(("", "630000")),
                valid_from=first,
                valid_to=None if term is None else first + timedelta(days=term),
                until=chance.choice((None, clock.now() + timedelta(hours=1), clock.now() - timedelta(hours=1))),
                revoked_at=chance.choice((None, None, clock.now())),
            )
        reader = Principal("person", person=person.pk, posts=(post.pk,), code=person.code)
        may = bool(possible(reader, ACTIONS))
        assert reads(reader) == may
        assert finds(reader) == bool(possible(reader, ACTIONS[:1]))
        seen.add(may)
    assert seen == {True, False}
    assert reads(SYSTEM) and not reads(ANONYMOUS)

"""Twin of ratings: random ratings of a few firms in memory and through verbs on PostgreSQL, equal at every step."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

import pytest
from django.db import transaction

from qilian.core.house.principal import SYSTEM, Principal
from qilian.core.log.events.api import Event
from qilian.core.offers.offers.api import open_offer
from qilian.core.rights.grants.api import grant
from qilian.core.values import clock
from qilian.core.values.text import Ref, Refusal
from qilian.core.who.people.api import Person, principal_of, register_person
from qilian.engines.registry.parties.api import Facts, Party, check_character, register_party
from qilian.engines.registry.ratings import api
from qilian.engines.registry.ratings.kernel import life
from qilian.engines.registry.ratings.kernel.alarms import Given, Limits, alarms
from qilian.engines.registry.ratings.kernel.mean import Prior, Tally, posterior
from qilian.engines.registry.representation.api import Mandate
from qilian.engines.registry.representation.services.giving import give
from qilian.engines.registry.standards.api import Adoption, check_adoption, declare_adoption, load_catalogue, term_of

pytestmark = pytest.mark.django_db
PATH = "ecommerce/ecommerce-standards"


@dataclass
class Line:
    """One rating in memory."""

    event: int
    rater: str
    rated: str
    stars: int
    at: datetime
    stands: life.Life = field(default_factory=life.Life)


@dataclass
class Memory:
    """Engagements with their two parties, ratings, and what officials have looked into."""

    since: dict[str, datetime]
    engagements: dict[int, frozenset[str]] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    flags: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)
    seen: dict[str, dict[str, datetime]] = field(default_factory=dict)

    def rate(self, event: int, rater: str, rated: str, stars: int) -> None:
        used = [each for each in self.lines if each.event == event]
        raters, rateds = frozenset(each.rater for each in used), frozenset(each.rated for each in used)
        life.may_rate(life.Engagement(self.engagements[event], raters, rateds), rater, rated, related=False)
        self.lines.append(Line(event, rater, rated, life.stars_in(stars), clock.now()))
        counting = [each for each in self.lines if each.rated == rated and each.stands.counts]
        given = [Given(each.rater, each.at, each.stars, self.since[each.rater]) for each in counting]
        for alarm in alarms(given, Limits(), self.seen.get(rated)):
            self.flags[rated, alarm.kind] = dict(alarm.figures)

    def change(self, line: Line, become: Callable[[life.Life], life.Life]) -> None:
        line.stands = become(line.stands)

    def settle(self, rated: str, kind: str) -> None:
        del self.flags[rated, kind]
        self.seen.setdefault(rated, {})[kind] = clock.now()

    def tally(self, rated: str) -> Tally:
        tally = Tally()
        for each in self.lines:
            if each.rated == rated and each.stands.counts:
                tally = tally.counting(each.stars)
        return tally


def told(act: Callable[[], object]) -> str:
    try:
        with transaction.atomic():
            act()
    except Refusal as refusal:
        return refusal.code
    return ""


@dataclass
class Province:
    """Three firms with their people, and adoptions that each may check of the others."""

    parties: list[Party]
    people: list[Principal]
    adoptions: list[Adoption]
    judge: Principal

    def actor(self, code: str) -> Principal:
        return next(me for me, party in zip(self.people, self.parties, strict=True) if party.code == code)


def province() -> Province:
    open_offer(actor=SYSTEM, path=PATH)
    rows = [row for row in load_catalogue(actor=SYSTEM, path=PATH) if term_of(row).status(clock.today()) == "current"]
    parties, people, adoptions = [], [], []
    for number in range(3):
        body = f"91630100MA{number:07d}"
        party = register_party(actor=SYSTEM, facts=Facts("", f"双生第{number}公司", body + check_character(body)))
        person = register_person(actor=SYSTEM, login=f"twin{number}", name="双生")
        grant(actor=SYSTEM, person=person.pk, actions=("standards.check",))
        give(actor=SYSTEM, mandate=Mandate(person=person, party=party, role="legal", valid_from=clock.today()))
        adoptions.append(declare_adoption(actor=SYSTEM, standard=rows[0], party=party, statement="x"))
        parties.append(party)
        people.append(principal_of(Person.objects.get(pk=person.pk)))
    return Province(parties, people, adoptions, SYSTEM)


def engage(chance: Random, memory: Memory, here: Province) -> None:
    """One firm's people check that another follows a standard."""
    checker, firm = chance.sample(range(3), 2)
    check_adoption(actor=here.people[checker], adoption=here.adoptions[firm], conforming=True, finding="x")
    event = Event.objects.filter(type="registry.adoption.checked").latest("id")
    memory.engagements[event.pk] = frozenset((here.parties[checker].code, here.parties[firm].code))


def step(chance: Random, memory: Memory, here: Province) -> tuple[str, str]:
    """One deed in both; what each answered."""
    deed = chance.choices(("rate", "withdraw", "answer", "aside", "restore", "settle"), (8, 1, 2, 1, 1, 1))[0]
    rows = list(api.Rating.objects.order_by("pk"))
    if deed == "settle" and memory.flags:
        rated, kind = chance.choice(sorted(memory.flags))
        flag = api.RatingFlag.objects.get(party__code=rated, kind=kind, settled_at=None)
        verb = lambda: api.settle(actor=here.judge, flag=flag, finding="x")  # noqa: E731 — two of a kind
        return told(lambda: memory.settle(rated, kind)), told(verb)
    if deed in ("rate", "settle") or not rows:
        event, stars = chance.choice(list(memory.engagements)), chance.choice((0, 1, 2, 3, 4, 5, 5, 5))
        rater, rated = chance.choices([party.code for party in here.parties], k=2)
        by = {party.code: party for party in here.parties}
        rate = lambda: api.rate(  # noqa: E731 — two of a kind
            actor=here.actor(rater),
            evidence=Ref("core.event", str(event)),
            rater=by[rater],
            rated=by[rated],
            stars=stars,
        )
        return told(lambda: memory.rate(event, rater, rated, stars)), told(rate)
    place = chance.randrange(len(rows))
    line, row = memory.lines[place], rows[place]
    in_memory, in_database = {
        "withdraw": (life.withdrawn, lambda: api.withdraw(actor=here.actor(line.rater), rating=row, reason="x")),
        "answer": (life.answered, lambda: api.answer(actor=here.actor(line.rated), rating=row, words="x")),
        "aside": (life.set_aside, lambda: api.put_aside(actor=here.judge, rating=row, reason="x")),
        "restore": (life.restored, lambda: api.restore(actor=here.judge, rating=row, reason="x")),
    }[deed]
    return told(lambda: memory.change(line, in_memory)), told(in_database)


@pytest.mark.parametrize("seed", range(6))
def test_memory_and_database_agree_at_every_step(seed: int) -> None:
    chance, here = Random(seed), province()
    memory = Memory({party.code: party.registered_at for party in here.parties})
    engage(chance, memory, here)
    now, hours = clock.now(), 0
    for _ in range(45):
        hours += chance.choice((1, 1, 3, 40))
        with clock.allow_standing(), clock.standing_at(now + timedelta(hours=hours)):
            if chance.random() < 0.6:
                engage(chance, memory, here)
            assert len(set(step(chance, memory, here))) == 1
            rows = list(api.Rating.objects.order_by("pk"))
            assert [api.life_of(row) for row in rows] == [each.stands for each in memory.lines]
            for party in here.parties:
                tally = memory.tally(party.code)
                assert api.tallies_of(party).get("ecommerce", Tally()) == tally
                found = api.standing_of(party, clock.today()).get("ecommerce")
                assert found == (posterior(Prior(), tally) if tally.number else None)
            open_now = {(row.party.code, row.kind): row.figures for row in api.open_flags()}
            assert open_now == memory.flags

"""Twin of grades: random evaluations, appeals and publications in memory and through verbs on PostgreSQL."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

import pytest
from django.db import transaction

from qilian.core.house.principal import SYSTEM, Principal
from qilian.core.offers.offers.api import open_offer
from qilian.core.rights.grants.api import grant
from qilian.core.rules.scoring.api import Figure, Method, Result, score
from qilian.core.time.clocks.api import open_clock
from qilian.core.values import clock
from qilian.core.values.text import Refusal, Text
from qilian.core.who.people.api import principal_of, register_person
from qilian.engines.registry.grades import api
from qilian.engines.registry.grades.kernel import life
from qilian.engines.registry.grades.queries import APPEAL_CLOCK
from qilian.engines.registry.parties.api import Facts, check_character, register_party

pytestmark = pytest.mark.django_db
PATH = "aftersales/service-quality"
CELL = "repair"


@dataclass
class Memory:
    """One evaluation: figures and score, where it stands, until when it may be appealed."""

    figures: dict[str, Figure]
    result: Result
    as_of: date
    valid_to: date | None
    until: datetime | None = None
    state: life.State = "computed"
    appeal: str | None = None
    answered: bool = False

    def stage(self) -> life.Stage:
        window = self.until is not None and clock.now() < self.until
        return life.Stage(self.state, window, self.appeal is not None, self.answered, self.valid_to)


@dataclass
class House:
    """All evaluations of one party, the latest last."""

    method: Method
    rows: list[Memory] = field(default_factory=list)

    def run(self, figures: dict[str, Figure], as_of: date) -> None:
        if any(each.state == "computed" for each in self.rows):
            raise Refusal("registry.grading.running", Text("", ""))
        self._computed(figures, as_of)

    def _computed(self, figures: dict[str, Figure], as_of: date) -> Memory:
        last = life.last_day(as_of, self.method.months)
        made = Memory(figures, score(self.method, figures), as_of, last)
        self.rows.append(made)
        return made

    def publish(self, each: Memory) -> None:
        state = life.published(each.stage(), clock.today())
        for former in self.rows:
            if former.state == "published":
                former.state = "expired"
        each.state, each.until = state, None

    def appeal(self, each: Memory, indicator: str) -> None:
        life.appealed(each.stage())
        each.appeal, each.until = indicator, None

    def decide(self, each: Memory, corrected: Figure | None) -> None:
        if each.appeal is None:
            raise Refusal("registry.grading.no_appeal", Text("", ""))
        if corrected is not None:
            if not each.appeal:
                raise Refusal("registry.grade.corrected", Text("", ""))
            each.state = "superseded"
            self._computed({**each.figures, each.appeal: corrected}, each.as_of).answered = True
        each.appeal, each.answered = None, True

    def withdraw(self, each: Memory) -> None:
        each.state, each.until = life.withdrawn(each.stage()), None
        each.answered = each.answered or each.appeal is not None
        each.appeal = None

    def expire(self, each: Memory) -> None:
        each.state = life.expired(each.stage(), clock.today())


def told(act: Callable[[], object]) -> str:
    try:
        with transaction.atomic():
            act()
    except Refusal as refusal:
        return refusal.code
    return ""


def person(login: str) -> Principal:
    row = register_person(actor=SYSTEM, login=login, name=login)
    grant(actor=SYSTEM, person=row.pk, actions=("grades.*",))
    return principal_of(row)


def figures(chance: Random) -> dict[str, Figure]:
    sample = {
        slug: Figure(tuple(map(Decimal, said)), "x") for slug, said in api.grade_at(PATH).samples[0].figures.items()
    }
    return {**sample, CELL: Figure((Decimal(chance.randrange(61)), Decimal(60)), "x")}


@pytest.mark.parametrize("seed", range(6))
def test_memory_and_database_agree_at_every_step(seed: int) -> None:
    chance, clerk, judge = Random(seed), person("clerk"), person("judge")
    open_offer(actor=SYSTEM, path=PATH)
    published = api.approve_method(actor=judge, method=api.propose_method(actor=clerk, path=PATH))
    house = House(api.method_of(published))
    body = "91630100MA7000098"
    party = register_party(actor=SYSTEM, facts=Facts("", "双生服务有限公司", body + check_character(body)))
    now, days = clock.now(), 0

    def step() -> tuple[str, str]:
        rows = list(api.Grading.objects.filter(party=party).order_by("pk"))
        deed = chance.choices(("run", "appeal", "decide", "publish", "withdraw", "expire"), (3, 4, 3, 3, 2, 1))[0]
        if deed == "run" or not rows:
            found, as_of = figures(chance), clock.today() - timedelta(days=chance.choice((0, 300, 1090)))
            ran = lambda: api.run(  # noqa: E731 — two of a kind
                actor=clerk, path=PATH, party=party, figures=found, evidence="x", as_of=as_of
            )
            answers = told(lambda: house.run(found, as_of)), told(ran)
            if answers == ("", ""):
                limit = open_clock(api.grading_ref(api.Grading.objects.latest("pk")), APPEAL_CLOCK)
                house.rows[-1].until = limit.due_at if limit else None
            return answers
        place = len(rows) - 1 if chance.random() < 0.8 else chance.randrange(len(rows))
        each, row = house.rows[place], rows[place]
        indicator = chance.choice((CELL, CELL, ""))
        right = figures(chance)[CELL] if chance.random() < 0.6 else None
        in_memory, in_database = {
            "appeal": (
                lambda: house.appeal(each, indicator),
                lambda: api.appeal(actor=clerk, grading=row, words="x", indicator=indicator),
            ),
            "decide": (
                lambda: house.decide(each, right),
                lambda: api.decide_appeal(
                    actor=judge, grading=row, upheld=right is not None, answer="x", corrected=right
                ),
            ),
            "publish": (lambda: house.publish(each), lambda: api.publish_result(actor=clerk, grading=row)),
            "withdraw": (lambda: house.withdraw(each), lambda: api.withdraw(actor=clerk, grading=row, reason="x")),
            "expire": (lambda: house.expire(each), lambda: api.expire(actor=SYSTEM, grading=row)),
        }[deed]
        return told(in_memory), told(in_database)

    for _ in range(60):
        days += chance.choice((0, 0, 0, 3, 12, 400))
        with clock.allow_standing(), clock.standing_at(now + timedelta(days=days)):
            assert len(set(step())) == 1
            rows = list(api.Grading.objects.filter(party=party).order_by("pk"))
            assert [api.stage_of(row) for row in rows] == [each.stage() for each in house.rows]
            assert [(row.score, row.grade) for row in rows] == [
                (each.result.score, each.result.grade) for each in house.rows
            ]
            shown = [each.stage().in_force(clock.today()) for each in house.rows]
            assert [row in list(api.public_gradings(PATH)) for row in rows] == shown

"""An ordinary month of a grade: opened, its method published by two people, parties evaluated, one appeal upheld,
results published, and one grade that reaches the end of its term.

One teller for all grades: names and figures are the samples that the pack lays beside its method.
"""

from collections.abc import Generator
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from random import Random
from typing import Any

from qilian.core.house.principal import Principal
from qilian.core.offers.offers.api import open_offer
from qilian.core.offers.stories.api import Scene, Story
from qilian.core.rules.scoring.api import Figure
from qilian.core.values import clock
from qilian.core.who.regions.api import province
from qilian.engines.registry.contacts.api import Details, register_citizen
from qilian.engines.registry.parties.api import Party, invented_identity, invented_party

from .api import (
    Grade,
    GradeMethod,
    Grading,
    Sample,
    appeal,
    approve_method,
    decide_appeal,
    expire,
    grade_at,
    propose_method,
    publish_result,
    run,
)

Evaluating = Generator[Scene, Any, Grading]
REGISTRAR, READER, REVIEWER, WINDOW = "registrar", "reader", "reviewer", "window"
OFFICE_HOURS, LATE = 7, 12
"""Office hours of a working day, and the days after which the first sample's term is over."""


def month(path: str, chance: Random) -> Story:
    """Live through the month of the grade at a path.

    Three refusals belong to it: a reader opens nothing, nobody approves his own method, and nothing is published while
    its party may still appeal. The first sample is last year's evaluation, entered late: its term ends this month.
    """
    shape, keeper = grade_at(path), path.partition("/")[0]
    yield Scene(READER, lambda me: open_offer(actor=me, path=path), refused="grants.denied")
    yield Scene(keeper, lambda me: open_offer(actor=me, path=path), hours=2)
    method: GradeMethod = yield Scene(keeper, lambda me: propose_method(actor=me, path=path))
    yield Scene(keeper, lambda me: approve_method(actor=me, method=method), refused="approvals.oneself")
    yield Scene(REVIEWER, lambda me: approve_method(actor=me, method=method), hours=6)
    first, *others = shape.samples
    last_year = yield from _evaluated(path, first, chance, months_ago=shape.method.months)
    waiting: list[Grading] = []
    for sample in others:
        waiting.append((yield from _evaluated(path, sample, chance)))
    yield Scene(keeper, lambda me: publish_result(actor=me, grading=last_year), refused="registry.grading.window")
    yield from _appealed(keeper, last_year, first)
    for row in waiting:
        after = (shape.appeal_days + 1) * OFFICE_HOURS if row is waiting[0] else 1
        yield Scene(keeper, partial(_publish, row=row), hours=after)
    ended = yield Scene(keeper, lambda _me: last_year.corrected_by)
    yield Scene(keeper, lambda me: expire(actor=me, grading=ended), hours=3 * OFFICE_HOURS)


def crowd(path: str, count: int) -> Story:
    """Evaluate so many more parties after the pattern of the first sample, and publish them."""
    shape, chance, keeper = grade_at(path), Random(count), path.partition("/")[0]
    first, rows = shape.samples[0], []
    for number in range(count):
        sample = Sample(f"{first.name}{count}之{number}", first.figures, first.region, first.category)
        rows.append((yield from _evaluated(path, sample, chance)))
    for row in rows:
        hours = (shape.appeal_days + 1) * OFFICE_HOURS if row is rows[0] else 0
        yield Scene(keeper, partial(_publish, row=row), hours=hours)


def _publish(me: Principal, *, row: Grading) -> Grading:
    return publish_result(actor=me, grading=row)


def _appealed(keeper: str, row: Grading, sample: Sample) -> Story:
    """The party objects on paper to one figure; it is put right, and the corrected result is published."""
    words = "该项数据与本单位留存的凭证不符，附复印件"
    yield Scene(
        WINDOW,
        lambda me: appeal(actor=me, grading=row, words=words, indicator=sample.appealed, evidence="书面申诉（演示）"),
        hours=OFFICE_HOURS,
    )
    right = Figure(tuple(map(Decimal, sample.corrected)), "申诉核查记录（演示）")
    answer = "经核对原始凭证，申诉成立，按凭证更正"
    stands: Grading = yield Scene(
        keeper,
        lambda me: decide_appeal(actor=me, grading=row, upheld=True, answer=answer, corrected=right),
        hours=2 * OFFICE_HOURS,
    )
    yield Scene(keeper, lambda me: publish_result(actor=me, grading=stands), hours=2)


def _evaluated(path: str, sample: Sample, chance: Random, *, months_ago: int = 0) -> Evaluating:
    """Evaluate one sample; an invented party is registered the first time it is met."""
    shape, keeper = grade_at(path), path.partition("/")[0]
    party = yield from _party(shape, sample)
    page = chance.randint(1, 60)
    figures = {
        slug: Figure(tuple(map(Decimal, values)), f"{sample.name}申报表第 {page} 页")
        for slug, values in sample.figures.items()
    }

    def evaluate(me: Principal) -> Grading:
        as_of = _ago(clock.today(), months_ago) if months_ago else None
        evidence = f"{shape.title.zh}工作方案（演示）"
        return run(actor=me, path=path, party=party, figures=figures, evidence=evidence, as_of=as_of)

    row: Grading = yield Scene(keeper, evaluate)
    return row


def _ago(today: date, months: int) -> date:
    """The day whose term of so many months ends a few days from today."""
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    return date(year, month + 1, min(today.day, 28)) + timedelta(days=LATE)


def _party(shape: Grade, sample: Sample) -> Generator[Scene, Any, Party]:
    if shape.persons:
        return (yield from _person(sample))
    return (yield from invented_party(sample.name, region=sample.region, category=sample.category))


def _person(sample: Sample) -> Generator[Scene, Any, Party]:
    details = Details(sample.name[:20], identity=invented_identity(sample.name))
    region = sample.region or province()[0]
    party: Party = yield Scene(REGISTRAR, lambda me: register_citizen(actor=me, details=details, region=region))
    return party

"""An ordinary month of a subsidy budget: appropriated, adjusted, committed, paid in tranches; a pilot is closed."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

from qilian.core.house.principal import Principal
from qilian.core.offers.stories.api import Scene, Story
from qilian.core.values import clock
from qilian.core.values.money import Money
from qilian.core.values.text import Text

from .api import (
    Condition,
    Line,
    Plan,
    Programme,
    adjust,
    appropriate,
    approve,
    close_year,
    commit,
    confirm,
    open_line,
    open_programme,
    pay,
    release,
)

NUMBER, PILOT = "FWY", "FWY-SD"
CLAUSE = "3.1.1"
_ACCEPTED = Condition("evidence", "项目验收意见")
HALVES = (Plan(Decimal(50), Condition("start")), Plan(Decimal(50), _ACCEPTED))
Act = Callable[[Principal], Any]
_PAYEES = ("青海高原检测服务有限公司", "西宁冷链物流有限公司", "海东信息技术服务有限公司")


def month(chance: Random) -> Story:
    """Live through the month as budget officer and treasurer; equal seeds give equal budgets.

    Three refusals belong to it: a commitment beyond the line, a tranche before its acceptance, one's own proposal.
    """
    opened = _programme(NUMBER, "生产性服务业发展专项资金（演示）", "Fund for producer services (demonstration)")
    programme = yield Scene("budgeter", opened, hours=_until_january())
    interest = yield Scene("budgeter", _line(programme, "01", "贷款贴息", "Interest subsidies"))
    grants = yield Scene("budgeter", _line(programme, "02", "后补助", "Subsidies after results"))
    yield Scene("budgeter", _appropriate(interest, 5_000_000), hours=2)
    yield Scene("budgeter", _appropriate(grants, 3_000_000))
    yield from _adjusted(grants, interest, Money.yuan(10_000 * chance.randrange(20, 60)))
    yield from _tranches(interest, chance)
    beyond = _commit(grants, "HB-99", Money.yuan(9_000_000), _PAYEES[0])
    yield Scene("budgeter", beyond, refused="budgets.exhausted")
    yield from _given_back(grants, chance)
    yield from _pilot()


def _adjusted(source: Line, target: Line, amount: Money) -> Story:
    wanted = yield Scene(
        "budgeter",
        lambda me: adjust(actor=me, source=source, target=target, amount=amount, reason="贴息申报增加"),
        hours=3,
    )
    yield Scene("budgeter", lambda me: approve(actor=me, decision=wanted), refused="approvals.oneself")
    yield Scene("treasurer", lambda me: approve(actor=me, decision=wanted), hours=4)


def _tranches(line: Line, chance: Random) -> Story:
    """Half at the start, half after acceptance; before it the second half is refused."""
    amount = Money.yuan(100_000 * chance.randrange(8, 16))
    made = yield Scene("budgeter", _commit(line, "TX-01", amount, _PAYEES[0]), hours=3)
    first, second = made.tranches.all()
    yield Scene("treasurer", lambda me: pay(actor=me, tranche=first), hours=2)
    yield Scene("treasurer", lambda me: pay(actor=me, tranche=second), refused="budgets.tranche.waits")
    yield Scene("budgeter", lambda me: confirm(actor=me, tranche=second, evidence="验收意见〔演示〕3号"), hours=9)
    yield Scene("treasurer", lambda me: pay(actor=me, tranche=second), hours=2)


def _given_back(line: Line, chance: Random) -> Story:
    """One commitment stays half paid, another is not needed and goes back."""
    made = []
    for place in (1, 2):
        amount = Money.yuan(10_000 * chance.randrange(20, 40))
        made.append((yield Scene("budgeter", _commit(line, f"HB-0{place}", amount, _PAYEES[place]), hours=2)))
    kept, dropped = made
    yield Scene("treasurer", lambda me: pay(actor=me, tranche=kept.tranches.first()), hours=1)
    yield Scene("budgeter", lambda me: release(actor=me, commitment=dropped, reason="企业放弃申报"), hours=2)


def _pilot() -> Story:
    """A small pilot ends: one line lapses, the other is carried over by two people."""
    pilot = yield Scene("budgeter", _programme(PILOT, "服务业试点资金（演示）", "Pilot fund (demonstration)"))
    lapsing = yield Scene("budgeter", _line(pilot, "01", "试点补助", "Pilot subsidies"))
    carried = yield Scene("budgeter", _line(pilot, "02", "试点培训", "Pilot training"))
    for each in (lapsing, carried):
        yield Scene("budgeter", _appropriate(each, 200_000))
    wanted = yield Scene(
        "budgeter",
        lambda me: close_year(
            actor=me,
            programme=pilot,
            year=lapsing.year.number,
            choices={"01": "lapse", "02": "carry"},
            reason="试点期满",
        ),
        hours=2,
    )
    yield Scene("treasurer", lambda me: approve(actor=me, decision=wanted), hours=3)


def _programme(number: str, zh: str, en: str) -> Act:
    def act(me: Principal) -> Programme:
        full = f"QH-{clock.today().year}-{number}"
        return open_programme(actor=me, number=full, title=Text(zh, en), unit="qh-czt", clause=CLAUSE)

    return act


def _line(programme: Programme, number: str, zh: str, en: str) -> Act:
    def act(me: Principal) -> Line:
        year = clock.today().year
        return open_line(actor=me, programme=programme, year=year, number=number, title=Text(zh, en))

    return act


def _appropriate(line: Line, yuan: int) -> Act:
    paper = f"青财建字〔{line.year.number}〕12号（演示）"
    return lambda me: appropriate(actor=me, line=line, amount=Money.yuan(yuan), document=paper)


def _commit(line: Line, number: str, amount: Money, payee: str) -> Act:
    return lambda me: commit(
        actor=me,
        line=line,
        number=number,
        purpose="服务能力后补助",
        payee=payee,
        unregistered="演示企业，尚未在主体库登记",
        amount=amount,
        tranches=HALVES,
    )


def _until_january() -> int:
    """Office hours to wait, so that the month lies in one fiscal year: none before the middle of December."""
    today = clock.today()
    return 1 if (today.month, today.day) < (12, 10) else 7 * (date(today.year + 1, 1, 3) - today).days

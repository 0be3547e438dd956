"""What the tests of budgets share: people with rights, a programme with two lines that hold money."""

from collections.abc import Callable

import pytest

from qilian.core.house.principal import Principal
from qilian.core.values import clock
from qilian.core.values.money import Money
from qilian.core.values.text import Text
from qilian.engines.ledger.budgets.api import Line, Programme, appropriate, open_line, open_programme


@pytest.fixture
def clerk(somebody: Callable[..., Principal]) -> Principal:
    return somebody("clerk", "budgets.*")


@pytest.fixture
def head(somebody: Callable[..., Principal]) -> Principal:
    return somebody("head", "budgets.*")


@pytest.fixture
def programme(clerk: Principal) -> Programme:
    title = Text("服务业专项资金", "Fund for services")
    return open_programme(actor=clerk, number="QH-1", title=title, unit="qh-czt", clause="3.1.1")


@pytest.fixture
def lines(clerk: Principal, programme: Programme) -> tuple[Line, Line]:
    """Two lines of this year, with 1,000.00 and 500.00 yuan."""
    year = clock.today().year
    made = []
    for number, yuan in (("01", 1_000), ("02", 500)):
        line = open_line(
            actor=clerk, programme=programme, year=year, number=number, title=Text(f"科目{number}", number)
        )
        appropriate(actor=clerk, line=line, amount=Money.yuan(yuan), document="青财〔2026〕1号")
        made.append(line)
    return made[0], made[1]

"""What the tests of casework share: divisions, firms, people with rights, a published item of their own."""

from collections.abc import Callable

import pytest
from tests.engines.registry.conftest import divisions, firm, own_folders, somebody, uscc

from qilian.core.house.principal import SYSTEM, Principal
from qilian.core.offers.offers.api import open_offer
from qilian.engines.casework.items.api import ItemVersion, propose_version, publish_version

__all__ = ["divisions", "firm", "own_folders", "somebody", "uscc"]

PATH = "market/registration-change"
UNIT = "qh-scjgj"
HEAD = """
procedure: 变更登记
en: Registration change
kind: 确认
level: 省级
target: [法人]
limit: {promised: 15 工作日, extend: 10 工作日}
form:
  - {name: 变更事项, en: What changes}
  - {name: 注册资本, en: Capital, kind: money, required: 否}
"""


@pytest.fixture
def keeper(somebody: Callable[..., Principal]) -> Principal:
    """Who may do everything with the item."""
    return somebody("keeper", "casework.*", "offers.open")


@pytest.fixture
def publish(keeper: Principal, somebody: Callable[..., Principal]) -> Callable[[str], ItemVersion]:
    """Publish steps of one's own as the item in force."""
    other = somebody("publisher", "casework.publish")
    open_offer(actor=SYSTEM, path=PATH)

    def make(steps: str) -> ItemVersion:
        version = propose_version(actor=keeper, path=PATH, text=f"{HEAD}steps:{steps}")
        return publish_version(actor=other, version=version)

    return make

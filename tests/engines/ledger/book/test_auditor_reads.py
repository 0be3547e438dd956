"""An auditor sees what pages of money show, and can do nothing there."""

from collections.abc import Callable

import pytest
from tests.support.browsers import signed_in

from qilian.core.house.principal import Principal
from qilian.core.rights.grants.api import allowed
from qilian.core.values.money import Money
from qilian.core.values.text import Text
from qilian.engines.ledger.budgets import api as budgets

pytestmark = pytest.mark.django_db


def test_an_auditor_reads_money_and_moves_none(somebody: Callable[..., Principal]) -> None:
    clerk, auditor, viewer = (
        somebody("clerk", "budgets.*"),
        somebody("auditor", "events.*"),
        somebody("v", "events.view"),
    )
    programme = budgets.open_programme(
        actor=clerk, number="QH-1", title=Text("专项", "Fund"), unit="qh-czt", clause="3.1.1"
    )
    line = budgets.open_line(actor=clerk, programme=programme, year=2026, number="01", title=Text("补助", "Grants"))
    budgets.appropriate(actor=clerk, line=line, amount=Money.yuan(100), document="青财1号")
    client = signed_in(auditor, "zh")
    pages = (
        "/budgets/",
        f"/budgets/lines/{line.code}/",
        "/banking/",
        "/ledger/trial-balance/",
        "/ledger/reconciliation/",
    )
    assert {page: client.get(page).status_code for page in pages} == dict.fromkeys(pages, 200)
    assert "100.00" in client.get(f"/budgets/lines/{line.code}/").content.decode()
    assert client.post("/ledger/reconciliation/").status_code == 403
    assert (
        client.post(f"/budgets/lines/{line.code}/appropriation/", {"amount": "1", "document": "x"}).status_code == 403
    )
    assert not any(
        allowed(auditor, action) for action in ("budgets.pay", "banking.release", "ledger.post", "budgets.open")
    )
    assert signed_in(viewer, "zh").get(f"/budgets/lines/{line.code}/").status_code == 403

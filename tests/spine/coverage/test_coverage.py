"""The coverage: one report for terminal, page and program, and stages that only events can prove."""

import io
import json
from contextlib import redirect_stdout
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from django.test import Client

from qilian.core.house.principal import SYSTEM
from qilian.core.log.events.api import emit, event_type
from qilian.core.values.clock import allow_standing, standing_at
from qilian.core.values.text import Ref, Text
from qilian.spine.coverage.api import OfferRow, State, evidence, report
from qilian.spine.coverage.command import main

pytestmark = pytest.mark.django_db


@event_type("test.offer.opened", title=Text("开通", "Opened"), proves="opened")
@dataclass(frozen=True, slots=True)
class Opened:
    """An offer was opened, for this test."""


@event_type("test.life.ended", title=Text("办结", "Ended"), proves="used")
@dataclass(frozen=True, slots=True)
class Ended:
    """An object came to its end, for this test."""


@event_type("test.chat", title=Text("闲谈", "Chat"))
@dataclass(frozen=True, slots=True)
class Chat:
    """Proves nothing."""


def at(day: int, body: object, offer: str) -> None:
    with allow_standing(), standing_at(datetime(2026, 3, day, tzinfo=UTC)):
        emit(body, actor=SYSTEM, subject=Ref("test", "1"), offer=offer)


def test_the_first_event_that_proves_a_stage_dates_it() -> None:
    at(5, Opened(), "testing/instruments")
    at(2, Opened(), "testing/instruments")
    at(7, Ended(), "testing/instruments")
    at(1, Chat(), "testing/instruments")
    at(1, Opened(), "")
    found = evidence()
    assert set(found) == {"testing/instruments"}
    stages = found["testing/instruments"]
    assert stages.opened == datetime(2026, 3, 2, tzinfo=UTC)
    assert stages.used == datetime(2026, 3, 7, tzinfo=UTC)
    assert stages.evidenced is None


def test_every_clause_and_system_is_answered_or_says_what_it_waits_for() -> None:
    found = report()
    assert len(found.clauses) == 60 and found.unanswered == ()
    assert [row.clause.id for row in found.clauses if not row.offers] == []
    assert [row.path for row in found.offers if row.state.name == "WAITING" and not row.waits_for] == []


def test_terminal_page_and_program_say_the_same(client: Client) -> None:
    out = io.StringIO()
    with redirect_stdout(out):
        assert main(["--json"]) == 0
    by_command = json.loads(out.getvalue())
    by_program = client.get("/api/v1/coverage").json()
    assert by_command == by_program
    page = client.get("/coverage/").content.decode()
    assert page.count('href="/plan/') >= 60
    for row in by_program["clauses"]:
        assert row["summary"]["zh"] in page


@pytest.mark.parametrize("address", ["/coverage/", "/coverage/systems/", "/testing/"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_pages_open_in_both_languages(client: Client, address: str, language: str) -> None:
    client.cookies["language"] = language
    assert client.get(address).status_code == 200


def test_an_unknown_section_is_not_there(client: Client) -> None:
    assert client.get("/nothing/").status_code == 404


def test_an_offer_says_what_it_lacks() -> None:
    """Every state short of evidence has its reason, in both languages."""
    offers = [OfferRow("a/b", "directory", Text("名", "Name"), ("2.7.2",), state) for state in State]
    said = {row.state: row.reason for row in offers if row.state > State.WAITING}
    assert not said.pop(State.EVIDENCED)
    assert len(set(said.values())) == 3 and all(reason.zh and reason.en for reason in said.values())

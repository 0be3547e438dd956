"""Watching: the button of a record, the list, the first page; nobody watches what he may not see."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
from django.test import Client

from qilian.core.house.principal import ANONYMOUS, SYSTEM, Principal, acting
from qilian.core.log.events.api import emit, event_type
from qilian.core.log.sentences.api import Pointed, Reference, refer
from qilian.core.values.text import Ref, Refusal, Text
from qilian.core.who.people.api import Person, principal_of, register_person
from qilian.core.who.watching.api import CLAUSE, unwatch, watch, watched, watching
from qilian.core.who.watching.queries import MOST

pytestmark = pytest.mark.django_db


@event_type("watching.pump.repaired", title=Text("修理水泵", "Pump repaired"))
@dataclass(frozen=True, slots=True)
class Repaired:
    """A pump was repaired."""


@pytest.fixture(autouse=True)
def pumps() -> set[str]:
    """The codes of pumps that may be seen."""
    seen = {"1", "2"}

    def found(code: str) -> Pointed | None:
        return Pointed(f"{code} 号泵", f"/pumps/{code}/") if code in seen or code.startswith("n") else None

    clause = Reference(Text("条款", "Clause"), lambda key: Pointed(f"第 {key} 条", f"/plan/{key}"))
    refer({"watching.pump": Reference(Text("水泵", "Pump"), found), CLAUSE: clause})
    return seen


@pytest.fixture
def ada() -> Person:
    return register_person(actor=SYSTEM, login="ada", name="甲")


def signed(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def refused(act: Callable[[], None]) -> str:
    with pytest.raises(Refusal) as caught:
        act()
    return caught.value.code


def test_what_happened_last_stands_first_and_what_is_hidden_tells_nothing(ada: Person, pumps: set[str]) -> None:
    me, one, two, clause = principal_of(ada), Ref("watching.pump", "1"), Ref("watching.pump", "2"), Ref(CLAUSE, "2.7.2")
    with acting(me):
        for each in (one, two, clause, one):
            watch(actor=me, subject=each)
    emit(Repaired(), actor=SYSTEM, subject=two)
    emit(Repaired(), actor=SYSTEM, subject=Ref("watching.pump", "9"), clause="2.7.2")
    with acting(me):
        rows = [(row.what.name, row.latest and row.latest.zh) for row in watched(me)]
        assert rows == [("第 2.7.2 条", "修理水泵"), ("2 号泵", "修理水泵"), ("1 号泵", None)]
        pumps.discard("2")
        assert [(str(row.what.name), row.latest) for row in watched(me)][1] == ("水泵 2", None)
        unwatch(actor=me, subject=two)
    assert len(watched(me)) == 2 and watched(ANONYMOUS) == []


def test_nobody_watches_what_he_may_not_see_nor_without_end(ada: Person) -> None:
    me, one = principal_of(ada), Ref("watching.pump", "1")
    stranger: Principal = replace(me, person=None)
    assert refused(lambda: watch(actor=me, subject=Ref("watching.pump", "9"))) == "watching.unknown"
    assert refused(lambda: watch(actor=me, subject=Ref("no.kind", "9"))) == "watching.unknown"
    assert refused(lambda: watch(actor=stranger, subject=one)) == "watching.unknown"
    for number in range(MOST):
        watch(actor=me, subject=Ref("watching.pump", f"n{number}"))
    assert refused(lambda: watch(actor=me, subject=one)) == "watching.many"


def test_a_button_begins_and_ends_it_and_the_first_page_tells_it(ada: Person) -> None:
    one, office = Ref("watching.pump", "1"), signed(ada)
    with acting(ANONYMOUS):
        assert watching(one) == ()
    with acting(principal_of(ada)):
        (button,) = watching(one)
        assert (button.title.en, button.method) == ("Watch", "post") and watching(Ref("no.kind", "1")) == ()
    assert office.post(button.url)["Location"] == "/pumps/1/"
    with acting(principal_of(ada)):
        (other,) = watching(one)
    assert other.title.en == "Stop watching"
    for page in ("/", "/watching/"):
        assert "1 号泵" in office.get(page).content.decode()
    assert office.post(other.url)["Location"] == "/pumps/1/"
    assert "1 号泵" not in office.get("/").content.decode()
    assert "还没有关注" in office.get("/watching/").content.decode()


def test_what_is_no_reference_and_who_is_nobody_are_told_so(ada: Person) -> None:
    assert signed(ada).post("/watching/pump/beginning").status_code == 404
    assert signed(ada).post("/watching/watching.pump:9/beginning").status_code == 404
    assert Client().post("/watching/watching.pump:1/beginning").status_code == 403
    assert signed(ada).get("/watching/watching.pump:1/beginning").status_code == 405

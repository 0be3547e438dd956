"""Offers at work: opened once by who may, closed with a reason, and counted from the log."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import pytest
from django.db import IntegrityError, transaction

from qilian.core.house.pages import Crumb
from qilian.core.house.principal import ANONYMOUS, SYSTEM, Principal
from qilian.core.log.events.models import Event
from qilian.core.offers.offers.api import (
    close_offer,
    closed_paths,
    crumbs_of,
    declared,
    is_open,
    open_offer,
    open_paths,
    scope_of,
    serving,
)
from qilian.core.offers.offers.models import OpenOffer
from qilian.core.offers.packs.api import Cite, Offer, Pack, install, packs
from qilian.core.rights.grants.models import Grant
from qilian.core.values import clock
from qilian.core.values.text import Refusal, Text
from qilian.core.who.people.models import Person
from qilian.spine.coverage.api import evidence

pytestmark = pytest.mark.django_db
PATH = "testing/shelf"


@dataclass(frozen=True, kw_only=True)
class Shelf(Offer):
    """An offer of no engine in particular."""

    kind: ClassVar[str] = "directory"


@pytest.fixture(autouse=True)
def one_pack() -> Iterator[None]:
    """A house with one pack of one offer, for the length of a test."""
    before = packs()
    shelf = Shelf(slug="shelf", title=Text("架", "Shelf"), answers=(Cite("2.7.3"), Cite("2.7.4")))
    install([Pack(section="2.7", slug="testing", title=Text("检验检测", "Testing"), offers=(shelf,))])
    yield
    install(before)


def keeper(offer: str, *actions: str) -> Principal:
    row = Person.objects.create(login=f"keeper {offer}", name="keeper", created_at=clock.now())
    Grant.objects.create(person=row, actions=list(actions), offer=offer, valid_from=clock.today())
    return Principal("person", person=row.pk, code=row.code, name=row.name)


def test_an_official_of_the_pack_opens_and_closes_it() -> None:
    me = keeper("testing/", "offers.open")
    with pytest.raises(Refusal, match="没有开通") as closed:
        serving(PATH)
    assert closed.value.code == "offers.closed" and closed.value.remedy
    open_offer(actor=me, path=PATH)
    serving(PATH)
    assert is_open(PATH) and open_paths() == {PATH} and closed_paths() == frozenset()
    opened = Event.objects.get(type="offers.offer.opened")
    assert (opened.offer, opened.clause, opened.subject) == (PATH, "2.7.3", f"core.offer:{PATH}")
    assert evidence()[PATH].opened == opened.at
    close_offer(actor=me, path=PATH, reason="改版")
    assert not is_open(PATH) and closed_paths() == {PATH} and PATH not in evidence()
    open_offer(actor=me, path=PATH)
    assert is_open(PATH) and evidence()[PATH].opened == opened.at


def test_what_is_refused_changes_nothing() -> None:
    stranger, me = keeper("finance/", "offers.open"), keeper("testing/", "offers.open")
    open_offer(actor=SYSTEM, path=PATH)
    before = Event.objects.count()
    for code, verb in (
        ("grants.denied", lambda: open_offer(actor=stranger, path=PATH)),
        ("grants.denied", lambda: close_offer(actor=stranger, path=PATH, reason="x")),
        ("grants.denied", lambda: open_offer(actor=ANONYMOUS, path=PATH)),
        ("offers.open", lambda: open_offer(actor=me, path=PATH)),
        ("offers.reason", lambda: close_offer(actor=me, path=PATH, reason="  ")),
        ("offers.unknown", lambda: open_offer(actor=SYSTEM, path="testing/nothing")),
        ("offers.unknown", lambda: close_offer(actor=SYSTEM, path="nowhere/at-all", reason="x")),
    ):
        with pytest.raises(Refusal) as told, transaction.atomic():
            verb()
        assert told.value.code == code
    assert Event.objects.count() == before and is_open(PATH)
    close_offer(actor=me, path=PATH, reason="x")
    with pytest.raises(Refusal, match="没有开通"):
        close_offer(actor=me, path=PATH, reason="x")


def test_an_offer_knows_its_place_in_the_plan() -> None:
    pack, offer = declared(PATH)
    assert (pack.slug, offer.slug) == ("testing", "shelf")
    assert scope_of(PATH, region="630100").clause == "2.7.3" and scope_of(PATH).offer == PATH
    assert [str(crumb.title) for crumb in crumbs_of(PATH)] == ["2.7 检验检测", "架"]
    below = crumbs_of(PATH, Crumb("下面"))
    assert [crumb.url for crumb in below] == ["/testing/", f"/{PATH}/", ""]


def test_the_database_says_the_same() -> None:
    now = clock.now()
    for wrong in (
        {"closed_at": now, "reason": ""},
        {"closed_at": None, "reason": "x"},
        {"opened_at": now, "closed_at": now.replace(year=2000), "reason": "x"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            OpenOffer.objects.create(**{"path": PATH, "opened_at": now, **wrong})

"""A million events: pages that read the log cost the same queries as with a handful, and every plan uses an index.

How long they take is measured in `bench/pages.py`; tests never assert durations.
"""

import pytest
from django.test import Client
from tests.sim.volume import MILLION, lay, listened, whole_reads

from qilian.core.house.principal import SYSTEM, acting
from qilian.core.log.events.api import seal
from qilian.core.values import clock
from qilian.core.who.people.api import Person
from qilian.web.province import load_province

FEW = 60
PAGES = (
    "/events/",
    "/events/?page=150",
    "/events/?type=inbox.item.put",
    "/events/?clause=qinghai-2015/2.7.2",
    "/events/?unit=qh-swt",
    "/events/?subject=test.load:77",
    "/events/?sort=at",
    "/events/?sort=-at",
    "/events/?sort=clause",
    "/events/?sort=-clause",
    "/events/?sort=-unit",
    "/events/1/",
    "/events/1/receipt.json",
    "/plan/2.7.2",
    "/units/qh-swt/",
    "/coverage/",
    "/",
    "/api/v1/plan/clauses/2.7.2",
    "/api/v1/units/qh-swt",
    "/api/v1/coverage",
)


def reader() -> Client:
    """Sign in an auditor."""
    with acting(SYSTEM):
        person = Person.objects.create(login="auditor", name="祁明亮", created_at=clock.now())
        person.grants.create(actions=["events.view"], valid_from=clock.today())
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def statements(client: Client, page: str) -> list[str]:
    client.get(page)  # what is read once in a process
    with listened() as said:
        answer = client.get(page)
    assert answer.status_code == 200, (page, answer.status_code)
    return said


def test_the_plan_of_a_statement_tells_a_whole_read(committing: None) -> None:
    lay(5_000)
    assert whole_reads("SELECT count(*) FROM core_event WHERE region = '630000'") == ["Seq Scan of core_event"]
    assert whole_reads("SELECT * FROM core_event ORDER BY at") != []
    assert whole_reads("SELECT * FROM core_event ORDER BY id DESC LIMIT 50") == []


@pytest.mark.long
@pytest.mark.usefixtures("committing")
def test_a_million_events_cost_no_more_queries_and_no_whole_read() -> None:
    load_province()
    while seal():
        pass  # the tree that receipts are read from; what is laid down below stands outside of it
    lay(FEW)
    client = reader()
    few = {page: len(statements(client, page)) for page in PAGES if "page=" not in page}
    lay(MILLION - FEW)
    many = {page: statements(client, page) for page in PAGES}
    assert {page: len(said) for page, said in many.items() if page in few} == few
    found = {page: [read for statement in said for read in whole_reads(statement)] for page, said in many.items()}
    assert {page: reads for page, reads in found.items() if reads} == {}

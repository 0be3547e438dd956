"""The queue on PostgreSQL: written with the deed, done once it commits, tried again, dead and revived."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from qilian.core.house.principal import SYSTEM, Principal, current_principal
from qilian.core.log.events.api import Event, emit, event_type
from qilian.core.log.outbox.api import (
    NEVER,
    JobFailure,
    Retry,
    dead,
    died,
    failures_of,
    job,
    job_named,
    jobs,
    later,
    link,
    links,
    on_event,
    queued,
    rescue,
    revive,
    run_due,
    run_worker,
)
from qilian.core.values import clock
from qilian.core.values.text import Ref, Refusal, Text

heard: list[object] = []


@event_type("test.trade.settled", title=Text("成交", "Trade settled"))
@dataclass(frozen=True)
class Settled:
    goods: str
    tonnes: Decimal


@dataclass(frozen=True)
class Consignment:
    tonnes: Decimal


@dataclass(frozen=True)
class Unlike:
    tonnes: int


def mourn(*, word: str) -> None:
    heard.append(("dead", word, current_principal().ref))
    if word == "twice":
        raise OSError("nobody to tell")


@job("test.missed", retry=NEVER, on_death=mourn)
def missed(*, word: str) -> None:
    raise OSError(f"cannot do {word}")


@job("test.hear")
def hear(*, word: str) -> None:
    heard.append((word, current_principal().ref))


@job("test.fail", retry=Retry(times=1, first=timedelta(0)))
def fail(*, word: str) -> None:
    heard.append(word)
    raise OSError(f"cannot say {word}")


@job("test.refuse", retry=NEVER)
def refuse() -> None:
    raise Refusal("test.no", Text("不行。", "No."))


@job("test.write", retry=NEVER)
def write(*, word: str, fails: bool) -> None:
    with transaction.atomic():
        later("test.hear", word=word)
        if fails:
            raise OSError(word)


@pytest.fixture(autouse=True)
def silence() -> None:
    heard.clear()


def test_jobs_have_one_name() -> None:
    assert job_named("test.hear").run is hear and "test.hear" in jobs()
    with pytest.raises(TypeError, match="registered twice"):
        job("test.hear")(fail)
    with pytest.raises(TypeError, match="no job is called"):
        job_named("test.nothing")


@pytest.mark.django_db
def test_a_rollback_takes_the_job_back() -> None:
    class Changed(Exception):
        pass

    with pytest.raises(Changed), transaction.atomic():
        later("test.hear", word="never")
        assert queued().count() == 1
        raise Changed
    assert queued().count() == 0
    later("test.hear", word="hello")
    assert run_due() == 1 and heard == [("hello", "system:test.hear")]
    assert queued().count() == 0 and not current_principal().signed_in


@pytest.mark.django_db
def test_a_job_waits_for_its_hour() -> None:
    later("test.hear", at=clock.now() + timedelta(hours=2), word="late")
    later("test.hear", word="one")
    later("test.hear", word="two")
    assert run_due() == 2 and [word for word, _ in heard] == ["one", "two"]
    assert run_due(until=clock.now() + timedelta(hours=3)) == 1


@pytest.mark.django_db
def test_an_error_here_leaves_the_job_in_the_queue() -> None:
    later("test.fail", word="boo")
    with pytest.raises(OSError, match="cannot say boo"):
        run_due()
    assert queued().get().status == "todo"


@pytest.mark.django_db
def test_an_event_calls_a_verb_of_another_engine() -> None:
    def consign(value: Consignment, *, actor: Principal, cause: Ref) -> None:
        heard.append((value, actor.ref, cause))

    link(on="test.trade.settled", do="test.consign", takes=Consignment, run=consign)
    on_event("test.trade.settled", "test.seen")
    on_event("test.trade.settled", "test.seen")
    job("test.seen", retry=NEVER)(seen)
    assert links()["test.trade.settled"] == ("test.trade.settled → test.consign", "test.seen")
    event = emit(Settled("青稞", Decimal("1.50")), actor=SYSTEM, subject=Ref("test.trade", "1"))
    assert run_due() == 2
    cause = Ref("core.event", str(event.pk))
    assert heard == [(Consignment(Decimal("1.5")), "system:test.trade.settled → test.consign", cause), event.pk]


def seen(*, event: int) -> None:
    heard.append(Event.objects.get(pk=event).pk)


def test_links_are_checked_when_they_are_made() -> None:
    with pytest.raises(TypeError, match="the event has no tonnes of the same type"):
        link(on="test.trade.settled", do="test.consign", takes=Unlike, run=print)
    with pytest.raises(TypeError, match="is not a dataclass"):
        link(on="test.trade.settled", do="test.consign", takes=int, run=print)
    with pytest.raises(TypeError, match="no event type is called"):
        on_event("test.trade.lost", "test.seen")


@pytest.mark.usefixtures("committing")
def test_the_worker_runs_retries_and_buries() -> None:
    later("test.hear", word="hello")
    failing = later("test.fail", word="boo")
    refusing = later("test.refuse")
    call_command("worker", "--once", "--concurrency", "1")
    assert ("hello", "system:test.hear") in heard and heard.count("boo") == 2
    assert {row.pk for row in dead()} == {failing, refusing}
    assert dead().get(pk=refusing).error.startswith("Refusal: ")
    assert (died(clock.now() - timedelta(hours=1)), died(clock.now() + timedelta(seconds=1))) == (2, 0)
    assert [row.attempt for row in failures_of(failing)] == [1, 2]
    assert failures_of(failing)[0].error.startswith("OSError: cannot say boo (fail, line ")
    revive(job=refusing)
    assert queued().get(pk=refusing).status == "todo"
    run_worker(wait=False)
    assert JobFailure.objects.filter(job=refusing).count() == 2
    with pytest.raises(Refusal) as refused:
        revive(job=0)
    assert refused.value.code == "outbox.not_dead"


def leave_undone(*names: str) -> None:
    """Make jobs look as a killed worker leaves them."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE task_name = ANY(%s)", [list(names)])


@pytest.mark.usefixtures("committing")
def test_what_a_job_writes_down_is_of_its_own_transaction() -> None:
    later("test.write", word="kept", fails=False)
    later("test.write", word="lost", fails=True)
    run_worker(wait=False)
    assert [word for word, _ in heard] == ["kept"]


@pytest.mark.usefixtures("committing")
def test_what_a_killed_worker_left_is_done_again() -> None:
    lost = later("test.hear", word="hello")
    later("test.hear", word="gone")
    leave_undone("test.hear")
    assert rescue() == 2
    run_worker(wait=False)
    assert sorted(word for word, _ in heard) == ["gone", "hello"]
    assert not ProcrastinateJob.objects.filter(pk=lost).exists()


@pytest.mark.usefixtures("committing")
def test_a_job_that_kills_its_worker_dies_in_the_end() -> None:
    poison = later("test.refuse")
    leave_undone("test.refuse")
    assert rescue() == 1 and queued().get(pk=poison).status == "todo"
    leave_undone("test.refuse")
    assert rescue() == 1 and dead().get().error.startswith("WorkerLost")
    assert rescue() == 0


@pytest.mark.usefixtures("committing")
def test_who_waits_for_a_job_that_fails_is_told() -> None:
    later("test.missed", word="alone")
    call_command("worker", "--once", "--concurrency", "1")
    assert heard.count(("dead", "alone", "system:test.missed")) == 1 and dead().count() == 1


@pytest.mark.usefixtures("committing")
@pytest.mark.parametrize("word", ["killed", "twice"])
def test_who_waits_for_a_job_that_kills_its_worker_is_told_once_and_what_goes_wrong_there_is_noted(word: str) -> None:
    number = later("test.missed", word=word)
    for _ in range(2):
        assert ("dead", word, "system:test.missed") not in heard
        leave_undone("test.missed")
        assert rescue() == 1
    assert heard.count(("dead", word, "system:test.missed")) == 1 and dead().get().pk == number
    errors = [failure.error for failure in failures_of(number)]
    assert errors[0].startswith("WorkerLost") and errors[1:] == (
        ["on_death: OSError: nobody to tell"] if word == "twice" else []
    )

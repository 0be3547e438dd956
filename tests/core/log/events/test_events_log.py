"""Facts on PostgreSQL: what is appended, who may change it, in which order it is read and what it proves."""

import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import Min

from qilian.core.house.principal import ANONYMOUS, SYSTEM, Principal
from qilian.core.log.events import sealing
from qilian.core.log.events.api import (
    Entry,
    Event,
    after_restore,
    body_of,
    checkpoint,
    emit,
    emit_many,
    events_of,
    fact_of_row,
    seal,
    sealed,
    signed_by,
)
from qilian.core.log.events.kernel.canonical import digest
from qilian.core.log.events.models import Checkpoint, Seal, SealBatch, SealNode
from qilian.core.log.figures.api import count_by, first_by_offer, oldest_unsealed, so_far
from qilian.core.log.proofs.api import consistency_path, receipt, verify
from qilian.core.values import clock
from qilian.core.values.merkle.api import extends, includes, leaf_hash
from qilian.core.values.money import Money
from qilian.core.values.quantity import Quantity
from qilian.core.values.text import Ref, Refusal

THING = Ref("test.thing", "1")


@pytest.fixture
def many(done: type, actor: Principal) -> Callable[[int], list[Event]]:
    return lambda count: emit_many([Entry(done(number), THING) for number in range(count)], actor=actor)


def as_owner(statement: str) -> None:
    database = connection.settings_dict
    with psycopg.connect(host=database["HOST"], user="qilian_owner", dbname=database["NAME"]) as owner:
        owner.execute(statement)


@pytest.mark.django_db
def test_a_fact_keeps_everything(done: type, actor: Principal) -> None:
    weight, price = Quantity(Decimal("1.23456789"), "吨"), Money(2**60)
    event = emit(done(3), actor=actor, subject=THING, clause="2.7.2", unit="fgw", quantity=weight, money=price)
    event.refresh_from_db()
    assert (event.actor, event.on_behalf) == ("core.person:abc", "core.person:xyz")
    assert (event.quantity, event.quantity_unit, event.money) == (Decimal("1.234568"), "吨", 2**60)
    assert (event.type, event.version, event.data) == ("test.thing.done", 1, {"count": 3, "share": "0.5"})
    assert body_of(event) == done(3)
    assert list(events_of(THING)) == [event]
    assert emit(done(1), actor=SYSTEM, subject=THING).actor == "system:house"
    assert emit(done(1), actor=ANONYMOUS, subject=THING).actor == "anonymous"


@pytest.mark.django_db
def test_many_facts_are_written_as_each_by_itself(done: type, actor: Principal) -> None:
    odd = 'a\tb\\N\n\r"{}"\u2028 西宁'
    entries = [
        Entry(done(1), THING),
        Entry(done(2), Ref("test.thing", odd), offer=odd, party=odd, region="630100"),
        Entry(done(2**60), THING, clause="2.7.2", unit="fgw", quantity=Quantity(Decimal("0.0000005"), "吨")),
        Entry(done(0, Decimal("-1.50")), THING, money=Money(-(2**60))),
    ]
    alone = [emit_many([entry], actor=actor)[0] for entry in entries]
    together = emit_many(entries, actor=actor)
    assert [event.pk for event in together] == sorted(event.pk for event in together)
    assert emit_many([], actor=actor) == []
    for one, other in zip(alone, together, strict=True):
        stored, beside = Event.objects.get(pk=one.pk), Event.objects.get(pk=other.pk)
        assert beside.transaction == other.transaction
        for name in (field.attname for field in Event._meta.concrete_fields if field.attname not in ("id", "at")):
            if name not in ("digest", "transaction"):
                assert getattr(other, name) == getattr(beside, name) == getattr(stored, name), name
        assert digest(fact_of_row(beside)) == bytes(beside.digest) == bytes(other.digest)


@pytest.mark.django_db
def test_only_registered_types_are_facts(actor: Principal, done: type) -> None:
    with pytest.raises(TypeError, match="not a registered event type"):
        emit(object(), actor=actor, subject=THING)
    with pytest.raises(TypeError, match="is not registered"):
        body_of(Event(type="test.thing.done", version=9))


@pytest.mark.usefixtures("committing")
def test_sealing_gives_sequence_leaf_and_tree(many: Callable[[int], list[Event]], seal_all: Callable[..., int]) -> None:
    events = many(700)
    assert seal_all(limit=256) == 700
    rows = list(Seal.objects.order_by("sequence"))
    assert [row.sequence for row in rows] == list(range(700))
    assert [row.event_id for row in rows] == [event.pk for event in events]
    assert all(bytes(row.leaf) == leaf_hash(bytes(e.digest)) for row, e in zip(rows, events, strict=True))
    assert SealNode.objects.count() == 2 and seal() == 0
    assert verify().checked == 700 and verify().sequence is None
    assert verify(start=300, stop=600).checked == 300


@pytest.mark.usefixtures("committing")
def test_readers_follow_the_sequence(
    many: Callable[[int], list[Event]], seal_all: Callable[..., int], done: type, actor: Principal
) -> None:
    many(5)
    assert not sealed().exists()
    seal_all()
    first = list(sealed()[:3])
    rest = list(sealed(after=first[-1].seal.sequence))
    assert [event.seal.sequence for event in (*first, *rest)] == [0, 1, 2, 3, 4]
    emit(done(9), actor=actor, subject=Ref("test.thing", "2"), clause="2.7.2", unit="fgw", money=Money(7))
    seal_all()
    assert [e.data["count"] for e in sealed(clause="2.7.2", unit="fgw", types=["test.thing.done"])] == [9]
    assert [e.data["count"] for e in sealed(subject=Ref("test.thing", "2"))] == [9]
    assert {total.by: (total.events, total.money) for total in count_by("clause")} == {
        ("",): (5, None),
        ("2.7.2",): (1, 7),
    }
    assert count_by()[0].events == 6
    assert count_by(since=clock.now() + timedelta(days=1))[0].events == 0
    with pytest.raises(ValueError, match="not dimensions"):
        count_by("password")


@pytest.mark.usefixtures("committing", "own_keys")
def test_a_receipt_proves_an_event(many: Callable[[int], list[Event]], seal_all: Callable[..., int]) -> None:
    event = many(300)[137]
    with pytest.raises(Refusal) as refused:
        receipt(event)
    assert refused.value.code == "events.unsealed"
    seal_all()
    assert receipt(event)["checkpoint"] is None
    early = checkpoint()
    assert early is not None and checkpoint() is None
    many(341)
    seal_all()
    late = checkpoint()
    assert late is not None
    proof = json.loads(json.dumps(receipt(Event.objects.get(pk=event.pk))))
    canonical = json.dumps(proof["event"], ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
    leaf = hashlib.sha256(b"\0" + hashlib.sha256(canonical).digest()).digest()
    path, signed = [bytes.fromhex(part) for part in proof["path"]], proof["checkpoint"]
    assert includes(bytes.fromhex(proof["root"]), leaf=leaf, index=137, size=300, path=path)
    assert signed_by(signed["key"], bytes.fromhex(signed["signature"]), signed["statement"].encode())
    assert not signed_by(signed["key"], bytes.fromhex(signed["signature"]), b"another statement")
    grown = consistency_path(300, 641)
    assert extends(bytes(early.root), bytes(late.root), old=300, new=641, path=grown)


@pytest.mark.usefixtures("committing")
def test_a_log_from_another_cluster_goes_on(
    many: Callable[[int], list[Event]], seal_all: Callable[..., int], monkeypatch: pytest.MonkeyPatch
) -> None:
    many(5)
    seal_all()
    many(3)  # not sealed when the old cluster was dumped
    as_owner("UPDATE core_event SET transaction = transaction + 1000000000")
    as_owner("UPDATE core_seal_batch SET transaction = transaction + 1000000000")
    many(2)  # somebody writes before the restore was finished
    with pytest.raises(Refusal) as refused:
        seal()
    assert refused.value.code == "events.restored"
    role = connection.settings_dict["USER"]
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "USER", "qilian_owner")
    monkeypatch.setattr(sealing, "BATCH", 2)
    assert after_restore() == 5
    assert after_restore() == 0
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "USER", role)
    many(4)
    assert seal_all() == 4
    assert verify().checked == 14 and verify().sequence is None


@pytest.mark.usefixtures("committing", "own_keys")
def test_the_command_seals_once_and_signs(
    many: Callable[[int], list[Event]], seal_all: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    many(3)
    seal_all()
    call_command("seal", "--once")
    assert capsys.readouterr().out.strip() == "0"
    assert Checkpoint.objects.get().size == 3 == SealBatch.objects.order_by("-id")[0].size
    assert sealing.key_path().stat().st_mode & 0o777 == 0o600
    with clock.allow_standing(), clock.standing_at(datetime(2999, 1, 1, tzinfo=UTC)):
        assert sealing.checkpoint_is_due()
    assert not sealing.checkpoint_is_due()


@pytest.mark.usefixtures("committing")
def test_the_oldest_event_without_a_seal_is_known(
    many: Callable[[int], list[Event]], seal_all: Callable[..., int]
) -> None:
    assert oldest_unsealed() is None
    first, *_ = many(3)
    assert oldest_unsealed() == first.at  # no batch was sealed yet
    seal_all()
    assert oldest_unsealed() is None
    later = [many(1)[0] for _ in range(2)]
    assert oldest_unsealed() == later[0].at > first.at
    last = SealBatch.objects.order_by("-id")[0]
    SealBatch.objects.create(  # as after a restore: the sealer begins anew, the latest events are looked at
        size=last.size, frontier=last.frontier, root=last.root, transaction=0, event=0, at=clock.now()
    )
    assert oldest_unsealed() == later[0].at


@pytest.mark.django_db
def test_what_was_written_so_far_changes_with_each_fact(done: type, actor: Principal) -> None:
    count, latest = so_far("test.thing.")
    event = emit(done(1), actor=actor, subject=THING)
    assert so_far("test.thing.") == (count + 1, event.pk) and event.pk > latest
    assert so_far("test.thing.", "test.none.") == so_far("test.") and so_far("test.none.") == (0, 0)


def first_ones() -> dict[tuple[str, str], datetime]:
    """What `first_by_offer` says, read plainly."""
    rows = Event.objects.exclude(offer="").values_list("offer", "type").annotate(first=Min("at"))
    return {(offer, name): first for offer, name, first in rows}


@pytest.mark.usefixtures("committing")
def test_first_events_of_offers_are_found_in_any_order_of_commits(done: type, actor: Principal) -> None:
    names = ["test.thing.done"]
    assert first_by_offer(names) == {}
    emit(done(1), actor=actor, subject=THING, offer="a/one")
    emit(done(1), actor=actor, subject=THING)
    assert first_by_offer(names) == first_ones() != {}
    database = connection.settings_dict
    with psycopg.connect(host=database["HOST"], user="qilian_app", dbname=database["NAME"]) as slow:
        slow.execute(
            "INSERT INTO core_event (type, version, at, actor, on_behalf, clause, offer, subject, party, unit, region,"
            " quantity_unit, currency, data, digest) SELECT type, version, at - interval '1 day', actor, '', '', offer,"
            " subject, '', '', '', '', '', data, digest FROM core_event WHERE offer <> ''"
        )
        emit(done(2), actor=actor, subject=THING, offer="a/two")
        assert first_by_offer(names) == first_ones() and len(first_ones()) == 2
    assert first_by_offer(names) == first_ones()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        emit(done(3), actor=actor, subject=THING, offer="a/three")
        assert ("a/three", *names) in first_by_offer(names)
        raise ZeroDivisionError
    assert first_by_offer(names) == first_ones() and len(first_ones()) == 2
    as_owner("TRUNCATE core_event CASCADE")
    assert first_by_offer(names) == {}
    emit(done(1), actor=actor, subject=THING, offer="b/new")
    assert first_by_offer(names) == first_ones() and len(first_ones()) == 1

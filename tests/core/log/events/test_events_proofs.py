"""What the log proves to others: the check that names a changed byte, exports, the stand-alone verifier, and SM3."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from qilian.core.house.principal import Principal
from qilian.core.log.events.api import (
    Entry,
    Event,
    checkpoint,
    digest,
    emit_many,
    fact_of_row,
    log_hash,
    seal,
    sealed,
)
from qilian.core.log.events.models import Checkpoint, Seal, SealBatch
from qilian.core.log.proofs.api import house_keys, receipt, verify
from qilian.core.rights.audit import command
from qilian.core.rights.audit import verify as verifier
from qilian.core.values.money import Money
from qilian.core.values.text import Ref, Refusal, speaking

pytestmark = pytest.mark.usefixtures("committing", "own_keys")
THING = Ref("test.thing", "1")
FLIPPED = (  # one bit of the microseconds since 2000 in which PostgreSQL keeps a moment
    "timestamptz '2000-01-01 00:00:00+00' + interval '1 microsecond'"
    " * (((extract(epoch from at) * 1000000)::bigint - 946684800000000) # (1 << 30))"
)
AT_4 = "WHERE id = (SELECT event_id FROM core_seal WHERE sequence = 4)"


@pytest.fixture
def many(done: type, actor: Principal) -> Callable[[int], list[Event]]:
    return lambda count: emit_many([Entry(done(n), THING, money=Money(1200)) for n in range(count)], actor=actor)


@pytest.fixture
def fresh_hash() -> Iterator[None]:
    log_hash.cache_clear()
    yield
    log_hash.cache_clear()


def as_owner(statement: str) -> None:
    database = connection.settings_dict
    with psycopg.connect(host=database["HOST"], user="qilian_owner", dbname=database["NAME"]) as owner:
        owner.execute(statement)


@pytest.mark.parametrize(
    ("harm", "sequence", "field", "words"),
    [
        (
            f"UPDATE core_event SET actor = 'core.person:abd' {AT_4}",
            4,
            "actor",
            "was “core.person:abc”",
        ),
        (f"UPDATE core_event SET money = 1200 # (1 << 20) {AT_4}", 4, "money", "was “1200”"),
        (f"UPDATE core_event SET at = {FLIPPED} {AT_4}", 4, "at", "was"),
        (f"UPDATE core_event SET money = 77, actor = 'nobody' {AT_4}", 4, "", "more than one column"),
        ("UPDATE core_event SET data = data || '{\"count\": 7}' WHERE data->>'count' = '6'", 6, "data.count", "“6”"),
        (f"UPDATE core_event SET digest = set_byte(digest, 3, get_byte(digest, 3) # 1) {AT_4}", 4, "digest", "digest"),
        (
            "UPDATE core_seal SET leaf = set_byte(leaf, 31, get_byte(leaf, 31) # 128) WHERE sequence = 9",
            9,
            "leaf",
            "leaf",
        ),
        ("DELETE FROM core_seal WHERE sequence = 3", 3, "sequence", "missing"),
        ("DELETE FROM core_seal WHERE sequence = 299", 299, "sequence", "missing"),
        ("UPDATE core_seal_batch SET root = set_byte(root, 0, get_byte(root, 0) # 4)", 299, "batch.root", "tree"),
        ("UPDATE core_seal_batch SET frontier = set_byte(frontier, 0, 0)", 299, "batch.frontier", "tree"),
        ("UPDATE core_seal_node SET hash = set_byte(hash, 9, get_byte(hash, 9) # 4)", 255, "node.hash", "tree"),
        ("UPDATE core_checkpoint SET root = set_byte(root, 9, get_byte(root, 9) # 4)", 299, "checkpoint.root", "tree"),
        (
            "UPDATE core_checkpoint SET signature = set_byte(signature, 1, get_byte(signature, 1) # 4)",
            299,
            "checkpoint.signature",
            "tree",
        ),
    ],
)
def test_a_single_flipped_byte_is_named(
    harm: str,
    sequence: int,
    field: str,
    words: str,
    many: Callable[[int], list[Event]],
    seal_all: Callable[..., int],
    capsys: pytest.CaptureFixture[str],
) -> None:
    many(300)
    seal_all()
    checkpoint()
    assert command.main(["verify"]) == 0 and "300" in capsys.readouterr().out
    as_owner(harm)
    verdict = verify()
    assert (verdict.sequence, verdict.field) == (sequence, field)
    assert verdict.problem is not None and words in verdict.problem.en
    with speaking("en"):
        assert command.main(["verify"]) == 1
    assert f"Number {sequence}, {field or '—'}: " in capsys.readouterr().out


def run_verifier(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the script alone: isolated from our packages and from everything that is installed."""
    call = [sys.executable, "-I", "-S", str(Path(verifier.__file__)), *arguments]
    return subprocess.run(call, capture_output=True, text=True, timeout=120, check=False)


def test_anybody_verifies_a_receipt(
    many: Callable[[int], list[Event]], seal_all: Callable[..., int], tmp_path: Path
) -> None:
    event = many(20)[13]
    seal_all()
    file = tmp_path / "receipt.json"
    file.write_text(json.dumps(receipt(event)))
    ran = run_verifier(str(file))
    assert ran.returncode == 2 and ran.stdout.startswith("UNSIGNED"), ran.stdout + ran.stderr
    checkpoint()
    proof = receipt(event)
    key = proof["checkpoint"]["key"]
    assert house_keys() == {key}
    file.write_text(json.dumps(proof, ensure_ascii=False))
    ran = run_verifier(str(file), key)
    assert ran.returncode == 0 and ran.stdout.startswith("OK"), ran.stdout + ran.stderr
    assert run_verifier(str(file)).returncode == 2
    file.write_text(json.dumps(receipt(event, content=False)))
    assert run_verifier(str(file), key).returncode == 0
    file.write_text(json.dumps({**proof, "event": {**proof["event"], "clause": "2.7.2"}}))
    ran = run_verifier(str(file), key)
    assert ran.returncode == 1 and ran.stdout.startswith("WRONG") and not ran.stderr


def test_anybody_verifies_a_part_and_the_growth_of_the_log(
    many: Callable[[int], list[Event]], seal_all: Callable[..., int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    many(37)
    seal_all()
    kept, file, grown = tmp_path / "kept.json", tmp_path / "part.json", tmp_path / "growth.json"
    checkpoint()
    assert command.main(["checkpoint", str(kept)]) == 0
    many(300)
    seal_all()
    signed = checkpoint()
    assert signed is not None
    assert command.main(["export", "11", "290", str(file)]) == command.main(["growth", "37", str(grown)]) == 0
    assert "279" in capsys.readouterr().err
    assert run_verifier(str(file), signed.key).returncode == run_verifier(str(kept), signed.key).returncode == 0
    assert run_verifier(str(grown), str(kept)).returncode == 0 and run_verifier(str(grown), signed.key).returncode == 2
    part = json.loads(file.read_text())
    assert [event["data"]["count"] for event in part["events"]] == [*range(11, 37), *range(253)]
    for harm in ({"events": part["events"][::-1]}, {"index": 12}, {"path": part["path"][1:]}):
        file.write_text(json.dumps({**part, **harm}))
        assert run_verifier(str(file), signed.key).returncode == 1, harm
    assert command.main(["verify", "--kept", str(kept)]) == 0
    for wrong in (
        ["export", "0", "338"],
        ["export", "5", "5"],
        ["export", "-1", "4"],
        ["growth", "338"],
        ["growth", "0"],
    ):
        with pytest.raises((Refusal, SystemExit)):
            command.main([*wrong, str(file)])


def test_a_history_that_somebody_else_signed_does_not_agree(
    many: Callable[[int], list[Event]], seal_all: Callable[..., int], tmp_path: Path
) -> None:
    """As superuser: a fact changed, digest, leaf and roots computed anew, the checkpoint signed by a fresh key."""
    many(5)
    seal_all()
    checkpoint()
    assert verify().problem is None
    _rewritten(actor="core.person:mallory")
    verdict = verify()
    assert verdict.field == "checkpoint.key" and verdict.problem is not None and "neither ours" in verdict.problem.en
    stranger = Checkpoint.objects.get().key
    assert verify(keys={stranger}).problem is None, "whoever trusts the stranger is told that all agrees"
    pins = tmp_path / "keys" / "log.pins"
    pins.write_text(f"{stranger}\n")
    assert verify().problem is None, "a pinned key is trusted beside the house's own"


def _rewritten(**change: str) -> None:
    from qilian.core.log.events.adapters.signing import SigningKey
    from qilian.core.log.events.kernel.statement import statement
    from qilian.core.values.merkle.api import Frontier, grow, leaf_hash

    seals = list(Seal.objects.select_related("event").order_by("sequence"))
    for name, value in change.items():
        setattr(seals[2].event, name, value)
    digests = [digest(fact_of_row(seal.event)) for seal in seals]
    tree, _ = grow(Frontier(), map(leaf_hash, digests))
    signed, key = Checkpoint.objects.get(), SigningKey(Path(settings.VAR) / "keys" / "stranger.key")
    words = statement(size=tree.size, root=tree.root(), at=signed.at, algorithm=signed.algorithm)
    as_owner(f"UPDATE core_event SET actor = '{change['actor']}' WHERE id = {seals[2].event.pk}")
    for place, fresh in zip(seals, digests, strict=True):
        as_owner(f"UPDATE core_event SET digest = '\\x{fresh.hex()}' WHERE id = {place.event.pk}")
        as_owner(f"UPDATE core_seal SET leaf = '\\x{leaf_hash(fresh).hex()}' WHERE sequence = {place.sequence}")
    frontier = b"".join(tree.hashes).hex()
    as_owner(f"UPDATE core_seal_batch SET root = '\\x{tree.root().hex()}', frontier = '\\x{frontier}'")
    as_owner(
        f"UPDATE core_checkpoint SET root = '\\x{tree.root().hex()}', key = '{key.public}',"
        f" signature = '\\x{key.sign(words).hex()}'"
    )


def test_a_cut_tail_is_seen_by_a_checkpoint_of_the_longer_log(
    many: Callable[[int], list[Event]], seal_all: Callable[..., int], tmp_path: Path
) -> None:
    many(5)
    seal_all()
    checkpoint()
    many(1)
    seal_all()
    checkpoint()
    kept = tmp_path / "kept.json"
    command.main(["checkpoint", str(kept)])
    as_owner("DELETE FROM core_seal WHERE sequence = 5")
    as_owner("DELETE FROM core_seal_batch WHERE size = 6")
    as_owner("DELETE FROM core_event WHERE id = (SELECT max(id) FROM core_event)")
    verdict = verify(start=0, stop=3)
    assert (verdict.field, verdict.problem is None) == ("checkpoint.size", False), "whatever part was asked for"
    as_owner("DELETE FROM core_checkpoint WHERE size = 6")
    assert verify().problem is None, "nothing here remembers it"
    assert command.main(["verify", "--kept", str(kept)]) == 1, "but whoever kept the checkpoint does"


def test_without_the_house_key_nothing_is_signed_by_it(
    many: Callable[[int], list[Event]], seal_all: Callable[..., int], tmp_path: Path
) -> None:
    many(2)
    seal_all()
    checkpoint()
    (tmp_path / "keys" / "log.key").unlink()
    assert verify().field == "checkpoint.key" and not (tmp_path / "keys" / "log.key").exists()


def test_a_demonstration_signs_with_a_key_of_its_own(
    many: Callable[[int], list[Event]], seal_all: Callable[..., int], settings: object
) -> None:
    """Anybody may make facts in a demonstration: they must not pass for those of the real system beside it."""
    many(1)
    seal_all()
    real = checkpoint()
    settings.MODE = "demo"
    many(1)
    seal_all()
    played = checkpoint()
    assert real is not None and played is not None and real.key != played.key
    assert house_keys() == {real.key, played.key} and verify().problem is None
    settings.MODE = "real"
    assert house_keys() == {real.key} and verify().field == "checkpoint.key"


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("type", "'test.thing.undone'"),
        ("version", "7"),
        ("at", "at - interval '400 days'"),
        ("actor", "'core.person:mallory'"),
        ("on_behalf", "'core.person:mallory'"),
        ("clause", "'2.7.2'"),
        ("offer", "'testing/instruments'"),
        ("subject", "'test.other:9'"),
        ("party", "'registry.party:abc'"),
        ("unit", "'commerce'"),
        ("region", "'630000'"),
        ("quantity", "12.5"),
        ("quantity_unit", "'t'"),
        ("money", "99999"),
        ("currency", "'USD'"),
        ("data", '\'{"count": 4711, "share": "0.5"}\''),
        ("data", 'data || \'{"believed": "words"}\''),
    ],
)
def test_a_changed_column_of_an_event_is_named_with_what_stood_there(
    column: str, value: str, many: Callable[[int], list[Event]], seal_all: Callable[..., int]
) -> None:
    many(12)
    seal_all()
    checkpoint()
    as_owner(f"UPDATE core_event SET {column} = {value} {AT_4}")
    verdict = verify()
    assert verdict.sequence == 4 and verdict.field.split(".")[0] == column, verdict
    assert verdict.problem is not None and "was" in verdict.problem.en


@pytest.mark.parametrize(
    ("harm", "field"),
    [
        ("UPDATE core_seal SET sealed_at = sealed_at - interval '1 day' WHERE sequence = 4", "sealed_at"),
        (f"UPDATE core_event SET transaction = transaction + 9 {AT_4}", "transaction"),
        ("UPDATE core_seal_batch SET transaction = transaction + 1", "transaction"),
        ("UPDATE core_seal_batch SET event = event + 1", "batch.event"),
        ("UPDATE core_seal_batch SET algorithm = 'sm3'", "batch.algorithm"),
        ("UPDATE core_seal_batch SET at = at + interval '1 second'", "sealed_at"),
        ("UPDATE core_seal_batch SET size = size - 1", "batch"),
        ("DELETE FROM core_seal_batch", "batch"),
        ("UPDATE core_checkpoint SET at = at - interval '1 day'", "checkpoint.signature"),
        ("UPDATE core_checkpoint SET size = 13", "checkpoint.size"),
        ("UPDATE core_checkpoint SET size = 11", "checkpoint.root"),
    ],
)
def test_what_stands_beside_a_fact_is_checked_as_well(
    harm: str, field: str, many: Callable[[int], list[Event]], seal_all: Callable[..., int], fresh_hash: None
) -> None:
    many(12)
    seal_all()
    checkpoint()
    assert verify().problem is None
    as_owner(harm)
    assert verify().field.startswith(field)


def test_an_event_that_the_sealer_passed_over_is_seen(
    many: Callable[[int], list[Event]], seal_all: Callable[..., int]
) -> None:
    many(5)
    seal_all()
    (hidden,) = many(1)
    assert verify().problem is None, "what waits for its seal is no harm"
    as_owner(f"UPDATE core_event SET transaction = 1 WHERE id = {hidden.pk}")
    assert seal() == 0 and verify().field == "transaction"


def test_a_receipt_is_not_handed_out_for_a_changed_fact(
    many: Callable[[int], list[Event]], seal_all: Callable[..., int]
) -> None:
    event = many(5)[4]
    seal_all()
    as_owner(f"UPDATE core_event SET actor = 'core.person:mallory' {AT_4}")
    with pytest.raises(Refusal) as refused:
        receipt(Event.objects.get(pk=event.pk))
    assert refused.value.code == "events.changed"


def test_a_log_of_sm3(
    many: Callable[[int], list[Event]], seal_all: Callable[..., int], tmp_path: Path, settings: object, fresh_hash: None
) -> None:
    settings.LOG_HASH = "sm3"
    event = many(300)[7]
    seal_all()
    signed = checkpoint()
    assert signed is not None and signed.algorithm == SealBatch.objects.get().algorithm == "sm3"
    assert verify().checked == 300 and verify().problem is None
    proof = receipt(event)
    assert proof["hash"] == "sm3" and "\nhash sm3\n" in proof["checkpoint"]["statement"]
    file = tmp_path / "receipt.json"
    file.write_text(json.dumps(proof))
    assert run_verifier(str(file), signed.key).returncode == 0
    file.write_text(json.dumps({**proof, "hash": "sha256"}))
    assert run_verifier(str(file), signed.key).returncode == 1


def test_a_log_never_mixes_hashes(
    many: Callable[[int], list[Event]], seal_all: Callable[..., int], settings: object, fresh_hash: None
) -> None:
    many(3)
    seal_all()
    log_hash.cache_clear()
    settings.LOG_HASH = "sm3"
    for verb in (lambda: many(1), log_hash):
        with pytest.raises(Refusal) as refused:
            verb()
        assert refused.value.code == "events.hash_mixed"
    assert sealed().count() == Event.objects.count() == 3 == Seal.objects.count() and seal() == 0


def test_a_hash_that_is_not_there_is_refused(
    settings: object, fresh_hash: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.LOG_HASH = "md5"
    with pytest.raises(Refusal) as unknown:
        log_hash()
    assert unknown.value.code == "events.hash_unknown"
    settings.LOG_HASH = "sm3"
    monkeypatch.setattr("hashlib.algorithms_available", {"sha256"})
    with pytest.raises(Refusal) as absent:
        log_hash()
    assert absent.value.code == "events.hash_absent" and absent.value.remedy


def test_a_checkpoint_of_before_the_setting_still_verifies(
    many: Callable[[int], list[Event]], seal_all: Callable[..., int]
) -> None:
    """Checkpoints that were signed before a log could choose its hash name none; their words stay what was signed."""
    from qilian.core.log.events.adapters.signing import SigningKey
    from qilian.core.log.events.kernel.statement import statement
    from qilian.core.log.events.sealing import key_path

    many(5)
    seal_all()
    signed = checkpoint()
    assert signed is not None
    root = bytes(signed.root)
    former = SigningKey(key_path()).sign(statement(size=5, root=root, at=signed.at, algorithm=""))
    as_owner(f"UPDATE core_checkpoint SET algorithm = '', signature = '\\x{former.hex()}'")
    assert verify().problem is None

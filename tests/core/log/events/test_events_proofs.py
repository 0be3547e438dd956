"""What the log proves to others: the check that names a changed byte, exports, the stand-alone verifier, and SM3."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from qilian.core.house.principal import Principal
from qilian.core.log.events.api import Entry, Event, checkpoint, emit_many, log_hash, seal, sealed
from qilian.core.log.events.models import Checkpoint, Seal, SealBatch
from qilian.core.log.proofs.api import receipt, verify
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
        (f"UPDATE core_event SET actor = 'core.person:abd' {AT_4}", 4, "actor", "“d” was “c”"),
        (f"UPDATE core_event SET money = 1200 # (1 << 20) {AT_4}", 4, "money", "was “1200”"),
        (f"UPDATE core_event SET at = {FLIPPED} {AT_4}", 4, "at", "was"),
        (f"UPDATE core_event SET money = 77, actor = 'nobody' {AT_4}", 4, "", "more than one byte"),
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


def test_the_verifier_is_short_and_needs_python_alone() -> None:
    text = Path(verifier.__file__).read_text(encoding="utf-8")
    assert len(text.splitlines()) < 100
    assert "django" not in text and "qilian" not in text and "cryptography" not in text


def test_anybody_verifies_a_receipt(
    many: Callable[[int], list[Event]], seal_all: Callable[..., int], tmp_path: Path
) -> None:
    event = many(20)[13]
    seal_all()
    unsigned, file = receipt(event), tmp_path / "receipt.json"
    file.write_text(json.dumps(unsigned))
    ran = run_verifier(str(file))
    assert ran.returncode == 0 and "no signature" in ran.stdout, ran.stdout + ran.stderr
    checkpoint()
    proof = receipt(event)
    key = proof["checkpoint"]["key"]
    file.write_text(json.dumps(proof, ensure_ascii=False))
    ran = run_verifier(str(file), key)
    assert ran.returncode == 0 and ran.stdout.count("OK") == 3 and "NOT" not in ran.stdout, ran.stdout + ran.stderr
    assert "whose key" in run_verifier(str(file)).stdout
    file.write_text(json.dumps(receipt(event, content=False)))
    assert "NOT INCLUDED" in run_verifier(str(file), key).stdout
    wrecks = [
        {**proof, "index": 12},
        {**proof, "event": {**proof["event"], "clause": "2.7.2"}},
        {**proof, "root": "00" * 32},
        {**proof, "path": [*proof["path"][:-1], "00" * 32]},
        {**proof, "checkpoint": {**proof["checkpoint"], "signature": "00" * 64}},
        {**proof, "checkpoint": {**proof["checkpoint"], "statement": proof["checkpoint"]["statement"] + "x"}},
    ]
    for wreck in wrecks:
        file.write_text(json.dumps(wreck))
        ran = run_verifier(str(file), key)
        assert ran.returncode == 1 and ("WRONG" in ran.stdout or "not a point" in ran.stderr), ran.stdout


def test_anybody_verifies_an_exported_part(
    many: Callable[[int], list[Event]], seal_all: Callable[..., int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    many(37)
    seal_all()
    checkpoint()
    many(300)
    seal_all()
    signed = checkpoint()
    assert signed is not None
    file = tmp_path / "part.json"
    assert command.main(["export", "11", "290", str(file), "--since", "37"]) == 0
    assert "279" in capsys.readouterr().err
    ran = run_verifier(str(file), signed.key)
    assert ran.returncode == 0 and ran.stdout.count("OK") == 4, ran.stdout + ran.stderr
    assert f"it begins with the log of 37 {bytes(Checkpoint.objects.get(size=37).root).hex()}" in ran.stdout
    part = json.loads(file.read_text())
    assert [event["data"]["count"] for event in part["events"]] == [*range(11, 37), *range(253)]
    part["events"][100]["data"]["count"] = 99
    file.write_text(json.dumps(part))
    assert run_verifier(str(file)).returncode == 1
    part = {**part, "around": [[0, 337, part["root"]]]}
    file.write_text(json.dumps(part))
    assert run_verifier(str(file)).returncode == 1, "a claimed root over the events themselves is not believed"
    for wrong in (["0", "338"], ["5", "5"], ["-1", "4"]):
        with pytest.raises((Refusal, SystemExit)):
            command.main(["export", *wrong, str(file)])


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
    assert run_verifier(str(file)).stdout.count("OK") == 3
    file.write_text(json.dumps({**proof, "hash": "sha256"}))
    assert run_verifier(str(file)).returncode == 1


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

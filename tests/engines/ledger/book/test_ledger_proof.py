"""A transfer's proof as a stranger checks it: from its text to the batch's root, from there to the log."""

import hashlib
import json
from pathlib import Path

import pytest
from django.test import Client
from tests.engines.ledger.conftest import Opener

from qilian.core.house.principal import SYSTEM
from qilian.core.log.events.api import checkpoint, seal
from qilian.core.rights.audit import verify as verifier
from qilian.core.values.merkle.api import includes, leaf_hash
from qilian.core.values.text import Refusal
from qilian.core.who.people.api import register_person
from qilian.engines.ledger.book.api import Account, Entry, post, proof
from qilian.engines.ledger.book.models import Transfer
from qilian.engines.ledger.book.proving import leaves_of, text_of

pytestmark = pytest.mark.usefixtures("committing")


def test_a_proof_is_downloaded_and_holds(opener: Opener, settings: object, tmp_path: Path) -> None:
    settings.VAR = tmp_path
    owner, client = register_person(actor=SYSTEM, login="owner", name="户主"), Client()
    client.force_login(owner, backend="django.contrib.auth.backends.ModelBackend")
    mine, shop = opener(f"core.person:{owner.code}", fen=100), opener("party:shop")
    third = _seventh_part(mine, shop)
    address = f"/ledger/transfers/{third}/proof.json"
    assert client.get(address).status_code == 422, "not sealed yet"
    assert "待封存" in client.get(f"/ledger/transfers/{third}/").content.decode()
    assert seal()
    found = json.loads(client.get(address).content)
    assert found["transfer"] == third and third in found["text"] and (found["index"], found["size"]) == (2, 7)
    leaf, path = leaf_hash(found["text"].encode()), [bytes.fromhex(part) for part in found["path"]]
    assert hashlib.sha256(found["content"].encode()).hexdigest() == found["text"].split("\x1f")[1]
    assert found["content"].split("\x1f")[:4] == ["single", mine.code, shop.code, "3"]
    assert includes(bytes.fromhex(found["root"]), leaf=leaf, index=2, size=7, path=path)
    event = found["receipt"]
    assert event["event"]["data"]["root"] == found["root"]
    log = [bytes.fromhex(part) for part in event["path"]]
    assert includes(
        bytes.fromhex(event["root"]),
        leaf=bytes.fromhex(event["leaf"]),
        index=event["index"],
        size=event["size"],
        path=log,
    )
    assert json.loads(client.get(f"/api/v1/ledger/transfers/{third}/proof").content) == found
    assert "proof.json" in client.get(f"/ledger/transfers/{third}/").content.decode()
    checkpoint()
    signed = client.get(address).content.decode()
    key = json.loads(signed)["receipt"]["checkpoint"]["key"]
    assert verifier.checked(verifier.read(signed), {key}) is True
    for place, lie in ((0, "post"), (1, shop.code), (3, "9"), (8, "other words")):
        fields = found["content"].split("\x1f")
        fields[place] = lie
        wreck = json.dumps({**json.loads(signed), "content": "\x1f".join(fields)})
        with pytest.raises(ValueError, match="was changed"):
            verifier.checked(verifier.read(wreck), {key})


def test_no_proof_is_handed_out_for_rows_that_were_changed(opener: Opener) -> None:
    mine, shop = opener("party:mine", fen=100), opener("party:shop")
    row = Transfer.objects.get(code=_seventh_part(mine, shop))
    row.words = "as nobody wrote it"
    assert leaf_hash(text_of(row).encode()) not in leaves_of(row)
    with pytest.raises(Refusal) as refused:
        proof(row)
    assert refused.value.code == "ledger.changed"


def _seventh_part(mine: Account, shop: Account) -> str:
    """Book seven transfers at once and return the code of the third."""
    entries = [Entry(debit=mine, credit=shop, amount=n, words=str(n)) for n in range(1, 8)]
    return post(actor=SYSTEM, entries=entries)[2].code

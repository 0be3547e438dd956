"""Verbs: look at a personal value, turn the key, seal anew, retire old keys."""

from datetime import datetime, timedelta

from django.db import models, transaction

from qilian.core.house.principal import Principal
from qilian.core.log.events.api import emit
from qilian.core.log.keyring.api import drop, load, turn
from qilian.core.log.outbox.api import later
from qilian.core.rights.grants.api import require
from qilian.core.values import clock
from qilian.core.values.text import Ref, Refusal, Text

from .events import KeysRetired, KeyTurned, ValueRevealed
from .fields import Sealed, index_fields, sealed_fields, unseal
from .queries import under_other_keys, values_by_key
from .registry import looking_at
from .ring import path, ring

PURPOSE_MIN, PURPOSE_MAX = 4, 200
BATCH = 200
QUIET = timedelta(hours=1)
"""How long a key rests before it may be retired: by then every transaction that sealed with it has ended."""


@transaction.atomic
def reveal(*, actor: Principal, ref: Ref, field: str, purpose: str) -> str:
    """Show one personal value of a record in full; the log keeps who, which field and what for, never the value.

    Refusals: `privacy.unknown` (HTTP 404), `grants.denied` without the record's right (nobody needs one for his own),
    `privacy.purpose` shorter than 4 or longer than 200 characters. Source: 个人信息保护法 art. 6, 51 and 54.
    """
    looking, row = looking_at(ref, field)
    if actor.person is None or looking.about(row) != actor.person:
        require(actor, looking.action, looking.scope(row))
    said = " ".join(purpose.split())
    if not PURPOSE_MIN <= len(said) <= PURPOSE_MAX:
        message = Text("请写明查看用途，4 至 200 字。", "Say what for, in 4 to 200 characters.")
        remedy = Text("例如：电话通知补正材料。", "Such as: calling to ask for a missing document.")
        raise Refusal("privacy.purpose", message, where="purpose", remedy=remedy)
    value = getattr(row, field)
    emit(ValueRevealed(field, said), actor=actor, subject=ref, unit=looking.scope(row).unit)
    return unseal(value) if isinstance(value, Sealed) else str(value)


def turn_key(*, actor: Principal) -> str:
    """Make a fresh key the current one and have the worker seal all values anew; return its name.

    The file is written first: a kill before the event leaves a key that works, and the nightly job does the rest.
    Refusals: `grants.denied`, `keyring.absent`.
    """
    require(actor, "privacy.keys")
    before = load(path()).current
    fresh = turn(path(), at=clock.now()).current
    with transaction.atomic():
        emit(KeyTurned(fresh, before), actor=actor, subject=Ref("core.key", fresh))
        later("privacy.reseal", lock="privacy.reseal")
    return fresh


@transaction.atomic
def reseal_batch(model: type[models.Model], *, after: int) -> tuple[int, int]:
    """Seal up to 200 rows of a table anew, beginning behind a primary key; return the last key and how many."""
    rows = list(under_other_keys(model, ring().current).filter(pk__gt=after).select_for_update(of=("self",))[:BATCH])
    fields, indices = sealed_fields(model), index_fields(model)
    for row in rows:
        for field in fields:
            setattr(row, field.name, unseal(getattr(row, field.name)))
        for index in indices:
            setattr(row, index.name, index.index_of(row))
    if rows:
        model._default_manager.bulk_update(rows, [*(each.name for each in fields), *(each.name for each in indices)])
    return (rows[-1].pk if rows else after), len(rows)


def retire_keys(*, actor: Principal) -> tuple[str, ...]:
    """Destroy the keys that seal nothing any more; return their names. What was sealed with them only is gone.

    Refusals: `grants.denied`, `privacy.keys.used` while a value needs an old key, `privacy.keys.fresh` within an
    hour of the last turn.
    """
    require(actor, "privacy.keys")
    kept = ring()
    old = frozenset(kept.ids[1:])
    used = sorted(old & values_by_key().keys())
    if used:
        message = Text(f"密钥 {'、'.join(used)} 仍在使用。", f"Keys still in use: {', '.join(used)}.")
        remedy = Text("请等重新加密完成后再销毁。", "Wait until everything is sealed anew.")
        raise Refusal("privacy.keys.used", message, where=used[0], remedy=remedy)
    if old and clock.now() < datetime.fromisoformat(kept.keys[kept.current].made) + QUIET:
        message = Text("更换密钥不到一小时，不能销毁旧密钥。", "The key was turned less than an hour ago.")
        remedy = Text("请一小时后再办。", "Come back in an hour.")
        raise Refusal("privacy.keys.fresh", message, where=kept.current, remedy=remedy)
    if old:
        with transaction.atomic():
            emit(KeysRetired(tuple(sorted(old))), actor=actor, subject=Ref("core.key", kept.current))
        drop(path(), old)
    return tuple(sorted(old))

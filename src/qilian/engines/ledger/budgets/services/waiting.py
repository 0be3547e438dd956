"""Tranches in the inbox: each waits for whoever confirms its result, then for another who pays it."""

from collections.abc import Iterable

from qilian.core.house.principal import Principal
from qilian.core.values.text import Text
from qilian.core.who.inbox.api import Addressee, done, put
from qilian.engines.ledger.budgets.models import Tranche
from qilian.engines.ledger.budgets.queries import ref
from qilian.engines.ledger.budgets.rights import CONFIRM, PAY, scope_of
from qilian.engines.ledger.budgets.words import tranche_name


def lay(actor: Principal, rows: Iterable[Tranche]) -> None:
    """Lay tranches that are due before whoever may take their next step; who confirmed a result does not pay for it."""
    for row in rows:
        confirms = row.condition == "evidence" and row.confirmed_at is None
        name = tranche_name(row)
        since = Text(f"（{row.day} 起）", f" (from {row.day})") if row.day else Text("", "")
        put(
            actor=actor,
            key=_key(row, CONFIRM if confirms else PAY),
            subject=ref(row),
            kind="budgets.tranche",
            title=Text(f"待确认结果：{name.zh}", f"To confirm: {name.en}")
            if confirms
            else Text(f"待拨付：{name.zh}{since.zh}", f"To pay: {name.en}{since.en}"),
            url=f"/budgets/tranches/{row.code}/",
            addressee=Addressee.right(CONFIRM if confirms else PAY),
            scope=scope_of(row.commitment.line.year.programme),
            barred=row.confirmed_by_id,
        )


def take(actor: Principal, rows: Iterable[Tranche]) -> None:
    """Take tranches off all desks."""
    for row in rows:
        for step in (CONFIRM, PAY):
            done(actor=actor, key=_key(row, step))


def _key(row: Tranche, step: str) -> str:
    return f"{step}:{row.code}"

"""The verb that proves the book to itself: replay of all rows against the totals, holds, restraints and numbers."""

from dataclasses import dataclass

from django.db import connection, transaction

from qilian.core.house.principal import Principal, internal
from qilian.core.log.events.api import emit
from qilian.core.rights.grants.api import require
from qilian.core.values.text import Ref, Text
from qilian.engines.ledger.book.api import RECONCILE, Account, out_of_balance, totals_of

from .events import BookReconciled

_REPLAY = """
    WITH side AS (
        SELECT debit_id AS account, kind, amount, released, 1 AS debit, 0 AS credit FROM ledger_transfer
        UNION ALL SELECT credit_id, kind, amount, released, 0, 1 FROM ledger_transfer
    ), replayed AS (
        SELECT account, count(*) AS rows,
               sum(debit * amount) FILTER (WHERE kind <> 'pending') AS a,
               sum(credit * amount) FILTER (WHERE kind <> 'pending') AS b,
               sum(debit * (CASE kind WHEN 'pending' THEN amount ELSE -released END)) AS c,
               sum(credit * (CASE kind WHEN 'pending' THEN amount ELSE -released END)) AS d
        FROM side GROUP BY account
    )
    SELECT coalesce(account.id, 0), coalesce(rows, 0),
           coalesce(debits_posted, 0), coalesce(a, 0), coalesce(credits_posted, 0), coalesce(b, 0),
           coalesce(debits_pending, 0), coalesce(c, 0), coalesce(credits_pending, 0), coalesce(d, 0)
    FROM ledger_account AS account FULL JOIN replayed ON replayed.account = account.id ORDER BY 1"""
_HELD = """
    SELECT account.id, debits_pending, coalesce(sum(hold.amount), 0)
    FROM ledger_account AS account LEFT JOIN ledger_hold AS hold ON hold.debit_id = account.id AND hold.state = 'open'
    GROUP BY account.id HAVING debits_pending <> coalesce(sum(hold.amount), 0)"""
_RESTRAINED = """
    SELECT account.id, restrained, coalesce(sum(bond.amount), 0)
    FROM ledger_account AS account
    LEFT JOIN ledger_restraint AS bond ON bond.account_id = account.id AND bond.released_at IS NULL
    GROUP BY account.id HAVING restrained <> coalesce(sum(bond.amount), 0)"""
_NUMBERED = """
    SELECT account.id, credits_posted - debits_posted, coalesce(sum(piece.last - piece.first + 1), 0)
    FROM ledger_account AS account JOIN ledger_asset AS asset ON asset.id = account.asset_id AND asset.serial
    LEFT JOIN ledger_holding AS piece ON piece.account_id = account.id WHERE rule <> 'free'
    GROUP BY account.id HAVING credits_posted - debits_posted <> coalesce(sum(piece.last - piece.first + 1), 0)"""
_TITLES = (
    Text("借方发生额", "Debits posted"),
    Text("贷方发生额", "Credits posted"),
    Text("借方预留", "Debits pending"),
    Text("贷方预留", "Credits pending"),
)


@dataclass(frozen=True, slots=True)
class Difference:
    """A total of an account that its rows do not make up."""

    account: Account
    title: Text
    stored: int
    computed: int


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """What a reconciliation found: accounts and rows that were replayed, what differs, assets whose sides differ.

    `orphans` are sides of rows whose account does not exist.
    """

    accounts: int
    rows: int
    differences: tuple[Difference, ...]
    unbalanced: tuple[str, ...]
    orphans: int = 0

    @property
    def sound(self) -> bool:
        """Whether everything adds up to zero."""
        return not self.differences and not self.unbalanced and not self.orphans


@internal("it is done with the whole book: a page and an address of its own")
@transaction.atomic
def reconcile(*, actor: Principal) -> Reconciliation:
    """Replay every transfer and compare: totals, open holds, restraints, numbers, both sides of each asset.

    Needs `ledger.reconcile`; the answer stays in the log as an event. Refusal `grants.denied`.
    """
    require(actor, RECONCILE)
    accounts, every = Account.objects.select_related("asset").in_bulk(), _rows(_REPLAY)
    replayed = [row for row in every if row[0] in accounts]
    orphans = sum(row[1] for row in every if row[0] == 0)
    found = [
        Difference(accounts[number], _TITLES[place], pairs[2 * place], pairs[2 * place + 1])
        for number, _, *pairs in replayed
        for place in range(4)
        if pairs[2 * place] != pairs[2 * place + 1]
    ]
    for statement, title in (
        (_HELD, Text("未结预留", "Open holds")),
        (_RESTRAINED, Text("冻结和质押", "Freezes and pledges")),
        (_NUMBERED, Text("编号个数", "Serial numbers")),
    ):
        found += [Difference(accounts[n], title, a, b) for n, a, b in _rows(statement) if n in accounts]
    zero = out_of_balance((row.asset.slug, totals_of(row)) for row in accounts.values())
    rows = sum(row[1] for row in every) // 2
    result = Reconciliation(len(replayed), rows, tuple(found), tuple(sorted(zero)), orphans)
    body = BookReconciled(result.accounts, rows, len(found) + orphans, len(result.unbalanced))
    emit(body, actor=actor, subject=Ref("ledger.book", "all"))
    return result


def _rows(statement: str) -> list[tuple[int, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return [tuple(map(int, row)) for row in cursor.fetchall()]

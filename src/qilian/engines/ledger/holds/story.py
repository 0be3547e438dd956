"""An ordinary month of holds: a bid deposit goes back on its statutory day, another when the contract is signed."""

from random import Random

from qilian.core.house.principal import SYSTEM, Principal
from qilian.core.offers.stories.api import Scene, Story
from qilian.core.time.clocks.api import Limit
from qilian.core.values.text import Ref, Text
from qilian.engines.ledger.book.api import (
    YUAN,
    Account,
    Asset,
    Booked,
    Entry,
    freeze,
    hold,
    lift,
    open_account,
    open_holds,
    post,
    register_asset,
    void,
)

from .api import expire_due, schedule_return

BASIS = (
    "《政府采购法实施条例》第三十三条"  # five work days: losers from the winner notice, the winner from the contract
)
_TENDER = Ref("tender", "2026-017")
_DEPOSIT = 80_000_00  # 2 % of a budget of four million yuan, the most that article 33 allows
_WAIT = 12  # days that five work days and any feast of the calendar last at most, for the story's patience


def month(chance: Random) -> Story:
    """Live through the month as bookkeeper and bidder; refused is who holds more than he has."""
    yield from _deposits(chance)


def _deposits(chance: Random) -> Story:
    cny = yield Scene("bookkeeper", lambda me: register_asset(actor=me, spec=YUAN, demonstration=True), hours=2)
    bidder = yield Scene("reader", lambda me: Ref("core.person", me.code))
    accounts = yield Scene("bookkeeper", lambda me: _open_for_tender(me, cny, bidder))
    bank, loser, winner, deposits = accounts
    sums = [chance.randrange(90, 140) * 1000_00 for _ in range(2)]
    yield Scene("bookkeeper", lambda me: post(actor=me, entries=_paid_in(bank, (loser, winner), sums)), hours=3)
    first = yield Scene("reader", lambda me: _bid(me, loser, deposits), hours=5)
    second = yield Scene("bookkeeper", lambda me: _bid(me, winner, deposits))
    yield Scene(
        "reader",
        lambda me: hold(actor=me, debit=loser, credit=deposits, amount=_DEPOSIT, key="bid 2026-017 again"),
        refused="ledger.exceeds_credits",
    )
    yield Scene("bookkeeper", lambda me: _will_return(me, first), hours=21)
    yield Scene("bookkeeper", lambda me: void(actor=me, hold=second.code, words="合同已签订，退还投标保证金"), hours=7)
    order = yield Scene(
        "bookkeeper",
        lambda me: freeze(
            actor=me, account=winner, amount=10_000_00, reason="合同纠纷财产保全", document="〔演示〕青01财保3号"
        ),
    )
    for _ in range(_WAIT):
        if not open_holds().filter(transfer__code=first.code).exists():
            break
        yield Scene("bookkeeper", lambda _me: expire_due(actor=SYSTEM), hours=7)
    yield Scene("bookkeeper", lambda me: lift(actor=me, restraint=order, reason="双方和解，解除保全"), hours=3)


def _open_for_tender(me: Principal, cny: Asset, bidder: Ref) -> tuple[Account, Account, Account, Account]:
    """The bank outside, two bidders, and the deposits of one tender."""

    def opened(owner: Ref, title: Text, **more: str) -> Account:
        return open_account(actor=me, owner=owner, asset=cny, title=title, unit="qh-czt", **more)  # type: ignore[arg-type] # purpose or rule

    return (
        opened(Ref("world", "demo-bank"), Text("演示银行（账外）", "Demonstration bank (outside)"), rule="free"),
        opened(bidder, Text("高原检测设备公司", "Plateau Testing Equipment")),
        opened(Ref("party", "demo-hehuang"), Text("河湟仪器公司", "Hehuang Instruments")),
        opened(
            _TENDER, Text("2026-017 号采购项目投标保证金", "Bid deposits of procurement 2026-017"), purpose="deposit"
        ),
    )


def _paid_in(bank: Account, firms: tuple[Account, Account], sums: list[int]) -> list[Entry]:
    return [
        Entry(debit=bank, credit=firm, amount=fen, key=f"demo statement {firm.code}", words="银行转入")
        for firm, fen in zip(firms, sums, strict=True)
    ]


def _bid(me: Principal, bidder: Account, deposits: Account) -> Booked:
    return hold(
        actor=me,
        debit=bidder,
        credit=deposits,
        amount=_DEPOSIT,
        key=f"bid 2026-017 {bidder.code}",
        cause=_TENDER,
        words="投标保证金",
    )


def _will_return(me: Principal, held: Booked) -> object:
    """The winner notice went out: five work days for the deposit of who did not win."""
    return schedule_return(actor=me, hold=held.code, limit=Limit(5, "workday"), basis=BASIS)

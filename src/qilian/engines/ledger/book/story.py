"""An ordinary month of the book: three parks share a pool of pallets."""

from collections.abc import Mapping
from random import Random

from qilian.core.house.principal import Principal
from qilian.core.offers.stories.api import Scene, Story
from qilian.core.values.text import Ref, Text

from .api import (
    YUAN,
    Account,
    Asset,
    AssetSpec,
    Entry,
    capture,
    hold,
    open_account,
    post,
    register_asset,
)

PALLET = AssetSpec(
    slug="pallet-1210",
    title=Text("标准托盘 1200×1000", "Standard pallet 1200×1000"),
    kind="pallet",
    unit=Text("只", "pieces"),
)
_PARKS = {
    "caojiapu": Text("曹家堡物流园", "Caojiapu logistics park"),
    "duoba": Text("多巴物流园", "Duoba logistics park"),
    "golmud": Text("格尔木物流园", "Golmud logistics park"),
}


def month(chance: Random) -> Story:
    """Live through the month as keeper of the pallet pool.

    Refusals: a reader registers an asset; a park lends pallets that it does not have.
    """
    yield Scene("reader", lambda me: register_asset(actor=me, spec=YUAN), refused="grants.denied")
    yield from _pallets(chance)


def _pallets(chance: Random) -> Story:
    pallet = yield Scene("pallets", lambda me: register_asset(actor=me, spec=PALLET, demonstration=True), hours=2)
    pool = yield Scene("pallets", lambda me: _open_pool(me, pallet))
    counts = [chance.randrange(250, 350) for _ in _PARKS]
    yield Scene("pallets", lambda me: _stock(me, pool, counts), hours=2)
    lent = chance.randrange(30, 60)
    yield Scene("pallets", lambda me: _move(me, pool["caojiapu"], pool["duoba"], lent, "随货 36 车，带托运输"), hours=9)
    yield Scene(
        "pallets",
        lambda me: _move(me, pool["golmud"], pool["duoba"], counts[2] + 1, "超出库存的借用"),
        refused="ledger.exceeds_credits",
    )
    asked = yield Scene(
        "pallets",
        lambda me: hold(actor=me, debit=pool["duoba"], credit=pool["golmud"], amount=lent, words="格尔木预约空托盘"),
        hours=6,
    )
    yield Scene("pallets", lambda me: capture(actor=me, hold=asked.code, amount=lent - 5, words="实提"), hours=15)
    yield Scene("pallets", lambda me: _move(me, pool["duoba"], pool["scrap"], 5, "破损报废"), hours=4)
    yield Scene("pallets", lambda me: _move(me, pool["golmud"], pool["caojiapu"], lent - 5, "返空"), hours=14)


def _open_pool(me: Principal, pallet: Asset) -> dict[str, Account]:
    owners: Mapping[str, Text] = {**_PARKS, "scrap": Text("托盘报废", "Pallets scrapped")}
    found = {
        name: open_account(
            actor=me, owner=Ref("park", name), asset=pallet, title=title, final=name == "scrap", unit="qh-swt"
        )
        for name, title in owners.items()
    }
    maker = Text("托盘厂（账外）", "Pallet maker (outside)")
    outside = Ref("world", "pallet-maker")
    found["maker"] = open_account(actor=me, owner=outside, asset=pallet, title=maker, rule="free", unit="qh-swt")
    return found


def _stock(me: Principal, pool: Mapping[str, Account], counts: list[int]) -> object:
    entries = [
        Entry(debit=pool["maker"], credit=pool[park], amount=count, linked=park != "golmud", words="投放新托盘")
        for park, count in zip(_PARKS, counts, strict=True)
    ]
    return post(actor=me, entries=entries)


def _move(me: Principal, giver: Account, taker: Account, count: int, words: str) -> object:
    return post(actor=me, entries=[Entry(debit=giver, credit=taker, amount=count, words=words)])

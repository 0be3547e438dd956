"""What happens in the book, as facts: one per batch of transfers, one for each change of an account or restraint."""

from dataclasses import dataclass
from datetime import datetime

from qilian.core.log.events.api import event_type
from qilian.core.values.text import Text


@event_type("ledger.asset.registered", title=Text("登记资产", "Asset registered"), dimensions=("kind",))
@dataclass(frozen=True, slots=True)
class AssetRegistered:
    """Something may be counted from now on."""

    slug: str
    kind: str
    serial: bool


@event_type("ledger.account.opened", title=Text("开户", "Account opened"), dimensions=("asset", "purpose"))
@dataclass(frozen=True, slots=True)
class AccountOpened:
    """An account was opened; it is empty. `engine` alone moves it; `-` in facts that are older than it."""

    owner: str
    asset: str
    purpose: str
    rule: str
    final: bool = False
    engine: str = "-"


@event_type("ledger.account.state_set", title=Text("账户状态变更", "State of an account set"), dimensions=("state",))
@dataclass(frozen=True, slots=True)
class AccountStateSet:
    """An account was blocked for payment (只收不付), opened again, or closed."""

    state: str
    reason: str


@dataclass(frozen=True, slots=True)
class Tally:
    """Of a batch: how many rows of a kind of one asset, and how many minimal units they move."""

    asset: str
    kind: str
    rows: int
    amount: int


@event_type("ledger.batch.posted", title=Text("记账", "Transfers booked"), measures=("rows",))
@dataclass(frozen=True, slots=True)
class BatchPosted:
    """Transfers were booked together; `root` is the Merkle root (RFC 6962) of their leaves, in order of id.

    `causes`, `words` and `chains` are hashes of these columns, so that a change in one is told from one in another;
    empty where the column is, and `-` in facts that are older than they.
    """

    moment: datetime
    rows: int
    root: bytes
    tallies: tuple[Tally, ...]
    causes: str = "-"
    words: str = "-"
    chains: str = "-"


@event_type("ledger.restraint.set", title=Text("冻结或质押", "Frozen or pledged"), dimensions=("kind",))
@dataclass(frozen=True, slots=True)
class RestraintSet:
    """Part of an account may not be spent: frozen, or pledged to a beneficiary."""

    kind: str
    account: str
    asset: str
    amount: int
    serials: str
    beneficiary: str
    reason: str


@event_type("ledger.restraint.lifted", title=Text("解除冻结或质押", "Freeze or pledge lifted"), dimensions=("kind",))
@dataclass(frozen=True, slots=True)
class RestraintLifted:
    """What was frozen or pledged may be spent again."""

    kind: str
    account: str
    asset: str
    amount: int
    reason: str

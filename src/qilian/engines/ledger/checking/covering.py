"""The book held against the log: batches, transfers, holds and accounts, and what events sealed of them."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from django.db.models import Max, Sum

from qilian.core.log.events.api import Event, moment_text
from qilian.core.log.proofs.api import Wrong
from qilian.core.values.text import Text
from qilian.engines.ledger.book.api import (
    Account,
    Asset,
    Batch,
    Hold,
    Restraint,
    Transfer,
    content_of,
    digest_of,
    mark_of,
)

from .blaming import SIDES, Case, Totals, blamed, codes_of
from .kernel import fits

TITLE = Text("账本", "The book")
_AT_ONCE = 200
_POSTED = "ledger.batch.posted"
_LACKS = Text("日志里有，表里没有。", "The log has it, the table does not.")
_UNTOLD = Text("日志里没有这一批的事实。", "The log has no event of this batch.")
_DIFFERS = Text("与日志中的事实不符。", "Not as the event in the log says.")
_KINDS = ("single", "pending", "post", "void", "expire")
_ACCOUNTS = ("debit__asset", "credit__asset", "pending__debit", "pending__credit", "batch", "hold")


def differences() -> Iterator[Wrong]:
    """Yield what of the book is not as the log says: each row by its code, with the column that was changed."""
    told = set(Event.objects.filter(type=_POSTED).values_list("pk", flat=True))
    totals: dict[int, Totals] = defaultdict(lambda: (0, 0, 0, 0))
    last = 0
    while page := list(Batch.objects.filter(pk__gt=last).order_by("pk")[:_AT_ONCE]):
        events = Event.objects.in_bulk([batch.event for batch in page])
        rows = _rows(page)
        for batch in page:
            told.discard(batch.event)
            yield from _batch(batch, events.get(batch.event), rows[batch.pk], totals)
        last = page[-1].pk
    for event in Event.objects.filter(pk__in=sorted(told)[:_AT_ONCE]):
        yield Wrong(event.subject.partition(":")[2], "batch", _LACKS)
    yield from _strays()
    yield from _holds()
    yield from _accounts(totals)
    yield from _assets()
    yield from _restraints()


def _rows(page: Sequence[Batch]) -> dict[int, list[Transfer]]:
    found: dict[int, list[Transfer]] = defaultdict(list)
    for row in Transfer.objects.filter(batch__in=page).select_related(*_ACCOUNTS).order_by("batch_id", "id"):
        found[row.batch_id].append(row)
    return found


def _batch(batch: Batch, event: Event | None, rows: list[Transfer], totals: dict[int, Totals]) -> Iterator[Wrong]:
    if event is None or event.type != _POSTED or event.subject != f"ledger.batch:{batch.code}":
        yield Wrong(batch.code, "code" if event and event.type == _POSTED else "event", _UNTOLD)
        return
    said = {"at": event.data["moment"], "rows": event.data["rows"], "root": event.data["root"]}
    stands = {"at": moment_text(batch.at), "rows": batch.rows, "root": bytes(batch.root).hex()}
    yield from (Wrong(batch.code, name, _DIFFERS) for name, value in said.items() if stands[name] != value)
    before = {}
    for row in rows:
        before[row.pk] = (totals[row.debit_id], totals[row.credit_id])
        for side in ("debit", "credit"):
            number = getattr(row, f"{side}_id")
            totals[number] = _after(row, side)
    case = Case(rows, event, before)
    if len(rows) != event.data["rows"]:
        yield Wrong(batch.code, "batch, debit, credit", Text("行数与日志不符。", "Not as many rows as the log says."))
        return
    yield from blamed(case)
    yield from _beside(case)


def _after(row: Transfer, side: str) -> Totals:
    a, b, c, d = (getattr(row, f"{side}_{name}") for name in SIDES)
    return a, b, c, d


def _beside(case: Case) -> Iterator[Wrong]:
    """Columns that no leaf covers, by what others tell: digest, key, asset, sides of resolutions, chains."""
    for row in case.rows:
        wrong = {
            "digest": digest_of(content_of(row)) != bytes(row.digest) and _whole(case),
            "key": not fits(row.code, codes_of(row), row.at),
            "asset": {row.asset_id} != {row.debit.asset_id, row.credit.asset_id},
            "kind": row.kind not in _KINDS,
            **_numbered(row),
            **_resolution(row),
        }
        yield from (Wrong(row.code, name, _DIFFERS) for name, holds in wrong.items() if holds)
    mark = case.event.data.get("chains", "-")
    chains = ["" if row.chain is None else str(row.chain) for row in case.rows]
    if mark not in ("-", mark_of([row.code for row in case.rows], chains)):
        yield Wrong(case.event.subject.partition(":")[2], "chain", _DIFFERS)


def _whole(case: Case) -> bool:
    """Whether the rows lead to the sealed root, so that a digest that differs was changed by itself."""
    return next(blamed(case), None) is None


def _numbered(row: Transfer) -> dict[str, bool]:
    """What is wrong with numbers that stand alone: a span has both ends or none."""
    first, last = row.first_serial is not None, row.last_serial is not None
    return {"first_serial": first and not last, "last_serial": last and not first}


def _resolution(row: Transfer) -> dict[str, bool]:
    """What is wrong with a row that resolves another: it moves between the same accounts the first of its numbers."""
    held = row.pending
    if held is None:
        return {}
    first = held.first_serial if row.kind == "post" else None
    last = None if first is None else first + row.amount - 1
    return {
        "debit": row.debit_id != held.debit_id,
        "credit": row.credit_id != held.credit_id,
        "first_serial": row.first_serial != first,
        "last_serial": row.last_serial != last,
        "due": row.due is not None,
    }


def _strays() -> Iterator[Wrong]:
    for row in Transfer.objects.exclude(batch__in=Batch.objects.all())[:_AT_ONCE]:
        yield Wrong(row.code, "batch", _UNTOLD)


def _holds() -> Iterator[Wrong]:
    """A hold says what its transfer says; its end is that of the row that resolved it, its day that of an event."""
    ends = {"post": "posted", "void": "voided", "expire": "expired"}
    done = dict(Transfer.objects.filter(pending__isnull=False).values_list("pending_id", "kind"))
    days = {
        event.data["transfer"]: (event.data["due"], event.data["basis"])
        for event in Event.objects.filter(type="ledger.hold.scheduled").order_by("pk")
    }
    for hold in Hold.objects.select_related("transfer").iterator(_AT_ONCE):
        row = hold.transfer
        due, basis = days.get(row.code, (row.due and moment_text(row.due), ""))
        wrong = {
            "debit": hold.debit_id != row.debit_id,
            "credit": hold.credit_id != row.credit_id,
            "amount": hold.amount != row.amount,
            "state": hold.state != ends.get(done.get(row.pk, ""), "open"),
            "due": (hold.due and moment_text(hold.due)) != due,
            "basis": hold.basis != basis,
        }
        yield from (Wrong(row.code, f"hold.{name}", _DIFFERS) for name, differs in wrong.items() if differs)


def _accounts(totals: Mapping[int, Totals]) -> Iterator[Wrong]:
    """Owner, asset, purpose, rule, scope and state of accounts as events tell them, totals as their last rows do."""
    opened = {event.subject: event for event in Event.objects.filter(type="ledger.account.opened")}
    states = {
        event.subject: event.data for event in Event.objects.filter(type="ledger.account.state_set").order_by("pk")
    }
    moved, bound = _last_moves(), _bound()
    for account in Account.objects.select_related("asset").iterator(_AT_ONCE):
        event = opened.pop(f"ledger.account:{account.code}", None)
        if event is None:
            yield Wrong(account.code, "code", Text("日志里没有开户的事实。", "The log has no event of its opening."))
            continue
        state = states.get(event.subject, {"state": "open", "reason": ""})
        wrong = {
            "owner": account.owner != event.data["owner"],
            "asset": account.asset.slug != event.data["asset"],
            "purpose": account.purpose != event.data["purpose"],
            "rule": account.rule != event.data["rule"],
            "unit": account.unit != event.unit,
            "offer": account.offer != event.offer,
            "state": account.state != state["state"],
            "state_reason": account.state_reason != state["reason"],
            "final": account.final != event.data.get("final", account.final),
            "engine": event.data.get("engine", "-") not in ("-", account.engine),
            "opened_at": abs((account.opened_at - event.at).total_seconds()) > _APART,
            "moved_at": account.moved_at != moved.get(account.pk, account.opened_at),
            "restrained": account.restrained != bound.get(account.pk, 0),
            **_totals(account, totals[account.pk]),
        }
        yield from (Wrong(account.code, name, _DIFFERS) for name, differs in wrong.items() if differs)
    yield from (Wrong(subject.partition(":")[2], "account", _LACKS) for subject in opened)


def _last_moves() -> dict[int, datetime]:
    """The moment of the latest transfer of each account that has any."""
    found: dict[int, datetime] = {}
    for side in ("debit_id", "credit_id"):
        for account, at in Transfer.objects.values_list(side).annotate(at=Max("at")).order_by():
            found[account] = max(at, found.get(account, at))
    return found


def _bound() -> dict[int, int]:
    """What running freezes and pledges bind of each account that has any."""
    rows = Restraint.objects.filter(released_at=None).values_list("account_id").annotate(amount=Sum("amount"))
    return dict(rows.order_by())


def _totals(account: Account, last: Totals) -> dict[str, bool]:
    names = ("debits_posted", "credits_posted", "debits_pending", "credits_pending")
    return {name: getattr(account, name) != value for name, value in zip(names, last, strict=True)}


def _assets() -> Iterator[Wrong]:
    told = {event.data["slug"]: event.data for event in Event.objects.filter(type="ledger.asset.registered")}
    for asset in Asset.objects.all():
        body = told.pop(asset.slug, None)
        if body is None:
            yield Wrong(asset.slug, "slug", Text("日志里没有这种资产。", "The log has no such asset."))
            continue
        wrong = {"kind": asset.kind != body["kind"], "serial": asset.serial != body["serial"]}
        yield from (Wrong(asset.slug, name, _DIFFERS) for name, differs in wrong.items() if differs)
    yield from (Wrong(slug, "asset", _LACKS) for slug in told)


def _restraints() -> Iterator[Wrong]:
    """Freezes and pledges, and their ends, are those that events tell: as many of each, word for word."""
    rows = list(Restraint.objects.select_related("account").order_by("pk"))
    names = ("kind", "account", "amount", "serials", "beneficiary", "reason")
    told = Counter(
        (event.actor, *(event.data[name] for name in names))
        for event in Event.objects.filter(type="ledger.restraint.set")
    )
    ended = Counter(
        (event.actor, *(event.data[name] for name in ("kind", "account", "amount", "reason")))
        for event in Event.objects.filter(type="ledger.restraint.lifted")
    )
    for row in rows:
        span = f"{row.first_serial}-{row.last_serial}" if row.first_serial else ""
        said = (row.by, row.kind, row.account.code, row.amount, span, row.beneficiary, row.reason)
        told[said] -= 1
        if told[said] < 0:
            yield Wrong(row.code, "restraint", _DIFFERS)
        if row.released_at is not None:
            end = (row.released_by, row.kind, row.account.code, row.amount, row.release_reason)
            ended[end] -= 1
            if ended[end] < 0:
                yield Wrong(row.code, "restraint.released", _DIFFERS)
    for left, word in ((told, "restraint"), (ended, "restraint.released")):
        yield from (Wrong(str(said[2]), word, _LACKS) for said, count in left.items() if count > 0)


_APART = 60.0  # seconds between the moment of a row and that of its event, which one transaction writes

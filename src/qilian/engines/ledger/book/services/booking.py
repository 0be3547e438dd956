"""Verbs that write transfers: a batch of them in one path, and the single ones as batches of one."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from qilian.core.house.principal import Principal, internal
from qilian.core.log.events.api import emit
from qilian.core.values import clock
from qilian.core.values.money import Money
from qilian.core.values.text import Ref, public_code
from qilian.engines.ledger.book import store
from qilian.engines.ledger.book.collector import gc_paused
from qilian.engines.ledger.book.drafting import PreparedBatch, drafted
from qilian.engines.ledger.book.entries import Booked, Capture, Entry, Void, Wanted
from qilian.engines.ledger.book.events import BatchPosted, Tally
from qilian.engines.ledger.book.kernel import PASSED, Outcome, Row, apply, leaves_of, mark_of, refusal_of, root_of
from qilian.engines.ledger.book.models import Account, Hold
from qilian.engines.ledger.book.rights import POST, require_on

from .follow import stop_clocks

_made = tuple.__new__  # a named tuple's own constructor takes twice as long
GROUP = Principal("system", code="ledger.group", name="成组记账 Group commit")


class Terms(NamedTuple):
    """How a batch is booked: whole or what can be, by an engine's rule or not, its clause and offer, who wants each.

    `checked` says that the rights of everybody were looked at before.
    """

    whole: bool = False
    engine: str = ""
    checked: bool = False
    clause: str = ""
    offer: str = ""
    actors: Sequence[str] = ()


@internal("engines and bulk/programs.py book many at once; a person books one by a voucher")
@transaction.atomic
def post(
    *, actor: Principal, entries: Sequence[Wanted], engine: str = "", clause: str = "", offer: str = ""
) -> tuple[Booked, ...]:
    """Book transfers, all of them or none; return an answer for each, `ok` or (written before) `exists`.

    Who pays must own the debit account or hold `ledger.post` on its offer or unit; who resolves a hold, the same on
    its credit account. An engine whose own rule decided gives its name, which pages and programs never do: accounts of
    an engine move only so, and keys count among its own. Refusals: `grants.denied`; `ledger.<code>` of
    the first transfer that fails (kernel/codes.py), `where` its key or place; `ledger.text`.
    """
    with gc_paused(len(entries)):
        return _book(actor, entries, Terms(True, engine, False, clause, offer))


@internal("a sweep or import books what can be booked and is told the rest")
@transaction.atomic
def submit(
    *, actor: Principal, entries: Sequence[Wanted], engine: str = "", clause: str = "", offer: str = ""
) -> tuple[Booked, ...]:
    """Book those transfers that can be booked; linked ones together or not at all. The answers say why others failed.

    Rights as for `post`. Refusals: `grants.denied`, `ledger.pending_not_found`, `ledger.text`; rules of the book
    refuse by result code.
    """
    with gc_paused(len(entries)):
        return _book(actor, entries, Terms(False, engine, False, clause, offer))


@internal("engines hold by their own rules; a person's hold is a voucher that is pending")
def hold(
    *,
    actor: Principal,
    debit: Account,
    credit: Account,
    amount: int,
    due: datetime | None = None,
    key: str = "",
    cause: Ref | None = None,
    words: str = "",
    engine: str = "",
) -> Booked:
    """Keep an amount of the debit account for the credit account until it is captured, voided or due.

    Refusals: `grants.denied`, `ledger.exceeds_credits`, `ledger.due_not_later`, and the others of `post`.
    """
    entry = Entry(debit=debit, credit=credit, amount=amount, key=key, pending=True, due=due, cause=cause, words=words)
    return post(actor=actor, entries=[entry], engine=engine)[0]


def capture(
    *,
    actor: Principal,
    hold: str,
    amount: int | None = None,
    key: str = "",
    cause: Ref | None = None,
    words: str = "",
    engine: str = "",
) -> Booked:
    """Take what a hold (its code) keeps, all or an amount of it; the rest goes back to the payer at once.

    Without a key a second call is refused, with the same key it gets the same answer. Refusals: `grants.denied`,
    `ledger.pending_not_found`, `ledger.pending_already_posted` (…`_voided`, …`_expired`), `ledger.pending_is_over`,
    `ledger.exceeds_pending`.
    """
    entry = Capture(hold=hold, amount=amount, key=key, cause=cause, words=words)
    return post(actor=actor, entries=[entry], engine=engine)[0]


def void(
    *, actor: Principal, hold: str, key: str = "", cause: Ref | None = None, words: str = "", engine: str = ""
) -> Booked:
    """Give a hold (its code) back to the payer, all of it. Refusals as for `capture`."""
    entry = Void(hold=hold, key=key, cause=cause, words=words)
    return post(actor=actor, entries=[entry], engine=engine)[0]


@transaction.atomic
def submit_for(wanted: Sequence[tuple[Principal, Wanted]]) -> tuple[Booked, ...]:
    """Book single transfers of several people in one batch (group commit); their rights were checked."""
    entries = [each for _, each in wanted]
    actors = [actor.ref for actor, _ in wanted]
    return _book(GROUP, entries, Terms(checked=True, actors=actors))


def check_rights(actor: Principal, wanted: Sequence[Wanted]) -> None:
    """Refuse whoever may not pay from the debit accounts, or resolve the holds, of what he wants: `grants.denied`."""
    if actor.is_system:
        return
    require_on(actor, POST, {each.debit for each in wanted if isinstance(each, Entry)}, own=True)
    holds = [each.hold for each in wanted if not isinstance(each, Entry)]
    if holds:
        require_on(actor, POST, [row.credit for row in Hold.objects.filter(transfer__code__in=holds)], own=True)


def _book(actor: Principal, wanted: Sequence[Wanted], terms: Terms) -> tuple[Booked, ...]:
    """The one path into the book: draft, lock and load, let the kernel decide, save, tell."""
    if not (terms.engine or terms.checked):
        check_rights(actor, wanted)
    now, pending = clock.now(), store.pendings([each.hold for each in wanted if not isinstance(each, Entry)])
    draft = drafted(wanted, pending, now, terms.engine)
    opened = store.opened(accounts=sorted(draft.numbers), keys=draft.given, holds=pending, spans=draft.spans, now=now)
    outcome = apply(opened.state, draft.commands, opened.at, terms.engine)
    if terms.whole:
        _refuse_first(outcome, draft)
    if outcome.rows:
        _save(actor, store.Sheet(opened, draft, pending, terms.actors or [actor.ref] * len(wanted)), outcome, terms)
    codes = [command.key for command in draft.commands]
    return tuple([_made(Booked, answer) for answer in zip(codes, draft.keys, outcome.codes, strict=True)])


def _refuse_first(outcome: Outcome, draft: PreparedBatch) -> None:
    for place, code in enumerate(outcome.codes):
        if code not in PASSED and code != "linked_event_failed":
            raise refusal_of(code, draft.keys[place] or str(place + 1))


def _save(actor: Principal, sheet: store.Sheet, outcome: Outcome, terms: Terms) -> None:
    rows, opened, code = outcome.rows, sheet.opened, public_code()
    leaves = leaves_of(rows, opened.at, [sheet.actors[row.place] for row in rows])
    root, tallies = root_of(leaves.hashes), _tallies(rows, opened)
    event = emit(
        BatchPosted(opened.at, len(rows), root, tallies, *_marks(rows, sheet.draft)),
        actor=actor,
        subject=Ref("ledger.batch", code),
        clause=terms.clause,
        offer=terms.offer,
        money=_money(tallies, opened),
    )
    store.write(rows, sheet, leaves, store.Head(code, root, event.pk), outcome.totals)
    if any(tally.kind != "single" for tally in tallies):
        store.write_holds(rows, sheet.pending)
        stop_clocks(actor, [row.command.pending for row in rows if row.command.pending])
    for asset, after in outcome.pieces.items():
        store.write_pieces(asset, opened.state.pieces[asset], after)


def _marks(rows: Sequence[Row], draft: PreparedBatch) -> tuple[str, str, str]:
    """The hashes of the columns cause, words and chain."""
    codes, about = [row.command.key for row in rows], [draft.about[row.place] for row in rows]
    chains = [draft.chains[row.place] for row in rows]
    written = ["" if chain is None else str(chain) for chain in chains]
    return (
        mark_of(codes, [cause for cause, _ in about]),
        mark_of(codes, [said for _, said in about]),
        mark_of(codes, written),
    )


def _tallies(rows: Sequence[Row], opened: store.Opened) -> tuple[Tally, ...]:
    accounts, amounts = opened.state.accounts, defaultdict[tuple[int, str], list[int]](list)
    for row in rows:
        amounts[accounts[row.debit].asset, row.command.kind].append(row.amount)
    return tuple(
        Tally(opened.assets[asset][0], kind, len(each), sum(each)) for (asset, kind), each in sorted(amounts.items())
    )


def _money(tallies: Sequence[Tally], opened: store.Opened) -> Money | None:
    """What a batch of yuan posted, in fen, as the event's measure; nothing when it moved anything else as well."""
    if {slug for slug, _ in opened.assets.values()} != {"cny"}:
        return None
    return Money(sum(tally.amount for tally in tallies if tally.kind in ("single", "post")))

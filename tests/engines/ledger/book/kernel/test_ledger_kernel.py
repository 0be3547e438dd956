"""The book's rules by hand-made cases: every result code, two-phase transfers, chains, serial numbers, restraints."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest

from qilian.core.values.merkle.api import leaf_hash, node_hash
from qilian.core.values.text import codes_in_order
from qilian.engines.ledger.book.kernel import (
    MOST,
    Account,
    Command,
    Content,
    Hold,
    Line,
    Piece,
    Row,
    Span,
    State,
    Totals,
    apply,
    code_of,
    content_text,
    digest_of,
    fits,
    leaf_of,
    mark_of,
    out_of_balance,
    refusal_of,
    replay,
    restraining,
    root_of,
    serials,
)
from qilian.engines.ledger.book.kernel.book import LONGEST

AT, HOUR = datetime(2026, 3, 2, 1, tzinfo=UTC), timedelta(hours=1)
WORLD, ALICE, BOB, CLERK, OTHER = 1, 2, 3, 4, 5
START = State(
    {
        WORLD: Account(WORLD, 1, "free"),
        ALICE: Account(ALICE, 1, totals=Totals(credits_posted=100)),
        BOB: Account(BOB, 1),
        CLERK: Account(CLERK, 1, "credits_within_debits", totals=Totals(debits_posted=40)),
        OTHER: Account(OTHER, 2),
    }
)


def move(key: str, debit: int, credit: int, amount: int, **more: object) -> Command:
    digest = sha256(repr((debit, credit, amount)).encode()).digest()
    return Command(key, digest, debit, credit, amount)._replace(**more)  # type: ignore[arg-type] # fields by name


def resolve(key: str, kind: str, pending: str, amount: int = 0) -> Command:
    return Command(
        key, sha256(repr((kind, pending, amount)).encode()).digest(), amount=amount, kind=kind, pending=pending
    )  # type: ignore[arg-type] # one of the kinds


def codes(*commands: Command, state: State = START, at: datetime = AT) -> list[str]:
    return list(apply(state, commands, at).codes)


def test_a_transfer_moves_and_what_is_not_there_does_not() -> None:
    outcome = apply(START, [move("a", ALICE, BOB, 60), move("b", ALICE, BOB, 41), move("c", ALICE, BOB, 40)], AT)
    assert outcome.codes == ("ok", "exceeds_credits", "ok")
    assert outcome.state.accounts[ALICE].totals == Totals(debits_posted=100, credits_posted=100)
    assert outcome.state.accounts[BOB].totals == Totals(credits_posted=100)
    assert [(row.place, row.amount, row.debit_after.balance, row.credit_after.balance) for row in outcome.rows] == [
        (0, 60, 40, 60),
        (2, 40, 0, 100),
    ]
    assert outcome.totals == {number: outcome.state.accounts[number].totals for number in (ALICE, BOB)}
    assert START.accounts[ALICE].totals.balance == 100, "the state given stays as it is"


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (move("a", 9, BOB, 1), "account_not_found"),
        (move("a", ALICE, 9, 1), "account_not_found"),
        (move("a", ALICE, ALICE, 1), "accounts_same"),
        (move("a", ALICE, OTHER, 1), "assets_differ"),
        (move("a", ALICE, BOB, 0), "amount_not_positive"),
        (move("a", WORLD, ALICE, MOST), "amount_too_large"),
        (move("a", WORLD, BOB, MOST + 1), "amount_too_large"),
        (move("a", WORLD, BOB, MOST), "ok"),
        (move("a", ALICE, CLERK, 41), "exceeds_debits"),
        (move("a", ALICE, CLERK, 40), "ok"),
        (move("a", CLERK, ALICE, 7), "ok"),
        (move("a", ALICE, BOB, 100), "ok"),
        (move("a", ALICE, BOB, 101), "exceeds_credits"),
        (move("a", ALICE, BOB, 1, kind="pending", due=AT), "due_not_later"),
        (move("a", ALICE, BOB, 1, serials=Span(1, 1)), "serials_unwanted"),
        (resolve("a", "void", "none"), "pending_not_found"),
    ],
)
def test_each_single_command_gets_its_code(command: Command, code: str) -> None:
    outcome = apply(START, [command], AT)
    assert outcome.codes == (code,)
    assert bool(outcome.rows) == (code == "ok")


@pytest.mark.parametrize(
    ("number", "change", "command", "code"),
    [
        (ALICE, {"state": "no_pay"}, move("a", ALICE, BOB, 1), "account_pays_nothing"),
        (ALICE, {"state": "no_pay"}, move("a", WORLD, ALICE, 1), "ok"),
        (ALICE, {"state": "closed"}, move("a", WORLD, ALICE, 1), "account_closed"),
        (ALICE, {"state": "closed"}, move("a", ALICE, BOB, 1), "account_closed"),
        (ALICE, {"final": True}, move("a", ALICE, BOB, 1), "account_pays_nothing"),
        (ALICE, {"totals": Totals(credits_posted=100, restrained=30)}, move("a", ALICE, BOB, 71), "exceeds_credits"),
        (ALICE, {"totals": Totals(credits_posted=100, restrained=30)}, move("a", ALICE, BOB, 70), "ok"),
        (ALICE, {"totals": Totals(credits_posted=9, debits_pending=9)}, move("a", ALICE, BOB, 1), "exceeds_credits"),
        (CLERK, {"totals": Totals(debits_posted=9, credits_pending=9)}, move("a", ALICE, CLERK, 1), "exceeds_debits"),
    ],
)
def test_states_and_restraints_of_accounts_count(
    number: int, change: dict[str, object], command: Command, code: str
) -> None:
    changed = replace(START.accounts[number], **change)  # type: ignore[arg-type] # fields by name
    assert codes(command, state=State({**START.accounts, number: changed})) == [code]


def test_same_key_and_content_is_one_transfer_and_other_content_a_conflict() -> None:
    assert codes(move("a", ALICE, BOB, 5), move("a", ALICE, BOB, 5), move("a", ALICE, BOB, 6)) == [
        "ok",
        "exists",
        "key_reused",
    ]
    later = apply(START, [move("a", ALICE, BOB, 5)], AT).state
    assert codes(move("a", ALICE, BOB, 5), state=later) == ["exists"]
    assert codes(move("a", BOB, ALICE, 5), state=later) == ["key_reused"]


def test_a_hold_is_posted_in_part_and_the_rest_comes_back() -> None:
    held = apply(START, [move("h", ALICE, BOB, 80, kind="pending")], AT)
    assert held.state.accounts[ALICE].totals == Totals(credits_posted=100, debits_pending=80)
    assert held.state.accounts[BOB].totals == Totals(credits_pending=80)
    assert held.state.accounts[ALICE].totals.available == 20
    assert held.state.holds == {"h": Hold(ALICE, BOB, 80)}
    done = apply(held.state, [resolve("p", "post", "h", 50)], AT)
    assert done.state.accounts[ALICE].totals == Totals(debits_posted=50, credits_posted=100)
    assert done.state.accounts[BOB].totals == Totals(credits_posted=50)
    assert [(row.amount, row.released) for row in done.rows] == [(50, 80)]
    again = [resolve("q", "post", "h", 1), resolve("r", "void", "h"), resolve("s", "expire", "h")]
    assert codes(*again, state=done.state) == ["pending_already_posted"] * 3


@pytest.mark.parametrize(
    ("command", "hours", "code"),
    [
        (resolve("r", "post", "h", 81), 0, "exceeds_pending"),
        (resolve("r", "post", "h", 80), 0, "ok"),
        (resolve("r", "post", "h", 0), 0, "amount_not_positive"),
        (resolve("r", "post", "h", 1), 24, "pending_is_over"),
        (resolve("r", "post", "h", 1), 23, "ok"),
        (resolve("r", "void", "h"), 0, "ok"),
        (resolve("r", "void", "h"), 48, "ok"),
        (resolve("r", "expire", "h"), 23, "pending_not_due"),
        (resolve("r", "expire", "h"), 24, "ok"),
    ],
)
def test_a_hold_with_a_day_is_resolved_in_time(command: Command, hours: int, code: str) -> None:
    held = apply(START, [move("h", ALICE, BOB, 80, kind="pending", due=AT + timedelta(days=1))], AT).state
    assert codes(command, state=held, at=AT + timedelta(hours=hours)) == [code]


def test_a_hold_without_a_day_never_expires() -> None:
    held = apply(START, [move("h", ALICE, BOB, 80, kind="pending")], AT).state
    assert codes(resolve("r", "expire", "h"), state=held, at=AT + timedelta(days=9999)) == ["pending_not_due"]


@pytest.mark.parametrize(("kind", "state"), [("void", "voided"), ("expire", "expired")])
def test_what_is_given_back_is_whole_again(kind: str, state: str) -> None:
    held = apply(START, [move("h", ALICE, BOB, 80, kind="pending", due=AT + timedelta(1))], AT).state
    after = apply(held, [resolve("r", kind, "h")], AT + timedelta(2))
    assert {n: each.totals for n, each in after.state.accounts.items()} == {
        n: each.totals for n, each in START.accounts.items()
    }
    assert after.state.holds["h"].state == state
    assert codes(resolve("x", "void", "h"), state=after.state) == [f"pending_already_{state}"]


def test_a_chain_happens_whole_or_not_at_all() -> None:
    chain = [
        move("a", ALICE, BOB, 60, linked=True),
        move("b", BOB, CLERK, 41, linked=True),
        move("c", ALICE, BOB, 1),
        move("d", ALICE, BOB, 100),
    ]
    outcome = apply(START, chain, AT)
    assert outcome.codes == ("linked_event_failed", "exceeds_debits", "linked_event_failed", "ok")
    assert outcome.state.accounts[BOB].totals == Totals(credits_posted=100)
    assert set(outcome.state.known) == {"d"}
    whole = apply(START, [move("a", ALICE, BOB, 60, linked=True), move("b", BOB, ALICE, 60)], AT)
    assert whole.codes == ("ok", "ok")
    assert codes(move("a", ALICE, BOB, 60, linked=True), move("b", BOB, ALICE, 60), state=whole.state) == ["exists"] * 2


def test_a_failed_chain_leaves_holds_and_numbers_as_they_were() -> None:
    state = numbered()
    chain = [
        move("h", ALICE, BOB, 3, kind="pending", serials=Span(4, 6), linked=True),
        resolve("p", "post", "h", 2),
    ]
    chain[1] = chain[1]._replace(linked=True)
    outcome = apply(state, [*chain, move("x", ALICE, ALICE, 1)], AT)
    assert outcome.codes == ("linked_event_failed", "linked_event_failed", "accounts_same")
    assert outcome.state == state and outcome.rows == ()


def test_a_chain_that_never_ends_fails() -> None:
    assert codes(move("a", ALICE, BOB, 1, linked=True), move("b", ALICE, BOB, 1, linked=True)) == [
        "linked_event_failed",
        "linked_chain_open",
    ]
    assert codes(move("a", ALICE, BOB, 1), move("b", ALICE, BOB, 1, linked=True)) == ["ok", "linked_chain_open"]


def numbered() -> State:
    """Alice holds numbers 1 to 10."""
    accounts = {
        WORLD: Account(WORLD, 1, "free", serial=True),
        ALICE: Account(ALICE, 1, serial=True, totals=Totals(credits_posted=10)),
        BOB: Account(BOB, 1, serial=True),
        CLERK: Account(CLERK, 1, "free", serial=True),
    }
    return State(accounts, pieces={1: (Piece(1, 10, ALICE),)})


@pytest.mark.parametrize(
    ("command", "code", "pieces"),
    [
        (move("a", ALICE, BOB, 3), "serials_missing", None),
        (move("a", ALICE, BOB, 3, serials=Span(4, 5)), "serials_count", None),
        (move("a", ALICE, BOB, 2, serials=Span(0, 1)), "serials_count", None),
        (move("a", ALICE, BOB, 2, serials=Span(10, 11)), "serials_not_held", None),
        (
            move("a", ALICE, BOB, 3, serials=Span(4, 6)),
            "ok",
            (Piece(1, 3, ALICE), Piece(4, 6, BOB), Piece(7, 10, ALICE)),
        ),
        (
            move("a", ALICE, BOB, 2, kind="pending", serials=Span(1, 2)),
            "ok",
            (Piece(1, 2, ALICE, "a"), Piece(3, 10, ALICE)),
        ),
        (move("a", WORLD, BOB, 1, serials=Span(10, 10)), "serials_taken", None),
        (move("a", WORLD, ALICE, 2, serials=Span(11, 12)), "ok", (Piece(1, 12, ALICE),)),
        (move("a", WORLD, ALICE, 2, kind="pending", serials=Span(11, 12)), "serials_not_held", None),
        (move("a", WORLD, CLERK, 2, serials=Span(11, 12)), "serials_not_held", None),
        (move("a", ALICE, WORLD, 4, serials=Span(7, 10)), "ok", (Piece(1, 6, ALICE),)),
    ],
)
def test_numbers_are_issued_once_moved_and_cancelled(
    command: Command, code: str, pieces: tuple[Piece, ...] | None
) -> None:
    outcome = apply(numbered(), [command], AT)
    assert outcome.codes == (code,)
    assert outcome.state.pieces[1] == (pieces or (Piece(1, 10, ALICE),))


def test_numbers_on_hold_go_first_ones_first() -> None:
    held = apply(numbered(), [move("h", ALICE, BOB, 4, kind="pending", serials=Span(3, 6))], AT).state
    assert codes(move("x", ALICE, BOB, 1, serials=Span(6, 6)), state=held) == ["serials_not_held"]
    posted = apply(held, [resolve("p", "post", "h", 3)], AT)
    assert posted.state.pieces[1] == (Piece(1, 2, ALICE), Piece(3, 5, BOB), Piece(6, 10, ALICE))
    assert posted.rows[0].serials == Span(3, 5)
    voided = apply(held, [resolve("v", "void", "h")], AT)
    assert voided.state.pieces[1] == (Piece(1, 10, ALICE),)
    assert voided.rows[0].serials is None


def test_pieces_are_found_cut_and_joined() -> None:
    pieces = (Piece(1, 3, ALICE), Piece(4, 6, BOB), Piece(8, 9, ALICE))
    assert serials.within(pieces, Span(3, 4)) == [Piece(1, 3, ALICE), Piece(4, 6, BOB)]
    assert not serials.held(pieces, Span(3, 4), ALICE, "") and serials.held(pieces, Span(1, 3), ALICE, "")
    assert serials.take(pieces, Span(2, 8)) == (Piece(1, 1, ALICE), Piece(9, 9, ALICE))
    assert serials.joined([Piece(4, 5, BOB, "x"), Piece(1, 3, BOB)]) == (Piece(1, 3, BOB), Piece(4, 5, BOB, "x"))


@pytest.mark.parametrize(
    ("change", "amount", "span", "code"),
    [
        ({}, 0, None, "amount_not_positive"),
        ({}, 100, None, None),
        ({}, 101, None, "exceeds_credits"),
        ({"totals": Totals(credits_posted=100, debits_pending=50, restrained=20)}, 31, None, "exceeds_credits"),
        ({"state": "closed"}, 1, None, "account_closed"),
        ({"rule": "free"}, 1, None, "exceeds_credits"),
        ({}, 1, Span(1, 1), "serials_unwanted"),
        ({"serial": True}, 1, None, "serials_missing"),
        ({"serial": True}, 2, Span(1, 1), "serials_count"),
        ({"serial": True}, 2, Span(10, 11), "serials_not_held"),
        ({"serial": True}, 2, Span(9, 10), None),
    ],
)
def test_only_what_is_there_and_free_is_frozen(
    change: dict[str, object], amount: int, span: Span | None, code: str | None
) -> None:
    account = replace(START.accounts[ALICE], **change)  # type: ignore[arg-type] # fields by name
    assert restraining.wrong(account, amount, span, (Piece(1, 10, ALICE),)) == code
    assert restraining.changed(Totals(restrained=5), -5) == Totals()


def test_a_code_is_the_first_128_bits_of_the_keys_hash() -> None:
    number = int.from_bytes(sha256(b"ledger.banking\x1finvoice 7").digest()[:16]) << 2  # 130 bits, 26 fives
    written = "".join("0123456789abcdefghjkmnpqrstvwxyz"[(number >> 5 * place) & 31] for place in reversed(range(26)))
    assert code_of("invoice 7", "ledger.banking") == written and len(written) == 26
    assert code_of("invoice 7", "another") != written, "a key counts within its space"


def test_an_account_of_an_engine_moves_only_through_it() -> None:
    """Neither side may belong to another engine, whatever is wanted; what is due goes back all the same."""
    theirs = replace(START.accounts[ALICE], engine="ledger.banking")
    state = replace(START, accounts={**START.accounts, ALICE: theirs})
    pay = Command("p", b"", ALICE, BOB, 1)
    take = Command("t", b"", BOB, ALICE, 1)

    def told(*commands: Command, engine: str = "", on: State = state) -> tuple[str, ...]:
        return apply(on, commands, AT, engine).codes

    assert told(pay) == told(take) == ("account_of_engine",)
    assert told(pay, engine="ledger.budgets") == ("account_of_engine",)
    assert told(pay, engine="ledger.banking") == ("ok",)
    held = apply(state, [Command("h", b"", ALICE, BOB, 1, "pending", due=AT + HOUR)], AT, "ledger.banking").state
    for kind in ("post", "void"):
        ends = Command("e", b"", amount=1, kind=kind, pending="h")  # type: ignore[arg-type] # a kind
        assert told(ends, on=held) == ("account_of_engine",)
        assert told(ends, on=held, engine="ledger.banking") == ("ok",)
    assert apply(held, [Command("e", b"", kind="expire", pending="h")], AT + HOUR).codes == ("ok",)


def test_a_hold_is_due_within_a_hundred_years() -> None:
    far = Command("f", b"", ALICE, BOB, 1, "pending", due=AT + LONGEST + HOUR)
    assert apply(START, [far], AT).codes == ("due_too_far",)
    assert apply(START, [far._replace(due=AT + LONGEST)], AT).codes == ("ok",)


def test_a_code_fits_its_key_or_without_one_its_moment() -> None:
    (made,) = codes_in_order(1, AT)
    mine, spaces = code_of("invoice 7", "payer"), ("hold", "payer")
    assert fits(mine, "invoice 7", AT, spaces) and not fits(mine, "invoice 8", AT, spaces)
    assert not fits(mine, "invoice 7", AT, ("hold",)), "a key counts within its space"
    assert fits(made, "", AT, ()) and fits(made, "", AT + timedelta(days=1), ())
    assert not fits(made, "", AT - timedelta(milliseconds=1), ()), "no row is older than its code"
    assert not fits(made, "", AT + timedelta(days=400), ()) and not fits(made, "invoice 7", AT, spaces)
    assert not fits(mine, "", AT, spaces), "a key that was taken away is missed"
    assert not fits("il" + made[2:], "", AT, ()), "these letters stand in no code"


def test_a_column_has_a_mark_that_its_order_and_its_codes_are_part_of() -> None:
    assert mark_of(["a", "b"], ["", ""]) == "" == mark_of([], [])
    assert mark_of(["a", "b"], ["x", ""]) == sha256(b"a\x1fx\x1eb\x1f").hexdigest()
    marks = {mark_of(codes, said) for codes in (["a", "b"], ["b", "a"]) for said in (["x", ""], ["", "x"], ["x", "x"])}
    assert len(marks) == 6


def test_what_a_transfer_says_is_written_word_for_word() -> None:
    content = Content("post", "", "", 5, "held", None, None, "x:1", "words")
    assert content_text(content) == "post\x1f\x1f\x1f5\x1fheld\x1f\x1f\x1fx:1\x1fwords"


def test_the_hash_of_content_covers_every_field() -> None:
    content = Content("pending", "aa", "bb", 5, "", AT, Span(1, 5), "x:1", "words")
    fields = ("pending", "aa", "bb", "5", "", "2026-03-02T01:00:00+00:00", "1-5", "x:1", "words")
    assert digest_of(content) == sha256("\x1f".join(fields).encode()).digest()
    plain = content._replace(due=None, serials=None)
    assert (
        digest_of(plain)
        == sha256("\x1f".join(("pending", "aa", "bb", "5", "", "", "", "x:1", "words")).encode()).digest()
    )


def test_the_leaf_covers_moment_actor_and_totals_and_the_root_all_leaves() -> None:
    command = Command("aa", b"\x01" * 32)
    row = Row(command, ALICE, BOB, 5, 3, None, Totals(1, 2, 3, 4, 9), Totals(5, 6, 7, 8, 9), 0)
    leaf = leaf_of(row, AT, "system:house")
    text = "\x1f".join(("aa", "01" * 32, "2026-03-02T01:00:00+00:00", "system:house", "3", "1,2,3,4,5,6,7,8"))
    assert leaf == leaf_hash(text.encode())
    assert root_of([leaf, leaf, leaf]) == node_hash(node_hash(leaf, leaf), leaf)


def test_replay_adds_up_the_rows() -> None:
    lines = [
        Line("single", 1, 2, 10, 0),
        Line("pending", 2, 3, 4, 0),
        Line("post", 2, 3, 3, 4),
        Line("void", 2, 3, 0, 4),
    ]
    assert replay(lines[:3]) == {1: Totals(10), 2: Totals(3, 10), 3: Totals(0, 3)}
    assert replay([*lines[:2], lines[3]]) == {1: Totals(10), 2: Totals(0, 10), 3: Totals()}


def test_the_sides_of_an_asset_are_equal_or_named() -> None:
    sound = [("cny", Totals(5, 0, 1, 0)), ("cny", Totals(0, 5, 0, 1))]
    assert out_of_balance(sound) == {}
    assert out_of_balance([*sound, ("cny", Totals(1, 0, 0, 2)), ("x", Totals(0, 1))]) == {"cny": (1, -2), "x": (-1, 0)}


def test_a_refusal_says_what_where_and_what_to_do() -> None:
    refusal = refusal_of("exceeds_credits", "k7")
    assert (refusal.code, refusal.where) == ("ledger.exceeds_credits", "k7")
    assert refusal.remedy and refusal.remedy.en and refusal.message.zh
    assert refusal_of("accounts_same", "1").remedy

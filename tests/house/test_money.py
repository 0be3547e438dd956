"""Who writes money: the few places that move accounts by an engine's rule, and the rights that reach each verb."""

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping

import django
from tests.house.source import SRC, module_name

from qilian.core.offers.resource.api import Operation, resources

django.setup()
BOOK = "qilian.engines.ledger.book"
WRITING = frozenset(("post", "submit", "hold", "capture", "void", "schedule_return", "pledge", "lift"))
"""The verbs of the book that move, hold or bind an amount, and take the name of an engine instead of a right."""

PLACES = {
    "qilian.engines.ledger.banking.services.accounts._post_opening": "ledger.banking",
    "qilian.engines.ledger.banking.services.orders._post": "ledger.banking",
    "qilian.engines.ledger.banking.services.receipts.record_receipt": "ledger.banking",
    "qilian.engines.ledger.banking.services.resolutions._post": "ledger.banking",
    "qilian.engines.ledger.budgets.services.common.make": "ledger.budgets",
    "qilian.engines.ledger.holds.services._give_back": "ledger.holds",
}
"""Every place outside the book that moves accounts by an engine's own rule; each new one is argued about here."""

RIGHTS: Mapping[str, str | set[str]] = {
    "adjust": "budgets.propose",
    "appropriate": "budgets.appropriate",
    "approve": {"banking.approve", "budgets.approve"},
    "capture": "ledger.post",
    "close_year": "budgets.propose",
    "commit": "budgets.commit",
    "freeze": "ledger.freeze",
    "lift": "ledger.freeze",
    "pay": "budgets.pay",
    "pledge": "ledger.post",
    "record_receipt": "banking.receive",
    "release": "budgets.commit",
    "release_orders": "banking.release",
    "schedule_return": "ledger.post",
    "transfer": "ledger.post",
    "void": "ledger.post",
}
"""What reaches a verb that moves or binds money; `adjust` and `close_year` propose, another person approves."""
PARTS = tuple(f"qilian.engines.ledger.{part}." for part in ("banking", "book", "budgets", "holds"))


def writers() -> Iterator[tuple[str, str]]:
    """Each function outside the book that calls one of its writing verbs by an engine's name, with its part."""
    for path in sorted((SRC / "qilian").rglob("*.py")):
        module = module_name(path)
        if not module.startswith(BOOK):
            yield from writers_in(module, ast.parse(path.read_text(encoding="utf-8")))


def writers_in(module: str, tree: ast.Module) -> Iterator[tuple[str, str]]:
    imported = {
        name.asname or name.name
        for each in ast.walk(tree)
        if isinstance(each, ast.ImportFrom) and (each.module or "").startswith(BOOK)
        for name in each.names
        if name.name in WRITING
    }
    for function in [each for each in ast.walk(tree) if isinstance(each, ast.FunctionDef | ast.Lambda)]:
        for call in [each for each in ast.walk(function) if isinstance(each, ast.Call)]:
            named = isinstance(call.func, ast.Name) and call.func.id in imported
            if named and any(word.arg in ("engine", None) for word in call.keywords):
                yield f"{module}.{getattr(function, 'name', 'lambda')}", ".".join(module.split(".")[2:4])


def test_accounts_are_moved_by_an_engines_rule_in_few_places() -> None:
    assert dict(writers()) == PLACES


def test_a_new_place_is_caught() -> None:
    planted = (
        f"from {BOOK}.api import post\ndef quietly(me):\n    post(actor=me, entries=[], engine='ledger.budgets')\n"
    )
    assert list(writers_in("qilian.engines.casework.fees", ast.parse(planted))) == [
        ("qilian.engines.casework.fees.quietly", "casework.fees")
    ]


def test_each_verb_that_moves_money_needs_its_right() -> None:
    found: dict[str, set[str]] = defaultdict(set)
    for each in resources():
        for operation in each.operations:
            if moves(operation):
                found[operation.verb.__name__].add(operation.right)
    assert found == {verb: {right} if isinstance(right, str) else right for verb, right in RIGHTS.items()}


def moves(operation: Operation[object]) -> bool:
    return operation.verb.__module__.startswith(PARTS) and operation.verb.__name__ in RIGHTS

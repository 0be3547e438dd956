"""Who writes money: the few places that move accounts by an engine's rule, and the rights that reach each verb."""

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

import django
from tests.house.source import SRC, Source, module_name, sources

from qilian.core.offers.resource.api import resources

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
    "appropriate": "budgets.appropriate",
    "approve": {"banking.approve", "budgets.approve"},
    "capture": "ledger.post",
    "commit": "budgets.commit",
    "freeze": "ledger.freeze",
    "lift": "ledger.freeze",
    "open_bank_account": "banking.open",
    "pay": "budgets.pay",
    "pledge": "ledger.post",
    "record_receipt": "banking.receive",
    "release": "budgets.commit",
    "release_orders": "banking.release",
    "transfer": "ledger.post",
    "void": "ledger.post",
}
"""Every operation of the house whose verb comes to write money, by whatever way, and the right that it needs.

Payments, corrections and closes are proposed by one person and come to money when another releases or approves them:
what proposes stands nowhere here, and must not.
"""

INTERNAL = frozenset(("post", "submit", "hold", "expire_due"))
"""Verbs that come to write money and are no operation: engines, imports and the worker call them."""
ROOTS = frozenset(((f"{BOOK}.services.booking", "_book"), (f"{BOOK}.services.restraints", "_bind")))
"""The two functions that write: transfers, and what binds a part of an account."""
Function = tuple[str, str]
HOPS = 6
"""Through so many modules at most a name is handed on: `api.py`, a package, its parts."""


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


def test_each_verb_that_comes_to_write_money_needs_its_right() -> None:
    ways, found = reaching(sources()), defaultdict[str, set[str]](set)
    for thing in resources():
        for operation in (*((thing.creation,) if thing.creation else ()), *thing.together, *thing.operations):
            if (operation.verb.__module__, operation.verb.__name__) in ways:
                found[operation.verb.__name__].add(operation.right)
    assert found == {verb: {right} if isinstance(right, str) else right for verb, right in RIGHTS.items()}


def test_no_other_verb_comes_to_write_money() -> None:
    known, verbs = functions(sources()), {*RIGHTS, *INTERNAL, "ensure_account", "transfer"}
    others = {
        f"{module}.{name}"
        for module, name in reaching(sources())
        if any(each.arg == "actor" for each in known[module, name].args.kwonlyargs)
    }
    assert {each for each in others if each.rpartition(".")[2] not in verbs} == set()


def test_a_way_round_is_caught() -> None:
    """A verb that comes to money through a helper of another module, which passes it on."""
    helper = Source.of(f"from {BOOK}.services.booking import _book\ndef carry():\n    _book()\n", "qilian.planted.help")
    verb = Source.of(
        "from qilian.planted.help import carry\ndef quietly(*, actor):\n    (lambda: carry())()\n",
        "qilian.planted.verbs",
    )
    assert ("qilian.planted.verbs", "quietly") in reaching((*sources(), helper, verb))


def functions(found: Iterable[Source]) -> dict[Function, ast.FunctionDef]:
    """Every function of every module, by module and name."""
    return {
        (source.name, each.name): each
        for source in found
        for each in source.tree.body
        if isinstance(each, ast.FunctionDef)
    }


def reaching(found: Iterable[Source]) -> set[Function]:
    """The functions that come to write money: they name, or hand on, one that does, through whatever `api.py`."""
    known, imported = functions(found), imports(found)
    named = {here: set(names_in(here, node, known, imported)) for here, node in known.items()}
    ways = set(ROOTS)
    while more := {here for here, others in named.items() if others & ways} - ways:
        ways |= more
    return ways


def names_in(
    here: Function, node: ast.AST, known: Mapping[Function, ast.FunctionDef], imported: Mapping[Function, Function]
) -> Iterator[Function]:
    for each in ast.walk(node):
        if isinstance(each, ast.Name):
            found: Function | None = (here[0], each.id)
            for _ in range(HOPS):
                if found is None or found in known:
                    break
                found = imported.get(found)
            if found in known:
                yield found
        elif isinstance(each, ast.Attribute) and here[0].startswith(BOOK) and each.attr == "post":  # _GROUP.post
            yield f"{BOOK}.services.booking", "post"


def imports(found: Iterable[Source]) -> dict[Function, Function]:
    """What each name that a module imports is in the module that it comes from."""
    return {
        (source.name, alias.asname or alias.name): (source.base(node), alias.name)
        for source in found
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if source.base(node).startswith("qilian")
    }

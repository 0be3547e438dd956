"""Ground of the ledger's tests: an asset, accounts, people with rights."""

from collections.abc import Callable

import pytest

from qilian.core.house.principal import SYSTEM, Principal
from qilian.core.rights.grants.api import Scope, grant
from qilian.core.values import clock
from qilian.core.values.text import Ref, Text
from qilian.core.who.people.models import Person
from qilian.engines.ledger.book.api import (
    YUAN,
    Account,
    Asset,
    AssetSpec,
    Entry,
    Span,
    open_account,
    post,
    register_asset,
)

Opener = Callable[..., Account]


@pytest.fixture
def cny() -> Asset:
    return register_asset(actor=SYSTEM, spec=YUAN)


@pytest.fixture
def bond() -> Asset:
    spec = AssetSpec(slug="bond", title=Text("债券", "Bond"), kind="share", unit=Text("张", "pieces"), serial=True)
    return register_asset(actor=SYSTEM, spec=spec)


@pytest.fixture
def opener(cny: Asset) -> Opener:
    """Open an account by its owner (`world:bank` is free), of yuan unless told; with `fen` it is paid in at once."""

    def opened(owner: str, *, fen: int = 0, numbers: Span | None = None, asset: Asset = cny, **more: object) -> Account:
        ref = Ref.parse(owner)
        rule = "free" if ref.kind == "world" else "debits_within_credits"
        facts = {"rule": rule, "title": Text(owner, owner), **more}
        account = open_account(actor=SYSTEM, owner=ref, asset=asset, **facts)  # type: ignore[arg-type] # fields by name
        if fen:
            mint = Account.objects.filter(owner="world:mint", asset=asset).first() or opened("world:mint", asset=asset)
            post(actor=SYSTEM, entries=[Entry(debit=mint, credit=account, amount=fen, serials=numbers)])
        return account

    return opened


def person(login: str, *actions: str, scope: Scope | None = None, **facts: object) -> Principal:
    """A person with rights; `units` and `parties` say for whom he acts."""
    row = Person.objects.create(login=login, name=login, created_at=clock.now())
    if actions:
        grant(actor=SYSTEM, person=row.pk, actions=actions, scope=scope or Scope())
    return Principal("person", person=row.pk, code=row.code, name=login, **facts)  # type: ignore[arg-type] # by name


@pytest.fixture
def somebody() -> Callable[..., Principal]:
    """Make a person with rights."""
    return person

"""Who may do what with an account: its owner, whoever has a grant on its offer or unit, and engines that vouch."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from qilian.core.house.principal import Principal
from qilian.core.rights.grants.api import Scope, require, visible

from .models import Account

VIEW, OPEN, POST = "ledger.view", "ledger.open", "ledger.post"
FREEZE, ASSETS, RECONCILE = "ledger.freeze", "ledger.assets", "ledger.reconcile"


def owners_of(actor: Principal) -> frozenset[str]:
    """The owners, as accounts write them, for whom a person acts: himself, his parties, his units.

    >>> sorted(owners_of(Principal("person", person=1, code="7x", units=("qh-czt",), parties=("9y",))))
    ['core.person:7x', 'party:9y', 'registry.party:9y', 'unit:qh-czt']
    """
    if actor.person is None:
        return frozenset()
    parties = (f"{kind}:{code}" for kind in ("party", "registry.party") for code in actor.parties)
    return frozenset((f"core.person:{actor.code}", *parties, *(f"unit:{slug}" for slug in actor.units)))


def seen_by(actor: Principal, rows: QuerySet[Account] | None = None) -> QuerySet[Account]:
    """The accounts that somebody may look at: his own, and those within his grants `ledger.view`."""
    every = Account.objects.all() if rows is None else rows
    if actor.is_system:
        return every
    own = Q(owner__in=owners_of(actor))
    return every.filter(own | Q(pk__in=visible(Account.objects.all(), actor, VIEW).values("pk")))


def require_on(actor: Principal, action: str, accounts: Iterable[Account], *, own: bool = False) -> None:
    """Let pass whoever may do an action on all of the accounts, or owns them where `own` is enough; `grants.denied`."""
    if actor.is_system:
        return
    mine = owners_of(actor) if own else frozenset()
    scopes = {Scope(unit=each.unit, offer=each.offer) for each in accounts if each.owner not in mine}
    for scope in sorted(scopes, key=str):
        require(actor, action, scope)

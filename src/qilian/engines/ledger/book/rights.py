"""Who may do what with an account: its owner, whoever has a grant on its offer or unit, and the engine whose it is."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from qilian.core.house.principal import Principal
from qilian.core.rights.grants.api import Permit, Scope, allowed, decide, permits_of, require, visible
from qilian.core.values import clock
from qilian.core.values.text import Refusal, Text

from .kernel import refusal_of
from .models import Account

VIEW, OPEN, POST = "ledger.view", "ledger.open", "ledger.post"
READ = "events.money"
"""The auditor's: to see what pages of money show, everywhere, and to do nothing there; `events.*` holds it."""
_ANYWHERE = Text("“记账”的权限须限定单位或服务项。", "The right to book counts only within a unit or an offer.")
_LIMITED = Text(
    "请由户主办理，或请管理员按单位、服务项授权。",
    "Let the owner do it, or ask for it within a unit or an offer.",
)
FREEZE, ASSETS, RECONCILE = "ledger.freeze", "ledger.assets", "ledger.reconcile"

SPACES = ("ledger.budgets", "ledger.banking", "ledger.holds")
"""The names under which engines of the house book: keys of theirs count in these spaces, which no caller can name."""


def owners_of(actor: Principal) -> frozenset[str]:
    """The owners, as accounts write them, for whom a person acts: himself, his parties, his units.

    Rights are asked by `own_accounts`: a token acts for nobody in what it was not made for.

    >>> sorted(owners_of(Principal("person", person=1, code="7x", units=("qh-czt",), parties=("9y",))))
    ['core.person:7x', 'party:9y', 'registry.party:9y', 'unit:qh-czt']
    """
    if actor.person is None:
        return frozenset()
    parties = (f"{kind}:{code}" for kind in ("party", "registry.party") for code in actor.parties)
    return frozenset((f"core.person:{actor.code}", *parties, *(f"unit:{slug}" for slug in actor.units)))


def own_accounts(actor: Principal, action: str) -> frozenset[str]:
    """The owners for whom a person may do an action without a grant; none where he acts by a token without it."""
    whole = Permit(("*",), limits=actor.limits)
    return owners_of(actor) if decide([whole], action, Scope(), clock.today()) else frozenset()


def seen_by(actor: Principal, rows: QuerySet[Account] | None = None) -> QuerySet[Account]:
    """The accounts that somebody may look at: his own, and those within his grants `ledger.view`."""
    every = Account.objects.all() if rows is None else rows
    if actor.is_system:
        return every
    own = Q(owner__in=own_accounts(actor, VIEW))
    return every.filter(own | Q(pk__in=visible(Account.objects.all(), actor, VIEW).values("pk")))


def require_on(actor: Principal, action: str, accounts: Iterable[Account], *, own: bool = False) -> None:
    """Refuse (`grants.denied`) whoever may not do an action on all accounts, nor owns them where `own` is enough."""
    if actor.is_system:
        return
    mine = own_accounts(actor, action) if own else frozenset()
    scopes = {Scope(unit=each.unit, offer=each.offer) for each in accounts if each.owner not in mine}
    for scope in sorted(scopes, key=str):
        require(actor, action, scope)
        if action == POST and not _within(actor, scope):
            raise Refusal("grants.denied", _ANYWHERE, where=f"{scope.unit} {scope.offer}".strip(), remedy=_LIMITED)


def books(actor: Principal, account: Account) -> bool:
    """Whether somebody may pay from an account: its owner, or by a grant `ledger.post` that names its unit or offer."""
    if account.engine:
        return False
    scope = Scope(unit=account.unit, offer=account.offer)
    return (
        actor.is_system
        or account.owner in own_accounts(actor, POST)
        or (allowed(actor, POST, scope) and _within(actor, scope))
    )


def refuse_foreign(accounts: Iterable[Account], engine: str) -> None:
    """Refuse (`ledger.account_of_engine`) what another engine alone decides on an account."""
    for account in accounts:
        if account.engine not in ("", engine):
            raise refusal_of("account_of_engine", account.code)


def _within(actor: Principal, scope: Scope) -> bool:
    """Whether a grant that names a unit or an offer lets somebody book there: money of all is nobody's to move."""
    limited = [each for each in permits_of(actor) if each.scope.unit or each.scope.offer]
    return decide(limited, POST, scope, clock.today())

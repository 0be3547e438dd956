"""Declaring that a party follows a standard, checking it, taking it back."""

from django.db import transaction

from qilian.core.house.principal import Principal
from qilian.core.log.events.api import emit
from qilian.core.offers.offers.api import serving
from qilian.core.rights.grants.api import require
from qilian.core.values import clock
from qilian.core.values.text import Refusal, Text, required_text
from qilian.engines.registry.parties.api import Party, refuse_closed, registration_of
from qilian.engines.registry.standards.events import AdoptionChecked, AdoptionDeclared, AdoptionWithdrawn
from qilian.engines.registry.standards.kernel.life import checked, refuse_abolished, withdrawn
from qilian.engines.registry.standards.models import Adoption, Standard
from qilian.engines.registry.standards.queries import adoption_ref, set_scope, term_of

DECLARE, CHECK = "standards.declare", "standards.check"


def require_declarer(actor: Principal, path: str, party: Party | None = None) -> None:
    """Refuse whoever may not declare for a party, neither acting for it nor an official: `grants.denied`."""
    own = party.code in actor.parties if party else bool(actor.parties)
    if not own:
        require(actor, DECLARE, set_scope(path))


@transaction.atomic
def declare_adoption(*, actor: Principal, standard: Standard, party: Party, statement: str) -> Adoption:
    """Declare that a party follows a standard that is in force or upcoming: its own people do, or an official for it.

    Refusals: `grants.denied`, `offers.closed`, `registry.party.closed` and the like, `registry.standard.abolished`,
    `text.…`, `registry.adoption.twice`.
    """
    require_declarer(actor, standard.offer, party)
    serving(standard.offer)
    row = Standard.objects.select_for_update().get(pk=standard.pk)
    refuse_closed(registration_of(party))
    refuse_abolished(term_of(row), clock.today(), row.replaced_by)
    said = required_text(statement, "statement", Text("采用的范围", "scope of the adoption"))
    if Adoption.objects.filter(standard=row, party=party).exclude(state="withdrawn").exists():
        message = Text(f"“{party.name}”已声明采用 {row.number}。", f"“{party.name}” has declared {row.number} already.")
        raise Refusal("registry.adoption.twice", message, where="party")
    adoption = Adoption.objects.create(
        standard=row, party=party, statement=said, declared_at=clock.now(), declared_by=actor.ref
    )
    _tell(actor, adoption, AdoptionDeclared(row.number, said))
    return adoption


@transaction.atomic
def check_adoption(*, actor: Principal, adoption: Adoption, conforming: bool, finding: str) -> Adoption:
    """Record what a check found; nobody checks a declaration of his own party.

    Refusals: `grants.denied`, `offers.closed`, `registry.adoption.oneself`, `.finding`, `.state`.
    """
    row = _locked(adoption)
    require(actor, CHECK, set_scope(row.standard.offer))
    serving(row.standard.offer)
    if row.party.code in actor.parties:
        message = Text("不能核查自己的声明。", "Nobody checks his own declaration.")
        remedy = Text("请由另一位核查人员办理。", "Let another official check it.")
        raise Refusal("registry.adoption.oneself", message, where=row.code, remedy=remedy)
    said = required_text(finding, "finding", Text("核查所见", "finding"))
    row.state = checked(row.state, conforming=conforming)  # type: ignore[arg-type] # the constraint says it is a State
    row.finding, row.checked_at = said, clock.now()
    row.save(update_fields=["state", "finding", "checked_at"])
    _tell(actor, row, AdoptionChecked(row.standard.number, conforming, said))
    return row


@transaction.atomic
def withdraw_adoption(*, actor: Principal, adoption: Adoption, reason: str) -> Adoption:
    """Take a declaration back: the party's own people, or an official for it.

    Refusals: `grants.denied`, `offers.closed`, `text.…`, `registry.adoption.state`.
    """
    row = _locked(adoption)
    require_declarer(actor, row.standard.offer, row.party)
    serving(row.standard.offer)
    said = required_text(reason, "reason", Text("理由", "reason"))
    row.state = withdrawn(row.state)  # type: ignore[arg-type] # the constraint says it is a State
    row.reason = said
    row.save(update_fields=["state", "reason"])
    _tell(actor, row, AdoptionWithdrawn(row.standard.number, said))
    return row


def _locked(adoption: Adoption) -> Adoption:
    rows = Adoption.objects.select_for_update(of=("self",)).select_related("standard", "party")
    return rows.get(pk=adoption.pk)


def _tell(actor: Principal, row: Adoption, body: object) -> None:
    standard = row.standard
    emit(
        body,
        actor=actor,
        subject=adoption_ref(row),
        offer=standard.offer,
        clause=standard.clause,
        party=row.party.code,
        region=row.party.region[:6],
    )

"""Standards for programs under `/api/v1/<pack>/<offer>/`: the same verbs, the same grants."""

from datetime import date, datetime

from django.http import HttpRequest
from ninja import Router, Schema

from qilian.core.house.principal import current_principal
from qilian.core.values import clock
from qilian.engines.registry.parties.api import party_by_uscc

from .models import Adoption, Standard
from .offering import Fact
from .queries import adoption_by_code, adoptions_of, standard_by_code, standards_of, term_of
from .services.adopting import check_adoption, declare_adoption, require_declarer, withdraw_adoption
from .services.catalogue import abolish_standard, load_catalogue, register_standard, verify_standard

router = Router(tags=["standards"])
PAGE = 500


class StandardIn(Schema):
    """A standard as its issuer lists it."""

    code: str
    title: str
    title_en: str = ""
    issued: date | None = None
    effective: date | None = None
    ended: date | None = None
    replaces: str = ""
    replaced_by: str = ""
    scope: str = ""
    link: str = ""
    source: str = ""


class StandardOut(Schema):
    """A standard of a set with its state of today and how many have adopted it."""

    code: str
    number: str
    title: str
    title_en: str
    status: str
    issued: date | None
    effective: date | None
    ended: date | None
    replaces: str
    replaced_by: str
    scope: str
    link: str
    source: str
    checked: bool


class AdoptionOut(Schema):
    """A declaration of adoption."""

    code: str
    number: str
    party: str
    party_name: str
    state: str
    statement: str
    finding: str
    declared_at: datetime
    checked_at: datetime | None


class SourceIn(Schema):
    """What an entry was compared with."""

    source: str


class AbolitionIn(Schema):
    """From which day it holds no more."""

    on: date
    replaced_by: str = ""


class DeclarationIn(Schema):
    """Who follows the standard, and in what."""

    uscc: str
    statement: str


class CheckIn(Schema):
    """What was found."""

    conforming: bool
    finding: str


class ReasonIn(Schema):
    """Why."""

    reason: str


@router.get("/{standard:standard}", response=list[StandardOut], summary="The catalogue of a set")
def get_catalogue(request: HttpRequest, standard: str, after: str = "") -> list[StandardOut]:
    """At most 500 standards by number, those behind the number `after`."""
    rows = standards_of(standard)
    return [_standard(row) for row in (rows.filter(number__gt=after) if after else rows)[:PAGE]]


@router.get("/{standard:standard}/adoptions", response=list[AdoptionOut], summary="Who adopted what")
def get_adoptions(request: HttpRequest, standard: str) -> list[AdoptionOut]:
    """The latest 500 declarations of a set."""
    return [_adoption(row) for row in adoptions_of(standard)[:PAGE]]


@router.get("/{standard:standard}/items/{code}", response=StandardOut, summary="One standard")
def get_standard(request: HttpRequest, standard: str, code: str) -> StandardOut:
    """One standard by its public code."""
    return _standard(standard_by_code(standard, code))


@router.post("/{standard:standard}/items", response={201: StandardOut}, summary="Register a standard")
def post_standard(request: HttpRequest, standard: str, fact: StandardIn) -> tuple[int, StandardOut]:
    """Register a standard; needs `standards.register`."""
    row = register_standard(actor=current_principal(), path=standard, fact=Fact(**fact.dict()))
    return 201, _standard(row)


@router.post("/{standard:standard}/catalogue", response=list[StandardOut], summary="Load the pack's catalogue")
def post_catalogue(request: HttpRequest, standard: str) -> list[StandardOut]:
    """Bring in what the pack lays beside its offer; needs `standards.register`."""
    return [_standard(row) for row in load_catalogue(actor=current_principal(), path=standard)]


@router.post("/{standard:standard}/items/{code}/verification", response=StandardOut, summary="Verify a standard")
def post_verification(request: HttpRequest, standard: str, code: str, how: SourceIn) -> StandardOut:
    """Record a comparison with the issuer's list; needs `standards.register`."""
    row = standard_by_code(standard, code)
    return _standard(verify_standard(actor=current_principal(), standard=row, source=how.source))


@router.post("/{standard:standard}/items/{code}/abolition", response=StandardOut, summary="Abolish a standard")
def post_abolition(request: HttpRequest, standard: str, code: str, end: AbolitionIn) -> StandardOut:
    """Record that a standard holds no more; needs `standards.register`."""
    row = standard_by_code(standard, code)
    return _standard(abolish_standard(actor=current_principal(), standard=row, on=end.on, replaced_by=end.replaced_by))


@router.post("/{standard:standard}/items/{code}/adoptions", response={201: AdoptionOut}, summary="Declare an adoption")
def post_adoption(request: HttpRequest, standard: str, code: str, said: DeclarationIn) -> tuple[int, AdoptionOut]:
    """Declare an adoption for a party one acts for; officials need `standards.declare`."""
    me = current_principal()
    require_declarer(me, standard)
    row, party = standard_by_code(standard, code), party_by_uscc(said.uscc)
    return 201, _adoption(declare_adoption(actor=me, standard=row, party=party, statement=said.statement))


@router.post("/{standard:standard}/adoptions/{code}/check", response=AdoptionOut, summary="Check an adoption")
def post_check(request: HttpRequest, standard: str, code: str, found: CheckIn) -> AdoptionOut:
    """Record what a check found; needs `standards.check`."""
    row = adoption_by_code(standard, code)
    return _adoption(check_adoption(actor=current_principal(), adoption=row, **found.dict()))


@router.post("/{standard:standard}/adoptions/{code}/withdrawal", response=AdoptionOut, summary="Withdraw an adoption")
def post_withdrawal(request: HttpRequest, standard: str, code: str, why: ReasonIn) -> AdoptionOut:
    """Take a declaration back."""
    row = adoption_by_code(standard, code)
    return _adoption(withdraw_adoption(actor=current_principal(), adoption=row, reason=why.reason))


def _standard(row: Standard) -> StandardOut:
    names = [name for name in StandardOut.model_fields if name != "status"]
    status = term_of(row).status(clock.today())
    return StandardOut(status=status, **{name: getattr(row, name) for name in names})


def _adoption(row: Adoption) -> AdoptionOut:
    return AdoptionOut(
        code=row.code,
        number=row.standard.number,
        party=row.party.code,
        party_name=row.party.name,
        state=row.state,
        statement=row.statement,
        finding=row.finding,
        declared_at=row.declared_at,
        checked_at=row.checked_at,
    )

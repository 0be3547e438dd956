"""Parties as JSON under /api/v1/parties: the same verbs and grants as the pages; public facts, persons masked."""

from datetime import date

from django.http import HttpRequest
from ninja import Router, Schema

from qilian.core.house.tables import cut
from qilian.core.rights.grants.api import allowed, current_principal
from qilian.core.values.text import Refusal, Text
from qilian.engines.registry.parties.api import (
    VIEW,
    Contact,
    Details,
    Facts,
    Party,
    add_contact,
    amend,
    close,
    contact_by_code,
    contacts_of,
    end_contact,
    facts_of,
    parties,
    party_by_code,
    register_party,
    rename,
    reopen,
    scope_of,
    search_parties,
    suspend,
)

from .pages.common import sees_all

router = Router()
PAGE = 100


class PartyIn(Schema):
    """The facts of a party; the kind may be left to the code."""

    name: str
    kind: str = ""
    uscc: str = ""
    old_code: str = ""
    short: str = ""
    address: str = ""
    region: str = ""
    industry: str = ""
    service: str = ""
    ownership: str = ""
    holding: str = ""
    functions: list[str] = []
    website: str = ""
    established: date | None = None


class PartyOut(PartyIn):
    """A party as the public may know it."""

    code: str
    size: str
    status: str
    status_on: date


class PartyPage(Schema):
    """Parties in the order of registration; ask again with `after` for what follows."""

    items: list[PartyOut]
    after: str


class Step(Schema):
    """A change of state, with its reason and day (today unless given)."""

    reason: str
    on: date | None = None


class NameIn(Schema):
    """Another name from a day on (today unless given)."""

    name: str
    on: date | None = None


class ContactIn(Schema):
    """A person of a party: `legal` or `contact`; kept sealed."""

    role: str
    name: str
    phone: str = ""
    email: str = ""


class ContactOut(Schema):
    """A person of a party: name, phone, e-mail and number masked; a look at them in full is asked for on the page."""

    code: str
    role: str
    name: str
    phone: str
    email: str
    identity: str
    since: date
    ended_on: date | None


@router.get("", response=PartyPage, summary="Search parties")
def list_parties(request: HttpRequest, q: str = "", after: str = "") -> PartyPage:
    """Up to a hundred parties that have every word of `q`, behind the one whose code is `after`."""
    rows = search_parties(q.replace("\x00", "")[:200]) if q else parties()
    if not allowed(current_principal(), VIEW):
        rows = rows.exclude(kind="citizen")
    if after:
        rows = rows.filter(pk__gt=_named(after).pk)
    rows = rows.order_by("pk")
    found = cut(rows, 0, PAGE + 1)[0] if q else list(rows[: PAGE + 1])
    more = found[PAGE - 1].code if len(found) > PAGE else ""
    return PartyPage(items=[_out(row) for row in found[:PAGE]], after=more)


@router.get("/{code}", response=PartyOut, summary="One party")
def get_party(request: HttpRequest, code: str) -> PartyOut:
    """A party by its public code; a merged record answers as its survivor."""
    return _out(_named(code))


@router.post("", response={201: PartyOut}, summary="Register a party")
def post_party(request: HttpRequest, facts: PartyIn) -> tuple[int, PartyOut]:
    """Register a party; needs `registry.register`."""
    return 201, _out(register_party(actor=current_principal(), facts=_facts(facts)))


@router.put("/{code}", response=PartyOut, summary="Amend a party")
def put_party(request: HttpRequest, code: str, facts: PartyIn) -> PartyOut:
    """Give a party these facts, its name as it is; needs `registry.amend`, or acting for it."""
    return _out(amend(actor=current_principal(), party=_named(code), facts=_facts(facts)))


@router.post("/{code}/name", response=PartyOut, summary="Rename a party")
def post_name(request: HttpRequest, code: str, name: NameIn) -> PartyOut:
    """Give a party another name; needs `registry.amend`."""
    return _out(rename(actor=current_principal(), party=_named(code), name=name.name, on=name.on))


@router.post("/{code}/suspension", response=PartyOut, summary="Suspend a party")
def post_suspension(request: HttpRequest, code: str, step: Step) -> PartyOut:
    """Suspend a party; needs `registry.amend`."""
    return _out(suspend(actor=current_principal(), party=_named(code), reason=step.reason, on=step.on))


@router.post("/{code}/closing", response=PartyOut, summary="Close a party")
def post_closing(request: HttpRequest, code: str, step: Step) -> PartyOut:
    """Close a party; needs `registry.amend`."""
    return _out(close(actor=current_principal(), party=_named(code), reason=step.reason, on=step.on))


@router.post("/{code}/reopening", response=PartyOut, summary="Reopen a party")
def post_reopening(request: HttpRequest, code: str, step: Step) -> PartyOut:
    """Reopen a party; needs `registry.amend`."""
    return _out(reopen(actor=current_principal(), party=_named(code), reason=step.reason, on=step.on))


@router.get("/{code}/contacts", response=list[ContactOut], summary="Persons of a party")
def get_contacts(request: HttpRequest, code: str) -> list[ContactOut]:
    """The persons of a party, the present ones first; for who acts for it, and with `registry.view`."""
    party = _named(code)
    _let_see(party)
    return [_contact(row) for row in contacts_of(party)]


@router.post("/{code}/contacts", response={201: ContactOut}, summary="Add a person of a party")
def post_contact(request: HttpRequest, code: str, given: ContactIn) -> tuple[int, ContactOut]:
    """Write down a person of a party; for who acts for it, or with `registry.amend`."""
    details = Details(given.name, given.phone, given.email)
    row = add_contact(actor=current_principal(), party=_named(code), role=given.role, details=details)
    return 201, _contact(row)


@router.post("/contacts/{code}/end", response=ContactOut, summary="End a contact")
def post_contact_end(request: HttpRequest, code: str) -> ContactOut:
    """Let a person no longer be contacted; for who acts for the party, or with `registry.amend`."""
    return _contact(end_contact(actor=current_principal(), contact=contact_by_code(code)))


def _named(code: str) -> Party:
    """The party of a code; natural persons are there for officials and themselves only."""
    party, reader = party_by_code(code), current_principal()
    hidden = party.kind == "citizen" and party.code not in reader.parties
    if hidden and not allowed(reader, VIEW, scope_of(party.region)):
        raise Refusal("registry.party.unknown", Text("没有这个主体。", "There is no such party."), where=code)
    return party


def _facts(said: PartyIn) -> Facts:
    return Facts(**{**said.model_dump(), "functions": tuple(said.functions)})


def _out(row: Party) -> PartyOut:
    facts = facts_of(row)
    known = {name: getattr(facts, name) for name in PartyIn.model_fields}
    state = {"code": row.code, "size": row.size, "status": row.status, "status_on": row.status_on}
    return PartyOut(**{**known, **state, "functions": list(facts.functions)})


def _let_see(party: Party) -> None:
    if not sees_all(current_principal(), party):
        message = Text("联系人不公开。", "The persons of a party are not public.")
        remedy = Text("由该主体的代表人或登记人员查看。", "Who acts for the party and its officials see them.")
        raise Refusal("grants.denied", message, where=party.code, remedy=remedy)


def _contact(row: Contact) -> ContactOut:
    masked = {name: str(getattr(row, name) or "") for name in ("name", "phone", "email", "identity")}
    return ContactOut(code=row.code, role=row.role, **masked, since=row.since, ended_on=row.ended_on)

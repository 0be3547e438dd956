"""Parties as JSON under /api/v1/parties: the same verbs and grants as the pages; public facts only."""

from datetime import date

from django.http import HttpRequest
from ninja import Router, Schema

from qilian.core.grants.api import allowed, current_principal
from qilian.core.text import Refusal, Text
from qilian.engines.registry.parties.api import (
    VIEW,
    Facts,
    Party,
    amend,
    close,
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


class Page(Schema):
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


@router.get("", response=Page, summary="Search parties")
def list_parties(request: HttpRequest, q: str = "", after: str = "") -> Page:
    """Up to a hundred parties that have every word of `q`, behind the one whose code is `after`."""
    rows = search_parties(q.replace("\x00", "")[:200]) if q else parties()
    if not allowed(current_principal(), VIEW):
        rows = rows.exclude(kind="citizen")
    if after:
        rows = rows.filter(pk__gt=_named(after).pk)
    found = list(rows.order_by("pk")[: PAGE + 1])
    more = found[PAGE - 1].code if len(found) > PAGE else ""
    return Page(items=[_out(row) for row in found[:PAGE]], after=more)


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

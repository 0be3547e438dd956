"""Relations as pages: all of them, one, those of a party on its page, and who stands behind it."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from qilian.core.house.pages import NOT_A_RECORD, Action, Column, Crumb, Head, Section, Status, Table
from qilian.core.house.principal import Principal, current_principal
from qilian.core.log.events.api import timeline
from qilian.core.offers.resource.api import columns, forms, listed, record, visible
from qilian.core.rights.grants.api import allowed
from qilian.core.values import clock
from qilian.core.values.text import Text
from qilian.engines.registry.parties.api import AMEND, PARTIES, Party, parties_with, party_ref, scope_of, sees_all

from .kernel.holdings import BeneficialOwners
from .models import PartyRelation
from .queries import beneficial_owners_of, relations_of
from .resource import RELATIONSHIPS
from .words import BEHIND, TITLE, percent

_SHOWN = 100


@require_safe
def relation_list(_request: HttpRequest) -> HttpResponse:
    """All relations, the latest first."""
    return listed(RELATIONSHIPS, "", Head(TITLE, crumbs=(Crumb(TITLE),)))


@require_safe
def relation_page(_request: HttpRequest, code: str) -> HttpResponse:
    """One relation; what happened to it is for those who see all of the party."""
    row: PartyRelation = visible(RELATIONSHIPS, "", code)
    whole = sees_all(current_principal(), row.held)
    told = timeline(party_ref(row.held), relation=row.code) if whole else NOT_A_RECORD
    return record(RELATIONSHIPS, row, history=told)


def relation_sections(party: Party, _reader: Principal) -> Sequence[Section]:
    """Who stands behind a party, and all relations that it is in."""
    rows = list(relations_of(party)[:_SHOWN])
    table = Table(columns(RELATIONSHIPS, ""), rows)
    return [*_behind(party), Section(TITLE, "relations", table)] if rows else []


def relation_actions(party: Party, reader: Principal) -> Sequence[Action]:
    """The way to add a relation, for officials."""
    if party.kind == "citizen" or not allowed(reader, AMEND, scope_of(party.region)):
        return ()
    return (Action(Text("登记关系", "Add a relation"), f"{RELATIONSHIPS.home('')}relation/?held={party.code}"),)


def _behind(party: Party) -> Sequence[Section]:
    found = beneficial_owners_of(party, on=clock.today())
    shares = dict(found.shares)
    codes = list(dict.fromkeys((*found.controllers, *shares, *found.circle)))
    if not codes:
        return ()
    known = parties_with(codes)
    shown = (
        Column("name", Text("名称", "Name"), lambda code: known[code].name, url=lambda code: PARTIES.url(known[code])),
        Column("share", Text("穿透持股", "Effective share"), lambda code: percent(shares.get(code)), "number"),
        Column("role", Text("认定", "Is"), lambda code: _standing(code, found), "status"),
    )
    return (Section(Text("实际控制", "Who stands behind"), "behind", Table(shown, codes, caption=BEHIND)),)


def _standing(code: str, found: BeneficialOwners) -> Status:
    if code in found.controllers:
        return Status(Text("实际控制人", "Ultimate controller"), "blue")
    if code in found.circle:
        return Status(Text("循环持股", "Held in a circle"), "amber")
    return Status(Text("股东", "Owner"))


app_name = "relations"
urlpatterns = [
    path("", relation_list, name="list"),
    *forms(RELATIONSHIPS),
    path("<str:code>/", relation_page, name="relation"),
]

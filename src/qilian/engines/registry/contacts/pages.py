"""The persons of parties as pages: all that the reader may know of, one of them, and those of a party on its page."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from qilian.core.house.pages import Action, Crumb, Head, Section, Table
from qilian.core.house.principal import Principal, current_principal
from qilian.core.log.events.api import timeline
from qilian.core.offers.resource.api import columns, forms, listed, record, visible
from qilian.core.rights.grants.api import allowed, require_somewhere
from qilian.core.values.text import Text
from qilian.engines.registry.parties.api import AMEND, VIEW, Party, party_ref, scope_of, sees_all

from .models import Contact
from .queries import contact_ref, contacts_of
from .resource import CONTACTS
from .words import TITLE


@require_safe
def contact_list(_request: HttpRequest) -> HttpResponse:
    """The persons of the parties that the reader acts for or looks after."""
    me = current_principal()
    if not me.parties:
        require_somewhere(me, VIEW)
    empty = Text("还没有登记联系人。", "Nobody has been written down.")
    return listed(CONTACTS, "", Head(TITLE, crumbs=(Crumb(TITLE),)), empty=empty)


@require_safe
def contact_page(_request: HttpRequest, code: str) -> HttpResponse:
    """One person, masked, with every look at him."""
    row: Contact = visible(CONTACTS, "", code)
    told = [*timeline(contact_ref(row)), *timeline(party_ref(row.party), contact=row.code)]
    return record(CONTACTS, row, history=told)


def contact_sections(party: Party, reader: Principal) -> Sequence[Section]:
    """The persons of a party, for who acts for it and its officials."""
    rows = list(contacts_of(party)) if sees_all(reader, party) else []
    shown = [each for each in columns(CONTACTS, "") if each.name != "party"]
    return [Section(Text("联系人（不公开）", "Persons (not public)"), "contacts", Table(shown, rows))] if rows else []


def contact_actions(party: Party, reader: Principal) -> Sequence[Action]:
    """The way to write a person down."""
    mine = party.code in reader.parties or allowed(reader, AMEND, scope_of(party.region))
    if party.kind == "citizen" or not mine:
        return ()
    return (Action(Text("添加联系人", "Add a contact"), f"{CONTACTS.home('')}contact/?party={party.code}"),)


app_name = "contacts"
urlpatterns = [
    path("", contact_list, name="list"),
    *forms(CONTACTS),
    path("<str:code>/", contact_page, name="contact"),
]

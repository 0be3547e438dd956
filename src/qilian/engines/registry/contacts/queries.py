"""Reading the persons of parties: rows that the acting principal may know of."""

from django.db.models import F, QuerySet

from qilian.core.house.principal import SYSTEM, acting
from qilian.core.values.text import Ref, Refusal, Text
from qilian.engines.registry.parties.api import Party

from .models import Contact


def contacts() -> QuerySet[Contact]:
    """The persons of parties that the acting principal may know of, the present ones first."""
    return Contact.objects.select_related("party").order_by(F("ended_on").desc(nulls_first=True), "pk")


def contacts_of(party: Party) -> QuerySet[Contact]:
    """Those of one party."""
    return contacts().filter(party=party)


def contact_by_code(code: str) -> Contact:
    """A person of a party, readable by the acting principal; Refusal `registry.contact.unknown` (404)."""
    row = contacts().filter(code=code).first()
    if row is None:
        raise Refusal("registry.contact.unknown", Text("没有这位联系人。", "There is no such contact."), where=code)
    return row


def contact_ref(row: Contact) -> Ref:
    """How looks at a person are recorded."""
    return Ref("registry.contact", row.code)


def phones_of(party: Party) -> frozenset[str]:
    """Blind indices of the phones of a party's persons: equal ones are equal phones, and nobody reads them."""
    with acting(SYSTEM):
        rows = Contact.objects.filter(party=party).exclude(phone_index="")
        return frozenset(rows.values_list("phone_index", flat=True))


def sharing_phones(party: Party) -> list[int]:
    """The keys of the parties whose persons have a phone of this one's."""
    with acting(SYSTEM):
        return list(Contact.objects.filter(phone_index__in=phones_of(party)).values_list("party", flat=True))

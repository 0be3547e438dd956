"""Public interface of contacts."""

from .events import ContactAdded, ContactEnded
from .kernel import ROLES
from .models import Contact
from .queries import contact_by_code, contacts_of, phones_of, sharing_phones
from .services import Details, add_contact, end_contact, enter_citizen, hand_over, register_citizen

__all__ = [
    "ROLES",
    "Contact",
    "ContactAdded",
    "ContactEnded",
    "Details",
    "add_contact",
    "contact_by_code",
    "contacts_of",
    "end_contact",
    "enter_citizen",
    "hand_over",
    "phones_of",
    "register_citizen",
    "sharing_phones",
]

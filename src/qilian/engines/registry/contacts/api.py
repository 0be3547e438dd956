"""Public interface of contacts."""

from .models import Contact
from .queries import contacts_of, phones_of, sharing_phones
from .services import Details, add_contact, enter_citizen, hand_over, register_citizen

__all__ = [
    "Contact",
    "Details",
    "add_contact",
    "contacts_of",
    "enter_citizen",
    "hand_over",
    "phones_of",
    "register_citizen",
    "sharing_phones",
]

"""Public interface of parties."""

from .books import (
    INDUSTRY_EDITION,
    section_of,
    service_names,
    service_title,
)
from .choosing import PARTY_CHOICES
from .contributions import (
    Dependants,
    add_action,
    add_dependants,
    add_entrance,
    add_section,
    dependants,
)
from .events import (
    PartyAmended,
)
from .form import FORM
from .invented import invented_code, invented_identity, invented_party
from .kernel.codes import check_character, is_uscc, read_identity_number
from .kernel.facts import Facts
from .kernel.kinds import KINDS, STATUSES
from .kernel.life import check_merge, check_reason, refuse_closed, refuse_merged
from .kernel.names import bigrams, check_name, tidy_name
from .kernel.rows import Read, Words, row_reader, words
from .models import Party
from .places import region_code
from .queries import parties, parties_with, party_by_code, party_by_uscc, search_parties, survivor_of
from .resource import PARTIES
from .services.absorbing import absorb
from .services.common import (
    AMEND,
    MERGE,
    REGISTER,
    VIEW,
    books,
    differences,
    facts_of,
    key_of,
    locked,
    party_ref,
    registration_of,
    require_on,
    scope_of,
    sees_all,
    write_facts,
    write_keys,
)
from .services.registering import amend, enter_person, register_party, rename
from .services.sizing import record_figures, resize
from .services.states import close, reopen, suspend

__all__ = [
    "AMEND",
    "FORM",
    "INDUSTRY_EDITION",
    "KINDS",
    "MERGE",
    "PARTIES",
    "PARTY_CHOICES",
    "REGISTER",
    "STATUSES",
    "VIEW",
    "Dependants",
    "Facts",
    "Party",
    "PartyAmended",
    "Read",
    "Words",
    "absorb",
    "add_action",
    "add_dependants",
    "add_entrance",
    "add_section",
    "amend",
    "bigrams",
    "books",
    "check_character",
    "check_merge",
    "check_name",
    "check_reason",
    "close",
    "dependants",
    "differences",
    "enter_person",
    "facts_of",
    "invented_code",
    "invented_identity",
    "invented_party",
    "is_uscc",
    "key_of",
    "locked",
    "parties",
    "parties_with",
    "party_by_code",
    "party_by_uscc",
    "party_ref",
    "read_identity_number",
    "record_figures",
    "refuse_closed",
    "refuse_merged",
    "region_code",
    "register_party",
    "registration_of",
    "rename",
    "reopen",
    "require_on",
    "resize",
    "row_reader",
    "scope_of",
    "search_parties",
    "section_of",
    "sees_all",
    "service_names",
    "service_title",
    "survivor_of",
    "suspend",
    "tidy_name",
    "words",
    "write_facts",
    "write_keys",
]

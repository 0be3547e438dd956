"""The face of parties."""

from .books import (
    Classification,
    industries,
    industry_title,
    producer_services,
    service_names,
    service_title,
)
from .events import (
    DuplicateDismissed,
    FiguresRecorded,
    PartiesImported,
    PartyAmended,
    PartyClosed,
    PartyMerged,
    PartyRegistered,
    PartyRenamed,
    PartyReopened,
    PartySuspended,
    RelationBegun,
    RelationEnded,
)
from .kernel.codes import Uscc, check_character, is_uscc, read_uscc, tidy_code
from .kernel.facts import Facts
from .kernel.kinds import FUNCTIONS, HOLDINGS, KINDS, OWNERSHIPS, RELATIONS, SIZES, STATUSES
from .kernel.life import refuse_closed
from .models import Duplicate, Party, PartyFigure, PartyName, PartyRelation
from .queries import (
    behind_of,
    duplicates,
    parties,
    parties_with,
    party_by_code,
    party_by_uscc,
    relations_of,
    search_parties,
    survivor_of,
)
from .sections import add_section
from .services.common import AMEND, MERGE, REGISTER, VIEW, facts_of, party_ref, scope_of, standing_of
from .services.merging import dismiss, merge
from .services.registering import amend, register_party, rename
from .services.relations import end_relation, relate
from .services.sizing import record_figures
from .services.states import close, reopen, suspend

__all__ = [
    "AMEND",
    "FUNCTIONS",
    "HOLDINGS",
    "KINDS",
    "MERGE",
    "OWNERSHIPS",
    "REGISTER",
    "RELATIONS",
    "SIZES",
    "STATUSES",
    "VIEW",
    "Classification",
    "Duplicate",
    "DuplicateDismissed",
    "Facts",
    "FiguresRecorded",
    "PartiesImported",
    "Party",
    "PartyAmended",
    "PartyClosed",
    "PartyFigure",
    "PartyMerged",
    "PartyName",
    "PartyRegistered",
    "PartyRelation",
    "PartyRenamed",
    "PartyReopened",
    "PartySuspended",
    "RelationBegun",
    "RelationEnded",
    "Uscc",
    "add_section",
    "amend",
    "behind_of",
    "check_character",
    "close",
    "dismiss",
    "duplicates",
    "end_relation",
    "facts_of",
    "industries",
    "industry_title",
    "is_uscc",
    "merge",
    "parties",
    "parties_with",
    "party_by_code",
    "party_by_uscc",
    "party_ref",
    "producer_services",
    "read_uscc",
    "record_figures",
    "refuse_closed",
    "register_party",
    "relate",
    "relations_of",
    "rename",
    "reopen",
    "scope_of",
    "search_parties",
    "service_names",
    "service_title",
    "standing_of",
    "survivor_of",
    "suspend",
    "tidy_code",
]

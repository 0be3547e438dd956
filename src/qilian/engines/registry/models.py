"""All tables of the registry, gathered from its parts for Django."""

from qilian.engines.registry.contacts.models import Contact
from qilian.engines.registry.credit.models import CreditRecord, CreditRepair
from qilian.engines.registry.directories.models import DirectoryEntry, DirectoryTerm
from qilian.engines.registry.duplicates.models import Duplicate
from qilian.engines.registry.grades.models import GradeAppeal, GradeMethod, Grading
from qilian.engines.registry.parties.models import Party, PartyFigure, PartyName
from qilian.engines.registry.ratings.models import Rating, RatingFlag, RatingTally
from qilian.engines.registry.relations.models import PartyRelation
from qilian.engines.registry.representation.models import Claim, Invitation, Mandate
from qilian.engines.registry.standards.models import Adoption, Standard

__all__ = [
    "Adoption",
    "Claim",
    "Contact",
    "CreditRecord",
    "CreditRepair",
    "DirectoryEntry",
    "DirectoryTerm",
    "Duplicate",
    "GradeAppeal",
    "GradeMethod",
    "Grading",
    "Invitation",
    "Mandate",
    "Party",
    "PartyFigure",
    "PartyName",
    "PartyRelation",
    "Rating",
    "RatingFlag",
    "RatingTally",
    "Standard",
]

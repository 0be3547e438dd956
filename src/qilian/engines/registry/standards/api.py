"""Public interface of standards."""

from .events import (
    AdoptionChecked,
    AdoptionDeclared,
    AdoptionWithdrawn,
    StandardAbolished,
    StandardRegistered,
    StandardVerified,
)
from .kernel.codes import is_mandatory, read_code
from .kernel.life import STATES, STATUSES, Term
from .models import Adoption, Standard
from .offering import Fact, Standards, standards
from .queries import (
    adoption_by_code,
    adoption_ref,
    adoptions_of,
    counts,
    holding,
    in_status,
    set_at,
    standard_by_code,
    standard_ref,
    standards_of,
    term_of,
)
from .services.adopting import CHECK, DECLARE, check_adoption, declare_adoption, withdraw_adoption
from .services.catalogue import REGISTER, abolish_standard, load_catalogue, register_standard, verify_standard

__all__ = [
    "CHECK",
    "DECLARE",
    "REGISTER",
    "STATES",
    "STATUSES",
    "Adoption",
    "AdoptionChecked",
    "AdoptionDeclared",
    "AdoptionWithdrawn",
    "Fact",
    "Standard",
    "StandardAbolished",
    "StandardRegistered",
    "StandardVerified",
    "Standards",
    "Term",
    "abolish_standard",
    "adoption_by_code",
    "adoption_ref",
    "adoptions_of",
    "check_adoption",
    "counts",
    "declare_adoption",
    "holding",
    "in_status",
    "is_mandatory",
    "load_catalogue",
    "read_code",
    "register_standard",
    "set_at",
    "standard_by_code",
    "standard_ref",
    "standards",
    "standards_of",
    "term_of",
    "verify_standard",
    "withdraw_adoption",
]

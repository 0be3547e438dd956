"""Public interface of standards."""

from .kernel.codes import is_mandatory, read_code
from .kernel.life import Term
from .models import Adoption, Standard
from .offering import Fact, standards
from .queries import (
    adoption_by_code,
    adoptions_of,
    counts,
    in_status,
    set_at,
    standard_by_code,
    standards_of,
    term_of,
)
from .services.adopting import check_adoption, declare_adoption, withdraw_adoption
from .services.catalogue import abolish_standard, load_catalogue, register_standard, verify_standard

__all__ = [
    "Adoption",
    "Fact",
    "Standard",
    "Term",
    "abolish_standard",
    "adoption_by_code",
    "adoptions_of",
    "check_adoption",
    "counts",
    "declare_adoption",
    "in_status",
    "is_mandatory",
    "load_catalogue",
    "read_code",
    "register_standard",
    "set_at",
    "standard_by_code",
    "standards",
    "standards_of",
    "term_of",
    "verify_standard",
    "withdraw_adoption",
]

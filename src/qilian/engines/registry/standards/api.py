"""Public interface of standards."""

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
    "abolish_standard",
    "adoption_by_code",
    "adoptions_of",
    "check_adoption",
    "counts",
    "declare_adoption",
    "in_status",
    "load_catalogue",
    "register_standard",
    "set_at",
    "standard_by_code",
    "standards",
    "standards_of",
    "term_of",
    "verify_standard",
    "withdraw_adoption",
]

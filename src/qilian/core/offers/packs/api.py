"""The face of packs: what a pack may say, what a part may bring, and the coverage of a plan."""

from qilian.core.house.parts.kernel.kinds import ENGINES, KINDS, Kind
from qilian.core.house.parts.kernel.parts import SIGNED_IN, Command, MenuItem, Part, Receiver
from qilian.core.offers.packs.kernel.shapes import Awaited, Cite, Finding, Link, Offer, Pack
from qilian.core.offers.packs.registry import (
    Registry,
    install,
    kinds,
    offer_at,
    offers,
    pack_of,
    packs,
    parts,
    problems,
    register,
)
from qilian.spine.coverage.facts import PlanFacts, Section, read_plan
from qilian.spine.coverage.kernel.checks import plan_problems
from qilian.spine.coverage.kernel.coverage import (
    STATES,
    Clause,
    ClauseRow,
    Coverage,
    Evidence,
    OfferRow,
    State,
    System,
    SystemRow,
    coverage,
    totals,
)
from qilian.spine.coverage.report import as_dict, as_table

__all__ = [
    "ENGINES",
    "KINDS",
    "SIGNED_IN",
    "STATES",
    "Awaited",
    "Cite",
    "Clause",
    "ClauseRow",
    "Command",
    "Coverage",
    "Evidence",
    "Finding",
    "Kind",
    "Link",
    "MenuItem",
    "Offer",
    "OfferRow",
    "Pack",
    "Part",
    "PlanFacts",
    "Receiver",
    "Registry",
    "Section",
    "State",
    "System",
    "SystemRow",
    "as_dict",
    "as_table",
    "coverage",
    "install",
    "kinds",
    "offer_at",
    "offers",
    "pack_of",
    "packs",
    "parts",
    "plan_problems",
    "problems",
    "read_plan",
    "register",
    "totals",
]

"""Public interface of credit."""

from .kernel.display import CLASSES
from .models import CreditRecord, CreditRepair
from .queries import is_shown, record_ref, repair_of, shown_records
from .services import (
    Decision,
    annul,
    ask_repair,
    correct,
    decide_repair,
    lapse,
    record_conduct,
    remind,
)

__all__ = [
    "CLASSES",
    "CreditRecord",
    "CreditRepair",
    "Decision",
    "annul",
    "ask_repair",
    "correct",
    "decide_repair",
    "is_shown",
    "lapse",
    "record_conduct",
    "record_ref",
    "remind",
    "repair_of",
    "shown_records",
]

"""Public interface of credit."""

from .events import CreditAnnulled, CreditCorrected, CreditLapsed, CreditRecorded, RepairAsked, RepairDecided
from .kernel.display import CLASSES, CONDITIONS, STATES
from .models import CreditRecord, CreditRepair
from .queries import is_shown, record_by_code, record_ref, records_of, repair_of, shown_records
from .services import (
    APPLY,
    DECIDE,
    RECORD,
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
    "APPLY",
    "CLASSES",
    "CONDITIONS",
    "DECIDE",
    "RECORD",
    "STATES",
    "CreditAnnulled",
    "CreditCorrected",
    "CreditLapsed",
    "CreditRecord",
    "CreditRecorded",
    "CreditRepair",
    "Decision",
    "RepairAsked",
    "RepairDecided",
    "annul",
    "ask_repair",
    "correct",
    "decide_repair",
    "is_shown",
    "lapse",
    "record_by_code",
    "record_conduct",
    "record_ref",
    "records_of",
    "remind",
    "repair_of",
    "shown_records",
]

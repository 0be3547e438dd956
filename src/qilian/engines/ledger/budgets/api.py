"""Public interface of budgets: programme → line → commitment → payment."""

from .kernel import Condition, Plan, Position
from .models import Commitment, Decision, Line, Programme, Tranche
from .queries import (
    commitment_coded,
    decision_coded,
    line_coded,
    lines_of,
    position_of,
    positions,
    programme_numbered,
    programmes,
)
from .services import (
    adjust,
    appropriate,
    approve,
    close_year,
    commit,
    confirm,
    open_line,
    open_programme,
    pay,
    reject,
    release,
)

__all__ = [
    "Commitment",
    "Condition",
    "Decision",
    "Line",
    "Plan",
    "Position",
    "Programme",
    "Tranche",
    "adjust",
    "appropriate",
    "approve",
    "close_year",
    "commit",
    "commitment_coded",
    "confirm",
    "decision_coded",
    "line_coded",
    "lines_of",
    "open_line",
    "open_programme",
    "pay",
    "position_of",
    "positions",
    "programme_numbered",
    "programmes",
    "reject",
    "release",
]

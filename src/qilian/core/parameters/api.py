"""The face of parameters."""

from .events import ParameterDefined, ValueProposed, ValuePublished, ValueRejected, ValueWithdrawn
from .kernel import KIND_TITLES, Dated, Kind, Row, Value
from .queries import dated_at, parameters, value_at, value_of, values_of
from .services import approve, define, propose, reject, withdraw

__all__ = [
    "KIND_TITLES",
    "Dated",
    "Kind",
    "ParameterDefined",
    "Row",
    "Value",
    "ValueProposed",
    "ValuePublished",
    "ValueRejected",
    "ValueWithdrawn",
    "approve",
    "dated_at",
    "define",
    "parameters",
    "propose",
    "reject",
    "value_at",
    "value_of",
    "values_of",
    "withdraw",
]

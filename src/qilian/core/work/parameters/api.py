"""Public interface of parameters."""

from .events import ParameterDefined, ValueProposed, ValuePublished, ValueRejected, ValueWithdrawn
from .kernel import KIND_TITLES, Dated, Kind, Row, Value
from .models import Parameter, ParameterValue
from .queries import dated_at, parameters, value_at, value_of, values_of
from .services import APPROVE, PROPOSE, approve, define, propose, reject, withdraw

__all__ = [
    "APPROVE",
    "KIND_TITLES",
    "PROPOSE",
    "Dated",
    "Kind",
    "Parameter",
    "ParameterDefined",
    "ParameterValue",
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

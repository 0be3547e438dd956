"""Public interface of parameters."""

from .events import ParameterDefined, ValueProposed, ValuePublished, ValueRejected, ValueWithdrawn
from .kernel import KIND_TITLES, Dated, Kind, Row, Value
from .models import Parameter, ParameterValue
from .queries import dated_at, former_of, parameters, published, value_at, value_coded, value_of, values_of
from .resource import IF_WAITING, WAITING
from .services import APPROVE, PROPOSE, PUBLISHING, about, approve, define, propose, reject, withdraw
from .showing import holds, of_today, state_of, title_of

__all__ = [
    "APPROVE",
    "IF_WAITING",
    "KIND_TITLES",
    "PROPOSE",
    "PUBLISHING",
    "WAITING",
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
    "about",
    "approve",
    "dated_at",
    "define",
    "former_of",
    "holds",
    "of_today",
    "parameters",
    "propose",
    "published",
    "reject",
    "state_of",
    "title_of",
    "value_at",
    "value_coded",
    "value_of",
    "values_of",
    "withdraw",
]

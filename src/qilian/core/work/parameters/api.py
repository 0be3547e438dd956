"""Public interface of parameters."""

from .kernel import Dated
from .models import Parameter, ParameterValue
from .queries import dated_at, former_of, parameters, published, value_at, value_coded, value_of, values_of
from .resource import IF_WAITING, WAITING
from .services import PROPOSE, PUBLISHING, about, approve, define, propose, reject, withdraw
from .showing import holds, name_words, of_today, state_of, title_of

__all__ = [
    "IF_WAITING",
    "PROPOSE",
    "PUBLISHING",
    "WAITING",
    "Dated",
    "Parameter",
    "ParameterValue",
    "about",
    "approve",
    "dated_at",
    "define",
    "former_of",
    "holds",
    "name_words",
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

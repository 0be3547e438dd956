"""What people read and cite: texts in two languages, refusals, references and public codes; pure values."""

from .codes import codes_in_order, public_code
from .digits import whole
from .language import LANGUAGES, current_language, speaking
from .ref import Ref
from .refusal import Refusal, Unfit, refuse_all
from .text import Text
from .width import width
from .written import fitting_text, required_text

__all__ = [
    "LANGUAGES",
    "Ref",
    "Refusal",
    "Text",
    "Unfit",
    "codes_in_order",
    "current_language",
    "fitting_text",
    "public_code",
    "refuse_all",
    "required_text",
    "speaking",
    "whole",
    "width",
]

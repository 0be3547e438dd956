"""Public interface of annotations: find what assigns in a text, read it, and tell what may assign and does not."""

from .kernel.brackets import find_annotations
from .kernel.inline import audit, find_inline
from .kernel.learned import MEANINGS, NOTHING_LEARNED, Learned, meaning
from .kernel.parse import read
from .kernel.rules import Rule, find_items, find_rules
from .kernel.shapes import Annotation, Diagnostic, Mention, Reading

__all__ = [
    "MEANINGS",
    "NOTHING_LEARNED",
    "Annotation",
    "Diagnostic",
    "Learned",
    "Mention",
    "Reading",
    "Rule",
    "audit",
    "find_annotations",
    "find_inline",
    "find_items",
    "find_rules",
    "meaning",
    "read",
]

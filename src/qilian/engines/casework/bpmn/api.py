"""Public interface of BPMN: files in and out, what lies outside of the approval profile, layout and drawing."""

from .drawing import draw
from .kernel.layout import laid_out
from .kernel.model import Definitions, Element, Flow, Node, Process, Trigger
from .kernel.profile import outside
from .kernel.reading import read
from .kernel.writing import write

__all__ = [
    "Definitions",
    "Element",
    "Flow",
    "Node",
    "Process",
    "Trigger",
    "draw",
    "laid_out",
    "outside",
    "read",
    "write",
]

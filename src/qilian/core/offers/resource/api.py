"""Public interface of resources: say a thing once, and have it on pages, for programs and in the documents."""

from .doing import Sent, act, fitting, may
from .forms import forms
from .pages import actions, columns, facts, facts_named, listed, record, visible
from .pointing import reference
from .programs import router, written_row
from .reference import table
from .registry import resources
from .shapes import NOTHING, Operation, Resource, Step, Trait, Values, always, in_state
from .steps import stages

__all__ = [
    "NOTHING",
    "Operation",
    "Resource",
    "Sent",
    "Step",
    "Trait",
    "Values",
    "act",
    "actions",
    "always",
    "columns",
    "facts",
    "facts_named",
    "fitting",
    "forms",
    "in_state",
    "listed",
    "may",
    "record",
    "reference",
    "resources",
    "router",
    "stages",
    "table",
    "visible",
    "written_row",
]

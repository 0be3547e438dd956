"""Public interface of resources: say a thing once, and have it on pages, for programs and in the documents."""

from .doing import Sent, act, create, fitting, may
from .forms import forms
from .pages import actions, columns, facts, facts_named, listed, record, visible
from .programs import router, written_row
from .reference import table
from .registry import resources
from .shapes import NOTHING, Operation, Resource, Step, Trait, Values, always, in_state, nobody_else, somewhere
from .steps import Stage, stages

__all__ = [
    "NOTHING",
    "Operation",
    "Resource",
    "Sent",
    "Stage",
    "Step",
    "Trait",
    "Values",
    "act",
    "actions",
    "always",
    "columns",
    "create",
    "facts",
    "facts_named",
    "fitting",
    "forms",
    "in_state",
    "listed",
    "may",
    "nobody_else",
    "record",
    "resources",
    "router",
    "somewhere",
    "stages",
    "table",
    "visible",
    "written_row",
]

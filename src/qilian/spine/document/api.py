"""Public interface of the document: what stands on the page beside the words, and how its lines and tables run."""

from .kernel.flow import Flow, flow
from .kernel.places import Spans, last_before, lines, trimmed
from .kernel.tables import Row, Table, find_tables

__all__ = ["Flow", "Row", "Spans", "Table", "find_tables", "flow", "last_before", "lines", "trimmed"]

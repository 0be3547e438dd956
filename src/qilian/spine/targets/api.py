"""Public interface of targets: what a stretch of words, or a figure alone in a cell of a table, aims at."""

from .kernel.cells import cell_target, is_figure, is_unit, is_unitless
from .kernel.targets import find_targets

__all__ = ["cell_target", "find_targets", "is_figure", "is_unit", "is_unitless"]

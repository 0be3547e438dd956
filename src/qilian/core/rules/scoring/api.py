"""Public interface of scoring."""

from .digests import digest_of, figures_document, method_document, read_cells, read_figures, result_document
from .kernel.checks import problems
from .kernel.method import Indicator, Method, Step, as_data, read_method
from .kernel.rules import RULES, rule_words
from .kernel.scoring import Cell, Figure, Result, over_periods, ranks, score

__all__ = [
    "RULES",
    "Cell",
    "Figure",
    "Indicator",
    "Method",
    "Result",
    "Step",
    "as_data",
    "digest_of",
    "figures_document",
    "method_document",
    "over_periods",
    "problems",
    "ranks",
    "read_cells",
    "read_figures",
    "read_method",
    "result_document",
    "rule_words",
    "score",
]

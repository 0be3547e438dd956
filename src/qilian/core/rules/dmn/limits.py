"""The numbers at which a table may change its answer, by input: what a picture of it has along its sides."""

from decimal import Decimal

from .axes import axes
from .tables import Table


def numeric_limits(table: Table) -> dict[str, tuple[Decimal, ...]]:
    """For each input that is a number, the limits in its tests, in order; an input without any has none.

    The numbers stand as the tests have them, whether these include them or not.
    """
    found: dict[str, tuple[Decimal, ...]] = {}
    for axis in axes(table.compiled):
        column = table.shape.inputs[axis.columns[0]]
        if column.type == "number":
            ends = (end for piece in axis.pieces for end in (piece.low, piece.high))
            found[column.expression.strip()] = tuple(sorted({end for end in ends if isinstance(end, Decimal)}))
    return found

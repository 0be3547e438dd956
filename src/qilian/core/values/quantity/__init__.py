"""Quantities carry their unit; what cannot be converted is not added."""

from .kernel import UNITS, Quantity, UnitOfMeasure

__all__ = ["UNITS", "Quantity", "UnitOfMeasure"]

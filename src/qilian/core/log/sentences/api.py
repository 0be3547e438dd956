"""Public interface of sentences."""

from .references import Pointed, Reference, called, noun_of, pointed, refer, refers
from .saying import sentence

__all__ = ["Pointed", "Reference", "called", "noun_of", "pointed", "refer", "refers", "sentence"]

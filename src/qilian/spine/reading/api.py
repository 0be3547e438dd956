"""Public interface of reading: pure; the adapters of the compiler open the files."""

from .kernel.columns import Block, in_columns
from .kernel.document import Composer, Document, Note
from .kernel.glyphs import unified
from .kernel.lines import Line, paragraphs, together
from .kernel.word import Parts, read_word

__all__ = [
    "Block",
    "Composer",
    "Document",
    "Line",
    "Note",
    "Parts",
    "in_columns",
    "paragraphs",
    "read_word",
    "together",
    "unified",
]

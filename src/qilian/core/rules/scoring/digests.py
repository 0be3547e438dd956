"""The one text of a method, of figures and of a result, and their digests: a run repeated gives the same."""

import hashlib
from collections.abc import Mapping
from decimal import Decimal

import rfc8785

from qilian.core.log.events.api import Json, plain

from .kernel.method import Method, as_data
from .kernel.scoring import Cell, Figure, Result


def method_document(method: Method) -> dict[str, Json]:
    """Return a method as exact JSON."""
    return _object(as_data(method))


def figures_document(figures: Mapping[str, Figure]) -> dict[str, Json]:
    """Return the figures of a subject as exact JSON, by indicator."""
    return _object({slug: {"values": list(each.values), "source": each.source} for slug, each in figures.items()})


def result_document(result: Result) -> dict[str, Json]:
    """Return a result with all its cells as exact JSON."""
    return _object(result)


def read_figures(document: Mapping[str, object]) -> dict[str, Figure]:
    """Read figures back from their document; TypeError when it has another shape."""
    return {slug: _figure(row) for slug, row in document.items()}


def read_cells(document: Mapping[str, object]) -> tuple[Cell, ...]:
    """Read the cells of a result back from its document; TypeError when it has another shape."""
    rows = document["cells"]
    if not isinstance(rows, list):
        raise TypeError("cells are a list")
    return tuple(_cell(row) for row in rows)


def digest_of(document: Mapping[str, Json]) -> str:
    """Return the SHA-256 of a document's canonical JSON (RFC 8785) in hexadecimal."""
    return hashlib.sha256(rfc8785.dumps(dict(document))).hexdigest()


def _object(value: object) -> dict[str, Json]:
    written = plain(value)
    assert isinstance(written, dict)
    return written


def _figure(row: object) -> Figure:
    if not isinstance(row, Mapping):
        raise TypeError("a figure is an object")
    return Figure(tuple(Decimal(str(value)) for value in row["values"]), str(row["source"]))


def _cell(row: Mapping[str, object]) -> Cell:
    values = row["values"]
    if not isinstance(values, list):
        raise TypeError("values are a list")
    weight, share, points = (Decimal(str(row[name])) for name in ("weight", "share", "points"))
    numbers = tuple(Decimal(str(value)) for value in values)
    return Cell(str(row["indicator"]), numbers, str(row["source"]), weight, share, points, str(row["state"]))

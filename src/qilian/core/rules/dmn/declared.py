"""What a pack declares of a decision: its name, the clause it serves, the tables it knows, and cases to try them on."""

from dataclasses import dataclass
from datetime import date

from qilian.core.values.text import Text


@dataclass(frozen=True, slots=True)
class Version:
    """A table from a day on, as compact YAML, with the statute it comes from.

    The table is what people are offered to publish; it decides nothing until two of them have.
    """

    valid_from: date
    source: str
    table: str


@dataclass(frozen=True, slots=True)
class Trial:
    """A case that every version is tried on: inputs as typed, the result that is expected today."""

    title: str
    inputs: tuple[tuple[str, str], ...]
    expected: str = ""


@dataclass(frozen=True, slots=True)
class Declared:
    """A rule that changes by decree, as a decision table (DMN): who is eligible, which class a project falls into."""

    slug: str
    title: Text
    clause: str
    versions: tuple[Version, ...] = ()
    trials: tuple[Trial, ...] = ()

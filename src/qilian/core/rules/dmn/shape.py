"""A decision table as it is written: columns, rules as texts, hit policy. DMN XML, CSV and YAML all come to this."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

HIT_POLICIES = {
    "U": "UNIQUE",
    "A": "ANY",
    "P": "PRIORITY",
    "F": "FIRST",
    "R": "RULE ORDER",
    "O": "OUTPUT ORDER",
    "C": "COLLECT",
}
AGGREGATIONS = {"+": "SUM", "#": "COUNT", "<": "MIN", ">": "MAX"}


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a table cannot decide: a code of `said` and what fills its sentence."""

    code: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class InputColumn:
    """An input: the FEEL expression that is tested, a label for people, its type and its allowed values.

    A column that has a label alone tests what its label names.
    """

    expression: str = ""
    label: str = ""
    type: str = ""
    allowed: str = ""

    def __post_init__(self) -> None:
        if not self.expression:
            object.__setattr__(self, "expression", self.label)

    @property
    def title(self) -> str:
        """What people call it."""
        return self.label or self.expression


@dataclass(frozen=True, slots=True)
class OutputColumn:
    """An output: its name, a label for people, its type, its allowed values in order of priority, its default."""

    name: str = ""
    label: str = ""
    type: str = ""
    allowed: str = ""
    default: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A row: unary tests, output expressions, annotations; an empty test is `-`."""

    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class TableShape:
    """A decision table in its written form."""

    inputs: tuple[InputColumn, ...]
    outputs: tuple[OutputColumn, ...]
    rules: tuple[Rule, ...]
    hit_policy: str = "UNIQUE"
    aggregation: str = ""
    notes: tuple[str, ...] = ()
    name: str = ""
    output_label: str = ""
    foreign: str = ""
    """The language of cells that are not FEEL, if there are any: such a table is read, and decides nothing."""

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """What makes it no table: rules of another width than the columns, a hit policy or aggregation that is none."""
        return tuple(self._problems())

    def _problems(self) -> Iterator[Problem]:
        wanted = (len(self.inputs), len(self.outputs))
        sizes = [(len(rule.inputs), len(rule.outputs)) for rule in self.rules]
        ragged = [str(number) for number, size in enumerate(sizes, 1) if size != wanted]
        if ragged:
            yield Problem(
                "ragged", {"rules": ", ".join(ragged[:20]), "inputs": str(wanted[0]), "outputs": str(wanted[1])}
            )
        if self.hit_policy not in HIT_POLICIES.values():
            yield Problem("policy", {"name": self.hit_policy})
        if self.aggregation and self.aggregation not in AGGREGATIONS.values():
            yield Problem("policy", {"name": self.aggregation})
        if self.foreign:
            yield Problem("language", {"name": self.foreign})
        if not self.outputs:
            yield Problem("outputs", {})

    @property
    def indicator(self) -> str:
        """The hit policy as its letter: U, F, C+ …"""
        sign = {word: sign for sign, word in AGGREGATIONS.items()}.get(self.aggregation, "")
        return self.hit_policy[:1] + sign

"""A decision table as it is written: columns, rules as texts, hit policy. DMN XML, CSV and YAML all come to this."""

from dataclasses import dataclass

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
class InputColumn:
    """An input: the FEEL expression that is tested, a label for people, its type and its allowed values."""

    expression: str
    label: str = ""
    type: str = ""
    allowed: str = ""

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


@dataclass(frozen=True, slots=True)
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

    @property
    def indicator(self) -> str:
        """The hit policy as its letter: U, F, C+ …"""
        sign = {word: sign for sign, word in AGGREGATIONS.items()}.get(self.aggregation, "")
        return self.hit_policy[:1] + sign

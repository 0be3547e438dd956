"""Two versions of a table side by side: what each says of the same cases, and which rules came and went."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from qilian.core.rules.feel.api import literal
from qilian.core.values.text import Refusal, Text

from .entered import readings
from .shape import Rule
from .tables import Table

_NONE = Text("", "")


@dataclass(frozen=True, slots=True)
class Case:
    """A stored case: what it is called, its inputs as typed, and the result that people expect (empty: none said)."""

    title: str
    inputs: Mapping[str, str]
    expected: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one version says of a case: the result as FEEL text, the rules that matched, and what failed."""

    result: str
    rules: tuple[int, ...] = ()
    problem: Text = _NONE


@dataclass(frozen=True, slots=True)
class Line:
    """One case under two versions."""

    case: Case
    before: Answer
    after: Answer

    @property
    def changed(self) -> bool:
        """Whether the versions differ in the result, or only one of them fails."""
        return self.before.result != self.after.result or bool(self.before.problem) != bool(self.after.problem)


@dataclass(frozen=True, slots=True)
class RuleChange:
    """A rule that came or went, with its number in the version it stands in."""

    sign: Literal["+", "-"]
    number: int
    rule: Rule


def answer(table: Table, case: Case) -> Answer:
    """What a table says of a case; an input that it cannot read is a problem of the answer, not a refusal."""
    try:
        decision = table.decide(readings(table, case.inputs))
    except Refusal as refusal:
        return Answer("", (), refusal.message)
    problem = decision.diagnostics[0].message if decision.diagnostics else _NONE
    return Answer(literal(decision.result), decision.matched, problem)


def compare(cases: Sequence[Case], before: Table, after: Table) -> tuple[Line, ...]:
    """Put the same cases to two versions, those that change first."""
    lines = [Line(case, answer(before, case), answer(after, case)) for case in cases]
    return tuple(sorted(lines, key=lambda line: not line.changed))


def rule_changes(before: Table, after: Table) -> tuple[RuleChange, ...]:
    """The rules that the later version lacks or brings; a rule that was edited went and came."""
    return tuple(_changes(before.shape.rules, after.shape.rules))


def _changes(before: Sequence[Rule], after: Sequence[Rule]) -> Iterator[RuleChange]:
    for kind, left, left_end, right, right_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            yield from (RuleChange("-", place + 1, before[place]) for place in range(left, left_end))
            yield from (RuleChange("+", place + 1, after[place]) for place in range(right, right_end))

"""A case and its steps as values.

Every open thing of a case is a step: what somebody does (`task`), what it waits for (`wait`, `call`), and what encloses
others (`fork`, `sign`: a countersign). What encloses is open as long as something in it is; so a case is closed exactly
when no step is open, and no join can be left waiting.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from qilian.core.values.text import Refusal, Text

StepKind = Literal["task", "wait", "call", "fork", "sign"]
StepState = Literal["open", "waiting", "done", "cancelled"]
CaseState = Literal["open", "suspended", "ended", "withdrawn", "terminated"]
AMEND: Final = "申请人修改"
"""The node of a step that sends a case back to its applicant, which no procedure draws."""

STEP_STATES: Final[Mapping[str, Text]] = {
    "open": Text("办理中", "Open"),
    "waiting": Text("等待轮到", "Waits its turn"),
    "done": Text("已办", "Done"),
    "cancelled": Text("已取消", "Cancelled"),
}
CASE_STATES: Final[Mapping[str, Text]] = {
    "open": Text("办理中", "In progress"),
    "suspended": Text("中止", "Suspended"),
    "ended": Text("办结", "Closed"),
    "withdrawn": Text("申请人撤回", "Withdrawn"),
    "terminated": Text("终止", "Terminated"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a case. `parent` is the step that encloses it, `source` the one whose end opened it; 0 for none.

    `performer` is who does it (`role@unit`, the applicant), `holder` the person who took it. `lender` is who delegated
    it and gets it back. `holds` is the step that waits for it (signed before), `follows` the one that it comes after
    (signed after). `straight` is the node that it goes straight back to once it is redone.
    """

    number: int
    node: str
    kind: StepKind = "task"
    parent: int = 0
    source: int = 0
    performer: str = ""
    holder: str = ""
    state: StepState = "open"
    outcome: str = ""
    weight: int = 1
    place: int = 0
    lender: str = ""
    holds: int = 0
    follows: int = 0
    straight: str = ""

    @property
    def live(self) -> bool:
        """Whether it is open or waits its turn."""
        return self.state in ("open", "waiting")

    @property
    def encloses(self) -> bool:
        """Whether other steps lie in it."""
        return self.kind in ("fork", "sign")


@dataclass(frozen=True, slots=True)
class Case:
    """A case: its steps by number, its state, and the end that it reached."""

    steps: Mapping[int, Step] = field(default_factory=dict)
    state: CaseState = "open"
    end: str = ""

    def __getitem__(self, number: int) -> Step:
        step = self.steps.get(number)
        if step is None:
            message = Text(f"没有第 {number} 步。", f"There is no step {number}.")
            raise Refusal("flow.step", message, where="step")
        return step

    @property
    def live(self) -> tuple[Step, ...]:
        """The steps that are open or wait their turn, in order."""
        return tuple(step for step in self.steps.values() if step.live)

    @property
    def tasks(self) -> tuple[Step, ...]:
        """The open steps that somebody has to do."""
        return tuple(step for step in self.steps.values() if step.state == "open" and step.kind == "task")

    def inside(self, number: int) -> Iterator[Step]:
        """The live steps within a step, at any depth."""
        for step in self.live:
            if step.parent == number:
                yield step
                yield from self.inside(step.number)

    def above(self, step: Step) -> Iterator[int]:
        """The numbers of what encloses a step, the nearest first, and 0 for the case at last."""
        while step.parent:
            yield step.parent
            step = self[step.parent]
        yield 0

    def with_step(self, step: Step) -> "Case":
        """The case with a step as it is now."""
        return replace(self, steps={**self.steps, step.number: step})

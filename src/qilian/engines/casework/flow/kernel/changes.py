"""What a deed changed: the steps that are new or different, in order; and a case told from such changes alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from .state import Case, CaseState, Step

_KEPT: Final = ("performer", "holder", "lender")


@dataclass(frozen=True, slots=True)
class Change:
    """A step as it is after a deed, and what it was before; None for one that was opened."""

    step: Step
    was: Step | None

    @property
    def opened(self) -> bool:
        """Whether somebody has to do something now who had not."""
        return self.step.state == "open" and (self.was is None or self.was.state != "open")

    @property
    def closed(self) -> bool:
        """Whether it is open no longer."""
        return self.step.state in ("done", "cancelled") and (self.was is None or self.was.live)

    @property
    def moved(self) -> bool:
        """Whether it is another's now."""
        return self.was is not None and any(getattr(self.was, name) != getattr(self.step, name) for name in _KEPT)

    @property
    def returned(self) -> bool:
        """Whether it came back to who lent it, with what the other would say."""
        return self.was is not None and bool(self.was.lender) and not self.step.lender and self.step.state == "open"


def changes(before: Case, after: Case) -> tuple[Change, ...]:
    """The steps that a deed opened or changed, in the order of their numbers."""
    steps = (after.steps[number] for number in sorted(after.steps))
    return tuple(Change(step, before.steps.get(step.number)) for step in steps if before.steps.get(step.number) != step)


def replayed(told: Iterable[tuple[CaseState, str, Iterable[Step]]]) -> Case:
    """The case that a history tells: after each deed its state, its end, and the steps as they were then."""
    case = Case()
    for state, end, steps in told:
        case = Case({**case.steps, **{step.number: step for step in steps}}, state, end)
    return case

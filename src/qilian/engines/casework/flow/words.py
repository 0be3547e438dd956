"""How cases speak: states, limits, who does a step."""

from qilian.core.house.pages import Status
from qilian.core.time.clocks.api import light_of, open_clock, words_of
from qilian.core.values import clock
from qilian.core.values.text import Ref, Text
from qilian.engines.casework.items.api import performer_words

from .kernel import AMEND, CASE_STATES, STEP_STATES, Step
from .models import Case, CaseStep
from .queries import procedure_of_case

TITLE = Text("办件", "Cases")
_COLOURS = {"open": "amber", "suspended": "grey", "ended": "green", "withdrawn": "grey", "terminated": "red"}
_STEP_COLOURS = {"open": "amber", "waiting": "grey", "done": "green", "cancelled": "grey"}


def state_of(row: Case) -> Status:
    """The state of a case; of one that ended, how."""
    if row.state != "ended":
        return Status(CASE_STATES[row.state], _COLOURS[row.state])  # type: ignore[arg-type] # a colour
    node = procedure_of_case(row).graph[row.end]
    return Status(node.outcome or node.title, "green" if row.granted else "red")


def step_state(row: CaseStep) -> Status:
    """The state of a step; of one that was done, its outcome."""
    words = Text(row.outcome, row.outcome) if row.state == "done" and row.outcome else STEP_STATES[row.state]
    return Status(words, _STEP_COLOURS[row.state])  # type: ignore[arg-type] # a colour


def node_title(row: Case, node: str) -> Text:
    """What a step is called."""
    found = procedure_of_case(row).graph.nodes.get(node)
    return found.title if found else Text(AMEND, "Amendment by the applicant")


def light(subject: Ref, rule: str) -> Status | None:
    """How much of a limit of a subject is left, in words and with its light; None where none runs."""
    running = open_clock(subject, rule)
    if running is None:
        return None
    now = clock.now()
    return Status(words_of(running, now), light_of(running, now).colour)


def step_words(row: Case, step: Step) -> Text:
    """A step as a choice: its number, title, and who does it."""
    title, who = node_title(row, step.node), performer_words(step.performer)
    return Text(f"第 {step.number} 步 {title.zh}（{who.zh}）", f"{step.number} {title.en} ({who.en})")

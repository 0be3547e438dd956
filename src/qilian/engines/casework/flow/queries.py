"""Reading cases: by number and code, a reader's list, a case as the kernel has it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from qilian.core.house.forms.api import Form
from qilian.core.house.principal import Principal
from qilian.core.offers.offers.api import scope_of
from qilian.core.rights.grants.api import Scope, visible
from qilian.core.values.text import Ref, Refusal, Text
from qilian.engines.casework.items.api import procedure_of
from qilian.engines.casework.procedures.api import APPLICANT, Procedure

from . import kernel
from .models import Case, CaseExtension, CaseStep

_STEP = ("number", "node", "kind", "parent", "source", "performer", "state", "outcome", "weight", "place", "lender",
         "holds", "follows", "straight")  # fmt: skip


def cases(path: str = "") -> QuerySet[Case]:
    """All cases, or those of an item, the latest first."""
    found = Case.objects.filter(offer=path) if path else Case.objects.all()
    return found.select_related("party", "version").order_by("-pk")


def seen_cases(me: Principal, path: str = "") -> QuerySet[Case]:
    """The cases a reader may see: of his parties, where he may handle, steer, view or accept, where he did a step."""
    found = cases(path)
    seen = Q(party__code__in=me.parties) if me.parties else Q(pk__in=())
    if me.person is not None:
        seen |= Q(pk__in=CaseStep.objects.filter(done_by=me.person).exclude(performer=APPLICANT).values("case"))
    for right in ("casework.handle", "casework.steer", "casework.view", "casework.accept"):
        seen |= Q(pk__in=visible(found, me, right).order_by().values("pk"))
    return found.filter(seen)


def case_by_code(path: str, code: str) -> Case:
    """A case of an item by its code; Refusal `casework.case.unknown` (404)."""
    row = cases(path).filter(code=code).first()
    if row is None:
        raise unknown_case(code)
    return row


def unknown_case(code: str) -> Refusal:
    """A case that is not there, or that the reader may not see: both in the same words."""
    return Refusal("casework.case.unknown", Text("没有这件办件。", "There is no such case."), where=code)


def case_ref(row: Case) -> Ref:
    """A case as the subject of events, clocks and items in an inbox."""
    return Ref("casework.case", row.code)


def extension_ref(row: CaseExtension) -> Ref:
    """A request for more time as the subject of events."""
    return Ref("casework.extension", row.code)


def extensions(path: str) -> QuerySet[CaseExtension]:
    """All requests for more time in the cases of an item, the latest first."""
    found = CaseExtension.objects.filter(case__offer=path)
    return found.select_related("case", "case__version", "proposed_by", "decided_by").order_by("-pk")


def extension_by_code(path: str, code: str) -> CaseExtension:
    """A request for more time by its code; Refusal `casework.extension.unknown` (404)."""
    row = extensions(path).filter(code=code).first()
    if row is None:
        message = Text("没有这份延期申请。", "There is no such request for more time.")
        raise Refusal("casework.extension.unknown", message, where=code)
    return row


def step_ref(row: Case, number: int) -> Ref:
    """A step as the subject of its clock."""
    return Ref("casework.step", f"{row.code}-{number}")


def case_scope(row: Case) -> Scope:
    """Where rights on a case count."""
    return scope_of(row.offer, region=row.region, unit=row.unit)


def procedure_of_case(row: Case) -> Procedure:
    """The procedure of the version that a case runs by, whatever was published since."""
    return procedure_of(row.version)


def steps_of(row: Case) -> Sequence[CaseStep]:
    """The steps of a case in their order."""
    return list(row.steps.select_related("holder", "done_by").order_by("number"))


def as_case(row: Case, steps: Sequence[CaseStep]) -> kernel.Case:
    """A case as the kernel has it."""
    return kernel.Case({each.number: as_step(each) for each in steps}, row.state, row.end)  # type: ignore[arg-type] # by constraint


@dataclass(frozen=True, slots=True)
class Task:
    """An open task of a case: its number, who does it, the outcomes it may have, and what it asks for."""

    number: int
    performer: str
    outcomes: tuple[str, ...]
    form: Form | None


def tasks_of(row: Case) -> Sequence[Task]:
    """The open tasks of a case, in order."""
    graph = procedure_of_case(row).graph
    found = []
    for step in as_case(row, steps_of(row)).tasks:
        node = graph.nodes.get(step.node)
        found.append(Task(step.number, step.performer, kernel.outcomes(graph, step), node.form if node else None))
    return found


def waits_of(row: Case) -> Sequence[tuple[int, int]]:
    """The open waits for a time: the number of each, and how many days it lasts."""
    graph = procedure_of_case(row).graph
    waits = [step for step in as_case(row, steps_of(row)).live if step.kind == "wait"]
    lengths = [(step.number, graph[step.node].length) for step in waits]
    return [(number, length.value) for number, length in lengths if length]


def messages_of(row: Case) -> Sequence[str]:
    """What a case waits for besides time: the messages of its open waits, each once."""
    graph = procedure_of_case(row).graph
    waits = [step for step in as_case(row, steps_of(row)).live if step.kind == "wait"]
    return list(dict.fromkeys(graph[step.node].message for step in waits if graph[step.node].message))


def as_step(row: CaseStep) -> kernel.Step:
    """A step as the kernel has it; its holder by his key."""
    held: Mapping[str, Any] = {name: getattr(row, name) for name in _STEP}
    return kernel.Step(**held, holder=str(row.holder_id or ""))


def unit_of(row: Case, performer: str) -> str:
    """The unit of who does a step: that of `role@unit`, or the case's own."""
    return performer.partition("@")[2] or row.unit


def applicants(performer: str) -> bool:
    """Whether a step is the applicant's."""
    return performer == APPLICANT

"""A procedure: the item as the public catalogue lists it, and the graph of steps that a case of it walks.

The fields of an item are those of GB/T 39554.1-2020 and .2-2020 [recalled]; the nodes are those of BPMN 2.0 that an
office needs. A fork, a choice of several ways, a countersign and a call enclose what they open: whatever is done
inside, they end when nothing inside is open. So no join can wait for what never comes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final, Literal

from qilian.core.house.forms.api import Form
from qilian.core.values.text import Text

NodeKind = Literal["task", "decision", "route", "fork", "choose", "call", "wait", "end"]
Order = Literal["parallel", "sequential"]
OnReject = Literal["wait", "stop", "return"]
Measure = Literal["workday", "natural_day", "month", "hour", "minute"]

MEASURES: Final[Mapping[str, Measure]] = {
    "工作日": "workday",
    "自然日": "natural_day",
    "个月": "month",
    "小时": "hour",
    "分钟": "minute",
}
KINDS: Final[Mapping[str, Text]] = {
    "许可": Text("行政许可", "Licence"),
    "确认": Text("行政确认", "Confirmation"),
    "给付": Text("行政给付", "Benefit"),
    "奖励": Text("行政奖励", "Award"),
    "检查": Text("行政检查", "Inspection"),
    "其他": Text("其他行政权力", "Other power"),
    "服务": Text("公共服务", "Public service"),
    "内部": Text("内部事项", "Internal matter"),
    "扶持": Text("财政扶持", "Fiscal support"),
    "应急": Text("应急处置", "Emergency"),
}
"""Kinds of items (GB/T 39554.1-2020 [recalled]; 内部, 扶持 and 应急 are this house's)."""
LEVELS: Final[Mapping[str, Text]] = {
    "省级": Text("省级", "Province"),
    "市州级": Text("市（州）级", "Prefecture"),
    "县级": Text("县（市、区）级", "County"),
}
SOURCES: Final[Mapping[str, Text]] = {
    "申请人": Text("申请人提供", "From the applicant"),
    "共享": Text("部门共享，免提交", "Shared between offices: not asked for"),
    "证照": Text("电子证照，免提交", "Electronic licence: not asked for"),
}
APPLICANT: Final = "申请人"
HANDLING: Final = "承办"
"""The unit that handles a case, whichever it is."""


@dataclass(frozen=True, slots=True)
class Length:
    """A length of legal time: so many of a measure."""

    value: int
    measure: Measure


@dataclass(frozen=True, slots=True)
class Performer:
    """Who does a step: a role at a unit (a slug, or the handling unit), the applicant, or whom an expression names."""

    role: str
    unit: str = ""
    expression: str = ""

    @property
    def applicant(self) -> bool:
        """Whether the applicant does it."""
        return self.role == APPLICANT


@dataclass(frozen=True, slots=True)
class Quorum:
    """What a countersign 会签 needs: all, so many, a share, or so much weight of those who agree.

    `need` counts people, or weight with `weighed`; a `ratio` is of the weight of all. Who stands in `veto` ends it by
    disagreeing; `on_reject` says what another's disagreement does: wait for the rest, stop at once when agreement is
    out of reach, or send it back.
    """

    need: int = 0
    ratio: Decimal | None = None
    order: Order = "parallel"
    on_reject: OnReject = "stop"
    veto: tuple[str, ...] = ()
    weights: tuple[tuple[str, int], ...] = ()
    agree: str = "同意"
    reject: str = "不同意"

    def weight(self, role: str) -> int:
        """What the word of a role weighs."""
        return dict(self.weights).get(role, 1)


@dataclass(frozen=True, slots=True)
class Way:
    """A way out of a node: the outcome (or the condition in FEEL) and the node it leads to."""

    outcome: str
    target: str


@dataclass(frozen=True, slots=True)
class Node:
    """One step as it is drawn. Which fields mean something follows from its kind.

    `ways` of a task are its outcomes, of a decision the results, of a route and a choice the conditions in order, with
    `otherwise`; a fork's are its branches. `join` is where branches meet. `call` names another procedure, `waits` says
    whether the case waits for it. A wait ends after a `length`, by a `message`, or when `until` holds. `pause` is the
    reason why the case's own clock stands still meanwhile.
    """

    slug: str
    kind: NodeKind
    title: Text
    ways: tuple[Way, ...] = ()
    by: tuple[Performer, ...] = ()
    quorum: Quorum | None = None
    form: Form | None = None
    limit: Length | None = None
    extension: Length | None = None
    basis: str = ""
    pause: Text | None = None
    decision: str = ""
    otherwise: str = ""
    join: str = ""
    call: str = ""
    waits: bool = True
    length: Length | None = None
    message: str = ""
    until: str = ""
    outcome: Text | None = None
    granted: bool = False
    document: str = ""
    copies: tuple[Performer, ...] = ()

    @property
    def targets(self) -> tuple[str, ...]:
        """The nodes that it leads to, each once."""
        found = [way.target for way in self.ways] + [name for name in (self.otherwise, self.join) if name]
        return tuple(dict.fromkeys(found))

    def way(self, outcome: str) -> str:
        """Where an outcome leads; nothing for an unknown one."""
        return next((way.target for way in self.ways if way.outcome == outcome), "")


@dataclass(frozen=True, slots=True)
class Graph:
    """The nodes of a procedure by name, in the order of the file; it begins at the first."""

    nodes: Mapping[str, Node]

    @property
    def start(self) -> Node:
        """The first node."""
        return next(iter(self.nodes.values()))

    def __getitem__(self, slug: str) -> Node:
        return self.nodes[slug]


@dataclass(frozen=True, slots=True)
class Material:
    """One thing that an applicant hands in, and where it comes from."""

    name: str
    source: str = "申请人"
    required: bool = True
    note: str = ""


@dataclass(frozen=True, slots=True)
class Basis:
    """A provision that the item rests on; `recalled` marks one that was written from memory and is to be checked."""

    title: str
    clause: str = ""
    recalled: bool = True


@dataclass(frozen=True, slots=True)
class Fee:
    """What is charged, and by which list; an item without fees says so by having none."""

    name: str
    amount: str
    basis: str


@dataclass(frozen=True, slots=True)
class Procedure:
    """An item 事项 with everything that its guide shows, and the graph that its cases walk.

    `samples` are invented applications, for the story of the item and never for a real case.
    """

    title: Text
    kind: str
    level: str
    targets: tuple[str, ...]
    promised: Length
    form: Form
    graph: Graph = field(repr=False)
    statutory: Length | None = None
    extension: Length | None = None
    public: bool = True
    basis: tuple[Basis, ...] = ()
    conditions: tuple[str, ...] = ()
    materials: tuple[Material, ...] = ()
    fees: tuple[Fee, ...] = ()
    results: tuple[str, ...] = ()
    check: str = ""
    keywords: tuple[str, ...] = ()
    samples: tuple[Mapping[str, str], ...] = field(default=(), repr=False)

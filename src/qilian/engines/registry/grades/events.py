"""What happens to methods and gradings, as facts; the offer stands on the event, cells only as digests."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from qilian.core.log.events.api import event_type
from qilian.core.values.text import Text


@event_type("registry.grade_method.proposed", title=Text("提出评价方法", "Method proposed"))
@dataclass(frozen=True, slots=True)
class MethodProposed:
    """Somebody proposed a version of a method; the digest is that of its whole text."""

    version: int
    digest: str
    source: str


@event_type("registry.grade_method.published", title=Text("公布评价方法", "Method published"))
@dataclass(frozen=True, slots=True)
class MethodPublished:
    """Somebody else approved it: it holds from its day on."""

    version: int
    digest: str
    valid_from: date
    proposed_by: str


@event_type("registry.grade_method.rejected", title=Text("退回评价方法", "Method rejected"))
@dataclass(frozen=True, slots=True)
class MethodRejected:
    """A proposed method was turned down, with a reason."""

    version: int
    reason: str


@event_type("registry.grade_method.withdrawn", title=Text("撤回评价方法", "Method withdrawn"))
@dataclass(frozen=True, slots=True)
class MethodWithdrawn:
    """Who proposed a method took it back."""

    version: int


@event_type("registry.grading.computed", title=Text("评出", "Graded"), dimensions=("grade",), measures=("score",))
@dataclass(frozen=True, slots=True)
class GradingComputed:
    """A party was scored: method version, digests of figures and result, score and grade, and what it corrects."""

    version: int
    figures: str
    result: str
    score: Decimal
    grade: str
    as_of: date
    corrects: str


@event_type("registry.grading.appealed", title=Text("提出申诉", "Appealed"), dimensions=("indicator",))
@dataclass(frozen=True, slots=True)
class GradingAppealed:
    """The party objects to a cell, or to the whole when no indicator is named."""

    appeal: str
    indicator: str


@event_type("registry.grading.appeal_decided", title=Text("答复申诉", "Appeal decided"), dimensions=("verdict",))
@dataclass(frozen=True, slots=True)
class AppealDecided:
    """The appeal was upheld, so that a corrected grading takes its place, or dismissed with a reason."""

    appeal: str
    verdict: str
    answer: str
    corrected: str


@event_type("registry.grading.published", title=Text("公布评价结果", "Grade published"), dimensions=("grade",))
@dataclass(frozen=True, slots=True)
class GradingPublished:
    """Everybody sees the grade, until its last day."""

    grade: str
    score: Decimal
    valid_to: date | None


@event_type("registry.grading.expired", title=Text("评价到期", "Grade expired"), dimensions=("grade",), proves="used")
@dataclass(frozen=True, slots=True)
class GradingExpired:
    """The term of a published grade is over: the end of its life."""

    grade: str


@event_type("registry.grading.withdrawn", title=Text("撤销评价", "Grade withdrawn"), dimensions=("grade",))
@dataclass(frozen=True, slots=True)
class GradingWithdrawn:
    """A grading no longer counts, with a reason."""

    grade: str
    reason: str

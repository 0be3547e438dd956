"""Reading grades: the method of a day, gradings by offer and party, what is in force, and the repeated run."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from qilian.core.house.principal import SYSTEM, acting
from qilian.core.offers.offers.api import scope_of
from qilian.core.offers.packs.api import offer_at
from qilian.core.rights.grants.api import Scope
from qilian.core.rules.scoring.api import Method, digest_of, read_figures, read_method, result_document, score
from qilian.core.time.clocks.api import open_clock
from qilian.core.values import clock
from qilian.core.values.text import Ref, Refusal, Text
from qilian.engines.registry.parties.api import Party

from .kernel.life import Stage, State
from .models import GradeAppeal, GradeMethod, Grading
from .offering import Grade

APPEAL_CLOCK, ANSWER_CLOCK = "registry.grade.appeal", "registry.grade.answer"


def grade_at(path: str) -> Grade:
    """The grade that a pack declares at a path; KeyError for another path."""
    return offer_at(path, Grade)


def method_in_force(path: str, on: date) -> GradeMethod | None:
    """The version of an offer's method that holds on a day: the latest published whose day has come."""
    rows = GradeMethod.objects.filter(offer=path, state="approved", valid_from__lte=on)
    return rows.order_by("-valid_from", "-version").first()


def methods_of(path: str) -> QuerySet[GradeMethod]:
    """All versions of an offer's method, the latest first."""
    return GradeMethod.objects.filter(offer=path).select_related("proposed_by", "decided_by").order_by("-version")


def method_of(row: GradeMethod) -> Method:
    """The method that a version holds."""
    return read_method(row.document)


def method_numbered(path: str, version: int) -> GradeMethod:
    """A version of a method; Refusal `registry.grade_method.unknown` (404)."""
    row = methods_of(path).filter(version=version).first()
    if row is None:
        message = Text(f"没有第 {version} 版方法。", f"There is no version {version} of the method.")
        raise Refusal("registry.grade_method.unknown", message, where=str(version))
    return row


def gradings(path: str) -> QuerySet[Grading]:
    """All gradings of an offer, the best first."""
    return Grading.objects.filter(offer=path).select_related("party", "method").order_by("-score", "pk")


def in_force(rows: QuerySet[Grading], on: date) -> QuerySet[Grading]:
    """Those that count as a grade on a day: published, and not behind their last day."""
    return rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), state="published")


def public_gradings(path: str) -> QuerySet[Grading]:
    """What everybody sees: the grades in force today."""
    return in_force(gradings(path), clock.today())


def gradings_of_party(party: Party) -> QuerySet[Grading]:
    """All gradings of a party, the latest first."""
    return Grading.objects.filter(party=party).select_related("method").order_by("-computed_at")


def grading_by_code(path: str, code: str) -> Grading:
    """A grading by its public code; Refusal `registry.grading.unknown` (404)."""
    row = Grading.objects.select_related("party", "method", "corrects").filter(offer=path, code=code).first()
    if row is None:
        raise Refusal("registry.grading.unknown", Text("没有这次评价。", "There is no such evaluation."), where=code)
    return row


def appeal_of(row: Grading) -> GradeAppeal | None:
    """The appeal of a grading, if there is one that the acting principal may read."""
    return row.appeals.select_related("filed_by", "decided_by").first()


def due(on: date) -> Iterable[Grading]:
    """The published gradings whose last day is over."""
    return Grading.objects.filter(state="published", valid_to__lt=on).order_by("pk")


def stage_of(row: Grading) -> Stage:
    """Where a grading stands, as the kernel reads it."""
    with acting(SYSTEM):
        appeal = appeal_of(row)
    window = open_clock(grading_ref(row), APPEAL_CLOCK)
    running = window is not None and window.due_at is not None and clock.now() < window.due_at
    return Stage(
        state=_state(row.state),
        window=running,
        appealed=appeal is not None and appeal.state == "filed",
        answered=row.corrects_id is not None or (appeal is not None and appeal.state != "filed"),
        valid_to=row.valid_to,
    )


def repeated(row: Grading) -> bool:
    """Whether method and figures, scored again now, give the stored result to the same digest."""
    again = result_document(score(method_of(row.method), read_figures(row.figures)))
    return digest_of(again) == row.result_digest == digest_of(row.result)


def grading_ref(row: Grading) -> Ref:
    """A grading as the subject of events."""
    return Ref("registry.grading", row.code)


def method_ref(row: GradeMethod) -> Ref:
    """A version of a method as the subject of events."""
    return Ref("registry.grade_method", row.code)


def grading_scope(row: Grading) -> Scope:
    """What grants compare for a grading."""
    return scope_of(row.offer, region=row.region)


def _state(word: str) -> State:
    match word:
        case "computed" | "published" | "superseded" | "expired" | "withdrawn":
            return word
        case _:
            raise ValueError(word)  # registry_grading_state keeps others out

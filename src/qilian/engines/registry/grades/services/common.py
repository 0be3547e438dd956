"""What the verbs of grades share: rights, locks, words that must be given, the fact that is written."""

from qilian.core.events.api import emit
from qilian.core.grants.api import require
from qilian.core.offers.api import serving
from qilian.core.principal import Principal
from qilian.core.text import Refusal, Text
from qilian.engines.registry.grades.models import GradeMethod, Grading
from qilian.engines.registry.grades.queries import grading_ref, grading_scope, method_ref

PROPOSE, APPROVE, RUN, PUBLISH, APPEAL, DECIDE = (
    "grades.propose",
    "grades.approve",
    "grades.run",
    "grades.publish",
    "grades.appeal",
    "grades.decide",
)


def locked(actor: Principal, action: str, grading: Grading) -> Grading:
    """Lock a grading for a deed of one who may do it in an open offer."""
    row = fresh(grading)
    require(actor, action, grading_scope(row))
    serving(row.offer)
    return row


def fresh(grading: Grading) -> Grading:
    """The row of a grading, locked until the transaction ends."""
    rows = Grading.objects.select_for_update(of=("self",)).select_related("party", "method")
    return rows.get(pk=grading.pk)


def tell(actor: Principal, row: Grading, body: object) -> None:
    """Write the fact about a grading."""
    emit(
        body,
        actor=actor,
        subject=grading_ref(row),
        offer=row.offer,
        clause=row.clause,
        party=row.party.code,
        region=row.region,
    )


def tell_method(actor: Principal, row: GradeMethod, body: object) -> None:
    """Write the fact about a version of a method."""
    emit(body, actor=actor, subject=method_ref(row), offer=row.offer, clause=row.clause)


def given(written: str, where: str, missing: Text, most: int = 300) -> str:
    """A word that must be given, trimmed; Refusal `registry.grade.<where>` without it."""
    words = " ".join(written.split())
    if not words:
        remedy = Text("请写明，它会留在记录里。", "State it: it stays on record.")
        raise Refusal(f"registry.grade.{where}", missing, where=where, remedy=remedy)
    return words[:most]


def person_of(actor: Principal) -> int:
    """The person who acts; Refusal `registry.grade.person` for the system: people answer for methods and appeals."""
    if actor.person is None:
        message = Text("须由具体的人办理，不能由系统办理。", "A person does this, never the system.")
        raise Refusal("registry.grade.person", message)
    return actor.person


def other_person(actor: Principal, person: int | None, message: Text) -> int:
    """Refuse who would decide on his own words: `registry.grade.oneself`."""
    me = person_of(actor)
    if me == person:
        remedy = Text("请由另一位有权限的人办理。", "Let another person with the right do it.")
        raise Refusal("registry.grade.oneself", message, remedy=remedy)
    return me

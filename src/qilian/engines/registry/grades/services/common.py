"""What the verbs of grades share: rights, locks, words that must be given, the fact that is written."""

from qilian.core.house.principal import SYSTEM, Principal, acting
from qilian.core.log.events.api import emit
from qilian.core.offers.offers.api import offer_url, serving
from qilian.core.rights.grants.api import require
from qilian.core.values.text import Text
from qilian.engines.registry.grades.models import GradeAppeal, GradeMethod, Grading
from qilian.engines.registry.grades.queries import appeal_of, grade_at, grading_ref, grading_scope, method_ref
from qilian.engines.registry.representation.api import tell_party

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


def appeal_for_rules(row: Grading) -> GradeAppeal | None:
    """The appeal of a grading, whoever acts: what the rules decide on is not what somebody may read."""
    with acting(SYSTEM):
        return appeal_of(row)


def keep_appeal(filed: GradeAppeal) -> None:
    """Write an appeal down, for verbs that have checked the right."""
    with acting(SYSTEM):
        filed.save()


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


def tell_party_of(actor: Principal, row: Grading, title: Text, body: Text) -> None:
    """Tell who acts for the graded party, with the way to the score sheet."""
    of = grade_at(row.offer).title
    title = Text(f"{title.zh}：{of.zh}", f"{title.en}: {of.en}")
    tell_party(actor=actor, party=row.party, title=title, body=body, url=f"{offer_url(row.offer)}results/{row.code}/")


def tell_method(actor: Principal, row: GradeMethod, body: object) -> None:
    """Write the fact about a version of a method."""
    emit(body, actor=actor, subject=method_ref(row), offer=row.offer, clause=row.clause)

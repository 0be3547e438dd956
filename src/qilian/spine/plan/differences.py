"""Two versions from their rows to a difference."""

from .kernel.compare import Difference, VersionClause, compare
from .models import PlanVersion
from .queries import clauses_with_duties


def compare_versions(earlier: PlanVersion, later: PlanVersion) -> Difference:
    """Compare two versions clause by clause, in words and in duties; a constant number of queries."""
    return compare(_clauses(earlier), _clauses(later))


def _clauses(version: PlanVersion) -> list[VersionClause]:
    return [
        VersionClause(
            cid=clause.cid,
            title=str(clause.summary) or clause.section.title_zh,
            sha256=clause.sha256,
            words=clause.words.text if hasattr(clause, "words") else "",
            duties=frozenset((duty.unit.slug, duty.role) for duty in clause.duties.all()),
        )
        for clause in clauses_with_duties(version)
    ]

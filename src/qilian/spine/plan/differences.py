"""Two versions, or a version and a draft, from their rows to a difference and to what a page shows of it."""

from collections.abc import Iterable

from qilian.core.values.text import Text
from qilian.core.who.units.api import unit_names
from qilian.spine.compiled.api import CompiledPlan

from .kernel.compare import Difference, VersionClause, compare
from .kernel.duties import duties, words_digest
from .models import Plan, PlanVersion
from .queries import clauses_with_duties
from .units import ROLE_WORDS


def compare_versions(earlier: PlanVersion, later: PlanVersion) -> Difference:
    """Compare two versions clause by clause, in words and in duties; a constant number of queries."""
    return compare(_clauses(earlier), _clauses(later))


def difference_of_draft(before: PlanVersion, compiled: CompiledPlan, plan: Plan) -> Difference:
    """What a draft would change against a version, once it is published."""
    return compare(_clauses(before), _drafted(compiled, plan))


def difference_context(difference: Difference, plan: Plan) -> dict[str, object]:
    """What the template of a difference shows: words, and duties gained and lost with the names of their units."""
    changed, whole = difference.changed, (*difference.added, *difference.removed)
    pairs = [pair for each in changed for pair in (*each.duties_added, *each.duties_removed)]
    slugs = {unit for unit, _ in (*pairs, *(pair for each in whole for pair in each.duties))}
    names = unit_names(slugs, on=plan.names_on) if slugs else {}

    def said(duties: Iterable[tuple[str, str]]) -> list[Text]:
        return [
            Text(f"{ROLE_WORDS[role].zh} {names[unit].zh}", f"{ROLE_WORDS[role].en}: {names[unit].en}")
            for unit, role in sorted(duties, key=lambda pair: (list(ROLE_WORDS).index(pair[1]), pair[0]))
        ]

    return {
        "difference": difference,
        "changes": [(each, said(each.duties_added), said(each.duties_removed)) for each in changed],
        "added": [(each, said(each.duties)) for each in difference.added],
        "removed": [(each, said(each.duties)) for each in difference.removed],
        "gained": sum(len(each.duties_added) for each in changed) + sum(len(e.duties) for e in difference.added),
        "lost": sum(len(each.duties_removed) for each in changed) + sum(len(e.duties) for e in difference.removed),
    }


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


def _drafted(compiled: CompiledPlan, plan: Plan) -> list[VersionClause]:
    return [
        VersionClause(
            cid=clause.id,
            title=clause.section[-1] if clause.section else plan.title_zh,
            sha256=words_digest(clause.text),
            words=clause.text,
            duties=frozenset((duty.unit, duty.role) for duty in duties(clause)),
        )
        for clause in compiled.clauses
    ]

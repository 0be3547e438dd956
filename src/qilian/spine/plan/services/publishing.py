"""Publication: what people reviewed becomes a version that nobody can change."""

import json
from collections.abc import Iterator
from hashlib import sha256

from django.db import transaction

from qilian.core.house.principal import Principal, internal
from qilian.core.values import clock
from qilian.spine.compiled.api import CompiledPlan
from qilian.spine.plan.models import Duty, Plan, PlanVersion, SourceText

from .common import PUBLISH, locked, require_on
from .facts import new_version
from .rows import content_of_compiled


@internal("a draft's publication calls it, and the house for the plan in its folder")
@transaction.atomic
def publish_compiled(*, actor: Principal, plan: Plan, compiled: CompiledPlan, text: str, note: str = "") -> PlanVersion:
    """Publish a reviewed plan with its source text as the next version; whoever reviewed it answers for it.

    Duties that decisions added to unchanged clauses stay in force. Needs `plan.publish`. Refusal: `grants.denied`.
    """
    plan = locked(plan)
    require_on(actor, PUBLISH, plan)
    before = plan.versions.first()
    source, facts = _digest(text), _digest(json.dumps(compiled.as_json(), sort_keys=True, ensure_ascii=False))
    content = content_of_compiled(compiled, plan.title)
    version = new_version(actor, plan, content, source_sha256=source, facts_sha256=facts, note=note[:300])
    SourceText.objects.create(version=version, text=text, loaded_at=clock.now(), loaded_by=actor.ref)
    Duty.objects.bulk_create(_still_decided(before, version) if before else ())
    return version


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _still_decided(before: PlanVersion, version: PlanVersion) -> Iterator[Duty]:
    clauses = {(clause.cid, clause.sha256): clause for clause in version.clauses.all()}
    held = set(Duty.objects.filter(clause__version=version).values_list("clause__cid", "unit", "role"))
    rows = Duty.objects.filter(clause__version=before, origin="decision").select_related("clause")
    for row in rows:
        clause = clauses.get((row.clause.cid, row.clause.sha256))
        if clause is not None and (clause.cid, row.unit_id, row.role) not in held:
            row.pk, row.clause = None, clause
            yield row

"""What the verbs share: the right to act on a plan, locks, and the subjects of events."""

from qilian.core.rights.grants.api import Principal, Scope, require
from qilian.core.values.text import Ref
from qilian.spine.plan.models import Plan, PlanVersion

DRAFT, PUBLISH, DECIDE = "plan.draft", "plan.publish", "plan.decide"


def scope_of(plan: Plan) -> Scope:
    """What a plan belongs to: its region."""
    return Scope(region=plan.region)


def require_on(actor: Principal, action: str, plan: Plan) -> None:
    """Refuse whoever may not do an action on a plan: `grants.denied`."""
    require(actor, action, scope_of(plan))


def locked(plan: Plan) -> Plan:
    """Lock a plan: verbs on one plan wait for each other, readers do not."""
    return Plan.objects.select_for_update().get(pk=plan.pk)


def plan_ref(plan: Plan) -> Ref:
    """The plan as the subject of events."""
    return Ref("spine.plan", plan.slug)


def version_ref(version: PlanVersion) -> Ref:
    """The version as the subject of events."""
    return Ref("spine.version", version.code)


def clause_key(plan: Plan, cid: str) -> str:
    """A clause's id in events and grants: of the main plan as it is, of other plans after the plan's slug."""
    return cid if plan.main else f"{plan.slug}/{cid}"

"""Reading requests to open accounts."""

from django.db.models import QuerySet

from qilian.core.house.principal import Principal
from qilian.core.rights.grants.api import possible
from qilian.core.values.text import Refusal, Text

from .kernel import KINDS
from .models import Recovery

CONFIRM = "grants.recovery"


def by_code(_place: str, code: str) -> Recovery:
    """A request by its code. Refusal `recovery.unknown` (HTTP 404)."""
    rows = Recovery.objects.select_related("person", "proposed_by", "decided_by")
    row = rows.filter(code=code).first()
    if row is None:
        raise Refusal("recovery.unknown", Text("没有这项申请。", "There is no such request."), where=code)
    return row


def may_see(me: Principal) -> bool:
    """Whether a reader asks for such things, or confirms them."""
    return bool(possible(me, [CONFIRM, *(each.right for each in KINDS.values())]))


def rows_for(me: Principal, _place: str) -> QuerySet[Recovery]:
    """All requests, the latest first, for who asks or confirms; none for anybody else."""
    rows = Recovery.objects.select_related("person", "proposed_by", "decided_by").order_by("-pk")
    return rows if may_see(me) else rows.none()

"""Verbs on proposals, called by the room whose proposal it is, within its own transaction."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Generic, TypeVar

from django.db import transaction

from qilian.core.house.principal import Principal, internal
from qilian.core.rights.grants.api import Scope, allowed, require
from qilian.core.time.calendar.api import load
from qilian.core.values import clock
from qilian.core.values.text import Ref, Text, required_text
from qilian.core.who.inbox.api import Addressee, done, put
from qilian.core.who.notices.api import notify
from qilian.core.who.people.api import Post

from .kernel import check_decision, check_lent, check_other, check_person, check_withdrawal
from .models import Proposal

P = TypeVar("P", bound=Proposal)
_INTERNAL = "the room whose proposal it is calls it from its own operation"
_WORK_DAYS = 3


@dataclass(frozen=True, slots=True)
class Approval(Generic[P]):
    """A kind of proposal, said once by its room: which right decides where, what it is called, on which page it lies.

    `days` are the working days within which it should be decided: its light turns red afterwards, nothing else happens.
    """

    kind: str
    right: str
    scope: Callable[[P], Scope]
    ref: Callable[[P], Ref]
    title: Callable[[P], Text]
    url: Callable[[P], str]
    days: int = _WORK_DAYS


@internal(_INTERNAL)
@transaction.atomic
def propose(*, actor: Principal, approval: Approval[P], row: P) -> P:
    """Write a fresh row down as a proposal and lay it before everybody who may decide on it, but not its author.

    The caller has checked the right to propose and filled the row. Refusal `approvals.person`.
    """
    row.state, row.proposed_by_id, row.proposed_at = "proposed", person_of(actor), clock.now()
    row.due = _due(approval.days)
    row.save(force_insert=True)
    title = approval.title(row)
    put(
        actor=actor,
        key=_key(approval, row),
        subject=approval.ref(row),
        kind=approval.kind,
        title=Text(f"待批准：{title.zh}", f"To approve: {title.en}").cut(200),
        url=approval.url(row),
        addressee=Addressee.right(approval.right),
        scope=approval.scope(row),
        barred=actor.person,
        due=row.due,
    )
    return row


@internal(_INTERNAL)
@transaction.atomic
def approve(*, actor: Principal, approval: Approval[P], row: P) -> P:
    """Lock a proposal of somebody else and approve it; the caller then carries it out. The author is told.

    Refusals: `grants.denied`, `approvals.decided`, `approvals.person`, `approvals.oneself`, `approvals.lent`.
    """
    return _decide(actor, approval, row, "approved", "")


@internal(_INTERNAL)
@transaction.atomic
def reject(*, actor: Principal, approval: Approval[P], row: P, reason: str) -> P:
    """Turn down a proposal of somebody else with a reason, which its author is told.

    Refusals: as for `approve`, and `text.…`.
    """
    return _decide(actor, approval, row, "rejected", reason)


@internal(_INTERNAL)
@transaction.atomic
def withdraw(*, actor: Principal, approval: Approval[P], row: P) -> P:
    """Take one's own proposal back. Refusals: `approvals.decided`, `approvals.not_own`."""
    found = _locked(row)
    check_withdrawal(found.state, found.proposed_by_id, actor.person)
    found.state, found.decided_at = "withdrawn", clock.now()
    found.save(update_fields=["state", "decided_at"])
    done(actor=actor, key=_key(approval, found))
    return found


def person_of(actor: Principal) -> int:
    """The person (primary key) who acts and answers for it; Refusal `approvals.person` when the system does."""
    return check_person(actor.person)


def other_person(actor: Principal, author: int | None) -> int:
    """The person (key) who decides on the words of another; refusals `approvals.person`, `approvals.oneself`."""
    return check_other(actor.person, author)


def require_apart(actor: Principal, author: int | None, right: str, scope: Scope) -> None:
    """Let pass who may do it in another post than those of the author (key) of what he decides on.

    An author names his own deputies; a second person whom he chose, with a right that he lent, is no second person.
    Refusals: `grants.denied`, `approvals.lent`.
    """
    require(actor, right, scope)
    if author is None or not actor.posts:
        return
    lent = set(Post.objects.filter(pk__in=actor.posts, person=author).values_list("pk", flat=True))
    own = replace(actor, posts=tuple(post for post in actor.posts if post not in lent))
    check_lent(alone=not lent or allowed(own, right, scope))


def _decide(actor: Principal, approval: Approval[P], row: P, state: str, reason: str) -> P:
    found = _locked(row)
    require(actor, approval.right, approval.scope(found))
    found.decided_by_id = check_decision(found.state, found.proposed_by_id, actor.person)
    require_apart(actor, found.proposed_by_id, approval.right, approval.scope(found))
    found.answer = required_text(reason, "reason", Text("理由", "reason")) if state == "rejected" else ""
    found.state, found.decided_at = state, clock.now()
    found.save(update_fields=["state", "decided_by", "decided_at", "answer"])
    done(actor=actor, key=_key(approval, found))
    _tell_author(actor, approval, found)
    return found


def _locked(row: P) -> P:
    rows = type(row)._default_manager.select_for_update(of=("self",)).select_related("proposed_by")
    return rows.get(pk=row.pk)


def _tell_author(actor: Principal, approval: Approval[P], row: P) -> None:
    title = approval.title(row)
    said = Text("已批准", "Approved") if row.state == "approved" else Text("被退回", "Rejected")
    notify(
        actor=actor,
        to=[row.proposed_by],
        title=Text(f"{said.zh}：{title.zh}", f"{said.en}: {title.en}").cut(200),
        body=Text(row.answer, row.answer),
        url=approval.url(row),
    )


def _due(days: int) -> datetime:
    """The end of the last of so many working days from today on."""
    last = load().add_working_days(clock.today(), days)
    return datetime.combine(last + timedelta(days=1), time(), tzinfo=clock.SHANGHAI)


def _key(approval: Approval[P], row: P) -> str:
    return f"{approval.kind}:{row.code}"

"""Verbs of recovery: ask, confirm, turn down, take back, make the password; and alone, from the machine itself."""

from django.db import transaction

from qilian.core.door.factors.api import reset_factors
from qilian.core.door.provider.api import link_official
from qilian.core.door.signup.api import issue_first_password
from qilian.core.house.principal import SYSTEM, Principal, internal
from qilian.core.log.events.api import emit
from qilian.core.rights.grants.api import ROLES, Scope, allowed, holders_of_role, require
from qilian.core.values import clock
from qilian.core.values.text import Ref, Refusal, Text, fitting_text
from qilian.core.who.notices.api import notify
from qilian.core.who.people.api import Person, principal_of
from qilian.core.work.approvals.api import Approval, approve, propose, reject, withdraw

from .events import RecoveredHere, RecoveryAsked, RecoverySettled
from .kernel import KINDS, check_asker, check_confirmation, check_request, check_showing
from .models import Recovery
from .queries import CONFIRM

_REASON = Text("理由", "reason")
_NOT_YOU = Text(
    "不是您本人要求的，请立即联系安全管理员。", "If you did not ask for it, tell the security administrator at once."
)


@internal("it is asked on a person's page, where he is seen; programs open no accounts")
@transaction.atomic
def ask(*, actor: Principal, person: Person, kind: str, reason: str, subject: str = "") -> Recovery:
    """Ask to open somebody's account; a security administrator confirms it. The person is told at once.

    Needs the right of the kind. Refusals: `grants.denied`, those of `check_request`, `recovery.waiting`.
    """
    said, name = fitting_text(reason, "reason", _REASON, most=200), subject.strip()
    row = Person.objects.select_for_update().get(pk=person.pk)
    check_request(kind=kind, subject=name, reason=said, own=actor.person == row.pk, active=row.is_active)
    require(actor, KINDS[kind].right)
    for waiting in Recovery.objects.filter(person=row, kind=kind, state="proposed"):
        raise already(waiting)
    asked = propose(actor=actor, approval=RECOVERY, row=Recovery(person=row, kind=kind, subject=name, reason=said))
    emit(RecoveryAsked(kind, row.code, said), actor=actor, subject=ref_of(asked))
    what = KINDS[kind].title
    title = Text(f"管理员申请为您办理：{what.zh}", f"An administrator asked for you: {what.en}")
    notify(actor=actor, to=[row], title=title, body=_NOT_YOU, urgency="urgent")
    return asked


@transaction.atomic
def confirm(*, actor: Principal, recovery: Recovery) -> Recovery:
    """Confirm what another administrator asked for: factors are reset and identities linked at once.

    A password is made only when `issue` is called. Refusals: `grants.denied`, those of `check_confirmation` and
    `check_asker`, of approvals, and of what is done.
    """
    check_confirmation(asked=recovery.proposed_at, now=clock.now(), own=actor.person == recovery.person_id)
    row = approve(actor=actor, approval=RECOVERY, row=recovery)
    check_asker(allowed(principal_of(row.proposed_by), KINDS[row.kind].right))
    house = _for(actor)
    if row.kind == "factors":
        reset_factors(actor=house, person=row.person, reason=row.reason)
    elif row.kind == "identity":
        link_official(actor=house, person=row.person, subject=row.subject, reason=row.reason)
    return _settled(actor, row)


@transaction.atomic
def turn_down(*, actor: Principal, recovery: Recovery, reason: str) -> Recovery:
    """Turn it down with a reason. Refusals: `grants.denied`, those of approvals."""
    return _settled(actor, reject(actor=actor, approval=RECOVERY, row=recovery, reason=reason))


@transaction.atomic
def take_back(*, actor: Principal, recovery: Recovery) -> Recovery:
    """Take one's own request back. Refusals: those of approvals."""
    return _settled(actor, withdraw(actor=actor, approval=RECOVERY, row=recovery))


@internal("the password is shown once, to a person at the screen, never to a program")
@transaction.atomic
def issue(*, actor: Principal, recovery: Recovery) -> str:
    """Make the first password that one has confirmed, and return it once; who asked for it never sees it.

    Who lost the right since then sees nothing. Refusals: `grants.denied`, those of `check_showing`,
    `people.person.inactive`.
    """
    row = Recovery.objects.select_for_update(of=("self",)).select_related("person").get(pk=recovery.pk)
    require(actor, CONFIRM)
    mine = actor.person is not None and actor.person == row.decided_by_id
    check_showing(
        kind=row.kind, state=row.state, mine=mine, issued=row.issued_at, decided=row.decided_at, now=clock.now()
    )
    row.issued_at = clock.now()
    row.save(update_fields=["issued_at"])
    _, word = issue_first_password(actor=_for(actor), person=row.person, reason=row.reason)
    return word


@transaction.atomic
def recover_here(*, person: Person, kind: str, reason: str) -> str:
    """Let somebody in by the machine's own command: a first password, or none when his factors are reset.

    All administrators are told, for nobody confirmed it. Refusals: `recovery.reason`, `people.person.inactive`.
    """
    said = fitting_text(reason, "reason", _REASON, most=200)
    check_request(kind=kind, subject="", reason=said, own=False, active=person.is_active)
    word = ""
    if kind == "factors":
        reset_factors(actor=SYSTEM, person=person, reason=said)
    else:
        _, word = issue_first_password(actor=SYSTEM, person=person, reason=said)
    emit(RecoveredHere(kind, said), actor=SYSTEM, subject=Ref("core.person", person.code))
    told = Person.objects.filter(pk__in={each for role in ROLES for each in holders_of_role(role)})
    what = KINDS[kind].title
    title = Text(f"在服务器上恢复了账号：{person.name}", f"An account was opened from the machine: {person.name}")
    notify(actor=SYSTEM, to=told, title=title, body=Text(f"{what.zh}：{said}", f"{what.en}: {said}"), urgency="urgent")
    return word


def already(waiting: Recovery) -> Refusal:
    """The refusal of a second request while the first still waits."""
    message = Text("同样的申请已在等待确认。", "The same was asked for already and waits.")
    return Refusal("recovery.waiting", message, where=waiting.person.name)


def ref_of(row: Recovery) -> Ref:
    """How events name a request."""
    return Ref("core.recovery", row.code)


def title_of(row: Recovery) -> Text:
    """What is asked for whom."""
    what = KINDS[row.kind].title
    return Text(f"{what.zh}：{row.person.name}", f"{what.en}: {row.person.name}")


def _for(actor: Principal) -> Principal:
    """The house, which acts because two people said so; the one who confirmed stands beside it in the log."""
    return Principal("system", code="recovery", name="账号恢复 Recovery", acting_for=actor.code)


def _settled(actor: Principal, row: Recovery) -> Recovery:
    body = RecoverySettled(row.kind, row.person.code, row.state, row.proposed_by.code)
    emit(body, actor=actor, subject=ref_of(row))
    return row


RECOVERY: Approval[Recovery] = Approval(
    kind="recovery.request",
    right=CONFIRM,
    scope=lambda _row: Scope(),
    ref=ref_of,
    title=title_of,
    url=lambda row: f"/recoveries/{row.code}/",
    days=1,
)

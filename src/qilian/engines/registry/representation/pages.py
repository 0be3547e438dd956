"""Representation as pages: for whom I act, a claim step by step, claims to review, who acts for a party."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from qilian.core.house.pages import (
    NOT_A_RECORD,
    Action,
    Column,
    Crumb,
    Empty,
    Head,
    RecordPage,
    Section,
    Status,
    Table,
    show,
)
from qilian.core.house.principal import Principal, current_principal
from qilian.core.offers.resource.api import Resource, columns, forms, listed, record, stages, visible
from qilian.core.rights.grants.api import allowed, possible, require_somewhere, signed_in
from qilian.core.rights.grants.api import visible as visible_to
from qilian.core.values import clock
from qilian.core.values.text import Text
from qilian.engines.registry.parties.api import Party, scope_of, survivor_of

from .models import Claim, Mandate
from .queries import (
    as_rule,
    claims_waiting,
    giver_for,
    invitations_of,
    invitations_to,
    mandates_of,
    my_claims,
    my_mandates,
)
from .resource import CLAIMS, INVITATIONS, MANDATES, REPRESENTED
from .services.claims import REVIEW
from .services.mandates import is_registered, may_revoke
from .words import MINE, REVIEWS, SELF, evidence, reviewed

_HOME = "/representation/"
_TERM = ("valid_from", "valid_to", "state")
_ASKED = Text("请您代为办理", "You are asked to act for")
_NOBODY = Text("还没有人能代表这个主体。", "Nobody acts for this party yet.")
_NONE = Text(
    "您还不能代表任何主体。用统一社会信用代码认领，或请法定代表人授权给您。",
    "You act for no party yet: claim one by its code, or ask its legal representative for a mandate.",
)
_DONE, _TO_DO = Status(Text("已完成", "Done"), "green"), Status(Text("待完成", "To do"), "grey")
_STAGES = (
    Column("step", Text("步骤", "Step"), lambda stage: stage.name, url=lambda stage: stage.url),
    Column("state", Text("状态", "State"), lambda stage: _DONE if stage.done else _TO_DO, "status"),
)
_NO_CLAIM = Text("没有待审核的认领。新的申请会出现在“今日待办”。", "No claim waits. New ones come to “Mine today”.")


@require_safe
def mine(_request: HttpRequest) -> HttpResponse:
    """Who asks me to act, for whom I may act, since when and until when, and my claims."""
    me = signed_in()
    begin = Action(Text("认领主体", "Claim a party"), f"{_HOME}claim/", primary=True)
    actions = [begin, *([] if is_registered(me) else [Action(SELF, f"{_HOME}myself/")])]
    if possible(me, [REVIEW]):
        actions.append(Action(Text("审核认领", "Review claims"), f"{_HOME}reviews/"))
    asked, claims = invitations_to(me), list(my_claims(me.person or 0))
    manage = Column("manage", MANDATES.title, _manageable, url=_manage_url)
    shown = (*_some(MANDATES, "name", "role", *_TERM), manage, _revocation(me))
    held = Table(shown, list(my_mandates(me.person or 0)), Empty(_NONE, begin))
    sections = [
        *(
            [Section(_ASKED, "asked", Table(_some(INVITATIONS, "name", *_TERM, "giver", "note"), asked))]
            if asked
            else []
        ),
        Section(Text("可以代表", "I act for"), "mandates", held),
        *([Section(CLAIMS.title, "claims", Table(columns(CLAIMS, ""), claims))] if claims else []),
    ]
    return show(RecordPage(Head(MINE, actions=actions), sections, NOT_A_RECORD))


@require_safe
def claim(_request: HttpRequest, code: str) -> HttpResponse:
    """A claim: to who claims its steps and what became of it, to an official what he decides on."""
    row: Claim = visible(CLAIMS, "", code)
    if row.person_id != current_principal().person:
        return record(CLAIMS, row, *reviewed(row))
    table = Table(_STAGES, stages(CLAIMS, row))
    return record(CLAIMS, row, Section(Text("办理步骤", "Steps"), "steps", table), evidence(row))


@require_safe
def reviews(_request: HttpRequest) -> HttpResponse:
    """The claims that wait, the oldest first."""
    me = current_principal()
    require_somewhere(me, REVIEW)
    rows = visible_to(claims_waiting(), me, REVIEW)
    return listed(CLAIMS, "", Head(REVIEWS, crumbs=(Crumb(REVIEWS),)), rows=rows, empty=_NO_CLAIM, filters=())


@require_safe
def mandate(_request: HttpRequest, code: str) -> HttpResponse:
    """One mandate: who may act for whom, from when until when, and who gave it."""
    return record(MANDATES, visible(MANDATES, "", code))


@require_safe
def invitation(_request: HttpRequest, code: str) -> HttpResponse:
    """One invitation: to who is meant the way to accept or decline it, to the party the way to take it back."""
    return record(INVITATIONS, visible(INVITATIONS, "", code))


@require_safe
def represented(_request: HttpRequest, code: str) -> HttpResponse:
    """Who may act for a party and who is invited to, for its own people and for reviewers."""
    row: Party = visible(REPRESENTED, "", code)
    shown = (*_some(MANDATES, "person", "login", "role", "giver", *_TERM), _revocation(current_principal()))
    held, asked = Table(shown, list(mandates_of(row)), Empty(_NOBODY)), list(invitations_of(row))
    waiting = Table(_some(INVITATIONS, "name", "login", *_TERM, "note"), asked)
    return record(
        REPRESENTED,
        row,
        Section(MANDATES.title, "mandates", held),
        *([Section(INVITATIONS.title, "invitations", waiting)] if asked else []),
    )


def party_section(party: Party, reader: Principal) -> Sequence[Section]:
    """What a party's page says of its mandates, to its own people and to reviewers."""
    if party.code not in reader.parties and not allowed(reader, REVIEW, scope_of(party.region)):
        return ()
    manage = Action(MANDATES.title, REPRESENTED.url(party))
    shown = _some(MANDATES, "person", "role", "valid_to", "state")
    table = Table(shown, list(mandates_of(party)[:20]), Empty(_NOBODY, manage))
    return (Section(Text("代表人和经办人（不公开）", "Who acts for it (not public)"), "mandates", table),)


def party_actions(party: Party, reader: Principal) -> Sequence[Action]:
    """The way to its mandates, for who acts for a party, or to let others act; to claim it, for everybody else."""
    if giver_for(reader, party) is not None:
        operation = REPRESENTED.operation("invitation")
        return (Action(operation.title, f"{REPRESENTED.url(party)}{operation.noun}/"),)
    if party.code in reader.parties or reader.person is None or party.kind == "citizen" or party.status != "active":
        return ()
    return (Action(Text("认领", "Claim"), f"{_HOME}claim/?party={party.uscc or party.old_code}"),)


def _some(resource: Resource[Any], *names: str) -> tuple[Column, ...]:
    """The columns of these names, in the order of the resource."""
    return tuple(each for each in columns(resource, "") if each.name in names)


def _manageable(row: Mandate) -> Text | None:
    if not as_rule(row).runs(clock.today()):
        return None
    return Text("查看", "See") if row.role == "operator" else Text("查看和授权", "See and give")


def _manage_url(row: Mandate) -> str:
    return REPRESENTED.url(survivor_of(row.party)) if _manageable(row) else ""


def _revocation(me: Principal) -> Column:
    """The way to revoke a mandate, beside those that one may."""
    operation = MANDATES.operation("revocation")

    def may(row: Mandate) -> bool:
        return operation.when(row) and may_revoke(me, row)

    return Column(
        "revoke",
        Text("办理", "Act"),
        lambda row: operation.title if may(row) else None,
        url=lambda row: f"{MANDATES.url(row)}{operation.noun}/" if may(row) else "",
    )


app_name = "representation"
urlpatterns = [
    path("", mine, name="mine"),
    path("reviews/", reviews, name="reviews"),
    *(each for found in (CLAIMS, MANDATES, INVITATIONS, REPRESENTED) for each in forms(found)),
    path("claims/<str:code>/", claim, name="claim"),
    path("mandates/<str:code>/", mandate, name="mandate"),
    path("invitations/<str:code>/", invitation, name="invitation"),
    path("parties/<str:code>/", represented, name="represented"),
]

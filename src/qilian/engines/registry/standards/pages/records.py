"""One standard with its adopters, and one declaration with its check."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from qilian.core.house.pages import Action, Crumb, Empty, Fact, Head, RecordPage, Section, Table, show
from qilian.core.house.principal import current_principal
from qilian.core.log.events.api import timeline
from qilian.core.offers.offers.api import crumbs_of, is_open
from qilian.core.rights.grants.api import Principal, allowed
from qilian.core.values import clock
from qilian.core.values.text import Text
from qilian.engines.registry.standards.models import Adoption, Standard
from qilian.engines.registry.standards.queries import (
    adoption_by_code,
    adoption_ref,
    adoptions_of,
    set_scope,
    standard_by_code,
    standard_ref,
    term_of,
)
from qilian.engines.registry.standards.services.adopting import CHECK, DECLARE
from qilian.engines.registry.standards.services.catalogue import REGISTER

from .words import NUMBER, RECALLED, VERIFIED, adoption_columns, adoption_url, standard_url, state, status, title

_SHOWN = 200


@require_safe
def standard_page(_request: HttpRequest, standard: str, code: str) -> HttpResponse:
    """One standard: its dates, what it replaces, who has adopted it."""
    row, today = standard_by_code(standard, code), clock.today()
    adopted = list(adoptions_of(standard).filter(standard=row)[:_SHOWN])
    empty = Empty(Text("还没有主体声明采用。", "Nobody has declared it yet."))
    facts = (
        Fact(Text("状态", "State"), status(row, today)),
        Fact(Text("发布", "Issued"), row.issued),
        Fact(Text("实施", "In force from"), row.effective),
        *((Fact(Text("废止", "Abolished"), row.ended),) if row.ended else ()),
        *((Fact(Text("代替", "Replaces"), row.replaces),) if row.replaces else ()),
        *((Fact(Text("被代替", "Replaced by"), row.replaced_by),) if row.replaced_by else ()),
        Fact(Text("核对", "Verified"), VERIFIED if row.checked else RECALLED),
    )
    head = Head(title(row), crumbs_of(standard, Crumb(row.number)), clause=row.clause, facts=facts, actions=_deeds(row))
    about = [
        Fact(NUMBER, row.number),
        *((Fact(Text("适用范围", "Scope"), row.scope),) if row.scope else ()),
        *((Fact(Text("出处", "Source"), row.source),) if row.source else ()),
        *((Fact(Text("原文", "Text"), row.link, url=row.link),) if row.link else ()),
    ]
    sections = [
        Section(Text("目录信息", "Catalogue"), "about", facts=about),
        Section(Text("采用主体", "Adopters"), "adopters", Table(adoption_columns(with_standard=False), adopted, empty)),
    ]
    return show(RecordPage(head, sections, timeline(standard_ref(row))))


@require_safe
def adoption_page(_request: HttpRequest, standard: str, code: str) -> HttpResponse:
    """One declaration: who, of what, what a check found."""
    row, today = adoption_by_code(standard, code), clock.today()
    facts = (
        Fact(Text("状态", "State"), state(row)),
        Fact(Text("标准", "Standard"), row.standard.number, url=standard_url(row.standard)),
        Fact(Text("标准状态", "Its state"), status(row.standard, today)),
        Fact(Text("声明日期", "Declared"), localdate(row.declared_at)),
    )
    said = [
        Fact(Text("声明", "Statement"), row.statement),
        *((Fact(Text("核查所见", "Finding"), row.finding),) if row.finding else ()),
        *((Fact(Text("撤回理由", "Why withdrawn"), row.reason),) if row.reason else ()),
    ]
    crumbs = crumbs_of(standard, Crumb(row.standard.number, standard_url(row.standard)), Crumb(row.party.name))
    head = Head(row.party.name, crumbs, clause=row.standard.clause, facts=facts, actions=_adoption_deeds(row))
    sections = [Section(Text("内容", "Content"), "content", facts=said)]
    return show(RecordPage(head, sections, timeline(adoption_ref(row))))


def _deeds(row: Standard) -> Sequence[Action]:
    me = current_principal()
    if not (me.signed_in and is_open(row.offer)):
        return ()
    actions = []
    holds = term_of(row).status(clock.today()) != "abolished"
    if holds and (me.parties or _may(me, DECLARE, row.offer)):
        actions.append(Action(Text("声明采用", "Declare adoption"), f"{standard_url(row)}adoption/", primary=True))
    if _may(me, REGISTER, row.offer):
        if not row.checked:
            actions.append(Action(Text("登记核对", "Record a verification"), f"{standard_url(row)}verification/"))
        if row.ended is None:
            url = f"{standard_url(row)}abolition/"
            actions.append(Action(Text("登记废止", "Record its abolition"), url, dangerous=True))
    return actions


def _adoption_deeds(row: Adoption) -> Sequence[Action]:
    me, path = current_principal(), row.standard.offer
    if not (me.signed_in and is_open(path)) or row.state == "withdrawn":
        return ()
    actions = []
    if _may(me, CHECK, path) and row.party.code not in me.parties:
        actions.append(Action(Text("登记核查", "Record a check"), f"{adoption_url(row)}check/", primary=True))
    if row.party.code in me.parties or _may(me, DECLARE, path):
        actions.append(Action(Text("撤回", "Withdraw"), f"{adoption_url(row)}withdrawal/", dangerous=True))
    return actions


def _may(me: Principal, action: str, path: str) -> bool:
    return allowed(me, action, set_scope(path))

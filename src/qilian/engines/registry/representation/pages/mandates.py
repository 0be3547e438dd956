"""My parties, the mandates of a party, delegating and revoking, and registering oneself."""

from collections.abc import Sequence
from datetime import timedelta

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from qilian.core.house.pages import (
    NOT_A_RECORD,
    Action,
    Column,
    Crumb,
    Empty,
    Field,
    Head,
    RecordPage,
    Section,
    StepForm,
    Table,
    show,
)
from qilian.core.house.principal import Principal
from qilian.core.log.events.api import timeline
from qilian.core.rights.grants.api import allowed, possible, signed_in
from qilian.core.values import clock
from qilian.core.values.text import Refusal, Text
from qilian.engines.registry.parties.api import Details, Party, party_by_code, party_ref, scope_of, survivor_of
from qilian.engines.registry.representation.kernel.claims import ROLES
from qilian.engines.registry.representation.models import Mandate
from qilian.engines.registry.representation.queries import (
    mandate_by_code,
    mandates_of,
    my_claims,
    my_mandates,
    require_party,
)
from qilian.engines.registry.representation.services.claims import REVIEW, person_named
from qilian.engines.registry.representation.services.mandates import delegate, register_myself, revoke

from .common import MINE, answer, claim_status, claim_url, crumbs, day, mandate_status

_FORMS = require_http_methods(["GET", "POST"])
_MANDATES = Text("授权", "Mandates")
_DELEGATE, _REVOKE = Text("授权他人办理", "Delegate"), Text("撤销授权", "Revoke")
_SELF = Text("以个人身份登记", "Register as a natural person")


@require_GET
def mine(_request: HttpRequest) -> HttpResponse:
    """For whom I may act, since when and until when, and my claims."""
    me = signed_in()
    person = me.person or 0
    claim = Action(Text("认领主体", "Claim a party"), reverse("representation:start"), primary=True)
    held = list(my_mandates(person))
    actions = [claim]
    if not any(row.role == "self" and row.revoked_on is None for row in held):
        actions.append(Action(_SELF, reverse("representation:self")))
    if REVIEW in possible(me, (REVIEW,)):
        actions.append(Action(Text("审核认领", "Review claims"), reverse("representation:reviews")))
    none = Empty(
        Text(
            "您还不能代表任何主体。用统一社会信用代码认领，或请法定代表人授权给您。",
            "You act for no party yet: claim one by its code, or ask its legal representative for a mandate.",
        ),
        claim,
    )
    sections = [Section(Text("可以代表", "I act for"), "mandates", Table(_columns(), held, none))]
    claims = list(my_claims(person))
    if claims:
        columns = (
            Column("party", Text("主体", "Party"), lambda row: row.party.name, url=claim_url),
            Column("role", Text("身份", "Role"), lambda row: ROLES.get(row.role, "—")),
            Column("at", Text("开始", "Begun"), lambda row: row.started_at, "date"),
            Column("state", Text("状态", "State"), claim_status, "status"),
        )
        sections.append(Section(Text("认领申请", "Claims"), "claims", Table(columns, claims)))
    return show(RecordPage(Head(MINE, actions=actions), sections, NOT_A_RECORD))


@require_GET
def mandates(_request: HttpRequest, code: str) -> HttpResponse:
    """Who may act for a party, for its own people and for reviewers."""
    party, me = party_by_code(code), signed_in()
    _let_see(me, party)
    columns = (
        Column("person", Text("姓名", "Person"), lambda row: row.person.name),
        Column("login", Text("登录名", "Login"), lambda row: row.person.login, "code"),
        Column("role", Text("身份", "Role"), lambda row: ROLES[row.role]),
        Column("from", Text("起", "From"), lambda row: row.valid_from, "date"),
        Column("to", Text("止", "To"), lambda row: row.revoked_on or row.valid_to or "", "date"),
        Column("by", Text("授权人", "Given by"), _giver),
        Column("state", Text("状态", "State"), mandate_status, "status"),
        Column("revoke", Text("办理", "Act"), _revocable, url=_revoke_url),
    )
    give = Action(_DELEGATE, reverse("representation:delegate", args=[party.code]), primary=True)
    none = Empty(Text("还没有人能代表这个主体。", "Nobody acts for this party yet."))
    title = Text(f"“{party.name}”的授权", f"Mandates of “{party.name}”")
    head = Head(title, crumbs=crumbs(_party_crumb(party), Crumb(_MANDATES)), actions=[give] if _own(me, party) else [])
    table = Table(columns, list(mandates_of(party)), none)
    return show(RecordPage(head, [Section(table=table)], timeline(party_ref(party))))


@_FORMS
def delegation(request: HttpRequest, code: str) -> HttpResponse:
    """Let somebody act for a party for a term."""
    party, me = party_by_code(code), signed_in()
    require_party(me, party)

    def form(values: QueryDict, *refusals: Refusal) -> StepForm:
        wrong = {refusal.where: refusal.message for refusal in refusals}
        today = clock.today()
        login_hint = Text("对方注册时用的登录名。", "The name with which the person signs in.")
        fields = (
            Field(
                "login",
                Text("登录名", "Login"),
                value=values.get("login", ""),
                hint=login_hint,
                error=wrong.get("login", ""),
            ),
            Field(
                "valid_from",
                Text("起始日期", "First day"),
                "date",
                values.get("valid_from", str(today)),
                error=wrong.get("valid_from", ""),
            ),
            Field(
                "valid_to",
                Text("截止日期", "Last day"),
                "date",
                values.get("valid_to", str(today + timedelta(days=365))),
                hint=Text("最长三年。", "Three years at most."),
                error=wrong.get("valid_to", ""),
            ),
            Field("note", Text("事由", "What for"), value=values.get("note", ""), required=False),
        )
        head = Head(_DELEGATE, crumbs=crumbs(_party_crumb(party), Crumb(_DELEGATE)))
        return StepForm(head, fields, _DELEGATE, refusals=refusals)

    def deed(values: QueryDict) -> str:
        delegate(
            actor=me,
            party=party,
            person=person_named(values.get("login", "")),
            valid_from=day(values, "valid_from") or clock.today(),
            valid_to=day(values, "valid_to"),
            note=values.get("note", ""),
        )
        return reverse("representation:mandates", args=[party.code])

    return answer(request, form, deed)


@_FORMS
def revocation(request: HttpRequest, code: str) -> HttpResponse:
    """Revoke a mandate, with a reason."""
    me, row = signed_in(), mandate_by_code(code)
    party = survivor_of(row.party)

    def form(values: QueryDict, *refusals: Refusal) -> StepForm:
        title = Text(f"撤销{row.person.name}的授权", f"Revoke the mandate of {row.person.name}")
        fields = (Field("reason", Text("理由", "Reason"), value=values.get("reason", "")),)
        head = Head(title, crumbs=crumbs(_party_crumb(party), Crumb(_REVOKE)))
        return StepForm(head, fields, _REVOKE, refusals=refusals)

    def deed(values: QueryDict) -> str:
        revoke(actor=me, mandate=row, reason=values.get("reason", ""))
        return reverse("representation:mine")

    if row.person_id != me.person:
        _let_see(me, party)
    return answer(request, form, deed)


@_FORMS
def myself(request: HttpRequest) -> HttpResponse:
    """Register oneself as a natural person: the number is checked, sealed, and shown masked ever after."""
    me = signed_in()

    def form(values: QueryDict, *refusals: Refusal) -> StepForm:
        wrong = {refusal.where: refusal.message for refusal in refusals}
        sealed = Text("加密保存，页面上只显示部分数字。", "Kept sealed; pages show a part of it only.")
        fields = (
            Field("name", Text("姓名", "Name"), value=values.get("name", me.name), error=wrong.get("name", "")),
            Field(
                "identity",
                Text("公民身份号码", "Citizen's identity number"),
                value=values.get("identity", ""),
                hint=sealed,
                error=wrong.get("identity", ""),
            ),
            Field("phone", Text("电话", "Phone"), value=values.get("phone", ""), required=False, hint=sealed),
        )
        return StepForm(Head(_SELF, crumbs=crumbs(Crumb(_SELF))), fields, Text("登记", "Register"), refusals=refusals)

    def deed(values: QueryDict) -> str:
        details = Details(values.get("name", ""), values.get("phone", ""), "", values.get("identity", ""))
        register_myself(actor=me, details=details)
        return reverse("representation:mine")

    return answer(request, form, deed)


def party_section(party: Party, reader: Principal) -> Sequence[Section]:
    """What a party's page says of its mandates, to its own people and to reviewers."""
    if not _own(reader, party) and not allowed(reader, REVIEW, scope_of(party.region)):
        return ()
    rows, address = list(mandates_of(party)[:20]), reverse("representation:mandates", args=[party.code])
    columns = (
        Column("person", Text("姓名", "Person"), lambda row: row.person.name, url=lambda _: address),
        Column("role", Text("身份", "Role"), lambda row: ROLES[row.role]),
        Column("to", Text("止", "To"), lambda row: row.revoked_on or row.valid_to or "", "date"),
        Column("state", Text("状态", "State"), mandate_status, "status"),
    )
    none = Empty(Text("还没有人能代表这个主体。", "Nobody acts for this party yet."), Action(_MANDATES, address))
    return (
        Section(
            Text("代表人和经办人（不公开）", "Who acts for it (not public)"), "mandates", Table(columns, rows, none)
        ),
    )


def party_actions(party: Party, reader: Principal) -> Sequence[Action]:
    """The way to delegate, for who acts for a party; to claim it, for everybody else who is signed in."""
    if _own(reader, party):
        return (Action(_DELEGATE, reverse("representation:delegate", args=[party.code])),)
    if reader.person is None or party.kind == "citizen" or party.status != "active":
        return ()
    return (Action(Text("认领", "Claim"), reverse("representation:start")),)


def _columns() -> Sequence[Column]:
    return (
        Column("party", Text("主体", "Party"), lambda row: survivor_of(row.party).name, url=_party_url),
        Column("role", Text("身份", "Role"), lambda row: ROLES[row.role]),
        Column("from", Text("起", "From"), lambda row: row.valid_from, "date"),
        Column("to", Text("止", "To"), lambda row: row.revoked_on or row.valid_to or "", "date"),
        Column("state", Text("状态", "State"), mandate_status, "status"),
        Column("people", Text("授权", "Mandates"), _manageable, url=_mandates_url),
        Column("revoke", Text("办理", "Act"), _revocable, url=_revoke_url),
    )


def _party_url(row: Mandate) -> str:
    return reverse("parties:party", args=[survivor_of(row.party).code])


def _manageable(row: Mandate) -> Text | str:
    return Text("查看和授权", "See and give") if _manages(row) else ""


def _mandates_url(row: Mandate) -> str:
    return reverse("representation:mandates", args=[survivor_of(row.party).code]) if _manages(row) else ""


def _manages(row: Mandate) -> bool:
    return mandate_status(row).colour == "green"


def _revocable(row: Mandate) -> Text | str:
    return "" if _over(row) else _REVOKE


def _revoke_url(row: Mandate) -> str:
    return "" if _over(row) else reverse("representation:revoke", args=[row.code])


def _over(row: Mandate) -> bool:
    return row.revoked_on is not None or (row.valid_to is not None and row.valid_to < clock.today())


def _giver(row: Mandate) -> str | Text:
    return row.giver.person.name if row.giver else Text("登记机关", "The registry")


def _own(me: Principal, party: Party) -> bool:
    return party.code in me.parties


def _let_see(me: Principal, party: Party) -> None:
    if not allowed(me, REVIEW, scope_of(party.region)):
        require_party(me, party)


def _party_crumb(party: Party) -> Crumb:
    return Crumb(party.name, reverse("parties:party", args=[party.code]))

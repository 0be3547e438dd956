"""Claims, mandates, invitations and the parties one acts for, each said once: traits and all that is done with them."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from qilian.core.house.forms.api import FieldSpec, Form, When
from qilian.core.house.pages import Crumb, Filter
from qilian.core.house.principal import Principal, current_principal
from qilian.core.offers.resource.api import Operation, Resource, Step, Trait, Values, always, in_state
from qilian.core.papers.files.api import files_of
from qilian.core.rights.grants.api import allowed, possible
from qilian.core.values import clock
from qilian.core.values.text import Text
from qilian.engines.registry.contacts.api import Details
from qilian.engines.registry.parties.api import Party, parties_with, party_by_code, party_ref, scope_of, survivor_of

from .kernel.claims import CLAIMED, EDITABLE, ROLES, STATES
from .models import Claim, Invitation, Mandate
from .queries import (
    as_rule,
    claim_by_code,
    claim_ref,
    claims_seen,
    giver_for,
    invitation_by_code,
    invitation_ref,
    invitations_of,
    invitations_to,
    is_meant,
    mandate_by_code,
    mandate_ref,
    mandates_of,
    my_mandates,
    require_party,
)
from .services.claims import (
    REVIEW,
    Answer,
    add_evidence,
    answer_claim,
    approve_claim,
    drop_evidence,
    refuse_claim,
    return_claim,
    start_claim,
    submit_claim,
    withdraw_claim,
)
from .services.invitations import accept, decline, invite, take_back
from .services.mandates import is_registered, may_revoke, register_myself, revoke
from .words import (
    MINE,
    REVIEWS,
    SELF,
    answers,
    claim_status,
    evidence,
    giver_of,
    invitation_status,
    mandate_status,
    removable,
    reviewed,
)

_SEALED = Text("加密保存，页面上只显示部分数字。", "Kept sealed; pages show a part of it only.")
_CODE_HINT = Text(
    "营业执照上的统一社会信用代码（旧号也可以），或登记的全称。",
    "The unified social credit code on the licence, or an old number, or the whole registered name.",
)
_WHY = FieldSpec("reason", Text("理由", "Reason"), "textarea", length=300)
_TOLD = Text("申请人会看到。", "The person reads it.")
_CLAIM = Form(
    "claim",
    Text("认领主体", "Claim a party"),
    (FieldSpec("party", Text("主体", "Party"), picks="party", hint=_CODE_HINT, length=120),),
)
_ROLE = Form(
    "role",
    Text("身份和期限", "Role and term"),
    (
        FieldSpec("role", Text("您的身份", "Your role"), "choice",
                  choices=tuple((name, ROLES[name]) for name in CLAIMED)),
        FieldSpec("until", Text("授权截止日期", "Last day of your mandate"), "date", when=When("role", ("operator",)),
                  hint=Text("委托书上的日期。", "As in the letter of authority.")),
    ),
)  # fmt: skip
_EVIDENCE = Form(
    "evidence",
    Text("证明材料", "Evidence"),
    (
        FieldSpec("upload", Text("文件", "File"), "file", accept=".pdf,.png,.jpg,.jpeg,.ofd", hint=Text(
            "营业执照；经办人另附加盖公章的授权委托书。PDF 或图片，一次一个，可以多次上传。",
            "The licence; operators also the sealed letter of authority. PDF or picture, one after another.",
        )),
    ),
)  # fmt: skip
_NOTE = Form(
    "note",
    Text("通过", "Approve"),
    (FieldSpec("note", Text("意见", "Note"), "textarea", required=False, length=300, hint=_TOLD),),
)
_REASON = Form("reason", _WHY.label, (_WHY,))
_MYSELF = Form(
    "myself",
    SELF,
    (
        FieldSpec("name", Text("姓名", "Name"), length=80),
        FieldSpec("identity", Text("公民身份号码", "Citizen's identity number"), hint=_SEALED, length=40),
        FieldSpec("phone", Text("电话", "Phone"), required=False, hint=_SEALED, length=40),
        FieldSpec("region", Text("所在地", "Place"), required=False, picks="division"),
    ),
)
_INVITATION = Form(
    "invitation",
    Text("授权他人办理", "Let somebody act"),
    (
        FieldSpec("login", Text("登录名", "Login"), length=64,
                  hint=Text("对方注册时用的登录名。", "The name with which the person signs in.")),
        FieldSpec("valid_from", Text("起始日期", "First day"), "date", required=False,
                  hint=Text("不填即今天。", "Empty is today.")),
        FieldSpec("valid_to", Text("截止日期", "Last day"), "date", hint=Text("最长三年。", "Three years at most.")),
        FieldSpec("note", Text("事由", "What for"), required=False, length=200),
    ),
)  # fmt: skip


def removal_form(row: Claim) -> Form:
    """Which file is taken back."""
    choices = tuple((use.code, Text(use.name, use.name)) for use in files_of(claim_ref(row)))
    return Form("removal", _REMOVE, (FieldSpec("code", Text("文件", "File"), "choice", choices=choices),))


def _details(_place: str, values: Values) -> Values:
    details = Details(values["name"], values["phone"] or "", "", values["identity"])
    return {"details": details, "region": values["region"]}


def _answered(_row: Claim, values: Values) -> Values:
    return {"answer": Answer(values["role"], values.get("until"))}


def _term(_party: Party) -> Values:
    today = clock.today()
    return {"valid_from": today.isoformat(), "valid_to": (today + timedelta(days=365)).isoformat()}


def _claimant(me: Principal, row: Claim) -> bool:
    return me.person is not None and row.person_id == me.person


def _reviews(me: Principal, party: Party) -> bool:
    return allowed(me, REVIEW, scope_of(party.region))


def _reviewable(row: Claim) -> bool:
    return row.state == "submitted" and not _claimant(current_principal(), row)


def _shown(row: Claim) -> bool:
    return files_of(claim_ref(row)).exists()


def _to_complete(row: Claim) -> bool:
    """Whether a claim was returned and nothing was uploaded since."""
    return row.state == "returned" and not files_of(claim_ref(row)).filter(attached_at__gt=row.decided_at).exists()


def _completing(row: Claim) -> Text | None:
    return Text("补充材料", "Add what is missing") if row.state == "returned" else None


def _inside(me: Principal, party: Party) -> bool:
    """Whether a reader acts for a party today, or reviews claims of its place."""
    return survivor_of(party).code in me.parties or _reviews(me, party)


def _seen_party(me: Principal, row: Party) -> bool:
    """Who acts for it and who reviews sees it; everybody else is told why he may not."""
    if not _reviews(me, row):
        require_party(me, row)
    return True


def _may_give(me: Principal, party: Party) -> bool:
    return giver_for(me, party) is not None


def _crumbs(at: Claim | Mandate | Invitation | Party | str) -> Sequence[Crumb]:
    me, first = current_principal(), Crumb(MINE, "/representation/")
    match at:
        case Claim() if not _claimant(me, at):
            return (Crumb(REVIEWS, "/representation/reviews/"),)
        case Mandate() | Invitation() if survivor_of(at.party).code in me.parties:
            party = survivor_of(at.party)
            return (first, Crumb(party.name, REPRESENTED.url(party)))
    return (first,)


def _party(**more: Any) -> tuple[Trait[Any], ...]:
    """The party that a claim, a mandate or an invitation is about."""
    return (
        Trait("party", Text("主体编码", "Code of the party"), lambda row: survivor_of(row.party).code, "code",
              list=False, fact=False),
        Trait("name", Text("主体", "Party"), lambda row: survivor_of(row.party).name, **more),
    )  # fmt: skip


def _code() -> Trait[Any]:
    return Trait("code", Text("公开编码", "Public code"), lambda row: row.code, "code", list=False, fact=False)


def _role() -> Trait[Any]:
    return Trait("role", Text("身份", "Role"), lambda row: ROLES.get(row.role), plain=lambda row: row.role)


def _days() -> tuple[Trait[Any], ...]:
    return (
        Trait("valid_from", Text("起", "From"), lambda row: row.valid_from, "date"),
        Trait("valid_to", Text("止", "To"), lambda row: row.valid_to, "date"),
    )


_REMOVE, _EDITABLE = Text("移除材料", "Remove a file"), in_state(*EDITABLE)
_OWN: dict[str, Any] = {"own": _claimant, "whose": Text("申请人本人", "its claimant"), "personal": True}
_MEANT: dict[str, Any] = {
    "own": is_meant, "when": lambda row: row.state == "open" and row.valid_to >= clock.today(),
    "whose": Text("被邀请的人", "whom it is for"), "personal": True,
}  # fmt: skip
_LEGAL = Text("法定代表人（负责人）或自然人本人", "its legal representative, or the natural person")
_COMMON: dict[str, Any] = {"under": "representation", "crumbs": _crumbs}
_FILE: Sequence[Trait[Any]] = (
    Trait("code", Text("公开编码", "Public code"), lambda use: use.code, "code"),
    Trait("name", Text("文件", "File"), lambda use: use.name, "code"),
)
CLAIMS: Resource[Claim] = Resource(
    plural="claims", row="claim", title=Text("认领申请", "Claims"), noun=Text("认领申请", "Claim"),
    find=lambda _place, code: claim_by_code(code), rows=lambda me, _place: claims_seen(me, REVIEW),
    seen=lambda me, row: _claimant(me, row) or _reviews(me, row.party), ref=claim_ref,
    named=lambda row: Text(f"认领“{row.party.name}”", f"Claim of “{row.party.name}”"),
    scope=lambda row: scope_of(row.party.region),
    filters=lambda _place: (
        Filter("state", Text("状态", "State"), lambda rows, state: rows.filter(state=state), tuple(STATES.items())),
    ),
    traits=(
        _code(),
        *_party(leads=True, fact=False),
        Trait("person", Text("申请人", "Person"), lambda row: row.person.name, fact=False,
              list=lambda: bool(possible(current_principal(), [REVIEW]))),
        _role(),
        Trait("until", Text("截止日期", "Last day"), lambda row: row.until, "date"),
        Trait("state", Text("状态", "State"), claim_status, "status", plain=lambda row: row.state),
        Trait("started_at", Text("开始", "Begun"), lambda row: row.started_at, "datetime", list=False, fact=False),
        Trait("submitted_at", Text("提交", "Sent"), lambda row: row.submitted_at, "datetime", sort="submitted_at"),
        Trait("decided_at", Text("审核时间", "Decided"), lambda row: row.decided_at, "datetime", list=False),
        Trait("decision", Text("审核意见", "Decision"), lambda row: row.decision, list=False),
        Trait("evidence", Text("证明材料", "Evidence"), lambda row: list(files_of(claim_ref(row))), "rows", of=_FILE),
    ),
    creation=Operation("claim", _CLAIM.title, "", start_claim, _CLAIM, personal=True,
                       done=Text("已开始认领，请接着填写。", "Begun: go on here."),
                       step=Step(Text("主体", "Party"), Text("继续", "Continue"), done=always)),
    operations=(
        Operation("role", _ROLE.title, "", answer_claim, _ROLE, when=_EDITABLE, takes=_answered, **_OWN,
                  given=lambda row: {"role": row.role, "until": row.until},
                  step=Step(_ROLE.title, Text("保存并继续", "Save and continue"), done=lambda row: bool(row.role))),
        Operation("evidence", _EVIDENCE.title, "", add_evidence, _EVIDENCE, when=_EDITABLE, **_OWN,
                  before=lambda row: (removable(row),), done=Text("已上传。", "Uploaded."),
                  step=Step(_EVIDENCE.title, Text("上传", "Upload"), _shown, _to_complete, _completing, stays=True)),
        Operation("submission", Text("核对并提交", "Check and send"), "", submit_claim, when=_EDITABLE, **_OWN,
                  before=lambda row: (answers(row), evidence(row)),
                  done=Text("已提交审核，结果会通知您。", "Sent for review; you will be told what is decided."),
                  step=Step(Text("核对并提交", "Check and send"), Text("提交审核", "Send for review"),
                            done=lambda row: row.state not in EDITABLE)),
        Operation("removal", _REMOVE, "", drop_evidence, removal_form, dangerous=True, **_OWN,
                  when=lambda row: _EDITABLE(row) and _shown(row), leads=lambda row: f"{CLAIMS.url(row)}evidence/"),
        Operation("withdrawal", Text("撤回", "Withdraw"), "", withdraw_claim, dangerous=True, **_OWN,
                  when=in_state(*EDITABLE, "submitted")),
        Operation("approval", _NOTE.title, REVIEW, approve_claim, _NOTE, when=_reviewable, before=reviewed,
                  done=Text("已通过，申请人已收到通知。", "Approved; the person was told.")),
        Operation("return", Text("退回补正", "Return"), REVIEW, return_claim, _REASON, when=_reviewable,
                  before=reviewed, done=Text("已退回补正，申请人已收到通知。", "Returned; the person was told.")),
        Operation("refusal", Text("不予通过", "Refuse"), REVIEW, refuse_claim, _REASON, when=_reviewable,
                  before=reviewed, dangerous=True,
                  done=Text("已决定不予通过，申请人已收到通知。", "Refused; the person was told.")),
    ),
    **_COMMON,
)  # fmt: skip
MANDATES: Resource[Mandate] = Resource(
    plural="mandates", row="mandate", title=Text("授权", "Mandates"), noun=Text("授权", "Mandate"),
    find=lambda _place, code: mandate_by_code(code), rows=lambda me, _place: my_mandates(me.person or 0),
    seen=lambda me, row: row.person_id == me.person or _inside(me, row.party), ref=mandate_ref,
    named=lambda row: Text(f"{row.person.name}：{survivor_of(row.party).name}",
                           f"{row.person.name} for {survivor_of(row.party).name}"),
    scope=lambda row: scope_of(row.party.region),
    traits=(
        _code(),
        *_party(url=lambda row: f"/parties/{survivor_of(row.party).code}/"),
        Trait("person", Text("姓名", "Person"), lambda row: row.person.name, leads=True),
        Trait("login", Text("登录名", "Login"), lambda row: row.person.login, "code"),
        _role(),
        *_days(),
        Trait("revoked_on", Text("撤销日期", "Revoked on"), lambda row: row.revoked_on, "date", list=False),
        Trait("giver", Text("授权人", "Given by"), giver_of),
        Trait("note", Text("事由", "What for"), lambda row: row.note, list=False),
        Trait("reason", Text("撤销理由", "Why it was revoked"), lambda row: row.reason, list=False),
        Trait("runs", Text("今日有效", "Runs today"), lambda row: mandate_status(row).colour == "green", "boolean",
              list=False, fact=False),
        Trait("state", Text("状态", "State"), mandate_status, "status", json=False),
    ),
    creation=Operation("myself", SELF, "", register_myself, _MYSELF, takes=_details, personal=True,
                       given=lambda _place: {"name": current_principal().name}, leads=lambda _row: "/representation/",
                       when=lambda _place: not is_registered(current_principal())),
    operations=(
        Operation("revocation", Text("撤销授权", "Revoke"), REVIEW, revoke, _REASON, dangerous=True, own=may_revoke,
                  whose=Text("法定代表人或本人", "its legal representative or its person"),
                  when=lambda row: not as_rule(row).over(clock.today()), leads=lambda _row: "/representation/"),
    ),
    **_COMMON,
)  # fmt: skip
INVITATIONS: Resource[Invitation] = Resource(
    plural="invitations", row="invitation", title=Text("授权邀请", "Invitations"), noun=Text("授权邀请", "Invitation"),
    find=lambda _place, code: invitation_by_code(code), rows=lambda me, _place: invitations_to(me),
    seen=lambda me, row: is_meant(me, row) or _inside(me, row.party), ref=invitation_ref,
    named=lambda row: Text(f"代为办理：{survivor_of(row.party).name}", f"Act for {survivor_of(row.party).name}"),
    scope=lambda row: scope_of(row.party.region),
    traits=(
        _code(),
        *_party(leads=True),
        Trait("login", Text("邀请的登录名", "Invited login"), lambda row: row.login, "code"),
        *_days(),
        Trait("giver", Text("授权人", "Given by"), lambda row: row.giver.person.name),
        Trait("note", Text("事由", "What for"), lambda row: row.note),
        Trait("state", Text("状态", "State"), invitation_status, "status", plain=lambda row: row.state),
        Trait("made_at", Text("邀请时间", "Invited"), lambda row: row.made_at, "datetime", list=False),
        Trait("settled_at", Text("办结时间", "Settled"), lambda row: row.settled_at, "datetime", list=False),
    ),
    operations=(
        Operation("acceptance", Text("接受授权", "Accept"), "", accept, gives=lambda: MANDATES, **_MEANT,
                  done=Text("已接受：您现在可以代为办理。", "Accepted: you act for it now.")),
        Operation("refusal", Text("谢绝", "Decline"), "", decline, leads=lambda _row: "/representation/", **_MEANT,
                  done=Text("已谢绝。", "Declined.")),
        Operation("withdrawal", Text("撤回邀请", "Withdraw it"), "", take_back, dangerous=True, whose=_LEGAL,
                  own=lambda me, row: _may_give(me, survivor_of(row.party)), when=in_state("open"),
                  leads=lambda row: REPRESENTED.url(survivor_of(row.party))),
    ),
    **_COMMON,
)  # fmt: skip
REPRESENTED: Resource[Party] = Resource(
    plural="parties", row="party", title=MINE, noun=Text("代表的主体", "Party one acts for"),
    find=lambda _place, code: party_by_code(code), rows=lambda me, _place: list(parties_with(me.parties).values()),
    seen=_seen_party, named=lambda row: Text(f"“{row.name}”的授权", f"Mandates of “{row.name}”"), ref=party_ref,
    scope=lambda row: scope_of(row.region),
    traits=(
        Trait("code", Text("公开编码", "Public code"), lambda row: row.code, "code", list=False, fact=False),
        Trait("name", Text("主体", "Party"), lambda row: row.name, leads=True, url=lambda row: f"/parties/{row.code}/"),
        Trait("mandates", MANDATES.title, mandates_of, "rows", of=MANDATES.traits_at("")),
        Trait("invitations", INVITATIONS.title, invitations_of, "rows", of=INVITATIONS.traits_at("")),
    ),
    operations=(
        Operation("invitation", _INVITATION.title, "", invite, _INVITATION, own=_may_give, whose=_LEGAL, given=_term,
                  gives=lambda: INVITATIONS, leads=lambda row: REPRESENTED.url(survivor_of(row.party)),
                  hint=Text("对方登录后接受，授权才生效。", "It holds when the person has signed in and accepted."),
                  done=Text("邀请已发出；对方登录并接受后生效。", "Invited: it holds when the person has accepted.")),
    ),
    **_COMMON,
)  # fmt: skip

"""Standards and declarations of adoption, said once."""

from collections.abc import Sequence

from django.utils.timezone import localdate

from qilian.core.house.forms.api import FieldSpec, Form
from qilian.core.house.pages import Crumb, Fact
from qilian.core.house.principal import current_principal
from qilian.core.offers.offers.api import crumbs_to, is_open
from qilian.core.offers.resource.api import Operation, Resource, Trait, Values
from qilian.core.values import clock
from qilian.core.values.text import Text
from qilian.engines.registry.parties.api import Party, parties_with

from .models import Adoption, Standard
from .offering import Fact as StandardFact
from .queries import (
    adoption_by_code,
    adoption_ref,
    adoptions_of,
    set_at,
    set_scope,
    standard_by_code,
    standard_ref,
    standards_of,
    term_of,
)
from .services.adopting import CHECK, DECLARE, check_adoption, declare_adoption, withdraw_adoption
from .services.catalogue import REGISTER, abolish_standard, load_catalogue, register_standard, verify_standard
from .words import (
    ADOPTION_FILTERS,
    NUMBER,
    RECALLED,
    VERIFIED,
    binding,
    standard_filters,
    state,
    status,
    title,
)

_ABOLITION = Form(
    "abolition",
    Text("登记废止", "Record its abolition"),
    (
        FieldSpec(
            "on",
            Text("废止日", "Abolished on"),
            "date",
            hint=Text("这一天起不再有效。", "It holds no more from this day."),
        ),
        FieldSpec("replaced_by", Text("代替它的标准", "Replaced by"), required=False, length=200),
    ),
)
_VERIFICATION = Form(
    "verification",
    Text("登记核对", "Record a verification"),
    (FieldSpec("source", Text("核对的出处", "Compared with"), length=200),),
)
_FOUND = (("yes", Text("符合", "Conforming")), ("no", Text("不符合", "Not conforming")))
_CHECK = Form(
    "check",
    Text("登记核查", "Record a check"),
    (
        FieldSpec("conforming", Text("结论", "Result"), "choice", choices=_FOUND, finds=lambda word: word == "yes"),
        FieldSpec("finding", Text("所见", "Finding"), "textarea", length=300),
    ),
)
_WITHDRAWAL = Form("withdrawal", Text("撤回", "Withdraw"), (FieldSpec("reason", Text("理由", "Reason"), length=300),))
FACT = Form(
    "standard",
    Text("登记标准", "Register a standard"),
    (
        FieldSpec("code", NUMBER, length=80, hint=Text("例如 GB/T 27922-2011。", "Such as GB/T 27922-2011.")),
        FieldSpec("title", Text("名称", "Title"), length=200),
        FieldSpec("title_en", Text("英文名称", "English title"), required=False, length=240),
        FieldSpec("issued", Text("发布日", "Issued"), "date", required=False),
        FieldSpec("effective", Text("实施日", "In force from"), "date", required=False),
        FieldSpec("ended", Text("废止日", "Abolished"), "date", required=False),
        FieldSpec("replaces", Text("代替", "Replaces"), required=False, length=200),
        FieldSpec("replaced_by", Text("被代替", "Replaced by"), required=False, length=200),
        FieldSpec("scope", Text("适用范围", "Scope"), required=False, length=300),
        FieldSpec("link", Text("原文地址", "Address of the text"), required=False, length=200, pattern=r"https?://\S+"),
        FieldSpec("source", Text("出处", "Source"), length=200),
    ),
)


def fact_of(values: Values) -> StandardFact:
    """The typed values of FACT as a fact of the catalogue."""
    known = {field.name: values.get(field.name) for field in FACT.fields}
    return StandardFact(**{name: value for name, value in known.items() if value is not None})


def declaration_form(_row: Standard) -> Form:
    """Who declares: a choice among the reader's own parties; an official without one writes the code."""
    own = tuple(
        (code, Text(party.name, party.name)) for code, party in parties_with(current_principal().parties).items()
    )
    chosen = FieldSpec("party", Text("主体", "Party"), "choice", choices=own, finds=_own)
    who = chosen if own else FieldSpec("uscc", Text("主体", "Party"), length=120, picks="party")
    hint = Text("写明哪些产品、服务或场所按这项标准执行。", "Which goods, services or places follow this standard.")
    statement = FieldSpec("statement", Text("声明", "Statement"), "textarea", length=300, hint=hint)
    return Form("adoption", Text("声明采用", "Declare adoption"), (who, statement))


def _own(code: str) -> Party:
    return parties_with([code])[code]


def _declared(_row: Standard, values: Values) -> Values:
    return {"party": values.get("party") or values["uscc"], "statement": values["statement"]}


def _standard_crumbs(at: Standard | str) -> Sequence[Crumb]:
    return crumbs_to(at if isinstance(at, str) else at.offer)


def _adoption_crumbs(at: Adoption | str) -> Sequence[Crumb]:
    if isinstance(at, str):
        return crumbs_to(at)
    return (*crumbs_to(at.standard.offer), Crumb(at.standard.number, STANDARDS.url(at.standard)))


def _in_set(path: str) -> Sequence[Fact]:
    return (Fact(Text("目录", "Set"), set_at(path).title),)


def _holds(row: Standard) -> bool:
    return term_of(row).status(clock.today()) != "abolished"


def _checkable(row: Adoption) -> bool:
    return row.state != "withdrawn" and row.party.code not in current_principal().parties


_LOADING = Text(
    "随包目录中已在目录里的条目不变。据记忆写下的条目会标明，逐条核对后再依据。",
    "What is in the catalogue already stays as it is. Verify what is marked as written from memory.",
)
ADOPTIONS: Resource[Adoption] = Resource(
    plural="adoptions", row="adoption", title=Text("采用声明", "Declarations of adoption"),
    noun=Text("采用声明", "Declaration"), under="{standard}", find=adoption_by_code,
    rows=lambda _me, path: adoptions_of(path), seen=lambda _me, _row: True, named=lambda row: row.party.name,
    ref=adoption_ref, scope=lambda row: set_scope(row.standard.offer), crumbs=_adoption_crumbs,
    place_of=lambda row: row.standard.offer, place_scope=set_scope, serving=is_open,
    clause=lambda row: row.standard.clause, filters=lambda _path: ADOPTION_FILTERS,
    traits=(
        Trait("code", Text("公开编码", "Public code"), lambda row: row.code, "code", list=False, fact=False),
        Trait("party_name", Text("主体", "Party"), lambda row: row.party.name, leads=True,
              sort="party__name", fact=False),
        Trait("party", Text("主体编码", "Code of the party"), lambda row: row.party.code, "code", list=False,
              fact=False),
        Trait("number", Text("标准", "Standard"), lambda row: row.standard.number, "code",
              url=lambda row: STANDARDS.url(row.standard)),
        Trait("state", Text("状态", "State"), state, "status", plain=lambda row: row.state),
        Trait("status", Text("标准状态", "State of the standard"), lambda row: status(row.standard, clock.today()),
              "status", list=False, json=False),
        Trait("statement", Text("声明", "Statement"), lambda row: row.statement),
        Trait("declared_at", Text("声明日期", "Declared"), lambda row: localdate(row.declared_at), "date",
              sort="declared_at"),
        Trait("checked_at", Text("核查日期", "Checked"), lambda row: row.checked_at and localdate(row.checked_at),
              "date", sort="checked_at"),
        Trait("finding", Text("核查所见", "Finding"), lambda row: row.finding, list=False),
        Trait("reason", Text("撤回理由", "Why withdrawn"), lambda row: row.reason, list=False),
    ),
    operations=(
        Operation("check", Text("登记核查", "Record a check"), CHECK, check_adoption, _CHECK, when=_checkable),
        Operation("withdrawal", Text("撤回", "Withdraw"), DECLARE, withdraw_adoption, _WITHDRAWAL, dangerous=True,
                  own=lambda me, row: row.party.code in me.parties, when=lambda row: row.state != "withdrawn"),
    ),
)  # fmt: skip
STANDARDS: Resource[Standard] = Resource(
    plural="items", row="standard", title=Text("标准", "Standards"), noun=Text("标准", "Standard"), under="{standard}",
    find=standard_by_code, rows=lambda _me, path: standards_of(path), seen=lambda _me, _row: True, named=title,
    ref=standard_ref, scope=lambda row: set_scope(row.offer), crumbs=_standard_crumbs, place_of=lambda row: row.offer,
    place_scope=set_scope, serving=is_open, clause=lambda row: row.clause, filters=lambda _path: standard_filters(),
    traits=lambda path: (
        Trait("code", Text("公开编码", "Public code"), lambda row: row.code, "code", list=False, fact=False),
        Trait("number", NUMBER, lambda row: row.number, "code", leads=True, sort="number"),
        Trait("title", Text("名称", "Title"), title, plain=lambda row: row.title, sort="title", fact=False),
        Trait("title_en", Text("英文名称", "English title"), lambda row: row.title_en, list=False, fact=False),
        Trait("binding", Text("性质", "Force"), binding, "words", list=not set_at(path).of_laws, fact=False),
        Trait("status", Text("状态", "State"), lambda row: status(row, clock.today()), "status",
              plain=lambda row: term_of(row).status(clock.today())),
        Trait("issued", Text("发布", "Issued"), lambda row: row.issued, "date", list=False),
        Trait("effective", Text("实施日", "In force from"), lambda row: row.effective, "date", sort="effective"),
        Trait("ended", Text("废止", "Abolished"), lambda row: row.ended, "date", list=False),
        Trait("replaces", Text("代替", "Replaces"), lambda row: row.replaces),
        Trait("replaced_by", Text("被代替", "Replaced by"), lambda row: row.replaced_by),
        Trait("adopters", Text("采用主体", "Adopters"), lambda row: row.adopters, "integer", sort="adopters",
              fact=False),
        Trait("scope", Text("适用范围", "Scope"), lambda row: row.scope, list=False),
        Trait("source", Text("出处", "Source"), lambda row: row.source, list=False),
        Trait("link", Text("原文", "Text"), lambda row: row.link, list=False, url=lambda row: row.link),
        Trait("checked", Text("核对", "Verified"), lambda row: VERIFIED if row.checked else RECALLED, "boolean",
              plain=lambda row: row.checked),
    ),
    creation=Operation("registration", FACT.title, REGISTER, register_standard, FACT, facts=_in_set,
                       takes=lambda _path, values: {"fact": fact_of(values)}),
    together=(
        Operation("catalogue", Text("载入随包目录", "Load the pack's catalogue"), REGISTER, load_catalogue,
                  hint=_LOADING),
    ),
    operations=(
        Operation("adoption", Text("声明采用", "Declare adoption"), DECLARE, declare_adoption, declaration_form,
                  takes=_declared, when=_holds, own=lambda me, _row: bool(me.parties), gives=lambda: ADOPTIONS),
        Operation("verification", Text("登记核对", "Record a verification"), REGISTER, verify_standard, _VERIFICATION,
                  when=lambda row: not row.checked),
        Operation("abolition", Text("登记废止", "Record its abolition"), REGISTER, abolish_standard, _ABOLITION,
                  when=lambda row: row.ended is None, dangerous=True),
    ),
    about=(
        Trait("offer", Text("服务项", "Offer"), lambda path: path, "code"),
        Trait("title", Text("名称", "Title"), lambda path: set_at(path).title, "words"),
        Trait("open", Text("已开通", "Open"), is_open, "boolean"),
        Trait("of_laws", Text("法规目录", "A list of laws"), lambda path: set_at(path).of_laws, "boolean"),
        Trait("standards", Text("条数", "Number of entries"), lambda path: standards_of(path).count(), "integer"),
    ),
)  # fmt: skip

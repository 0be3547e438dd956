"""The forms: bringing standards in, verifying and abolishing them; declaring, checking, taking back."""

from collections.abc import Callable, Sequence
from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.views.decorators.http import require_http_methods

from qilian.core.house.forms.api import FieldSpec, Form, check, screen_fields, written_in
from qilian.core.house.pages import Crumb, Fact, Head, Section, StepForm, show
from qilian.core.house.principal import Principal, current_principal
from qilian.core.offers.offers.api import crumbs_of, offer_url
from qilian.core.rights.grants.api import require
from qilian.core.values.text import Refusal, Text
from qilian.engines.registry.parties.api import Party, parties_with, party_by_uscc
from qilian.engines.registry.standards.models import Adoption, Standard
from qilian.engines.registry.standards.offering import Fact as StandardFact
from qilian.engines.registry.standards.queries import adoption_by_code, set_at, set_scope, standard_by_code
from qilian.engines.registry.standards.services.adopting import (
    CHECK,
    check_adoption,
    declare_adoption,
    require_declarer,
    withdraw_adoption,
)
from qilian.engines.registry.standards.services.catalogue import (
    REGISTER,
    abolish_standard,
    load_catalogue,
    register_standard,
    verify_standard,
)

from .words import NUMBER, adoption_url, standard_url, title

Run = Callable[[dict[str, object]], str]
_methods = require_http_methods(["GET", "HEAD", "POST"])
_REGISTER, _LOAD = Text("登记标准", "Register a standard"), Text("载入随包目录", "Load the pack's catalogue")
_USCC = Text("统一社会信用代码", "Unified social credit code")
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
        FieldSpec("conforming", Text("结论", "Result"), "choice", choices=_FOUND),
        FieldSpec("finding", Text("所见", "Finding"), "textarea", length=300),
    ),
)
_WITHDRAWAL = Form("withdrawal", Text("撤回", "Withdraw"), (FieldSpec("reason", Text("理由", "Reason"), length=300),))
FACT = Form(
    "standard",
    _REGISTER,
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


@_methods
def registration(request: HttpRequest, standard: str) -> HttpResponse:
    """Register one standard."""
    shape, me = set_at(standard), current_principal()
    require(me, REGISTER, set_scope(standard))
    head = Head(_REGISTER, crumbs_of(standard, Crumb(_REGISTER)), facts=(Fact(Text("目录", "Set"), shape.title),))

    def run(values: dict[str, object]) -> str:
        return standard_url(register_standard(actor=me, path=standard, fact=fact_of(values)))

    return _form(request, FACT, head, run)


@_methods
def loading(request: HttpRequest, standard: str) -> HttpResponse:
    """Bring the catalogue that lies beside the pack into the set."""
    shape, me = set_at(standard), current_principal()
    require(me, REGISTER, set_scope(standard))
    if request.method == "POST":
        load_catalogue(actor=me, path=standard)
        return HttpResponseRedirect(offer_url(standard))
    said = Text(
        f"随包目录有 {len(shape.facts)} 条，已在目录里的不变。据记忆写下的条目会标明，逐条核对后再依据。",
        f"The pack brings {len(shape.facts)} entries; what is there stays. Verify what is from memory.",
    )
    head = Head(_LOAD, crumbs_of(standard, Crumb(_LOAD)))
    return show(StepForm(head, (), submit=_LOAD, before=[Section(paragraphs=(said,))]))


@_methods
def verification(request: HttpRequest, standard: str, code: str) -> HttpResponse:
    """Record that a standard was compared with its issuer's list."""
    row, me = standard_by_code(standard, code), current_principal()
    require(me, REGISTER, set_scope(standard))

    def run(values: dict[str, object]) -> str:
        return standard_url(verify_standard(actor=me, standard=row, source=str(values["source"])))

    return _form(request, _VERIFICATION, _standard_head(row, _VERIFICATION.title), run)


@_methods
def abolition(request: HttpRequest, standard: str, code: str) -> HttpResponse:
    """Record that a standard holds no more."""
    row, me = standard_by_code(standard, code), current_principal()
    require(me, REGISTER, set_scope(standard))

    def run(values: dict[str, object]) -> str:
        on, successor = values["on"], str(values.get("replaced_by") or "")
        assert isinstance(on, date)
        return standard_url(abolish_standard(actor=me, standard=row, on=on, replaced_by=successor))

    return _form(request, _ABOLITION, _standard_head(row, _ABOLITION.title), run)


@_methods
def adoption(request: HttpRequest, standard: str, code: str) -> HttpResponse:
    """Declare an adoption: who acts for one party needs no code, an official writes it down."""
    row, me = standard_by_code(standard, code), current_principal()
    require_declarer(me, standard)
    form = _declaration(me)

    def run(values: dict[str, object]) -> str:
        party = _party(me, str(values.get("party") or ""), str(values.get("uscc") or ""))
        statement = str(values["statement"])
        return adoption_url(declare_adoption(actor=me, standard=row, party=party, statement=statement))

    return _form(request, form, _standard_head(row, form.title), run)


@_methods
def check_form(request: HttpRequest, standard: str, code: str) -> HttpResponse:
    """Record what a check found."""
    row, me = adoption_by_code(standard, code), current_principal()
    require(me, CHECK, set_scope(standard))

    def run(values: dict[str, object]) -> str:
        conforming, finding = values["conforming"] == "yes", str(values["finding"])
        return adoption_url(check_adoption(actor=me, adoption=row, conforming=conforming, finding=finding))

    return _form(request, _CHECK, _adoption_head(row, _CHECK.title), run)


@_methods
def withdrawal(request: HttpRequest, standard: str, code: str) -> HttpResponse:
    """Take a declaration back."""
    row, me = adoption_by_code(standard, code), current_principal()
    require_declarer(me, standard, row.party)

    def run(values: dict[str, object]) -> str:
        return adoption_url(withdraw_adoption(actor=me, adoption=row, reason=str(values["reason"])))

    return _form(request, _WITHDRAWAL, _adoption_head(row, _WITHDRAWAL.title), run)


def fact_of(values: dict[str, object]) -> StandardFact:
    """The typed values of FACT as a fact of the catalogue."""
    texts = ("code", "title", "title_en", "replaces", "replaced_by", "scope", "link", "source")
    days = {
        name: day if isinstance(day := values.get(name), date) else None for name in ("issued", "effective", "ended")
    }
    return StandardFact(**{name: str(values.get(name) or "") for name in texts}, **days, checked=False)  # type: ignore[arg-type] # texts and days by name


def _form(request: HttpRequest, form: Form, head: Head, run: Run) -> HttpResponse:
    """Show a form, or read it, call the verb and go where it leads; what is wrong stands beside its field."""
    if request.method != "POST":
        return show(StepForm(head, screen_fields(form), submit=form.title, dense=True))
    found = check(form, written_in(form, request.POST))
    refusals: Sequence[Refusal] = found.refusals
    if found.ok:
        try:
            return HttpResponseRedirect(run(dict(found.values)))
        except Refusal as refusal:
            if refusal.code == "grants.denied":
                raise
            refusals = (refusal,)
    fields = screen_fields(form, _lists(request.POST), refusals)
    return show(StepForm(head, fields, submit=form.title, refusals=refusals, dense=True), status=422)


def _lists(sent: QueryDict) -> dict[str, Sequence[str]]:
    return {name: [str(value) for value in sent.getlist(name)] for name in sent}


def _declaration(me: Principal) -> Form:
    """A choice among the reader's own parties; an official without one writes the code."""
    own = tuple((code, Text(party.name, party.name)) for code, party in parties_with(me.parties).items())
    who = (
        FieldSpec("party", Text("主体", "Party"), "choice", choices=own) if own else FieldSpec("uscc", _USCC, length=40)
    )
    statement = FieldSpec(
        "statement",
        Text("声明", "Statement"),
        "textarea",
        length=300,
        hint=Text("写明哪些产品、服务或场所按这项标准执行。", "Which goods, services or places follow this standard."),
    )
    return Form("adoption", Text("声明采用", "Declare adoption"), (who, statement))


def _party(me: Principal, code: str, uscc: str) -> Party:
    return parties_with([code])[code] if code and code in me.parties else party_by_uscc(uscc)


def _standard_head(row: Standard, doing: Text) -> Head:
    crumbs = crumbs_of(row.offer, Crumb(row.number, standard_url(row)), Crumb(doing))
    return Head(
        Text(f"{doing.zh}：{row.number}", f"{doing.en}: {row.number}"), crumbs, facts=(Fact(NUMBER, title(row)),)
    )


def _adoption_head(row: Adoption, doing: Text) -> Head:
    crumbs = crumbs_of(row.standard.offer, Crumb(row.party.name, adoption_url(row)), Crumb(doing))
    facts = (Fact(Text("标准", "Standard"), row.standard.number),)
    return Head(Text(f"{doing.zh}：{row.party.name}", f"{doing.en}: {row.party.name}"), crumbs, facts=facts)

"""The forms of parties: registering and amending, names, states, figures, relations, persons."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from qilian.core.house.forms.api import FieldSpec, Form, Value, check, screen_fields, written_in
from qilian.core.house.pages import Crumb, Fact, Field, Head, StepForm, show
from qilian.core.house.principal import current_principal
from qilian.core.rights.grants.api import allowed, require
from qilian.core.values import clock
from qilian.core.values.text import Refusal, Text
from qilian.engines.registry.parties.api import (
    AMEND,
    CONTACT_ROLES,
    FORM,
    OWN_FACTS,
    REGISTER,
    RELATIONS,
    Details,
    Facts,
    Party,
    PartyRelation,
    add_contact,
    amend,
    close,
    contact_by_code,
    end_contact,
    end_relation,
    facts_from,
    facts_of,
    party_by_code,
    party_by_uscc,
    record_figures,
    region_code,
    register_party,
    relate,
    rename,
    reopen,
    scope_of,
    suspend,
    values_of,
)

from .common import answer, crumbs, party_crumb, party_url, read_day

_FORMS = require_http_methods(["GET", "POST"])
_REGISTER, _AMEND = Text("登记主体", "Register a party"), Text("变更登记事项", "Amend")
_FIGURES = Form(
    "figures",
    Text("规模数据", "Figures"),
    (
        FieldSpec(
            "on", Text("数据日期", "Day of the figures"), "date", hint=Text("如年末。", "Such as the year's end.")
        ),
        FieldSpec("employees", Text("从业人员", "Employees"), "integer", required=False, unit=Text("人", "people")),
        FieldSpec("revenue", Text("营业收入", "Revenue"), "money", required=False, unit=Text("元", "CNY")),
        FieldSpec("assets", Text("资产总额", "Total assets"), "money", required=False, unit=Text("元", "CNY")),
        FieldSpec("source", Text("来源", "Source"), length=120, hint=Text("如 2025 年年报。", "Such as a report.")),
    ),
)


@_FORMS
def register(request: HttpRequest) -> HttpResponse:
    """Register a party on one dense form; all that is wrong is told at once."""
    require(current_principal(), REGISTER)
    return _of_facts(request, _REGISTER, FORM, Facts("", ""), _registered, crumbs(Crumb(_REGISTER)))


@_FORMS
def amendment(request: HttpRequest, code: str) -> HttpResponse:
    """Amend a party: all facts but the name for officials, its own ones for those who act for it."""
    party = party_by_code(code)
    reader = current_principal()
    official = allowed(reader, AMEND, scope_of(party.region))
    if not official and party.code not in reader.parties:
        require(reader, AMEND, scope_of(party.region))
    names = [field.name for field in FORM.fields if field.name != "name"] if official else OWN_FACTS
    form = replace(FORM, fields=tuple(field for field in FORM.fields if field.name in names))
    deed = partial(_amended, party)
    return _of_facts(request, _AMEND, form, facts_of(party), deed, crumbs(party_crumb(party), Crumb(_AMEND)))


@_FORMS
def renaming(request: HttpRequest, code: str) -> HttpResponse:
    """Give a party another name."""
    party, title = _official(code), Text("变更名称", "Rename")

    def fields(values: QueryDict) -> Sequence[Field]:
        return (
            Field("name", Text("新名称", "New name"), value=values.get("name", "")),
            Field("on", Text("生效日期", "From day"), "date", values.get("on", str(clock.today()))),
        )

    def deed(values: QueryDict) -> str:
        day = read_day(values, "on", empty=clock.today())
        rename(actor=current_principal(), party=party, name=values.get("name", ""), on=day)
        return party_url(party)

    return _simple(request, party, title, fields, deed)


@_FORMS
def suspension(request: HttpRequest, code: str) -> HttpResponse:
    """Suspend a party."""
    return _state(request, code, Text("停业", "Suspend"), suspend)


@_FORMS
def closing(request: HttpRequest, code: str) -> HttpResponse:
    """Close a party."""
    return _state(request, code, Text("注销", "Close"), close)


@_FORMS
def reopening(request: HttpRequest, code: str) -> HttpResponse:
    """Reopen a party."""
    return _state(request, code, Text("恢复", "Reopen"), reopen)


@_FORMS
def figures(request: HttpRequest, code: str) -> HttpResponse:
    """Record figures of a day."""
    party, title = party_by_code(code), Text("填报规模数据", "Record figures")
    _own_or_official(party)

    def deed(values: dict[str, Value]) -> str:
        known: dict[str, Any] = dict(values)
        record_figures(actor=current_principal(), party=party, **known)
        return party_url(party) + "#figures"

    return _of_form(request, title, _FIGURES, {}, deed, crumbs(party_crumb(party), Crumb(title)))


@_FORMS
def relation(request: HttpRequest, code: str) -> HttpResponse:
    """Add a relation to a party: somebody holds, controls or has it."""
    party, title = _official(code), Text("登记关系", "Add a relation")
    form = _relation_form(party)

    def deed(values: dict[str, Value]) -> str:
        share, first = values.get("share"), values["valid_from"]
        assert isinstance(first, date)
        relate(
            actor=current_principal(),
            holder=party_by_uscc(str(values["holder"])),
            held=party,
            kind=str(values["kind"]),
            valid_from=first,
            share=share / 100 if isinstance(share, Decimal) else None,
            source=str(values["source"]),
        )
        return party_url(party) + "#relations"

    return _of_form(request, title, form, {}, deed, crumbs(party_crumb(party), Crumb(title)))


@_FORMS
def relation_end(request: HttpRequest, code: str) -> HttpResponse:
    """End a relation."""
    row = get_object_or_404(PartyRelation.objects.select_related("held", "holder"), code=code)
    require(current_principal(), AMEND, scope_of(row.held.region))
    title = Text("终止关系", "End the relation")

    def fields(values: QueryDict) -> Sequence[Field]:
        return (Field("on", Text("最后一天", "Last day"), "date", values.get("on", str(clock.today()))),)

    def deed(values: QueryDict) -> str:
        end_relation(actor=current_principal(), relation=row, on=read_day(values, "on", empty=clock.today()))
        return party_url(row.held) + "#relations"

    return _simple(request, row.held, title, fields, deed)


@_FORMS
def contact(request: HttpRequest, code: str) -> HttpResponse:
    """Write down a person of a party; sealed at rest, masked on the page."""
    party, title = party_by_code(code), Text("添加联系人", "Add a contact")
    _own_or_official(party)
    roles = tuple((role, name) for role, name in CONTACT_ROLES.items() if role != "self")
    form = Form(
        "contact",
        title,
        (
            FieldSpec("role", Text("身份", "Role"), "choice", choices=roles),
            FieldSpec("name", Text("姓名", "Name"), length=80),
            FieldSpec("phone", Text("电话", "Phone"), required=False, length=32),
            FieldSpec("email", Text("电子邮箱", "E-mail"), "email", required=False, length=200),
        ),
    )

    def deed(values: dict[str, Value]) -> str:
        details = Details(*(str(values.get(name) or "") for name in ("name", "phone", "email")))
        add_contact(actor=current_principal(), party=party, role=str(values["role"]), details=details)
        return party_url(party) + "#contacts"

    return _of_form(request, title, form, {}, deed, crumbs(party_crumb(party), Crumb(title)))


@_FORMS
def contact_end(request: HttpRequest, code: str) -> HttpResponse:
    """Let a person of a party no longer be contacted; the record stays."""
    row, title = contact_by_code(code), Text("停用联系人", "End a contact")
    _own_or_official(row.party)
    facts = (Fact(CONTACT_ROLES[row.role], str(row.name)), Fact(Text("自", "Since"), row.since))

    def form(_values: QueryDict, *refusals: Refusal) -> StepForm:
        head = Head(title, crumbs=crumbs(party_crumb(row.party), Crumb(title)), facts=facts)
        return StepForm(head, (), title, refusals=refusals)

    def deed(_values: QueryDict) -> str:
        end_contact(actor=current_principal(), contact=row)
        return party_url(row.party) + "#contacts"

    return answer(request, form, deed)


def _registered(facts: Facts) -> str:
    return party_url(register_party(actor=current_principal(), facts=facts))


def _amended(party: Party, facts: Facts) -> str:
    return party_url(amend(actor=current_principal(), party=party, facts=facts))


def _of_facts(
    request: HttpRequest, title: Text, form: Form, known: Facts, deed: Callable[[Facts], str], path: Sequence[Crumb]
) -> HttpResponse:
    """A form of facts: what it does not ask stays as it is known."""

    def done(values: dict[str, Value]) -> str:
        merged = {**values_of(known), **values}
        return deed(facts_from(merged, region_code(str(merged.get("region") or ""))))

    return _of_form(request, title, form, values_of(known), done, path)


def _of_form(
    request: HttpRequest,
    title: Text,
    form: Form,
    known: dict[str, Value],
    deed: Callable[[dict[str, Value]], str],
    path: Sequence[Crumb],
) -> HttpResponse:
    """Answer with a form of the room `forms`: 422 with everything that is wrong."""

    def drawn(written: Any, *refusals: Refusal) -> StepForm:
        fields = screen_fields(form, written, refusals)
        return StepForm(Head(title, crumbs=path), fields, title, refusals=refusals, dense=True)

    if request.method != "POST":
        return show(drawn(known))
    written = written_in(form, request.POST)
    checked = check(form, written)
    if not checked.ok:
        return show(drawn(written, *checked.refusals), status=422)
    return answer(request, lambda _values, *refusals: drawn(written, *refusals), lambda _: deed(dict(checked.values)))


def _simple(
    request: HttpRequest,
    party: Party,
    title: Text,
    fields: Callable[[QueryDict], Sequence[Field]],
    deed: Callable[[QueryDict], str],
) -> HttpResponse:
    def form(values: QueryDict, *refusals: Refusal) -> StepForm:
        head = Head(title, crumbs=crumbs(party_crumb(party), Crumb(title)))
        return StepForm(head, fields(values), title, refusals=refusals)

    return answer(request, form, deed)


def _state(request: HttpRequest, code: str, title: Text, verb: Callable[..., Party]) -> HttpResponse:
    party = _official(code)

    def fields(values: QueryDict) -> Sequence[Field]:
        return (
            Field("reason", Text("原因", "Reason"), value=values.get("reason", "")),
            Field("on", Text("日期", "Day"), "date", values.get("on", str(clock.today()))),
        )

    def deed(values: QueryDict) -> str:
        day = read_day(values, "on", empty=clock.today())
        verb(actor=current_principal(), party=party, reason=values.get("reason", ""), on=day)
        return party_url(party)

    return _simple(request, party, title, fields, deed)


def _relation_form(party: Party) -> Form:
    kinds = {
        "share": Text(f"出资人：持有“{party.name}”的股份", f"Owner: holds a share of “{party.name}”"),
        "control": Text(f"实际控制“{party.name}”", f"Controls “{party.name}”"),
        "branch": Text(f"“{party.name}”是其分支机构", f"“{party.name}” is its branch"),
        "related": RELATIONS["related"],
    }
    held = Text("对方的统一社会信用代码", "Unified code of the other party")
    return Form(
        "relation",
        Text("关系", "Relation"),
        (
            FieldSpec("holder", held, length=40),
            FieldSpec("kind", Text("对方是", "The other party"), "choice", choices=tuple(kinds.items())),
            FieldSpec(
                "share", Text("比例", "Share"), "decimal", required=False, high="100", unit=Text("%", "%"), places=6
            ),
            FieldSpec("valid_from", Text("起始日期", "From day"), "date"),
            FieldSpec("source", Text("依据", "Source"), length=200),
        ),
    )


def _official(code: str) -> Party:
    party = party_by_code(code)
    require(current_principal(), AMEND, scope_of(party.region))
    return party


def _own_or_official(party: Party) -> None:
    reader = current_principal()
    if party.code not in reader.parties:
        require(reader, AMEND, scope_of(party.region))

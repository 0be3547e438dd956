"""The desk of likely duplicates: pairs with score and reasons; a person merges them or tells them apart."""

from collections.abc import Callable, Sequence

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from qilian.core.house.pages import Column, Crumb, Empty, Field, Head, ListPage, Section, StepForm, Table, show
from qilian.core.house.principal import current_principal
from qilian.core.rights.grants.api import require
from qilian.core.values.text import Refusal, Text
from qilian.engines.registry.parties.api import KINDS, MERGE, REASONS, Duplicate, Party, dismiss, duplicates, merge

from .common import answer, crumbs, industry_of, party_url, region_name, region_names, status

Fact = tuple[Text, Callable[[Party], object]]

_TITLE = Text("疑似重复", "Likely duplicates")


@require_GET
def desk(_request: HttpRequest) -> HttpResponse:
    """The pairs that wait for a person, the likeliest first."""
    require(current_principal(), MERGE)
    columns = (
        Column("first", Text("主体", "Party"), lambda row: row.first.name, url=_pair_url),
        Column("second", Text("与", "And"), lambda row: row.second.name, url=_pair_url),
        Column("score", Text("相似度", "Score"), lambda row: row.score, "number"),
        Column("reasons", Text("理由", "Reasons"), _reasons),
        Column("found", Text("发现", "Found"), lambda row: row.found_at, "date"),
    )
    empty = Empty(
        Text(
            "没有疑似重复的主体。登记或导入后系统会自动比对。",
            "No likely duplicates. New parties are compared by themselves.",
        )
    )
    return show(ListPage(Head(_TITLE, crumbs=crumbs(Crumb(_TITLE))), duplicates(), columns, empty))


@require_http_methods(["GET", "POST"])
def pair(request: HttpRequest, code: str) -> HttpResponse:
    """Two records side by side, and the decision: which one lives on, or that they differ."""
    require(current_principal(), MERGE)
    row = get_object_or_404(Duplicate.objects.select_related("first", "second"), code=code)
    if row.state != "open":
        return HttpResponseRedirect(reverse("parties:duplicates"))

    def form(values: QueryDict, *refusals: Refusal) -> StepForm:
        return _form(row, values, *refusals)

    return answer(request, form, lambda values: _decided(row, values))


def _decided(row: Duplicate, values: QueryDict) -> str:
    actor, reason = current_principal(), values.get("reason", "")
    match values.get("decision", ""):
        case "first":
            return party_url(merge(actor=actor, survivor=row.first, other=row.second, reason=reason))
        case "second":
            return party_url(merge(actor=actor, survivor=row.second, other=row.first, reason=reason))
        case _:
            dismiss(actor=actor, duplicate=row, reason=reason)
            return reverse("parties:duplicates")


def _keep(party: Party) -> Text:
    """Merging into a party, by name and code: the names are often the same."""
    code = party.uscc or party.old_code
    zh, en = (f"（{code}）", f" ({code})") if code else ("", "")
    return Text(f"合并，保留“{party.name}”{zh}", f"Merge; “{party.name}”{en} lives on")


def _form(row: Duplicate, values: QueryDict, *refusals: Refusal) -> StepForm:
    differ = Text("不是同一主体", "They differ")
    choices = (("different", differ), ("first", _keep(row.first)), ("second", _keep(row.second)))
    warning = Text(
        "合并后不能拆回；被并入记录的代码会转到保留的记录。", "A merger is not undone; the other code leads here."
    )
    fields = (
        Field(
            "decision", Text("认定", "Decision"), "choice", values.get("decision", ""), choices=choices, hint=warning
        ),
        Field("reason", Text("理由", "Reason"), value=values.get("reason", "")),
    )
    title = Text(f"相似度 {row.score}：{_reasons(row).zh}", f"Score {row.score}: {_reasons(row).en}")
    head = Head(title, crumbs=crumbs(Crumb(_TITLE, reverse("parties:duplicates")), Crumb(Text("比对", "Compare"))))
    return StepForm(
        head,
        fields,
        Text("确定", "Decide"),
        refusals=refusals,
        before=(Section(Text("两条记录", "The two records"), "records", _side_by_side(row)),),
    )


def _side_by_side(row: Duplicate) -> Table:
    names = region_names()
    facts: Sequence[Fact] = (
        (Text("名称", "Name"), lambda p: p.name),
        (Text("统一社会信用代码", "Unified code"), lambda p: p.uscc),
        (Text("旧代码", "Old code"), lambda p: p.old_code),
        (Text("类别", "Kind"), lambda p: KINDS[p.kind]),
        (Text("所在地", "Place"), lambda p: region_name(p.region, names)),
        (Text("住所", "Address"), lambda p: p.address),
        (Text("行业", "Industry"), industry_of),
        (Text("成立日期", "Established"), lambda p: p.established or ""),
        (Text("状态", "State"), status),
    )

    def cell(which: Party) -> Callable[[Fact], object]:
        return lambda fact: fact[1](which)

    return Table(
        (
            Column("fact", Text("登记事项", "Fact"), lambda fact: fact[0]),
            Column("first", Text("记录一", "First"), cell(row.first)),
            Column("second", Text("记录二", "Second"), cell(row.second)),
        ),
        facts,
    )


def _reasons(row: Duplicate) -> Text:
    told = [(REASONS[name], points) for name, points in row.reasons]
    return Text(
        "，".join(f"{text.zh} {points:+d}" for text, points in told),
        ", ".join(f"{text.en} {points:+d}" for text, points in told),
    )


def _pair_url(row: Duplicate) -> str:
    return reverse("parties:duplicate", args=[row.code])

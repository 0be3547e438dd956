"""A party, said once: what everybody knows of it, and what is done with it."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from qilian.core.house.forms.api import FieldSpec, Form
from qilian.core.house.pages import Crumb
from qilian.core.house.principal import Principal, current_principal
from qilian.core.offers.resource.api import Operation, Resource, Trait, Values
from qilian.core.rights.grants.api import allowed, possible
from qilian.core.values import clock
from qilian.core.values.text import Text
from qilian.core.who.regions.api import division_names, place_title

from .form import FORM, facts_from, values_of
from .kernel.kinds import HOLDINGS, KINDS, OWNERSHIPS, SIZES
from .models import Party
from .queries import parties, party_by_code
from .services.common import AMEND, REGISTER, VIEW, facts_of, party_ref, scope_of, sees_all
from .services.registering import OWN_FACTS, amend, register_party, rename
from .services.sizing import record_figures
from .services.states import close, reopen, suspend
from .words import TITLE, category, filters, functions, industry, service, status

_CNY = Text("元", "CNY")
_FIGURES = Form(
    "figures",
    Text("填报规模数据", "Record figures"),
    (
        FieldSpec(
            "on", Text("数据日期", "Day of the figures"), "date", hint=Text("如年末。", "Such as the year's end.")
        ),
        FieldSpec("employees", Text("从业人员", "Employees"), "integer", required=False, unit=Text("人", "people")),
        FieldSpec("revenue", Text("营业收入", "Revenue"), "money", required=False, unit=_CNY),
        FieldSpec("assets", Text("资产总额", "Total assets"), "money", required=False, unit=_CNY),
        FieldSpec("source", Text("来源", "Source"), length=120, hint=Text("如 2025 年年报。", "Such as a report.")),
    ),
)
_NAME = Form(
    "name",
    Text("变更名称", "Rename"),
    (
        FieldSpec("name", Text("新名称", "New name"), length=120),
        FieldSpec("on", Text("生效日期", "From day"), "date", required=False),
    ),
)
_STEP = Form(
    "step",
    Text("变更状态", "Change of state"),
    (
        FieldSpec("reason", Text("原因", "Reason"), length=300),
        FieldSpec("on", Text("日期", "Day"), "date", required=False),
    ),
)


def amendment_form(row: Party) -> Form:
    """All facts but the name for officials; its own ones for those who act for the party."""
    official = allowed(current_principal(), AMEND, scope_of(row.region))
    named = [each for each in FORM.fields if (each.name != "name" if official else each.name in OWN_FACTS)]
    return replace(FORM, title=_AMEND, fields=tuple(named))


def _amended(row: Party, values: Values) -> Values:
    """What the form does not ask stays as it is."""
    return {"facts": facts_from({**values_of(facts_of(row)), **values})}


def _today(_row: Party) -> Values:
    return {"on": clock.today()}


def _stands(row: Party) -> bool:
    return row.kind != "citizen"


def _own(me: Principal, row: Party) -> bool:
    return row.code in me.parties


def _rows(me: Principal, _place: str) -> Any:
    """All parties by their sounds; natural persons for officials only."""
    rows = parties().order_by("pinyin", "pk")
    return rows if possible(me, [VIEW]) else rows.exclude(kind="citizen")


def _seen(me: Principal, row: Party) -> bool:
    return row.kind != "citizen" or sees_all(me, row)


def _crumbs(_at: Party | str) -> Sequence[Crumb]:
    return (Crumb(TITLE, PARTIES.home("")),)


def traits(_place: str) -> Sequence[Trait[Party]]:
    """What there is to know of a party; places are told by names that are read once, when the first is asked for."""
    names = cache(division_names)
    inner: dict[str, Any] = {"list": False, "fact": False}
    return (
        Trait("code", Text("公开编码", "Public code"), lambda row: row.code, "code", **inner),
        Trait("name", Text("名称", "Name"), lambda row: row.name, leads=True, fact=False),
        Trait("number", Text("代码", "Code"), lambda row: row.uscc or row.old_code, "code", fact=False, json=False),
        Trait("uscc", Text("统一社会信用代码", "Unified code"), lambda row: row.uscc, "code", list=False),
        Trait("kind", Text("类别", "Kind"), lambda row: KINDS[row.kind], plain=lambda row: row.kind),
        Trait("category", Text("登记类别", "Category"), category, json=False, **inner),
        Trait("old_code", Text("旧代码", "Old code"), lambda row: row.old_code, "code", **inner),
        Trait("short", Text("简称", "Short name"), lambda row: row.short, **inner),
        Trait("region", Text("所在地", "Place"), lambda row: place_title(row.region, names()) or None,
              plain=lambda row: row.region, fact=False),
        Trait("address", Text("住所", "Address"), lambda row: row.address, **inner),
        Trait("industry", Text("行业", "Industry"), industry, plain=lambda row: row.industry, fact=False),
        Trait("edition", Text("行业分类", "Classification"),
              lambda row: f"GB/T 4754-{row.industry_edition}" if row.industry else None, json=False, **inner),
        Trait("service", Text("生产性服务业", "Producer services"), service, plain=lambda row: row.service, **inner),
        Trait("functions", Text("职能", "Functions"), lambda row: list(row.functions), "codes", **inner),
        Trait("does", Text("职能", "Functions"), functions, json=False, **inner),
        Trait("ownership", Text("营利性质", "For profit or not"), lambda row: OWNERSHIPS.get(row.ownership),
              plain=lambda row: row.ownership, **inner),
        Trait("holding", Text("控股情况", "Held by"), lambda row: HOLDINGS.get(row.holding),
              plain=lambda row: row.holding, **inner),
        Trait("established", Text("成立日期", "Established"), lambda row: row.established, "date", **inner),
        Trait("website", Text("网址", "Website"), lambda row: row.website, url=lambda row: row.website, **inner),
        Trait("size", Text("规模", "Size"), lambda row: SIZES.get(row.size), plain=lambda row: row.size),
        Trait("status", Text("状态", "State"), status, "status", plain=lambda row: row.status),
        Trait("status_on", Text("自", "Since"), lambda row: row.status_on, "date", list=False),
    )  # fmt: skip


_REGISTER, _AMEND = Text("登记主体", "Register a party"), Text("变更登记事项", "Amend")
PARTIES: Resource[Party] = Resource(
    plural="parties", under="parties", row="party", title=TITLE, noun=Text("主体", "Party"),
    find=lambda _place, code: party_by_code(code), rows=_rows, seen=_seen, named=lambda row: row.name, ref=party_ref,
    scope=lambda row: scope_of(row.region), crumbs=_crumbs, filters=lambda _place: filters(), traits=traits,
    creation=Operation("registration", _REGISTER, REGISTER, register_party, FORM,
                       takes=lambda _place, values: {"facts": facts_from(values)}),
    operations=(
        Operation("amendment", _AMEND, AMEND, amend, amendment_form, given=lambda row: values_of(facts_of(row)),
                  takes=_amended, when=_stands, own=_own),
        Operation("figures", _FIGURES.title, AMEND, record_figures, _FIGURES, when=_stands, own=_own),
        Operation("name", _NAME.title, AMEND, rename, _NAME, given=_today, when=_stands),
        Operation("suspension", Text("停业", "Suspend"), AMEND, suspend, _STEP, given=_today,
                  when=lambda row: row.status == "active"),
        Operation("reopening", Text("恢复", "Reopen"), AMEND, reopen, _STEP, given=_today,
                  when=lambda row: row.status in ("suspended", "closed")),
        Operation("closing", Text("注销", "Close"), AMEND, close, _STEP, given=_today, dangerous=True,
                  when=lambda row: row.status in ("active", "suspended")),
    ),
)  # fmt: skip

"""Decision tables and their versions, each said once; whoever publishes a version sees what it changes."""

from collections.abc import Sequence
from typing import Any

from qilian.core.house.pages import Crumb, Filter, Section
from qilian.core.house.principal import Principal
from qilian.core.offers.resource.api import Resource, Trait
from qilian.core.rights.grants.api import Scope
from qilian.core.rules.dmn.api import POLICIES, Table, wanted
from qilian.core.values import clock
from qilian.core.values.text import Refusal, Text
from qilian.core.work.approvals.api import decisions as endings
from qilian.core.work.approvals.api import traits
from qilian.core.work.parameters.api import (
    IF_WAITING,
    PUBLISHING,
    WAITING,
    Dated,
    Parameter,
    ParameterValue,
    about,
    approve,
    former_of,
    holds,
    of_today,
    reject,
    state_of,
    title_of,
    value_coded,
    withdraw,
)

from .pages.comparing import differences
from .pages.showing import TITLE, findings_section, table_section
from .queries import decisions, table_at, table_of, versions


def _decision(_place: str, key: str) -> Parameter:
    row = decisions().filter(key=key).first()
    if row is None:
        message = Text(f"没有决策表 {key}。", f"There is no decision {key}.")
        raise Refusal("decisions.unknown", message, where=key)
    return row


def _version(_place: str, code: str) -> ParameterValue:
    row = value_coded(code)
    if row.parameter.kind != "decision":
        raise Refusal("decisions.version.unknown", Text("没有这个版本。", "There is no such version."), where=code)
    return row


def _all_versions(_me: Principal, _place: str) -> Any:
    rows = ParameterValue.objects.filter(parameter__kind="decision")
    return rows.select_related("parameter", "proposed_by", "decided_by").order_by("-pk")


def _crumbs(at: Parameter | ParameterValue | str) -> Sequence[Crumb]:
    first = Crumb(TITLE, "/decisions/")
    if isinstance(at, ParameterValue):
        return (first, Crumb(title_of(at.parameter), f"/decisions/{at.parameter.key}/"))
    return (first,)


def _asked(row: Parameter) -> Sequence[Any]:
    """What a decision asks for today."""
    try:
        return wanted(table_at(row.key, clock.today()))
    except Refusal:
        return ()


def version_sections(row: ParameterValue) -> Sequence[Section]:
    """What a version changes against the one that holds without it, then its table and what is wrong with it."""
    former = former_of(row)
    changes = differences(former, row) if former else ()
    return (*changes, table_section(table_of(row)), findings_section(table_of(row)))


def _rules(_row: Parameter, held: Dated) -> int:
    assert isinstance(held.value, Table), "a parameter of the kind decision holds tables"
    return len(held.value.shape.rules)


def _named(rows: Any, words: str) -> Any:
    return rows.filter(title_zh__contains=words) | rows.filter(title_en__icontains=words)


DECISIONS: Resource[Parameter] = Resource(
    plural="decisions", row="decision", title=TITLE, noun=Text("决策表", "Decision table"), under="decisions",
    key="key", key_of=lambda row: row.key, find=_decision, rows=lambda _me, _place: decisions(),
    seen=lambda _me, _row: True, named=title_of, ref=about, scope=lambda row: Scope(clause=row.clause), crumbs=_crumbs,
    clause=lambda row: row.clause,
    traits=(
        Trait("title", TITLE, title_of, "words", leads=True),
        Trait("key", Text("代码", "Key"), lambda row: row.key, "code", list=False),
        Trait("clause", Text("条", "Clause"), lambda row: row.clause, "code", sort="clause"),
        Trait("rules", Text("规则", "Rules"), of_today(_rules), "integer"),
        Trait("since", Text("自", "Since"), of_today(lambda _row, held: held.valid_from), "date"),
        Trait("source", Text("依据", "Source"), of_today(lambda _row, held: held.source)),
        WAITING,
        Trait("inputs", Text("输入", "Inputs"), _asked, "rows", of=(
            Trait("name", Text("变量", "Name"), lambda each: each.name, "code"),
            Trait("title", Text("名称", "Title"), lambda each: each.title, "code"),
            Trait("type", Text("类型", "Type"), lambda each: each.type, "code"),
        )),
        Trait("versions", Text("版本", "Versions"), lambda row: list(filter(holds, versions(row.key))), "rows", of=(
            Trait("code", Text("公开编码", "Public code"), lambda row: row.code, "code"),
            Trait("valid_from", Text("自", "From"), lambda row: row.valid_from, "date"),
            Trait("source", Text("依据", "Source"), lambda row: row.source),
            Trait("table", Text("表格", "Table"), lambda row: row.value, "code"),
        )),
    ),
    filters=lambda _place: (
        Filter("words", Text("名称", "Name"), _named),
        IF_WAITING,
    ),
)  # fmt: skip
VERSIONS: Resource[ParameterValue] = Resource(
    plural="versions", row="value", title=Text("决策表的版本", "Versions of decision tables"),
    noun=Text("决策表版本", "Version of a decision table"), under="decisions", find=_version, rows=_all_versions,
    seen=lambda _me, _row: True, named=PUBLISHING.title, ref=PUBLISHING.ref, scope=PUBLISHING.scope, crumbs=_crumbs,
    clause=lambda row: row.parameter.clause,
    traits=(
        Trait("code", Text("公开编码", "Public code"), lambda row: row.code, "code", list=False, fact=False),
        Trait("decision", DECISIONS.noun, lambda row: row.parameter.key, "code", list=False, fact=False),
        Trait("valid_from", Text("自", "From"), lambda row: row.valid_from, "date", leads=True),
        Trait("rules", Text("规则", "Rules"), lambda row: len(table_of(row).shape.rules), "integer"),
        Trait("policy", Text("命中策略", "Hit policy"), lambda row: POLICIES[table_of(row).shape.hit_policy],
              list=False, plain=lambda row: table_of(row).shape.hit_policy),
        Trait("source", Text("依据", "Source"), lambda row: row.source),
        Trait("table", Text("表格", "Table"), lambda row: row.value, "code", list=False, fact=False),
        *traits(state_of),
    ),
    operations=endings(PUBLISHING, approve=approve, reject=reject, withdraw=withdraw,
                       title=Text("批准并公布", "Approve and publish"), before=version_sections,
                       leads=lambda row: f"/decisions/{row.parameter.key}/"),
)  # fmt: skip

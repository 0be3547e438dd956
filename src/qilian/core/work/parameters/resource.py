"""Parameters and their values, each said once: what is known of them, and the two people who publish a value."""

from collections.abc import Sequence
from typing import Any, Literal

from qilian.core.house.forms.api import FieldSpec, Form
from qilian.core.house.pages import Column, Crumb, Fact, Filter, Section, Table
from qilian.core.house.principal import Principal
from qilian.core.offers.resource.api import Operation, Resource, Trait, Values
from qilian.core.rights.grants.api import Scope
from qilian.core.values import clock
from qilian.core.values.text import Text
from qilian.core.work.approvals.api import STATES, decisions, traits

from .kernel import KIND_TITLES, write
from .models import Parameter, ParameterValue
from .queries import former_of, parameter_keyed, parameters, published, value_coded, value_of
from .services import PROPOSE, PUBLISHING, about, approve, propose, reject, withdraw
from .showing import heading, of_today, shown, state_of, title_of, word_in

TITLE = Text("参数", "Parameters")
_SOURCE = FieldSpec(
    "source",
    Text("依据", "Source"),
    length=300,
    hint=Text("条文名称和条号，或文件的文号。", "The statute and its article, or the number of the document."),
)
_ANOTHER = Text("须由另一个人批准后才生效。", "It holds once another person has approved it.")


def proposal_form(row: Parameter) -> Form:
    """What is proposed, from which day on, on what source; the value is read by the verb, as its kind is typed."""
    table = row.kind in ("table", "decision")
    kind: Literal["textarea", "text"] = "textarea" if table else "text"
    unit = Text(row.unit, row.unit) if row.unit else None
    value = FieldSpec("value", KIND_TITLES[row.kind], kind, unit=unit, hint=_ANOTHER, length=200_000)
    fields = (value, FieldSpec("valid_from", Text("自何日起", "From"), "date"), _SOURCE)
    return Form("proposal", Text("提出新值", "Propose a value"), fields)


def _to_change(row: Parameter) -> Values:
    """Tables are changed line by line: the latest one stands in the form."""
    latest = published().filter(parameter=row).order_by("-valid_from").first()
    return {"value": write(value_of(latest))} if latest and row.kind in ("table", "decision") else {}


def _proposed(_row: Parameter, values: Values) -> Values:
    return {"written": values["value"], "valid_from": values["valid_from"], "source": values["source"]}


def value_facts(row: ParameterValue) -> Sequence[Fact]:
    """What holds without a value, and what with it: whoever decides sees the change."""
    before = former_of(row)
    days = (clock.today() - row.valid_from).days
    past = Text(f"早于今日 {days} 天", f"{days} days before today") if row.state == "proposed" and days > 0 else None
    return (
        Fact(Text("现值", "Value before"), shown(row.parameter, value_of(before)) if before else Text("无", "none")),
        Fact(Text("提出的值", "Proposed value"), shown(row.parameter, value_of(row))),
        Fact(Text("自", "From"), row.valid_from, note=past),
    )


def table_sections(row: ParameterValue) -> Sequence[Section]:
    """The rows of a table that came, stayed or went, against what holds without it."""
    value = value_of(row)
    if not isinstance(value, tuple):
        return ()
    former = former_of(row)
    before = value_of(former) if former else ()
    earlier = [tuple(line.items()) for line in before] if isinstance(before, tuple) else []
    lines = [(tuple(line.items()), tuple(line.items()) in earlier) for line in value]
    gone = [each for each in earlier if each not in [line for line, _ in lines]]
    marked = [(line, _STAYS if old else _COMES) for line, old in lines] + [(line, _GOES) for line in gone]
    key = row.parameter.key
    columns = [Column(name, heading(key, name), _cell(key, name)) for name in value[0]]
    change = Column("change", Text("变动", "Change"), lambda pair: pair[1])
    return (Section(Text("表格的变动", "What changes in the table"), "table", Table((change, *columns), marked)),)


_COMES, _STAYS, _GOES = Text("新增", "new"), Text("不变", "same"), Text("去掉", "gone")


def _cell(key: str, name: str) -> Any:
    return lambda pair: word_in(key, dict(pair[0]).get(name))


def _crumbs(at: Parameter | ParameterValue | str) -> Sequence[Crumb]:
    first = Crumb(TITLE, "/parameters/")
    if isinstance(at, ParameterValue):
        return (first, Crumb(title_of(at.parameter), PARAMETERS.url(at.parameter)))
    return (first,)


def _values(_me: Principal, _place: str) -> Any:
    rows = ParameterValue.objects.exclude(parameter__kind="decision")
    return rows.select_related("parameter", "proposed_by", "decided_by").order_by("-pk")


def _waiting(rows: Any, _chosen: str) -> Any:
    return rows.filter(waiting=True)


def _matching(rows: Any, words: str) -> Any:
    return (
        rows.filter(title_zh__contains=words)
        | rows.filter(title_en__icontains=words)
        | rows.filter(key__contains=words)
    )


WAITING: Trait[Parameter] = Trait(
    "state",
    Text("状态", "State"),
    lambda row: STATES["proposed"] if vars(row)["waiting"] else None,
    "status",
    fact=False,
    plain=lambda row: "proposed" if vars(row)["waiting"] else None,
)
IF_WAITING = Filter("waiting", Text("状态", "State"), _waiting, (("yes", STATES["proposed"].word),))
PARAMETERS: Resource[Parameter] = Resource(
    plural="parameters", row="parameter", title=TITLE, noun=Text("参数", "Parameter"), under="parameters", key="key",
    key_of=lambda row: row.key, find=lambda _place, key: parameter_keyed(key),
    rows=lambda _me, _place: parameters(), seen=lambda _me, _row: True, named=title_of, ref=about,
    scope=lambda row: Scope(clause=row.clause), crumbs=_crumbs, clause=lambda row: row.clause,
    traits=(
        Trait("title", TITLE, title_of, "words", leads=True, fact=False),
        Trait("key", Text("代码", "Key"), lambda row: row.key, "code", list=False, fact=False),
        Trait("kind", Text("类型", "Kind"), lambda row: KIND_TITLES[row.kind], plain=lambda row: row.kind, list=False),
        Trait("unit", Text("单位", "Unit"), lambda row: row.unit or None, list=False, fact=False),
        Trait("value", Text("今日取值", "Value today"), of_today(lambda row, held: shown(row, held.value)),
              plain=of_today(lambda _row, held: write(held.value))),
        Trait("since", Text("自", "Since"), of_today(lambda _row, held: held.valid_from), "date"),
        Trait("source", Text("依据", "Source"), of_today(lambda _row, held: held.source)),
        Trait("clause", Text("条", "Clause"), lambda row: row.clause, "code", fact=False, sort="clause"),
        WAITING,
    ),
    filters=lambda _place: (
        Filter("kind", Text("类型", "Kind"), lambda rows, kind: rows.filter(kind=kind), tuple(KIND_TITLES.items())),
        IF_WAITING,
        Filter("words", Text("名称或代码", "Name or key"), _matching),
    ),
    operations=(
        Operation("proposal", Text("提出新值", "Propose a value"), PROPOSE, propose, proposal_form, given=_to_change,
                  takes=_proposed, gives=lambda: VALUES, leads=lambda row: PARAMETERS.url(row.parameter)),
    ),
)  # fmt: skip
VALUES: Resource[ParameterValue] = Resource(
    plural="values", row="value", title=Text("取值", "Values"), noun=Text("参数取值", "Value of a parameter"),
    under="parameters", find=lambda _place, code: value_coded(code), rows=_values, seen=lambda _me, _row: True,
    named=PUBLISHING.title, ref=PUBLISHING.ref, scope=PUBLISHING.scope, crumbs=_crumbs,
    clause=lambda row: row.parameter.clause,
    traits=(
        Trait("code", Text("公开编码", "Public code"), lambda row: row.code, "code", list=False, fact=False),
        Trait("parameter", PARAMETERS.noun, lambda row: row.parameter.key, "code", list=False),
        Trait("valid_from", Text("自", "From"), lambda row: row.valid_from, "date", sort="valid_from", leads=True,
              fact=False),
        Trait("value", Text("取值", "Value"), lambda row: shown(row.parameter, value_of(row)), fact=False,
              plain=lambda row: write(value_of(row))),
        Trait("source", Text("依据", "Source"), lambda row: row.source),
        *traits(state_of),
    ),
    facts=value_facts,
    operations=decisions(PUBLISHING, approve=approve, reject=reject, withdraw=withdraw,
                         title=Text("批准并公布", "Approve and publish"), facts=value_facts, before=table_sections,
                         leads=lambda row: PARAMETERS.url(row.parameter)),
)  # fmt: skip

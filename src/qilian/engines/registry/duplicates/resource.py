"""A pair of records that may be one party, said once: side by side, with what hangs on each, and the decision."""

from collections.abc import Sequence

from qilian.core.house.forms.api import FieldSpec, Form
from qilian.core.house.pages import Column, Crumb, Section, Table
from qilian.core.offers.resource.api import Operation, Resource, Trait, Values, in_state
from qilian.core.rights.grants.api import Scope
from qilian.core.values.text import Text
from qilian.engines.registry.parties.api import MERGE, PARTIES, Party, scope_of

from .models import Duplicate
from .queries import Hanging, duplicate_by_code, duplicate_ref, duplicates_for, hanging, judges
from .services import dismiss, merge
from .words import MOVES, STAYS, TITLE, WARNING, difference, kept, named, reasons, status

_REASON = FieldSpec("reason", Text("理由", "Reason"), length=300)
_DIFFERENCE = Form("difference", Text("不是同一主体", "They differ"), (_REASON,))
_MERGE = Text("合并", "Merge")
_FIRST, _SECOND = Text("记录一", "First record"), Text("记录二", "Second record")


def merger_form(row: Duplicate) -> Form:
    """Which of the two records lives on, and why they are one."""
    choices = (("first", kept(row.first)), ("second", kept(row.second)))
    survivor = FieldSpec("survivor", Text("保留", "Lives on"), "choice", choices=choices, hint=WARNING)
    return Form("merger", _MERGE, (survivor, _REASON))


def _merged(row: Duplicate, values: Values) -> Values:
    one, other = (row.first, row.second) if values["survivor"] == "first" else (row.second, row.first)
    return {"survivor": one, "other": other, "reason": values["reason"]}


def compared() -> Sequence[Trait[Party]]:
    """What is held side by side: all that is known of a party, but its own code."""
    known = PARTIES.traits_at("")
    return [each for each in known if each.name not in ("code", "number", "functions", "category", "edition")]


def differing(row: Duplicate) -> list[str]:
    """The names of the traits in which the two records differ."""
    return [each.name for each in compared() if difference(each.value(row.first), each.value(row.second))]


def beside(row: Duplicate) -> tuple[Section, Section]:
    """The two records side by side with what differs marked, and what hangs on each of them."""
    return (
        Section(Text("两条记录", "The two records"), "records", _side_by_side(row)),
        Section(Text("关联的数据", "What hangs on them"), "dependants", _dependants(row)),
    )


def _side_by_side(row: Duplicate) -> Table:
    def linked(party: Party, trait: Trait[Party]) -> str:
        return PARTIES.url(party) if trait.leads else ""

    return Table(
        (
            Column("fact", Text("登记事项", "Fact"), lambda trait: trait.title),
            Column("first", _FIRST, lambda trait: trait.value(row.first), url=lambda trait: linked(row.first, trait)),
            Column(
                "second", _SECOND, lambda trait: trait.value(row.second), url=lambda trait: linked(row.second, trait)
            ),
            Column("differs", Text("差异", "Difference"), lambda trait: _difference(row, trait), "status"),
        ),
        [each for each in compared() if each.value(row.first) or each.value(row.second)],
    )


def _difference(row: Duplicate, trait: Trait[Party]) -> object:
    return difference(trait.value(row.first), trait.value(row.second))


def _dependants(row: Duplicate) -> Table:
    return Table(
        (
            Column("title", Text("数据", "What"), lambda each: each.title),
            Column("first", _FIRST, lambda each: each.first, "number", Text("条", "rows")),
            Column("second", _SECOND, lambda each: each.second, "number", Text("条", "rows")),
            Column("after", Text("合并后", "After a merger"), lambda each: MOVES if each.moves else STAYS),
        ),
        hanging(row),
    )


def _scope(row: Duplicate) -> Scope:
    return scope_of(row.first.region)


def _crumbs(_at: Duplicate | str) -> Sequence[Crumb]:
    return (Crumb(TITLE, DUPLICATES.home("")),)


_HANGING: Sequence[Trait[Hanging]] = (
    Trait("what", Text("数据", "What"), lambda each: each.title),
    Trait("first", _FIRST, lambda each: each.first, "integer"),
    Trait("second", _SECOND, lambda each: each.second, "integer"),
    Trait("moves", Text("合并后转移", "Moves on a merger"), lambda each: each.moves, "boolean"),
)
DUPLICATES: Resource[Duplicate] = Resource(
    plural="duplicates", under="duplicates", row="duplicate", title=TITLE, noun=Text("疑似重复", "Likely duplicate"),
    find=lambda _place, code: duplicate_by_code(code), rows=lambda me, _place: duplicates_for(me), seen=judges,
    named=named, ref=duplicate_ref, scope=_scope, crumbs=_crumbs,
    traits=(
        Trait("code", Text("公开编码", "Public code"), lambda row: row.code, "code", list=False, fact=False),
        Trait("pair", Text("两条记录", "The two records"), named, leads=True, fact=False, json=False),
        Trait("first", _FIRST, lambda row: row.first.code, "code", list=False, fact=False),
        Trait("second", _SECOND, lambda row: row.second.code, "code", list=False, fact=False),
        Trait("score", Text("相似度", "Score"), lambda row: row.score, "integer"),
        Trait("reasons", Text("理由", "Reasons"), reasons),
        Trait("differing", Text("有差异的事项", "What differs"), differing, "codes"),
        Trait("dependants", Text("关联的数据", "What hangs on them"), hanging, "rows", of=_HANGING),
        Trait("found", Text("发现", "Found"), lambda row: row.found_at, "datetime"),
        Trait("state", Text("状态", "State"), status, "status", plain=lambda row: row.state, list=False),
        Trait("decision", Text("认定理由", "Why"), lambda row: row.decision, list=False),
    ),
    operations=(
        Operation("merger", _MERGE, MERGE, merge, merger_form, takes=_merged, subject="", when=in_state("open"),
                  dangerous=True, before=beside, done=Text("已合并。", "Merged.")),
        Operation("difference", _DIFFERENCE.title, MERGE, dismiss, _DIFFERENCE, when=in_state("open"), before=beside),
    ),
)  # fmt: skip

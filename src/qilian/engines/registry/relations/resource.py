"""A relation between two parties, said once."""

from collections.abc import Sequence

from qilian.core.house.forms.api import FieldSpec, Form
from qilian.core.house.pages import Crumb
from qilian.core.house.principal import current_principal
from qilian.core.offers.resource.api import Operation, Resource, Trait, Values
from qilian.core.values import clock
from qilian.core.values.text import Text
from qilian.engines.registry.parties.api import AMEND, PARTIES, Party, party_ref, scope_of, sees_all

from .kernel.relations import RELATIONS
from .models import PartyRelation
from .queries import relation_by_code, relations
from .services import end_relation, relate
from .words import TITLE, filters, named, percent

_PERCENT = Text("%", "%")
_RELATION = Form(
    "relation",
    Text("登记关系", "Add a relation"),
    (
        FieldSpec("holder", Text("甲方", "First party"), length=120, picks="party"),
        FieldSpec("kind", Text("甲方对乙方", "The first, of the other"), "choice", choices=tuple(RELATIONS.items())),
        FieldSpec("held", Text("乙方", "Other party"), length=120, picks="party"),
        FieldSpec(
            "share",
            Text("出资比例", "Share"),
            "decimal",
            required=False,
            high="100",
            unit=_PERCENT,
            places=6,
            hint=Text("只在出资时填写。", "Of shares only."),
        ),
        FieldSpec("valid_from", Text("起始日期", "From day"), "date"),
        FieldSpec("valid_to", Text("终止日期", "To day"), "date", required=False),
        FieldSpec("source", Text("依据", "Source"), length=200),
    ),
)
_ENDING = Form("ending", Text("终止关系", "End the relation"), (FieldSpec("on", Text("最后一天", "Last day"), "date"),))


def _related(_place: str, values: Values) -> Values:
    share = values.get("share")
    return {**values, "share": None if share is None else share / 100}


def _known(party: Party) -> str:
    """The address of a party that the reader may see."""
    seen = party.kind != "citizen" or sees_all(current_principal(), party)
    return PARTIES.url(party) if seen else ""


def _crumbs(_at: PartyRelation | str) -> Sequence[Crumb]:
    return (Crumb(TITLE, RELATIONSHIPS.home("")),)


RELATIONSHIPS: Resource[PartyRelation] = Resource(
    plural="relations", under="relations", row="relation", title=TITLE, noun=Text("关联关系", "Relation"),
    find=lambda _place, code: relation_by_code(code), rows=lambda _me, _place: relations(), seen=lambda _me, _row: True,
    named=named, ref=lambda row: party_ref(row.held), scope=lambda row: scope_of(row.held.region), crumbs=_crumbs,
    filters=lambda _place: filters(),
    traits=(
        Trait("code", Text("公开编码", "Public code"), lambda row: row.code, "code", list=False, fact=False),
        Trait("holder", Text("甲方", "Party"), lambda row: row.holder.name, plain=lambda row: row.holder.code,
              url=lambda row: _known(row.holder)),
        Trait("kind", Text("关系", "Relation"), lambda row: RELATIONS[row.kind], plain=lambda row: row.kind,
              leads=True),
        Trait("held", Text("乙方", "Other party"), lambda row: row.held.name, plain=lambda row: row.held.code,
              url=lambda row: _known(row.held)),
        Trait("share", Text("比例", "Share"), lambda row: percent(row.share), "number",
              plain=lambda row: None if row.share is None else row.share * 100, unit=_PERCENT),
        Trait("valid_from", Text("起", "From"), lambda row: row.valid_from, "date", sort="valid_from"),
        Trait("valid_to", Text("止", "To"), lambda row: row.valid_to, "date", sort="valid_to"),
        Trait("source", Text("依据", "Source"), lambda row: row.source),
    ),
    creation=Operation("relation", _RELATION.title, AMEND, relate, _RELATION, takes=_related),
    operations=(
        Operation("ending", _ENDING.title, AMEND, end_relation, _ENDING, given=lambda _row: {"on": clock.today()},
                  when=lambda row: row.valid_to is None or row.valid_to > clock.today()),
    ),
)  # fmt: skip

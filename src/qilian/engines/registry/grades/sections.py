"""What grades say on a party's page: the grades in force, and to the party and its officials also the others."""

from collections.abc import Sequence

from qilian.core.house.pages import Action, Column, Section, Table
from qilian.core.house.principal import Principal
from qilian.core.offers.offers.api import is_open, offer_url, scope_of
from qilian.core.offers.packs.api import offers
from qilian.core.rights.grants.api import allowed, possible
from qilian.core.values import clock
from qilian.core.values.text import Text
from qilian.engines.registry.parties.api import Party

from .pages.words import is_public, number, result_url, sees_all, status
from .queries import grade_at, gradings_of_party, method_in_force, method_of
from .services.common import RUN


def grade_sections(party: Party, reader: Principal) -> Sequence[Section]:
    """The gradings of a party that the reader may see; nothing when there are none."""
    rows = [row for row in gradings_of_party(party)[:50] if is_public(row) or sees_all(reader, row)]
    columns = (
        Column("title", Text("评价", "Grade"), lambda row: grade_at(row.offer).title, url=result_url),
        Column("grade", Text("等级", "Grade"), lambda row: method_of(row.method).grade_title(row.grade)),
        Column("score", Text("得分", "Score"), lambda row: number(row.score), "number"),
        Column("until", Text("有效期至", "Valid to"), lambda row: row.valid_to, "date"),
        Column("state", Text("状态", "State"), status, "status"),
    )
    return [Section(Text("评价", "Grades"), "grades", Table(columns, rows))] if rows else []


def grade_actions(party: Party, reader: Principal) -> Sequence[Action]:
    """The way to evaluate a party, for officials of a few open grades; who has many begins at the grade."""
    if party.status != "active" or not possible(reader, [RUN]):
        return ()
    code, persons = party.code if party.kind == "citizen" else party.uscc, party.kind == "citizen"
    fitting = [path for path in offers("grade") if grade_at(path).persons == persons and code]
    mine = [path for path in fitting if allowed(reader, RUN, scope_of(path, region=party.region[:6]))]
    ready = [path for path in mine if is_open(path) and method_in_force(path, clock.today())]
    words = [(path, grade_at(path).title) for path in ready]
    return [
        Action(Text(f"评价：{title.zh}", f"Evaluate: {title.en}"), f"{offer_url(path)}results/new/?party={code}")
        for path, title in (words if len(words) <= _FEW else ())
    ]


_FEW = 3

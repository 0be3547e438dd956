"""What grades say on a party's page: the grades in force, and to the party and its officials also the others."""

from collections.abc import Sequence

from qilian.core.pages import Column, Section, Table
from qilian.core.principal import Principal
from qilian.core.text import Text
from qilian.engines.registry.parties.api import Party

from .pages.words import is_public, number, result_url, sees_all, status
from .queries import grade_at, gradings_of_party, method_of


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

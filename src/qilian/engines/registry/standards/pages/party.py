"""What standards say of a party on its own page."""

from collections.abc import Sequence

from django.utils.timezone import localdate

from qilian.core.house.pages import Column, Section, Table
from qilian.core.house.principal import Principal
from qilian.core.values.text import Text
from qilian.engines.registry.parties.api import Party
from qilian.engines.registry.standards.queries import adoptions_by

from .words import adoption_url, state

_SHOWN = 50


def of_party(party: Party, _reader: Principal) -> Sequence[Section]:
    """The standards that a party has declared, the latest first."""
    rows = list(adoptions_by(party)[:_SHOWN])
    columns = (
        Column("number", Text("标准", "Standard"), lambda row: row.standard.number, "code", url=adoption_url),
        Column("title", Text("名称", "Title"), lambda row: row.standard.title),
        Column("state", Text("状态", "State"), state, "status"),
        Column("declared", Text("声明日期", "Declared"), lambda row: localdate(row.declared_at), "date"),
    )
    return [Section(Text("采用的标准", "Standards it follows"), "standards", Table(columns, rows))] if rows else []

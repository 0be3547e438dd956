"""What credit says on a party's page: what the law shows today, to the party and its officials all."""

from collections.abc import Sequence

from django.urls import reverse

from qilian.core.house.pages import Action, Column, Section, Table
from qilian.core.house.principal import Principal
from qilian.core.rights.grants.api import Scope, allowed
from qilian.core.values import clock
from qilian.core.values.text import Text
from qilian.engines.registry.parties.api import Party

from .kernel.display import CLASSES
from .pages.reading import sees_all, status
from .queries import records_of, shown_records
from .services import RECORD


def credit_sections(party: Party, reader: Principal) -> Sequence[Section]:
    """The records of a party that the reader may see; nothing when there are none."""
    today = set(shown_records(clock.today()).filter(party=party).values_list("pk", flat=True))
    rows = [row for row in records_of(party)[:50] if row.pk in today or sees_all(reader, row)]
    columns = (
        Column("document", Text("文书", "Document"), lambda row: row.document, url=_url),
        Column("severity", Text("类别", "Class"), lambda row: CLASSES[row.severity].title),
        Column("decided", Text("认定日期", "Decided"), lambda row: row.decided_on, "date"),
        Column("last", Text("最长公示期至", "Longest period to"), lambda row: row.last_day, "date"),
        Column("state", Text("状态", "State"), status, "status"),
    )
    return [Section(Text("失信信息", "Credit records"), "credit", Table(columns, rows))] if rows else []


def credit_actions(party: Party, reader: Principal) -> Sequence[Action]:
    """The way to enter a record, for officials of the party's division."""
    if party.kind == "citizen" or not party.uscc or not allowed(reader, RECORD, Scope(region=party.region[:6])):
        return ()
    return (Action(Text("登记失信信息", "Enter a credit record"), f"{reverse('credit:new')}?party={party.uscc}"),)


def _url(row: object) -> str:
    return reverse("credit:record", args=[getattr(row, "code", "")])

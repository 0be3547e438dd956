"""Reading imports: what one may bring, and what was brought."""

from collections.abc import Sequence

from django.db.models import QuerySet

from qilian.core.papers.sheets.api import Problem, Sheet
from qilian.core.rights.grants.api import Principal, allowed
from qilian.core.values.text import Refusal, Text

from .models import ImportRun
from .registry import sheets


def sheets_for(actor: Principal) -> Sequence[Sheet]:
    """Return the sheets that an actor may bring today."""
    actions = {action for action in {sheet.action for sheet in sheets()} if allowed(actor, action)}
    return [sheet for sheet in sheets() if sheet.action in actions]


def runs_for(actor: Principal) -> QuerySet[ImportRun]:
    """Return the imports of sheets that an actor may bring, the latest first, without their rows."""
    slugs = [sheet.slug for sheet in sheets_for(actor)]
    return ImportRun.objects.filter(sheet__in=slugs).select_related("by").defer("values", "problems").order_by("-pk")


def run_by_code(code: str) -> ImportRun:
    """Return an import by its public code, without its rows; Refusal `imports.run.unknown` (HTTP 404)."""
    row = ImportRun.objects.select_related("by").defer("values").filter(code=code).first()
    if row is None:
        raise Refusal("imports.run.unknown", Text("没有这次导入。", "There is no such import."), where=code)
    return row


def problems_of(run: ImportRun) -> list[Problem]:
    """Return the problems that were kept, the first thousand in the order of rows."""
    return [Problem.of_data(data) for data in run.problems]

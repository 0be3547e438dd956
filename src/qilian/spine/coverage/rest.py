"""The coverage for programs: `GET /api/v1/coverage`."""

from django.http import HttpRequest
from ninja import Router

from .queries import report
from .report import as_dict

router = Router(tags=["coverage"])


@router.get("/coverage", summary="Coverage of the plan: clauses, systems and offers with state and reason")
def read_coverage(request: HttpRequest) -> dict[str, object]:
    """Return totals, awaited engines, clauses, systems and offers; texts in both languages."""
    return as_dict(report())

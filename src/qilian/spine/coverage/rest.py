"""The coverage for programs: `GET /api/v1/coverage`."""

import json

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from ninja import Router

from qilian.core.house.pages import KeptJson

from .queries import declared, evidence, report
from .report import as_dict

router = Router(tags=["coverage"])


@router.get("/coverage", summary="Coverage of the plan: clauses, systems and offers with state and reason")
def read_coverage(request: HttpRequest) -> HttpResponseBase:
    """Return totals, awaited engines, clauses, systems and offers; texts in both languages."""
    key = (str(settings.PLAN), declared(), tuple(sorted(evidence().items())))
    return _TEXTS.answer(request, key, lambda: json.dumps(as_dict(report()), ensure_ascii=False).encode())


_TEXTS = KeptJson(2)

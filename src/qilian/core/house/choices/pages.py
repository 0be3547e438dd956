"""The one address that pickers ask: what fits some words, as JSON; who asks sees only what he may know of."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.http import require_safe

from qilian.core.house.principal import current_principal

from .sources import MOST, source_named


@require_safe
def choices(request: HttpRequest, source: str) -> HttpResponse:
    """The best choices for `?q=`, at most twelve, and whether there are more. Refusal `choices.unknown`."""
    words = request.GET.get("q", "")[:100]
    found = source_named(source).offered(current_principal(), words, MOST + 1)
    shown = [{"value": each.value, "label": str(each.label), "note": str(each.note)} for each in found[:MOST]]
    answer = {"choices": shown, "more": len(found) > MOST}
    return JsonResponse(
        answer, json_dumps_params={"ensure_ascii": False}, headers={"Cache-Control": "private, no-store"}
    )


app_name = "choices"
urlpatterns = [path("<slug:source>/", choices, name="source")]

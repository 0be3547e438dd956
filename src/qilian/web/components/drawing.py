"""From a shape to an answer: a page, a CSV file, or a page with refusals."""

from collections.abc import Mapping
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from qilian.core.house.pages import Kept, ListPage, Page, RecordPage, Section, Shape, StepForm
from qilian.core.values.text import current_language

from .fields import form_view
from .listing import export_rows, listing
from .sheets import csv_response
from .tables import table_view

_TEMPLATES: Final = {
    ListPage: "components/list.html",
    RecordPage: "components/record.html",
    StepForm: "components/form.html",
    Page: "components/page.html",
}


def draw(request: HttpRequest, shape: Shape, *, status: int = 200) -> HttpResponse:
    """Draw a shape as the request asks for it; `?format=csv` on a list gives the whole list as a file."""
    if isinstance(shape, ListPage) and request.GET.get("format") == "csv":
        return csv_response(shape.head, shape.columns, export_rows(shape, request.GET.dict()))
    onward = [each for each in shape.head.actions if each.method == "get" and not each.dangerous]
    context = {"shape": shape, "head": shape.head, "onward": onward, **_work(request, shape)}
    return render(request, _TEMPLATES[type(shape)], context, status=status)


def sections_view(sections: tuple[Section, ...] | list[Section]) -> list[dict[str, Any]]:
    """Prepare the sections of a page: tables with their cells, the rest as it is."""
    return [{"section": section, "table": table_view(section.table) if section.table else None} for section in sections]


def _work(request: HttpRequest, shape: Shape) -> Mapping[str, Any]:
    if isinstance(shape, ListPage):
        return {"listing": listing(shape, request.GET.dict(), request.path)}
    if isinstance(shape, RecordPage):
        return {"sections": sections_view(list(shape.sections))}
    if isinstance(shape, StepForm):
        before = sections_view(list(shape.before))
        return {"form": form_view(shape), "sections": before, "one_primary": not shape.settled}
    return {"kept": _kept(shape)} if shape.kept else {}


def _kept(page: Page) -> SafeString:
    key = (page.template, page.kept, current_language())
    return _DRAWN.get(key, lambda: render_to_string(page.template, dict(page.context)))


_DRAWN = Kept[SafeString](200)

"""/styleguide/: every component in both states, drawn by the very code that draws the house."""

from collections.abc import Sequence
from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from qilian.core.house.pages import Crumb, Head, Page, Table, show
from qilian.core.values.text import Text

from . import samples


class Swatch(NamedTuple):
    """One colour of the house: its token and what it is for."""

    token: str
    use: Text


_COLOURS: Sequence[Swatch] = (
    Swatch("brand", Text("结构和链接", "Structure and links")),
    Swatch("green", Text("状态：正常", "State: on track")),
    Swatch("amber", Text("状态：临期", "State: soon due")),
    Swatch("red", Text("状态：逾期", "State: overdue")),
    Swatch("ink", Text("正文", "Text")),
    Swatch("ink-soft", Text("次要文字", "Quiet text")),
    Swatch("line", Text("线", "Lines")),
)


@require_http_methods(["GET", "HEAD", "POST"])
def styleguide(request: HttpRequest, name: str = "") -> HttpResponse:
    """Show all components, or one page shape; a form that is sent comes back with refusals, 422."""
    if not name:
        return show(_index())
    if name not in samples.PAGES:
        raise Http404
    if request.method == "POST":
        return show(samples.wrong_form(), status=422) if "form" in name else HttpResponseRedirect(request.path)
    return show(samples.PAGES[name]())


def _index() -> Page:
    record = samples.record()
    context = {
        "colours": _COLOURS,
        "states": samples.STATES,
        "pages": [(name, make().head.title) for name, make in samples.PAGES.items()],
        "sample": record,
        "table": Table(samples.columns(), samples.clauses()[:3], caption=Text("表格", "Table")),
        "none": samples.empty_list().empty,
    }
    head = Head(samples.HERE, (Crumb(samples.HERE),), record.head.clause, record.head.quote, record.head.facts)
    return Page(head, "components/styleguide.html", context)

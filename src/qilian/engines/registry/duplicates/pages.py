"""Pairs that may be one party as pages: those that wait, and one with both records side by side."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from qilian.core.house.pages import Action, Crumb, Head
from qilian.core.house.principal import Principal, current_principal
from qilian.core.log.events.api import timeline
from qilian.core.offers.resource.api import forms, listed, record, visible
from qilian.core.rights.grants.api import possible, require_somewhere
from qilian.core.values.text import Text
from qilian.engines.registry.parties.api import MERGE, party_ref

from .models import Duplicate
from .queries import duplicates
from .resource import DUPLICATES, beside
from .words import TITLE


@require_safe
def duplicate_list(_request: HttpRequest) -> HttpResponse:
    """The pairs that wait for a person, the likeliest first."""
    require_somewhere(current_principal(), MERGE)
    empty = Text(
        "没有疑似重复的主体。登记或导入后系统会自动比对。",
        "No likely duplicates. New parties are compared by themselves.",
    )
    return listed(DUPLICATES, "", Head(TITLE, crumbs=(Crumb(TITLE),)), empty=empty)


@require_safe
def duplicate_page(_request: HttpRequest, code: str) -> HttpResponse:
    """Two records side by side, what hangs on each, and what happened to both."""
    row: Duplicate = visible(DUPLICATES, "", code)
    told = timeline(party_ref(row.first), party_ref(row.second))
    return record(DUPLICATES, row, *beside(row), history=told)


def entrance(reader: Principal) -> Sequence[Action]:
    """The way to the pairs that wait, with their number."""
    if not possible(reader, [MERGE]):
        return ()
    waiting = duplicates()[:100].count()
    shown = "99+" if waiting > 99 else str(waiting)
    return (Action(Text(f"{TITLE.zh}（{shown}）", f"{TITLE.en} ({shown})"), DUPLICATES.home("")),)


app_name = "duplicates"
urlpatterns = [
    path("", duplicate_list, name="list"),
    *forms(DUPLICATES),
    path("<str:code>/", duplicate_page, name="duplicate"),
]

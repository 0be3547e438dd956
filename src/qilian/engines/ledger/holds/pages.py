"""The open holds, the first due first, and one of them."""

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from qilian.core.house.pages import Crumb, Head
from qilian.core.offers.resource.api import forms, listed, record, visible
from qilian.core.rights.grants.api import signed_in
from qilian.core.values.text import Text
from qilian.engines.ledger.book.api import ACCOUNTS, Hold, between, open_holds, play

from .resource import HOLDS


@require_safe
def hold_list(_request: HttpRequest) -> HttpResponse:
    """The open holds of accounts that the reader may see, the first due first."""
    rows = between(signed_in(), open_holds())
    crumbs = (Crumb(ACCOUNTS.title, ACCOUNTS.home("")), Crumb(HOLDS.title))
    empty = Text("没有未结的预留。", "There is no open hold.")
    return listed(HOLDS, "", Head(HOLDS.title, crumbs, quote=play()), rows=rows, empty=empty, order="due")


@require_safe
def hold_page(_request: HttpRequest, code: str) -> HttpResponse:
    """One hold: what it keeps for whom until when, and what the reader may do with it."""
    signed_in()
    row: Hold = visible(HOLDS, "", code)
    return record(HOLDS, row)


app_name = "holds"
urlpatterns = [
    path("holds/", hold_list, name="list"),
    path("holds/<str:code>/", hold_page, name="hold"),
    *forms(HOLDS),
]

"""All that I watch, and the button by which I begin or end to watch a record."""

from collections.abc import Sequence
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from qilian.core.house.pages import Action, Column, Crumb, Empty, Head, ListPage, done, show
from qilian.core.house.principal import current_principal
from qilian.core.log.sentences.api import pointed, refers
from qilian.core.rights.grants.api import signed_in
from qilian.core.values.text import Ref, Refusal, Text

from .queries import CLAUSE, Watched, watched, watches
from .services import unwatch, watch

TITLE = Text("我的关注", "What I watch")
_WATCH, _UNWATCH = Text("关注", "Watch"), Text("不再关注", "Stop watching")
_BEGUN = Text("已关注；有新情况会列在首页“我的关注”下。", "You watch it: what happens to it stands on your first page.")
_ENDED = Text("不再关注。", "You watch it no longer.")

__all__ = ["CLAUSE", "TITLE", "mine", "watched_columns", "watching"]


def watching(subject: Ref) -> tuple[Action, ...]:
    """The button of a record's page: watch it, or stop; none for visitors, and none where nobody could be led back."""
    me = current_principal()
    if me.person is None or not refers(subject.kind):
        return ()
    word, noun = (_UNWATCH, "removal") if watches(me, subject) else (_WATCH, "beginning")
    return (Action(word, f"/watching/{quote(str(subject), safe='/:')}/{noun}", "post"),)


def watched_columns() -> Sequence[Column]:
    """A record, and the latest that happened to it."""
    return (
        Column("what", Text("记录", "Record"), lambda row: row.what.name, url=lambda row: row.what.url),
        Column("latest", Text("最近的情况", "Latest"), lambda row: row.latest, key=True),
        Column("at", Text("时间", "At"), lambda row: row.at, "datetime"),
    )


@require_safe
def mine(_request: HttpRequest) -> HttpResponse:
    """List what I watch, that to which something happened last first."""
    me = signed_in()
    message = Text(
        "您还没有关注任何记录。在任何一条记录的页面上按“关注”，它的新情况就会列在这里。",
        "You watch nothing yet. Press “Watch” on the page of any record: what happens to it will stand here.",
    )
    rows: Sequence[Watched] = watched(me)
    return show(ListPage(Head(TITLE, crumbs=(Crumb(TITLE),)), rows, watched_columns(), Empty(message)))


@require_POST
def beginning(request: HttpRequest, subject: str) -> HttpResponse:
    """Watch a record, and go back to it."""
    signed_in()
    ref = _read(subject)
    watch(actor=current_principal(), subject=ref)
    return done(request, pointed(subject).url, _WATCH, _BEGUN)


@require_POST
def removal(request: HttpRequest, subject: str) -> HttpResponse:
    """Watch a record no longer, and go back to it."""
    signed_in()
    unwatch(actor=current_principal(), subject=_read(subject))
    return done(request, pointed(subject).url or reverse("watching:mine"), _UNWATCH, _ENDED)


def _read(subject: str) -> Ref:
    try:
        return Ref.parse(subject)
    except ValueError:
        raise Refusal("watching.unknown", Text("没有这条记录。", "There is no such record.")) from None

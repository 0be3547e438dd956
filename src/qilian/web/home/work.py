"""What the first page says to whom it knows: what waits for me and is due, what came back to me, what I watch."""

from collections.abc import Sequence

from django.urls import reverse

from qilian.core.house.pages import Column, Empty, Fact, Section, Status, Table
from qilian.core.house.principal import Principal
from qilian.core.values import clock
from qilian.core.values.text import Text
from qilian.core.who.inbox.api import InboxItem, count_waiting, waiting_for, way_to
from qilian.core.who.notices.api import Notice, count_unread, notices_of
from qilian.core.who.watching.api import watched, watched_columns

_SHOWN, _TOLD, _WATCHED = 8, 5, 5
_NOTHING = Empty(
    Text("没有等您办理的事。新的待办会自动出现在这里。", "Nothing waits for you. New work appears here by itself.")
)
_OVERDUE, _SOON, _WAITS = (
    Status(Text("逾期", "Overdue"), "red"),
    Status(Text("今天到期", "Due today"), "amber"),
    Status(Text("待办", "Waiting"), "grey"),
)


def my_work(me: Principal) -> Sequence[Section]:
    """What waits for me, the first due first, what I have not read, and what I watch; nothing for visitors."""
    if not me.signed_in:
        return ()
    waiting = list(waiting_for(me)[:_SHOWN])
    unread = list(notices_of(me).filter(read_at=None)[:_TOLD])
    told = Section(Text("给我的回音", "What came back to me"), "told", Table(_TOLD_COLUMNS, unread))
    table = Table(_COLUMNS, waiting, _NOTHING)
    work = Section(Text("我的事项", "My work"), "work", table, facts=_counts(me, waiting) if waiting or unread else ())
    return (work, *([told] if unread else ()), *_watched(me))


def _watched(me: Principal) -> Sequence[Section]:
    """The records that I watch, that to which something happened last first, and the way to all of them."""
    rows = watched(me, _WATCHED + 1)
    all_of_them = Fact(Text("全部", "All"), Text("我关注的全部记录", "all that I watch"), url=reverse("watching:mine"))
    table = Table(watched_columns(), rows[:_WATCHED])
    more = (all_of_them,) if len(rows) > _WATCHED else ()
    return (Section(Text("我的关注", "What I watch"), "watched", table, facts=more),) if rows else ()


def _counts(me: Principal, waiting: Sequence[InboxItem]) -> Sequence[Fact]:
    """How much waits, is due, and is unread, each with the way to all of it."""
    due = sum(_state(row) is not _WAITS for row in waiting)
    inbox, notices = reverse("inbox:mine"), reverse("notices:mine")
    return (
        Fact(Text("等我办理", "Waiting for me"), count_waiting(me), url=inbox),
        Fact(Text("逾期或今天到期", "Overdue or due today"), due, url=inbox),
        Fact(Text("未读通知", "Unread notices"), count_unread(me), url=notices),
    )


def _state(row: InboxItem) -> Status:
    if row.due is None:
        return _WAITS
    now = clock.now()
    if row.due < now:
        return _OVERDUE
    return _SOON if row.due.astimezone(clock.SHANGHAI).date() == clock.today() else _WAITS


def _notice(row: Notice) -> str:
    return reverse("notices:record", args=[row.code])


_COLUMNS = (
    Column("title", Text("事项", "What"), lambda row: Text(row.title_zh, row.title_en), url=way_to),
    Column("state", Text("状态", "State"), _state, "status"),
    Column("due", Text("到期", "Due"), lambda row: row.due, "datetime"),
)
_TOLD_COLUMNS = (
    Column("title", Text("通知", "Notice"), lambda row: Text(row.title_zh, row.title_en), url=_notice),
    Column("body", Text("内容", "Words"), lambda row: Text(row.body_zh, row.body_en)),
    Column("at", Text("时间", "At"), lambda row: row.created_at, "datetime"),
)

"""Pages of the queue: jobs that wait, run or are dead, and the button that tries a dead one again."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from qilian.core.house.pages import (
    Action,
    Column,
    Crumb,
    Empty,
    Fact,
    Filter,
    Head,
    ListPage,
    RecordPage,
    Section,
    Status,
    Table,
    show,
)
from qilian.core.house.principal import current_principal
from qilian.core.log.events.api import timeline
from qilian.core.log.outbox.api import failures_of, queued
from qilian.core.rights.grants.api import allowed, require
from qilian.core.values.text import Ref, Text

from .services import retry_job

TITLE = Text("后台任务", "Jobs")
STATES = {
    "todo": Status(Text("等待", "Waiting")),
    "doing": Status(Text("进行中", "Running"), "blue"),
    "succeeded": Status(Text("完成", "Done"), "green"),
    "failed": Status(Text("失败", "Failed"), "red"),
    "cancelled": Status(Text("取消", "Cancelled")),
    "aborted": Status(Text("中止", "Aborted"), "red"),
}


@require_GET
def queue(_request: HttpRequest) -> HttpResponse:
    """List the jobs in the queue, the latest first."""
    require(current_principal(), "outbox.view")
    columns = (
        Column("id", Text("编号", "Number"), lambda row: row.pk, "number", url=_address, sort="id"),
        Column("name", Text("任务", "Job"), lambda row: row.task_name, "code", sort="task_name"),
        Column("state", Text("状态", "State"), lambda row: STATES[row.status], "status"),
        Column("attempts", Text("次数", "Attempts"), lambda row: row.attempts, "number", sort="attempts"),
        Column("scheduled", Text("不早于", "Not before"), lambda row: row.scheduled_at, "datetime"),
        Column("error", Text("最近的错误", "Last error"), lambda row: row.error or ""),
    )
    choices = [(state, status.word) for state, status in STATES.items()]
    filters = (
        Filter("state", Text("状态", "State"), _in_state, choices=choices),
        Filter("name", Text("任务", "Job"), lambda rows, value: rows.filter(task_name__contains=value)),
    )
    empty = Empty(Text("队列是空的：所有任务都已完成。", "The queue is empty: every job is done."))
    return show(ListPage(Head(TITLE, crumbs=(Crumb(TITLE),)), queued(), columns, empty, filters))


@require_GET
def queued_job(_request: HttpRequest, number: int) -> HttpResponse:
    """Show one job with every failed attempt; its arguments are not shown."""
    require(current_principal(), "outbox.view")
    row = queued().filter(pk=number).first()
    if row is None:
        raise Http404
    facts = (
        Fact(Text("状态", "State"), STATES[row.status]),
        Fact(Text("次数", "Attempts"), row.attempts),
        Fact(Text("不早于", "Not before"), row.scheduled_at or "—"),
    )
    actions = [Action(Text("重试", "Retry"), reverse("outbox:retry", args=[number]), "post", primary=True)]
    shown = actions if row.status == "failed" and allowed(current_principal(), "outbox.retry") else []
    columns = (
        Column("attempt", Text("第几次", "Attempt"), lambda failure: failure.attempt, "number"),
        Column("at", Text("时间", "At"), lambda failure: failure.at, "datetime"),
        Column("error", Text("错误", "Error"), lambda failure: failure.error),
    )
    empty = Empty(Text("还没有失败过。", "It has not failed."))
    section = Section(Text("失败记录", "Failures"), table=Table(columns, list(failures_of(number)), empty))
    crumbs = (Crumb(TITLE, reverse("outbox:queue")), Crumb(str(number)))
    return show(
        RecordPage(
            Head(row.task_name, crumbs=crumbs, facts=facts, actions=shown),
            (section,),
            timeline(Ref("core.job", str(number))),
        )
    )


@require_POST
def retrying(_request: HttpRequest, number: int) -> HttpResponse:
    """Try a dead job once more, then return to it."""
    retry_job(actor=current_principal(), job=number)
    return HttpResponseRedirect(reverse("outbox:job", args=[number]))


def _in_state(rows: QuerySet[Any], state: str) -> QuerySet[Any]:
    return rows.filter(status=state)


def _address(row: Any) -> str:
    return reverse("outbox:job", args=[row.pk])

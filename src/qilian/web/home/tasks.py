"""What one can do here, by who asks; a task shows only where its page exists in this house."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from qilian.core.house.parts.api import SIGNED_IN, parts
from qilian.core.rights.grants.api import Principal, possible
from qilian.core.values.text import Text


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do and the name of its page."""

    title: Text
    url_name: str


@dataclass(frozen=True, slots=True)
class Audience:
    """Who asks."""

    title: Text
    tasks: Sequence[Task]


@dataclass(frozen=True, slots=True)
class Entry:
    """A task with its address."""

    title: Text
    url: str


AUDIENCES: Sequence[Audience] = (
    Audience(
        Text("机关工作人员", "Officials"),
        (
            Task(Text("办理今天的待办", "Work through what waits for me today"), "inbox:mine"),
            Task(Text("查本单位的全部责任", "See every duty of my unit"), "units"),
            Task(Text("上传并编译一份方案", "Upload a plan and have it compiled"), "plans"),
        ),
    ),
    Audience(
        Text("企业", "Firms"),
        (
            Task(Text("看方案对本行业的安排", "See what the plan does for my trade"), "plan"),
            Task(Text("认领本企业，委托经办人", "Claim my firm, name its operators"), "representation:mine"),
            Task(Text("试算条件和类别", "Try eligibility and classes"), "decisions:list"),
        ),
    ),
    Audience(
        Text("公众", "Everyone"),
        (
            Task(Text("逐条读方案", "Read the plan clause by clause"), "plan"),
            Task(Text("查企业和机构", "Look up firms and institutions"), "parties:list"),
            Task(Text("查名录", "Read the directories"), "registry:directories"),
            Task(Text("核验一份文件", "Verify a document"), "documents:entry"),
        ),
    ),
    Audience(
        Text("监督与审计", "Auditors"),
        (
            Task(Text("核对哪些条已有回应", "Check which clauses are answered"), "coverage:overview"),
            Task(Text("比较方案的两个版本", "Compare two versions of a plan"), "plans"),
            Task(Text("核验事实日志", "Verify the log of events"), "events:log"),
        ),
    ),
    Audience(
        Text("技术人员", "Engineers"),
        (
            Task(Text("调用数据接口", "Call the JSON interface"), "openapi"),
            Task(Text("看页面组件", "See the page components"), "styleguide"),
            Task(Text("看运行状态", "See whether the system is well"), "health"),
        ),
    ),
)


def tasks(me: Principal, units: Mapping[str, Text]) -> list[tuple[Text, list[Entry]]]:
    """Return the audiences with the tasks that this reader can do; his own units (by slug) stand first.

    Who may is asked as the menu asks: a page that needs a right stands here for those who have it.
    """
    own = [
        Entry(Text(f"{name.zh}的全部责任", f"Every duty of {name.en}"), reverse("unit", args=[slug]))
        for slug, name in units.items()
    ]
    mine = [(Text("我的单位", "My unit"), own)] if own else []
    needs = {item.url_name: item.needs for part in parts() for item in part.menu}
    wanted = {needs.get(task.url_name, "") for audience in AUDIENCES for task in audience.tasks} - {"", SIGNED_IN}
    rights = {"", SIGNED_IN, *possible(me, wanted)} if me.signed_in else {""}
    found = [
        (
            each.title,
            [entry for task in each.tasks if needs.get(task.url_name, "") in rights and (entry := _entry(task))],
        )
        for each in AUDIENCES
    ]
    return mine + [(title, entries) for title, entries in found if entries]


def _entry(task: Task) -> Entry | None:
    try:
        return Entry(task.title, reverse(task.url_name))
    except NoReverseMatch:
        return None

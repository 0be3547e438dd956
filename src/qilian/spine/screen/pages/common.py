"""What the plan's pages share: words for roles and origins, addresses, timelines, finding or answering 404."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from django.http import Http404

from qilian.core.house.pages import Action, Crumb, Status
from qilian.core.log.events.api import Event
from qilian.core.rights.grants.api import allowed, current_principal
from qilian.core.values.text import Text
from qilian.spine.plan.api import (
    NOBODY,
    Clause,
    Duty,
    Plan,
    PlanVersion,
    Section,
    clause_url,
    in_force,
    name_of,
    scope_of,
)
from qilian.spine.screen.tasktable import task_of

DEADLINE, TARGET = Text("时限", "Deadline"), Text("指标", "Target")
ORIGIN_WORDS: Mapping[str, Text] = {
    "explicit": Text("原文写明", "as written"),
    "positional": Text("按位次", "by position"),
    "default": Text("按通例", "by default"),
    "inherited": Text("承上文", "inherited"),
    "reviewed": Text("人工核定", "set in review"),
    "decision": Text("决定新增", "by decision"),
}
SYSTEM_WORDS: Mapping[str, Text] = {
    "platform": Text("平台", "Platform"),
    "system": Text("系统", "System"),
    "market": Text("市场", "Market"),
    "project": Text("项目", "Project"),
    "mechanism": Text("机制", "Mechanism"),
    "instrument": Text("金融工具", "Instrument"),
    "fund": Text("资金", "Fund"),
    "standard": Text("标准", "Standard"),
    "zone": Text("集聚区", "Zone"),
    "body": Text("机构", "Body"),
    "network": Text("网络", "Network"),
    "service": Text("服务", "Service"),
    "facility": Text("设施", "Facility"),
}
TIER_WORDS: Mapping[str, Text] = {
    "重点发展": Text("重点发展", "Focus"),
    "优先发展": Text("优先发展", "Priority"),
    "加快发展": Text("加快发展", "Faster growth"),
    "鼓励发展": Text("鼓励发展", "Encouraged"),
    "": Text("政策措施", "Policy measures"),
}
PLAN_CRUMB = Crumb(Text("方案", "Plan"), "/plan/")
PLANS_CRUMB = Crumb(Text("文件与版本", "Documents"), "/plans/")
UNITS_CRUMB = Crumb(Text("单位", "Units"), "/units/")
Found = TypeVar("Found")


def found(row: Found | None) -> Found:
    """The row, or 404 where there is none."""
    if row is None:
        raise Http404
    return row


def plan_of(slug: str | None) -> Plan:
    """A plan by its slug, the main plan without one; 404 where there is none."""
    plans = Plan.objects.filter(slug=slug) if slug else Plan.objects.filter(main=True)
    return found(plans.first())


def version_of(slug: str | None) -> PlanVersion:
    """The version in force of a plan; 404 before the first publication."""
    return found(in_force(plan_of(slug) if slug else None))


def may(action: str, plan: Plan) -> bool:
    """Whether who reads may do an action on a plan: pages offer only what will be allowed."""
    return allowed(current_principal(), action, scope_of(plan))


def tier_word(tier: str) -> Text:
    """A tier in both languages; an uploaded plan's own word stays as it is."""
    return TIER_WORDS.get(tier) or Text(tier, tier)


def tier_of(section: Section) -> Text:
    """The tier of a section; sections of other plans than the main one need not have any."""
    return tier_word(section.tier) if section.tier or section.version.plan.main else NOBODY


def anchor_of(plan: Plan, sid: str) -> str:
    """Where a section of a plan begins on the page of a unit."""
    return f"s-{sid}" if plan.main else f"{plan.slug}-s-{sid}"


def unit_url(slug: str) -> str:
    """Where a unit stands."""
    return f"/units/{slug}/"


def export_actions(version: PlanVersion, unit: str = "") -> tuple[Action, ...]:
    """Buttons that ask for the task table as PDF and as XLSX."""
    of = f"?unit={unit}" if unit else ""
    return tuple(
        Action(
            Text(f"任务分工表 {kind.upper()}", f"Task table {kind.upper()}"), f"{version.url}exports/{kind}{of}", "post"
        )
        for kind in ("pdf", "xlsx")
    )


def version_status(version: PlanVersion, latest: int) -> Status:
    """In force or superseded, in a word."""
    if version.number == latest:
        return Status(Text("现行", "In force"), "green")
    return Status(Text("已被取代", "Superseded"), "grey")


def said_of(event: Event) -> str:
    """What a timeline says of an event beside its title: the decision, the reason or the version that it names."""
    data = event.data
    said = [data.get("decision"), data.get("reason"), data.get("title")]
    if event.type == "spine.plan.published":
        said.append(str(Text(f"第 {data['version']} 版", f"Version {data['version']}")))
    return "；".join(str(each) for each in said if each)


@dataclass(frozen=True, slots=True)
class UnitLink:
    """A unit in a role, named as the document writes it."""

    name: Text
    url: str


@dataclass(frozen=True, slots=True)
class ClauseLine:
    """One clause in a list: its task in the plan's words where loaded, else in ours."""

    cid: str
    url: str
    task: str
    lead: tuple[UnitLink, ...]
    support: tuple[UnitLink, ...]


def clause_line(clause: Clause, plan: Plan) -> ClauseLine:
    """A clause as a line; reads prefetched rows only."""
    duties = list(clause.duties.all())
    return ClauseLine(
        clause.cid,
        clause_url(plan, clause.cid),
        task_of(clause),
        tuple(unit_link(duty, plan) for duty in duties if duty.role != "support"),
        tuple(unit_link(duty, plan) for duty in duties if duty.role == "support"),
    )


def written_and_settled(raw: str, unit: Text | None) -> Text:
    """A unit as the text writes it, and who it was settled to be where that is another name."""
    if unit is None:
        return Text(raw, raw)
    return unit if raw == unit.zh else Text(f"{raw}（{unit.zh}）", f"{unit.en} ({raw})")


def version_in_force(slug: str | None) -> PlanVersion | None:
    """The version in force of a plan, of the main plan without a name; None before the first; 404 without the plan."""
    return in_force(plan_of(slug)) if slug else in_force()


def plan_pages(plan: Plan) -> tuple[tuple[Text, str], ...]:
    """What every published plan has: who does what, its units, and how far it is."""
    below = "/plan/", "/units/", "/coverage/"
    own = tuple(f"{plan.url}{name}/" for name in ("matrix", "units", "coverage"))
    words = Text("责任矩阵", "Who does what"), Text("责任单位", "Units"), Text("落实情况", "Progress")
    return tuple(zip(words, below if plan.main else own, strict=True))


def unit_link(duty: Duty, plan: Plan) -> UnitLink:
    """The unit of a duty: in Chinese as the document writes it."""
    return UnitLink(Text(duty.raw, name_of(duty.unit, plan.names_on).en), unit_url(duty.unit.slug))

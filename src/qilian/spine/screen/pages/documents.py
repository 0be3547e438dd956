"""/plans/: documents and their versions, and the difference of two versions."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from qilian.core.house.pages import Action, Column, Crumb, Empty, Fact, Head, Page, Section, Table, show
from qilian.core.log.events.api import timeline
from qilian.core.offers.resource.api import listed, record
from qilian.core.values.text import Text, whole
from qilian.spine.drafting.api import DRAFT_STATES, drafts_of
from qilian.spine.plan import api as records
from qilian.spine.plan.api import (
    DRAFT,
    PLANS,
    ROLE_WORDS,
    clause_url,
    clauses_with_duties,
    compare_versions,
    decisions_of,
    difference_context,
    name_of,
    plan_ref,
    totals,
    version_numbered,
    version_ref,
)
from qilian.spine.screen.highlight import Mark, segments

from .common import (
    DEADLINE,
    PLANS_CRUMB,
    TARGET,
    clause_line,
    export_actions,
    found,
    may,
    plan_of,
    plan_pages,
    said_of,
    version_status,
    written_and_settled,
)
from .drawings import term_section


@require_safe
def plan_list(_request: HttpRequest) -> HttpResponse:
    """List the documents."""
    empty = Text("还没有登记任何文件。", "No document is entered yet.")
    return listed(PLANS, "", Head(PLANS.title, crumbs=(PLANS_CRUMB,)), empty=empty)


@require_safe
def plan_page(_request: HttpRequest, slug: str) -> HttpResponse:
    """Draw one document: versions, drafts for who may see them, decisions, what happened."""
    plan = plan_of(slug)
    versions = list(plan.versions.all())
    latest = versions[0].number if versions else 0
    sections = [Section(Text("版本", "Versions"), "versions", _versions_table(versions, latest))]
    if len(versions) > 1:
        sections.append(Section(template="spine/plan/choose_two.html", context={"versions": versions, "plan": plan}))
    if may(DRAFT, plan):
        sections.append(Section(Text("草稿", "Drafts"), "drafts", _drafts_table(plan)))
    decisions = list(decisions_of(plan))
    if decisions:
        sections.append(
            Section(Text("决定新增的责任", "Duties by decision"), "decisions", _decisions_table(plan, decisions))
        )
    about = (plan_ref(plan), *map(version_ref, versions))
    about = (plan_ref(plan), *map(version_ref, versions))
    more = [Action(title, url) for title, url in plan_pages(plan)] if versions else []
    if may(DRAFT, plan):
        more.append(Action(Text("上传新版本", "Upload a new version"), f"/drafts/upload/?plan={plan.slug}"))
    return record(PLANS, plan, *sections, more=more, history=timeline(*about, note=said_of))


@require_safe
def version_page(_request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Draw one version: its source beside its clauses where it is loaded, else the clauses alone."""
    version = found(version_numbered(slug, number))
    plan = version.plan
    latest = plan.versions.values_list("number", flat=True)[0]
    clauses = list(clauses_with_duties(version))
    source = records.SourceText.objects.filter(version=version).first()
    context = {
        "segments": segments(source.text, _marks(clauses)) if source else (),
        "rows": [_listed(clause, plan) for clause in clauses],
        "terms": term_section(clauses, version),
        "source_url": f"{plan.url}source/?version={version.number}",
    }
    return show(Page(_version_head(version, latest, loaded=source is not None), "spine/plan/clause_list.html", context))


@require_safe
def compare_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Draw the difference of two versions, `?a=1&b=2`."""
    plan = plan_of(slug)
    numbers = [whole(request.GET.get(name, "")) or 0 for name in ("a", "b")]
    earlier, later = (found(version_numbered(slug, number)) for number in numbers)
    difference = compare_versions(earlier, later)
    title = Text(
        f"第 {earlier.number} 版与第 {later.number} 版的差异", f"Version {earlier.number} against {later.number}"
    )
    head = Head(
        title=title,
        crumbs=(PLANS_CRUMB, Crumb(plan.title, plan.url), Crumb(title)),
        facts=(
            Fact(Text("新增", "Added"), len(difference.added)),
            Fact(Text("删去", "Removed"), len(difference.removed)),
            Fact(Text("改动", "Changed"), len(difference.changed)),
            Fact(Text("相同", "Same"), difference.same),
        ),
    )
    return show(Page(head, "spine/plan/difference.html", difference_context(difference, plan)))


def _version_head(version: records.PlanVersion, latest: int, *, loaded: bool) -> Head:
    plan = version.plan
    counts = totals(version)
    name = Text(f"第 {version.number} 版", f"Version {version.number}")
    load = Action(Text("载入原文", "Load the source"), f"{plan.url}source/?version={version.number}")
    return Head(
        title=Text(f"{plan.title.zh} 第 {version.number} 版", f"{plan.title.en}, version {version.number}"),
        crumbs=(PLANS_CRUMB, Crumb(plan.title, plan.url), Crumb(name)),
        facts=(
            Fact(Text("状态", "State"), version_status(version, latest)),
            Fact(Text("条", "Clauses"), counts.clauses),
            *(Fact(ROLE_WORDS[role], count) for role, count in _roles(counts) if count),
            Fact(Text("单位", "Units"), counts.units),
            Fact(Text("发布", "Published"), version.published_at),
            *((Fact(Text("发布人", "By"), version.publisher),) if version.publisher else ()),
        ),
        actions=(*export_actions(version), *(() if loaded or not may(DRAFT, plan) else (load,))),
    )


def _roles(counts: object) -> list[tuple[str, int]]:
    return [(role, getattr(counts, role)) for role in ROLE_WORDS]


def _marks(clauses: list[records.Clause]) -> list[Mark]:
    marks = []
    for clause in clauses:
        words = clause.words
        marks.append(Mark("clause", (words.span_start, words.span_end), clause.cid))
        marks += [Mark(mark["kind"], (mark["span"][0], mark["span"][1]), clause.cid) for mark in words.marks]
    return marks


def _listed(clause: records.Clause, plan: records.Plan) -> dict[str, object]:
    """One clause of the list: every unit linked to the place where the source names it, where the source is loaded."""
    words = clause.words if hasattr(clause, "words") else None
    places = {(mark["kind"], mark["key"]): f"#s{mark['span'][0]}" for mark in words.marks} if words else {}
    units = [
        {
            "role": ROLE_WORDS[duty.role],
            "name": written_and_settled(duty.raw, name_of(duty.unit, plan.names_on)),
            "place": places.get((duty.role, duty.raw), ""),
            "url": f"/units/{duty.unit.slug}/",
        }
        for duty in clause.duties.all()
    ]
    dates = [(DEADLINE, row.text, places.get(("deadline", row.text), "")) for row in clause.deadlines.all()]
    figures = [(TARGET, row.text, places.get(("target", row.text), "")) for row in clause.targets.all()]
    return {
        "cid": clause.cid,
        "url": clause_url(plan, clause.cid),
        "anchor": f"#s{words.span_start}" if words else "",
        "line": clause_line(clause, plan),
        "units": units,
        "facts": [*dates, *figures],
    }


def _versions_table(versions: list[records.PlanVersion], latest: int) -> Table:
    columns = (
        Column(
            "number",
            Text("版本", "Version"),
            lambda v: Text(f"第 {v.number} 版", f"Version {v.number}"),
            url=lambda v: v.url,
        ),
        Column("state", Text("状态", "State"), lambda v: version_status(v, latest), "status"),
        Column("at", Text("发布时间", "Published"), lambda v: v.published_at, "datetime"),
        Column("by", Text("发布人", "By"), lambda v: v.publisher),
        Column("note", Text("说明", "Note"), lambda v: v.note),
        Column("sha", Text("原文校验值", "Source digest"), lambda v: v.source_sha256[:16], "code"),
    )
    return Table(columns, versions, Empty(Text("还没有发布版本。", "No version is published yet.")))


def _drafts_table(plan: records.Plan) -> Table:
    columns = (
        Column(
            "number",
            Text("草稿", "Draft"),
            lambda d: Text(f"草稿 {d.number}", f"Draft {d.number}"),
            url=lambda d: d.url,
        ),
        Column("state", Text("状态", "State"), lambda d: DRAFT_STATES[d.state], "status"),
        Column("at", Text("上传时间", "Uploaded"), lambda d: d.created_at, "datetime"),
        Column("by", Text("上传人", "By"), lambda d: d.creator),
        Column("file", Text("文件", "File"), lambda d: d.file_name or Text("粘贴的文字", "pasted text")),
        Column("note", Text("说明", "Note"), lambda d: d.note),
    )
    upload = Action(Text("上传", "Upload"), f"/drafts/upload/?plan={plan.slug}")
    return Table(columns, list(drafts_of(plan)), Empty(Text("没有草稿。", "There is no draft."), upload))


def _decisions_table(plan: records.Plan, decisions: list[records.Decision]) -> Table:
    # A duty stands again in every later version that keeps it; a decision is shown once.
    latest = {(d.pk, duty.clause.cid, duty.unit_id, duty.role): (d, duty) for d in decisions for duty in d.duties.all()}
    rows = list(latest.values())
    columns = (
        Column("on", Text("日期", "Day"), lambda row: row[0].decided_on, "date"),
        Column("title", Text("决定", "Decision"), lambda row: f"{row[0].title} {row[0].document_no}".strip()),
        Column(
            "clause",
            Text("条", "Clause"),
            lambda row: row[1].clause.cid,
            url=lambda row: clause_url(plan, row[1].clause.cid),
        ),
        Column(
            "unit",
            Text("单位", "Unit"),
            lambda row: name_of(row[1].unit, row[0].decided_on),
            url=lambda row: f"/units/{row[1].unit.slug}/",
        ),
        Column("role", Text("角色", "Role"), lambda row: ROLE_WORDS[row[1].role]),
    )
    return Table(columns, rows)

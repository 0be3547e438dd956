"""/plans/: documents and their versions, the difference of two versions, and loading the source of a version."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from qilian.core.house.pages import (
    Action,
    Column,
    Crumb,
    Empty,
    Fact,
    Field,
    Head,
    ListPage,
    Page,
    RecordPage,
    Section,
    Status,
    StepForm,
    Table,
    show,
)
from qilian.core.log.events.api import timeline
from qilian.core.rights.grants.api import current_principal
from qilian.core.values.text import Refusal, Text, whole
from qilian.core.who.units.api import unit_names
from qilian.spine.drafting.api import drafts_of
from qilian.spine.plan import api as records
from qilian.spine.plan.api import (
    DRAFT,
    clauses_with_duties,
    compare_versions,
    decisions_of,
    load_words,
    name_of,
    plan_ref,
    plans,
    register_plan,
    require_on,
    totals,
    version_numbered,
    version_ref,
)
from qilian.spine.screen.highlight import Mark, segments

from .common import (
    DEADLINE,
    PLANS_CRUMB,
    ROLE_WORDS,
    TARGET,
    clause_line,
    clause_url,
    export_actions,
    found,
    may,
    plan_of,
    read_date,
    said_of,
    version_status,
)
from .drawings import term_section
from .incoming import text_of

STEPS = (
    Crumb(Text("登记", "Enter")),
    Crumb(Text("上传", "Upload")),
    Crumb(Text("审核", "Review")),
    Crumb(Text("发布", "Publish")),
)
DRAFT_STATES = {
    "reading": Status(Text("正在读取", "Being read"), "amber"),
    "reviewing": Status(Text("正在审核", "Under review"), "amber"),
    "unreadable": Status(Text("读不出", "Unreadable"), "red"),
    "published": Status(Text("已发布", "Published"), "green"),
    "discarded": Status(Text("已放弃", "Given up"), "grey"),
}


def plan_list(_request: HttpRequest) -> HttpResponse:
    """List the documents."""
    new = Action(Text("登记新文件", "Enter a document"), "/plans/new", primary=True)
    may_draft = may(DRAFT, records.Plan())
    head = Head(
        title=Text("文件与版本", "Documents"),
        crumbs=(PLANS_CRUMB,),
        actions=(new,) if may_draft else (),
    )
    columns = (
        Column("title", Text("文件", "Document"), lambda plan: plan.title, url=lambda plan: plan.url),
        Column("no", Text("文号", "Number"), lambda plan: plan.document_no or None),
        Column("issuer", Text("发文机关", "Issued by"), lambda plan: plan.issuer),
        Column("issued", Text("发文日期", "Issued"), lambda plan: plan.issued_on, "date"),
        Column("versions", Text("版本数", "Versions"), lambda plan: plan.version_count, "number", sort="version_count"),
    )
    empty = Empty(Text("还没有登记任何文件。", "No document is entered yet."), new if may_draft else None)
    return show(ListPage(head, plans(), columns, empty))


def new_plan(request: HttpRequest) -> HttpResponse:
    """Enter a document, then go on to upload its text."""
    require_on(current_principal(), DRAFT, records.Plan())
    if request.method != "POST":
        return show(_plan_form({}))
    data = {name: value.strip() for name, value in request.POST.dict().items()}
    try:
        plan = register_plan(
            actor=current_principal(),
            slug=data.get("slug", ""),
            title=Text(data.get("title_zh", ""), data.get("title_en", "")),
            issuer=data.get("issuer", "")[:120],
            document_no=data.get("document_no", "")[:80],
            region=data.get("region", "")[:6],
            issued_on=read_date(data.get("issued_on", ""), where="issued_on"),
        )
    except Refusal as refusal:
        if refusal.code.startswith("grants."):
            raise
        return show(_plan_form(data, refusal), status=422)
    return HttpResponseRedirect(f"{plan.url}drafts/new")


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
    return show(RecordPage(_plan_head(plan, latest), sections, timeline(*about, note=said_of)))


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
        "source_url": f"{version.url}source",
    }
    return show(Page(_version_head(version, latest, loaded=source is not None), "spine/plan/clause_list.html", context))


def compare_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Draw the difference of two versions, `?a=1&b=2`."""
    plan = plan_of(slug)
    numbers = [whole(request.GET.get(name, "")) or 0 for name in ("a", "b")]
    earlier, later = (found(version_numbered(slug, number)) for number in numbers)
    difference = compare_versions(earlier, later)
    slugs = {unit for change in difference.changed for unit, _ in (*change.duties_added, *change.duties_removed)}
    names = unit_names(slugs, on=plan.names_on) if slugs else {}

    def duties(pairs: tuple[tuple[str, str], ...]) -> list[Text]:
        return [
            Text(f"{ROLE_WORDS[role].zh} {names[unit].zh}", f"{ROLE_WORDS[role].en}: {names[unit].en}")
            for unit, role in pairs
        ]

    changes = [(change, duties(change.duties_added), duties(change.duties_removed)) for change in difference.changed]
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
    return show(Page(head, "spine/plan/difference.html", {"difference": difference, "changes": changes}))


def source_form(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Load the source document of a version: plain text, pasted or as a file."""
    version = found(version_numbered(slug, number))
    require_on(current_principal(), DRAFT, version.plan)
    if request.method != "POST":
        return show(_source_form(version))
    try:
        load_words(actor=current_principal(), version=version, text=text_of(request))
    except Refusal as refusal:
        return show(_source_form(version, refusal), status=422)
    return HttpResponseRedirect(version.url)


def _plan_form(data: dict[str, str], refusal: Refusal | None = None) -> StepForm:
    title = Text("登记新文件", "Enter a document")
    return StepForm(
        head=Head(title=title, crumbs=(PLANS_CRUMB, Crumb(title))),
        fields=(
            Field("title_zh", Text("名称", "Title in Chinese"), value=data.get("title_zh", "")),
            Field("title_en", Text("英文名称", "Title in English"), value=data.get("title_en", ""), required=False),
            Field(
                "slug",
                Text("短名", "Short name"),
                value=data.get("slug", ""),
                hint=Text(
                    "用在网址里：小写字母、数字、短横，如 logistics-2026。",
                    "Used in addresses, such as logistics-2026.",
                ),
            ),
            Field("issuer", Text("发文机关", "Issued by"), value=data.get("issuer", ""), required=False),
            Field("document_no", Text("文号", "Document number"), value=data.get("document_no", ""), required=False),
            Field("issued_on", Text("发文日期", "Issued on"), "date", data.get("issued_on", ""), required=False),
            Field(
                "region",
                Text("行政区划代码", "Region code"),
                value=data.get("region", "630000"),
                hint=Text("GB/T 2260，六位。", "GB/T 2260, six digits."),
                required=False,
            ),
        ),
        submit=Text("下一步：上传文件", "Next: upload"),
        refusals=(refusal,) if refusal else (),
        steps=STEPS,
        dense=True,
    )


def _source_form(version: records.PlanVersion, refusal: Refusal | None = None) -> StepForm:
    title = Text("载入原文", "Load the source document")
    name = Text(f"第 {version.number} 版", f"Version {version.number}")
    said = Text(
        "系统会逐条核对校验值：有一个字不同，就不载入。",
        "Every clause is checked against its digest: one different character, and nothing is loaded.",
    )
    return StepForm(
        head=Head(
            title=title,
            crumbs=(PLANS_CRUMB, Crumb(version.plan.title, version.plan.url), Crumb(name, version.url), Crumb(title)),
        ),
        fields=(
            Field(
                "file",
                Text("原文文件", "File"),
                "file",
                required=False,
                accept=".txt",
                hint=Text("纯文本 .txt。", "Plain text, .txt."),
            ),
            Field("text", Text("或者粘贴全文", "Or paste the whole text"), "textarea", required=False),
        ),
        submit=Text("核对并载入", "Check and load"),
        refusals=(refusal,) if refusal else (),
        before=(Section(paragraphs=(said,)),),
    )


def _plan_head(plan: records.Plan, latest: int) -> Head:
    actions = (
        (Action(Text("上传新版本", "Upload a new version"), f"{plan.url}drafts/new", primary=True),)
        if may(DRAFT, plan)
        else ()
    )
    given = (
        (Text("文号", "Number"), plan.document_no),
        (Text("依据", "Based on"), plan.based_on),
        (Text("发文机关", "Issued by"), plan.issuer),
        (Text("发文日期", "Issued"), plan.issued_on),
        (Text("现行版本", "In force"), latest or None),
    )
    return Head(
        title=plan.title,
        crumbs=(PLANS_CRUMB, Crumb(plan.title)),
        facts=[Fact(label, value) for label, value in given if value],
        actions=actions,
    )


def _version_head(version: records.PlanVersion, latest: int, *, loaded: bool) -> Head:
    plan = version.plan
    counts = totals(version)
    name = Text(f"第 {version.number} 版", f"Version {version.number}")
    load = Action(Text("载入原文", "Load the source"), f"{version.url}source")
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
            "name": Text(duty.raw, name_of(duty.unit, plan.names_on).en),
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
            url=lambda d: f"{plan.url}drafts/{d.number}/",
        ),
        Column("state", Text("状态", "State"), lambda d: DRAFT_STATES[d.state], "status"),
        Column("at", Text("上传时间", "Uploaded"), lambda d: d.created_at, "datetime"),
        Column("by", Text("上传人", "By"), lambda d: d.creator),
        Column("file", Text("文件", "File"), lambda d: d.file_name or Text("粘贴的文字", "pasted text")),
        Column("note", Text("说明", "Note"), lambda d: d.note),
    )
    upload = Action(Text("上传", "Upload"), f"{plan.url}drafts/new")
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

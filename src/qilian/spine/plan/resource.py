"""Plan documents, said once: traits, entering one, the source of a version, duties that a decision adds."""

from qilian.core.house.forms.api import FieldSpec, Form, Upload
from qilian.core.house.pages import Crumb
from qilian.core.offers.resource.api import Operation, Resource, Trait, Values
from qilian.core.values import clock
from qilian.core.values.text import Refusal, Text

from .documents import decoded
from .models import Duty, Plan
from .queries import main_plan, plans, version_numbered
from .services.common import DECIDE, DRAFT, plan_ref, scope_of
from .services.decisions import Decided, add_duty
from .services.facts import SLUG, load_words, register_plan
from .units import ROLE_WORDS, unit_named

TITLE = Text("文件与版本", "Documents")
_KINDS = (("meeting", Text("会议决定", "Meeting")), ("leader", Text("领导批示", "Leader")))
_ENTRY = Form(
    "plan",
    Text("登记新文件", "Enter a document"),
    (
        FieldSpec("title_zh", Text("名称", "Title in Chinese"), length=200),
        FieldSpec("title_en", Text("英文名称", "Title in English"), required=False, length=300),
        FieldSpec(
            "slug", Text("短名", "Short name"), length=24, pattern=SLUG.pattern,
            pattern_says=Text("请用小写字母、数字和短横。", "Use lower case letters, digits, hyphens."),
            hint=Text("用在网址里，如 logistics-2026。", "Used in addresses, such as logistics-2026."),
        ),
        FieldSpec("issuer", Text("发文机关", "Issued by"), required=False, length=120),
        FieldSpec("document_no", Text("文号", "Document number"), required=False, length=80),
        FieldSpec("issued_on", Text("发文日期", "Issued on"), "date", required=False),
        FieldSpec("region", Text("行政区划", "Region"), required=False, length=60, picks="division"),
    ),
)  # fmt: skip
_SOURCE = Form(
    "source",
    Text("载入原文", "Load the source document"),
    (
        FieldSpec("version", Text("版本", "Version"), "integer", required=False, low="1", high="999999",
                  hint=Text("不填就是现行版本。", "The one in force unless given.")),
        FieldSpec("file", Text("原文文件", "File"), "file", required=False, accept=".txt",
                  hint=Text("纯文本 .txt。", "Plain text, .txt.")),
        FieldSpec("text", Text("或者粘贴全文", "Or paste the whole text"), "textarea", required=False,
                  length=2_000_000),
    ),
)  # fmt: skip
_DUTY = Text("按决定新增责任", "Add a duty by decision")


def duty_form(plan: Plan) -> Form:
    """Which unit gets which duty by which decision; the clauses of the main plan can be picked."""
    fields = (
        FieldSpec("clause", Text("条", "Clause"), length=40, picks="clause" if plan.main else ""),
        FieldSpec("unit", Text("单位", "Unit"), length=120, finds=unit_named, picks="unit"),
        FieldSpec("role", Text("角色", "Role"), "choice", choices=tuple(ROLE_WORDS.items())),
        FieldSpec("kind", Text("决定的来源", "Where it was decided"), "choice", choices=_KINDS),
        FieldSpec("title", Text("决定名称", "Title of the decision"), length=200),
        FieldSpec("document_no", Text("文号", "Document number"), required=False, length=80),
        FieldSpec("decided_on", Text("决定日期", "Day of the decision"), "date"),
    )
    return Form("duty", _DUTY, fields)


def plan_by_slug(_place: str, slug: str) -> Plan:
    """A plan by its short name. Refusal `plan.unknown` (404)."""
    row = plans().filter(slug=slug).first()
    if row is None:
        raise Refusal("plan.unknown", Text(f"没有“{slug}”这份文件。", f"There is no document “{slug}”."), where="plan")
    return row


def clause_url(plan: Plan, cid: str) -> str:
    """Where a clause stands: /plan/2.7.2 for the main plan."""
    return f"/plan/{cid}" if plan.main else f"/plans/{plan.slug}/clauses/{cid}"


def _entered(_place: object, values: Values) -> Values:
    title = Text(values["title_zh"], values["title_en"] or "")
    return {**{name: each for name, each in values.items() if not name.startswith("title")}, "title": title}


def _sourced(plan: Plan, values: Values) -> Values:
    """The version that is meant, and its text: of the file, else as pasted."""
    latest = plan.versions.first()
    number = values["version"] or (latest.number if latest else 0)
    version, file = version_numbered(plan.slug, number), values["file"]
    if version is None:
        message = Text(f"没有第 {number} 版。", f"There is no version {number}.")
        raise Refusal("plan.version.unknown", message, where="version")
    pasted = (values["text"] or "").replace("\r\n", "\n")
    return {"version": version, "text": decoded(file) if isinstance(file, Upload) else pasted}


def _decided(_plan: Plan, values: Values) -> Values:
    decided = Decided(values["kind"], values["title"], values["decided_on"], values["document_no"] or "")
    return {"cid": values["clause"], "unit": values["unit"], "role": values["role"], "decided": decided}


def _clause_of(duty: Duty) -> str:
    return clause_url(duty.clause.version.plan, duty.clause.cid)


def _home_region(_place: object) -> Values:
    main = main_plan()
    return {"region": main.region} if main else {}


PLANS: Resource[Plan] = Resource(
    plural="plans",
    row="plan",
    title=TITLE,
    noun=Text("文件", "Document"),
    under="plans",
    key_of=lambda row: row.slug,
    find=plan_by_slug,
    rows=lambda _me, _place: plans(),
    seen=lambda _me, _row: True,
    named=lambda row: row.title,
    ref=plan_ref,
    scope=scope_of,
    crumbs=lambda _at: (Crumb(TITLE, "/plans/"),),
    traits=(
        Trait("slug", Text("短名", "Short name"), lambda row: row.slug, "code", list=False, fact=False),
        Trait("title", Text("文件", "Document"), lambda row: row.title, "words", leads=True, fact=False),
        Trait("document_no", Text("文号", "Number"), lambda row: row.document_no or None),
        Trait("based_on", Text("依据", "Based on"), lambda row: row.based_on or None, list=False, json=False),
        Trait("issuer", Text("发文机关", "Issued by"), lambda row: row.issuer or None),
        Trait("issued_on", Text("发文日期", "Issued"), lambda row: row.issued_on, "date", sort="issued_on"),
        Trait("main", Text("主方案", "Main plan"), lambda row: row.main, "boolean", list=False, fact=False),
        Trait("versions", Text("版本", "Versions"), lambda row: [str(each.number) for each in row.versions.all()],
              "codes"),
        Trait("version_count", Text("版本数", "Versions"), lambda row: len(row.versions.all()), "integer",
              sort="version_count", json=False),
    ),
    creation=Operation(
        "registration", _ENTRY.title, DRAFT, register_plan, _ENTRY, given=_home_region, takes=_entered,
        leads=lambda plan: f"/drafts/upload/?plan={plan.slug}",
    ),
    operations=(
        Operation("source", _SOURCE.title, DRAFT, load_words, _SOURCE, takes=_sourced, subject="",
                  when=lambda row: bool(row.versions.all()), leads=lambda version: version.url,
                  hint=Text("系统会逐条核对校验值：有一个字不同，就不载入。",
                            "Every clause is checked against its digest: one different character, nothing is loaded.")),
        Operation("duty", _DUTY, DECIDE, add_duty, duty_form, takes=_decided, leads=_clause_of,
                  when=lambda row: bool(row.versions.all()),
                  given=lambda _row: {"role": "support", "kind": "meeting", "decided_on": clock.today()}),
    ),
)  # fmt: skip

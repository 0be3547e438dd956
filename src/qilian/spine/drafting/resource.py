"""Drafts and the questions about them, each said once: traits, and all that is done with them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.db.models import QuerySet

from qilian.core.house.forms.api import FieldSpec, Form, Upload, When
from qilian.core.house.pages import Crumb, Section, Status
from qilian.core.house.principal import Principal
from qilian.core.offers.resource.api import Operation, Resource, Trait, Values, in_state
from qilian.core.rights.grants.api import allowed
from qilian.core.values.text import Refusal, Text, refuse_all
from qilian.core.who.units.api import EDIT as EDIT_UNITS
from qilian.spine.compiled.api import from_json
from qilian.spine.plan.api import (
    DRAFT,
    KINDS,
    PUBLISH,
    ROLE_WORDS,
    Plan,
    difference_context,
    difference_of_draft,
    plan_by_slug,
    plans,
    require_on,
    scope_of,
    unit_named,
)

from .kernel import review
from .models import OPEN_STATES, Draft, ReviewItem
from .queries import draft_by_code, item_by_code, suggestions_for
from .services.common import draft_ref
from .services.drafts import discard_draft, edit_clause, settle_item, upload_document
from .services.learning import WORDED
from .services.publishing import publish_version
from .services.registering import register_unit_of
from .services.suggesting import accept_suggestions

DRAFT_STATES = {
    "reading": Status(Text("正在读取", "Being read"), "amber"),
    "reviewing": Status(Text("正在审核", "Under review"), "amber"),
    "unreadable": Status(Text("读不出", "Unreadable"), "red"),
    "published": Status(Text("已发布", "Published"), "green"),
    "discarded": Status(Text("已放弃", "Given up"), "grey"),
}
VERDICTS = {
    "unit": Text("认定单位", "A unit"),
    "word": Text("记住用词", "A word of this house"),
    "edited": Text("已在台账里改正", "Corrected in the clause list"),
    "dismissed": Text("不用处理", "Nothing to do"),
}
_ROLES = tuple(ROLE_WORDS.items())
MEANINGS = {
    "unknown_label": _ROLES,
    "unread_table": (*_ROLES, ("person", Text("责任人", "Person")), ("when", Text("时限", "Deadline"))),
}
_REASON = FieldSpec("reason", Text("理由", "Reason"), length=300)
_NOTE = FieldSpec("note", Text("发布说明", "Note"), required=False, length=300)
_A_LINE = Text("一行一个单位，写名册里的名称。", "One unit a line, by a name of the register.")
CORRECTION = Form(
    "correction",
    Text("改正分工", "Correct the units of a clause"),
    (
        FieldSpec("clause", Text("条", "Clause"), length=40),
        *(FieldSpec(role, word, "textarea", required=False, hint=_A_LINE) for role, word in _ROLES),
    ),
)
REGISTRATION = Form(
    "registration",
    Text("登记为新单位", "Enter it as a new unit"),
    (
        FieldSpec("zh", Text("名称", "Name in Chinese"), length=120),
        FieldSpec("en", Text("英文名称", "Name in English"), required=False, length=200),
        FieldSpec("full_zh", Text("全称", "Full name in Chinese"), required=False, length=120),
        FieldSpec("full_en", Text("英文全称", "Full name in English"), required=False, length=200),
        FieldSpec("kind", Text("类别", "Kind"), "choice", choices=tuple(KINDS.items())),
        FieldSpec("valid_from", Text("自何日起", "From"), "date", required=False),
        FieldSpec("source", Text("依据", "Source"), length=300,
                  hint=Text("设立它的文件名称或文号。", "The title or number of the document that set it up.")),
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _File:
    """A file of a form, as keeping it asks for."""

    name: str
    content: bytes
    content_type: str = ""

    def chunks(self) -> Iterable[bytes]:
        """The content in one piece."""
        yield self.content


def upload_form(_place: str) -> Form:
    """The document of which plan: as a file, or pasted."""
    choices = tuple((plan.slug, plan.title) for plan in plans())
    return Form(
        "draft",
        Text("上传新版本", "Upload a new version"),
        (
            FieldSpec("plan", Text("文件", "Document"), "choice", choices=choices, finds=_plan),
            FieldSpec("file", Text("方案文件", "File"), "file", required=False, accept=".txt,.docx,.pdf",
                      hint=Text("可以是 .docx、.pdf 或 .txt。", "A .docx, .pdf or .txt file.")),
            FieldSpec("text", Text("或者粘贴全文", "Or paste the whole text"), "textarea", required=False,
                      length=2_000_000),
            FieldSpec("note", Text("说明", "Note"), required=False, length=300),
        ),
    )  # fmt: skip


def acceptance_form(draft: Draft) -> Form:
    """The open questions for which a unit is suggested, each with the unit."""
    choices = tuple(
        (
            code,
            Text(f"{item.key} → {best.name}（相近 {best.likeness}%）", f"{item.key} → {best.name} ({best.likeness}%)"),
        )
        for code, (item, best) in suggestions_for(draft).items()
    )
    fields = (FieldSpec("items", Text("采纳哪些建议", "Which suggestions"), "choices", choices=choices),)
    return Form("acceptance", Text("采纳建议", "Accept suggestions"), fields if choices else ())


def settlement_form(item: ReviewItem) -> Form:
    """How a question can be settled: by its kind with a unit, a word, a correction or a reason."""
    kinds = ("unit",) if item.kind == review.UNIT else ("edited", *(["word"] if item.kind in WORDED else []))
    choices = tuple((verdict, VERDICTS[verdict]) for verdict in (*kinds, "dismissed"))
    fields = [FieldSpec("verdict", Text("处理办法", "How"), "choice", choices=choices)]
    if "unit" in kinds:
        unit = FieldSpec("unit", Text("单位", "Unit"), length=120, finds=unit_named, picks="unit")
        fields.append(_only(unit, "unit"))
    if "word" in kinds:
        word = FieldSpec("word", Text("表头或标签用词", "Word of the title or label"), length=16)
        means = FieldSpec("means", Text("含义", "Meaning"), "choice", choices=MEANINGS[item.kind])
        fields += [_only(word, "word"), _only(means, "word")]
    return Form("settlement", Text("处理", "Settle"), (*fields, _only(_REASON, "dismissed")))


def _only(field: FieldSpec, verdict: str) -> FieldSpec:
    return replace(field, when=When("verdict", (verdict,)))


def before_publication(draft: Draft) -> Sequence[Section]:
    """What the publisher decides on: clauses that nobody answers for, and what changes against the version in force."""
    sections = gap_sections(draft)
    before = draft.plan.versions.first()
    if before is None:
        return sections
    difference = difference_of_draft(before, from_json(draft.compiled), draft.plan)
    title = Text(f"与现行第 {before.number} 版相比", f"Against version {before.number}, now in force")
    context = difference_context(difference, draft.plan)
    return (*sections, Section(title, "difference", template="spine/plan/difference.html", context=context))


def gap_sections(draft: Draft) -> tuple[Section, ...]:
    """A warning where clauses have no unit, or units and no lead; nothing where all have one."""
    gaps = review.gaps(from_json(draft.compiled))
    said = [
        (gaps.without_unit, Text("没有责任单位", "No unit answers for")),
        (gaps.without_lead, Text("有配合单位，没有牵头单位", "Units support, nobody leads")),
    ]
    lines = [
        Text(f"{words.zh}（{len(found)} 条）：{'、'.join(found)}。", f"{words.en} ({len(found)}): {', '.join(found)}.")
        for found, words in said
        if found
    ]
    return (Section(Text("请先核对", "Check first"), "gaps", paragraphs=lines),) if lines else ()


def _plan(slug: str) -> Plan:
    return plan_by_slug("", slug)


def _handed_in(_place: object, values: Values) -> Values:
    file, text = values["file"], values["text"]
    return {
        "plan": values["plan"],
        "note": values["note"],
        "file": _File(file.name, file.content) if isinstance(file, Upload) else None,
        "text": text.replace("\r\n", "\n") if text else None,
    }


def _corrected(_draft: object, values: Values) -> Values:
    """(role, slug) pairs of the lines; Refusal `plan.unit.unnamed` for each line that is no unit."""
    pairs, wrong = [], []
    for role, _ in _ROLES:
        for line in filter(None, map(str.strip, (values[role] or "").splitlines())):
            try:
                pairs.append((role, unit_named(line).slug))
            except Refusal as refusal:
                wrong.append(Refusal(refusal.code, refusal.message, where=role, remedy=refusal.remedy))
    refuse_all(wrong)
    return {"cid": values["clause"], "duties": pairs}


def _entered(_item: object, values: Values) -> Values:
    full = Text(values["full_zh"] or "", values["full_en"] or "")
    names = {"name": Text(values["zh"], values["en"] or ""), "full": full if full.zh else None}
    return {**{name: values[name] for name in ("kind", "valid_from", "source")}, **names}


def _accepted(_draft: object, values: Values) -> Values:
    return {"items": values.get("items", ())}


def _drafts_of(me: Principal) -> QuerySet[Draft]:
    mine = [plan.pk for plan in plans() if allowed(me, DRAFT, scope_of(plan))]
    return Draft.objects.filter(plan__in=mine).select_related("plan", "version").order_by("-pk")


def _seen(me: Principal, plan: Plan) -> bool:
    require_on(me, DRAFT, plan)
    return True


def _assigned(draft: Draft) -> dict[str, list[str]]:
    clauses = from_json(draft.compiled).clauses
    return {row.id: [f"{each.role}:{each.resolution or each.unit}" for each in row.assignments] for row in clauses}


def _open_item(item: ReviewItem) -> bool:
    return item.state == "open" and item.draft.state == "reviewing"


def _span(item: ReviewItem) -> dict[str, int]:
    return {"start": item.span_start, "end": item.span_end}


ITEM_TRAITS: Sequence[Trait[ReviewItem]] = (
    Trait("code", Text("编码", "Code"), lambda row: row.code, "code", list=False, fact=False),
    Trait("kind", Text("类别", "Kind"), lambda row: row.kind, "code", list=False),
    Trait("key", Text("内容", "About"), lambda row: row.key, list=False),
    Trait("message", Text("问题", "Question"), lambda row: row.message, leads=True, fact=False),
    Trait(
        "span",
        Text("位置", "Place"),
        lambda row: {"start": row.span_start, "end": row.span_end},
        "object",
        list=False,
        fact=False,
    ),
    Trait("state", Text("状态", "State"), lambda row: row.state, "code", fact=False),
    Trait("verdict", Text("办法", "How"), lambda row: VERDICTS.get(row.verdict), plain=lambda row: row.verdict or None),
)

ITEMS: Resource[ReviewItem] = Resource(
    plural="questions",
    row="item",
    title=Text("草稿的疑点", "Questions about drafts"),
    noun=Text("疑点", "Question"),
    under="questions",
    find=item_by_code,
    rows=lambda me, _place: ReviewItem.objects.filter(draft__in=_drafts_of(me), state="open").select_related(
        "draft__plan"
    ),
    seen=lambda me, row: _seen(me, row.draft.plan),
    named=lambda row: row.message,
    ref=lambda row: draft_ref(row.draft),
    scope=lambda row: scope_of(row.draft.plan),
    crumbs=lambda at: (
        (
            Crumb(Text("文件与版本", "Documents"), "/plans/"),
            Crumb(at.draft.plan.title, at.draft.plan.url),
            Crumb(Text(f"草稿 {at.draft.number}", f"Draft {at.draft.number}"), at.draft.url),
        )
        if isinstance(at, ReviewItem)
        else ()
    ),
    traits=ITEM_TRAITS,
    operations=(
        Operation("settlement", Text("处理", "Settle"), DRAFT, settle_item, settlement_form, when=_open_item,
                  leads=lambda item: item.draft.questions_url),
        Operation("registration", REGISTRATION.title, EDIT_UNITS, register_unit_of, REGISTRATION, takes=_entered,
                  given=lambda item: {"zh": item.key, "kind": "department"},
                  when=lambda item: item.kind == review.UNIT and _open_item(item),
                  leads=lambda item: item.draft.questions_url),
    ),
)  # fmt: skip

DRAFTS: Resource[Draft] = Resource(
    plural="drafts",
    row="draft",
    title=Text("方案草稿", "Drafts of plans"),
    noun=Text("草稿", "Draft"),
    under="drafts",
    find=draft_by_code,
    rows=lambda me, _place: _drafts_of(me),
    seen=lambda me, row: _seen(me, row.plan),
    named=lambda row: Text(f"{row.plan.title.zh} 草稿 {row.number}", f"{row.plan.title.en}, draft {row.number}"),
    ref=draft_ref,
    scope=lambda row: scope_of(row.plan),
    crumbs=lambda at: (
        Crumb(Text("文件与版本", "Documents"), "/plans/"),
        *((Crumb(at.plan.title, at.plan.url),) if isinstance(at, Draft) else ()),
    ),
    traits=(
        Trait("code", Text("编码", "Code"), lambda row: row.code, "code", list=False, fact=False),
        Trait("plan", Text("文件", "Document"), lambda row: row.plan.title, "text", url=lambda row: row.plan.url,
              fact=False, plain=lambda row: row.plan.slug),
        Trait("number", Text("草稿", "Draft"), lambda row: row.number, "integer", leads=True, fact=False),
        Trait("state", Text("状态", "State"), lambda row: DRAFT_STATES[row.state], "status",
              plain=lambda row: row.state),
        Trait("file", Text("文件", "Document"), lambda row: row.file_name or Text("粘贴的文字", "pasted text")),
        Trait("uploaded_at", Text("上传", "Uploaded"), lambda row: row.created_at, "datetime"),
        Trait("creator", Text("上传人", "By"), lambda row: row.creator or None),
        Trait("note", Text("说明", "Note"), lambda row: row.note or None, fact=False),
        Trait("version", Text("发布为版本", "Published as version"),
              lambda row: row.version.number if row.version else None, "integer", list=False),
        Trait("clauses", Text("各条的单位", "Units of each clause"), _assigned, "object"),
        Trait("items", Text("疑点", "Questions"), lambda row: row.items.all(), "rows", of=ITEM_TRAITS),
    ),
    creation=Operation("upload", Text("上传并编译", "Upload and compile"), DRAFT, upload_document, upload_form,
                       takes=_handed_in),
    operations=(
        Operation("acceptance", Text("采纳建议", "Accept suggestions"), DRAFT, accept_suggestions, acceptance_form,
                  given=lambda draft: {"items": list(suggestions_for(draft))}, takes=_accepted,
                  when=lambda draft: draft.state == "reviewing" and bool(suggestions_for(draft)),
                  leads=lambda draft: draft.questions_url),
        Operation("publication", Text("发布为新版本", "Publish as a new version"), PUBLISH, publish_version,
                  Form("publication", Text("发布", "Publish"), (_NOTE,)), when=in_state("reviewing"),
                  before=before_publication, leads=lambda version: version.url,
                  hint=Text("发布后谁也不能再改。", "Once published, nobody can change it.")),
        Operation("correction", CORRECTION.title, DRAFT, edit_clause, CORRECTION, takes=_corrected,
                  when=in_state("reviewing"), leads=lambda draft: draft.url),
        Operation("discarding", Text("放弃草稿", "Give the draft up"), DRAFT, discard_draft,
                  Form("reason", _REASON.label, (_REASON,)), when=in_state(*OPEN_STATES), dangerous=True,
                  leads=lambda draft: draft.plan.url),
    ),
)  # fmt: skip

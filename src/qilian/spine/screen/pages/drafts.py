"""Drafts: upload, then source and clauses side by side with a queue of what a person must settle, then publication."""

from collections.abc import Mapping

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect

from qilian.core.house.pages import Crumb, Fact, Field, Head, Page, RecordPage, Section, StepForm, show
from qilian.core.log.events.api import timeline
from qilian.core.rights.grants.api import current_principal
from qilian.core.values.text import Refusal, Text
from qilian.core.who.units.api import known_units, suggest
from qilian.spine.compiled.api import CompiledClause, CompiledPlan, from_json
from qilian.spine.drafting.api import (
    Draft,
    ReviewItem,
    discard_draft,
    draft_numbered,
    draft_ref,
    edit_clause,
    publish_version,
    settle_item,
    upload_document,
)
from qilian.spine.plan.api import DRAFT, PUBLISH, Plan, require_on
from qilian.spine.screen.highlight import Mark, segments

from .common import DEADLINE, PLANS_CRUMB, ROLE_WORDS, TARGET, found, may, plan_of, said_of
from .documents import DRAFT_STATES, STEPS
from .exports import AGAIN_SECONDS
from .unitfield import find_unit, unit_choices

_ROLE_MEANINGS = tuple((role, word) for role, word in ROLE_WORDS.items())
_MEANINGS = {
    "unknown_label": _ROLE_MEANINGS,
    "unread_table": (*_ROLE_MEANINGS, ("person", Text("责任人", "Person")), ("when", DEADLINE)),
}


def upload_form(request: HttpRequest, slug: str) -> HttpResponse:
    """Upload a document or paste its text."""
    plan = plan_of(slug)
    require_on(current_principal(), DRAFT, plan)
    if request.method != "POST":
        return show(_upload_page(plan, {}))
    data = request.POST.dict()
    file = request.FILES.get("file")
    try:
        draft = upload_document(
            actor=current_principal(),
            plan=plan,
            text=data.get("text", "").replace("\r\n", "\n"),
            file=file if isinstance(file, UploadedFile) else None,
            note=data.get("note", ""),
        )
    except Refusal as refusal:
        return show(_upload_page(plan, data, refusal), status=422)
    return HttpResponseRedirect(f"{plan.url}drafts/{draft.number}/")


def draft_page(_request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Draw a draft for who may draft: how far the reader is, or source, clauses and queue."""
    draft = _draft(slug, number)
    response = show(_review_page(draft) if draft.text else _waiting_page(draft))
    if draft.state == "reading":
        response.headers["Refresh"] = str(AGAIN_SECONDS)
    return response


def settle(request: HttpRequest, slug: str, number: int, code: str) -> HttpResponse:
    """Settle one item of the queue, then show the next one."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    draft = _draft(slug, number)
    item = found(draft.items.select_related("draft__plan").filter(code=code).first())
    verdict = request.POST.get("verdict", "")
    written = request.POST.get("unit", "") or request.POST.get("written", "")
    unit = find_unit(written) if verdict == "unit" else None
    try:
        given = {name: request.POST.get(name, "") for name in ("reason", "word", "means")}
        settle_item(actor=current_principal(), item=item, verdict=verdict, unit=unit, **given)
    except Refusal as refusal:
        if refusal.code.startswith("grants."):
            raise
        return show(_review_page(draft, problem=refusal, at=item), status=422)
    return HttpResponseRedirect(f"{draft.url}#queue")


def clause_form(request: HttpRequest, slug: str, number: int, cid: str) -> HttpResponse:
    """Correct the units of one clause: one unit a line, by role."""
    draft = _draft(slug, number)
    clause = found(from_json(draft.compiled).clause(cid))
    if request.method != "POST":
        return show(_clause_form(draft, clause, _as_lines(clause)))
    data = {role: request.POST.get(role, "") for role in ROLE_WORDS}
    try:
        edit_clause(actor=current_principal(), draft=draft, cid=cid, duties=_read_lines(data))
    except Refusal as refusal:
        if refusal.code.startswith("grants."):
            raise
        return show(_clause_form(draft, clause, data, refusal), status=422)
    return HttpResponseRedirect(f"{draft.url}#l-{cid}")


def publish(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Publish a draft."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    draft = _draft(slug, number)
    try:
        version = publish_version(actor=current_principal(), draft=draft, note=request.POST.get("note", ""))
    except Refusal as refusal:
        if refusal.code.startswith("grants."):
            raise
        return show(_review_page(draft, problem=refusal) if draft.text else _waiting_page(draft), status=422)
    return HttpResponseRedirect(version.url)


def discard(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Give a draft up, for a reason."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    draft = _draft(slug, number)
    try:
        discard_draft(actor=current_principal(), draft=draft, reason=request.POST.get("reason", ""))
    except Refusal as refusal:
        if refusal.code.startswith("grants."):
            raise
        return show(_review_page(draft, problem=refusal) if draft.text else _waiting_page(draft), status=422)
    return HttpResponseRedirect(draft.plan.url)


def _draft(slug: str, number: int) -> Draft:
    """A draft, for who may draft on its plan: 403 before anything of it is read."""
    require_on(current_principal(), DRAFT, plan_of(slug))
    return found(draft_numbered(slug, number))


def _upload_page(plan: Plan, data: Mapping[str, str], refusal: Refusal | None = None) -> StepForm:
    title = Text("上传新版本", "Upload a new version")
    return StepForm(
        head=Head(title=title, crumbs=(PLANS_CRUMB, Crumb(plan.title, plan.url), Crumb(title))),
        fields=(
            Field(
                "file",
                Text("方案文件", "Document"),
                "file",
                required=False,
                accept=".txt,.docx,.pdf",
                hint=Text("可以是 .docx、.pdf 或 .txt。", "A .docx, .pdf or .txt file."),
            ),
            Field(
                "text",
                Text("或者粘贴全文", "Or paste the whole text"),
                "textarea",
                data.get("text", ""),
                required=False,
            ),
            Field("note", Text("说明", "Note"), value=data.get("note", ""), required=False),
        ),
        submit=Text("上传并编译", "Upload and compile"),
        refusals=(refusal,) if refusal else (),
        steps=STEPS,
        step=1,
    )


def _waiting_page(draft: Draft) -> RecordPage:
    said = Text("后台正在读取文件，通常几秒钟。", "The document is being read, usually within seconds.")
    if draft.state == "unreadable" and draft.failure:
        said = Text(draft.failure["zh"], draft.failure["en"])
    sections = [Section(paragraphs=(said,))]
    if draft.is_open:
        sections.append(Section(template="spine/plan/discard.html", context={"draft": draft}))
    return RecordPage(_head(draft, None), sections, timeline(draft_ref(draft), note=said_of))


def _review_page(draft: Draft, *, problem: Refusal | None = None, at: ReviewItem | None = None) -> Page:
    compiled = from_json(draft.compiled)
    items = list(draft.items.select_related("unit").prefetch_related("unit__names"))
    waiting = [item for item in items if item.state == "open"]
    names = {slug: title for slug, title in unit_choices() if slug}
    editable = draft.state == "reviewing"
    context = {
        "draft": draft,
        "segments": segments(draft.text, _marks(compiled, waiting)),
        "rows": [_row(draft, clause, names, editable=editable) for clause in compiled.clauses],
        "queue": _queue(waiting) if editable else (),
        "settled": [item for item in items if item.state == "settled"],
        "units": list(names.values()) if editable and waiting else (),
        "problem": problem,
        "problem_at": at.code if at else "",
        "may_publish": editable and may(PUBLISH, draft.plan),
        "editable": editable,
        "timeline": timeline(draft_ref(draft), note=said_of),
    }
    return Page(_head(draft, (len(compiled.clauses), len(waiting))), "spine/plan/draft.html", context)


def _head(draft: Draft, counts: tuple[int, int] | None) -> Head:
    name = Text(f"草稿 {draft.number}", f"Draft {draft.number}")
    plan = draft.plan
    return Head(
        title=Text(f"{plan.title.zh} 草稿 {draft.number}", f"{plan.title.en}, draft {draft.number}"),
        crumbs=(PLANS_CRUMB, Crumb(plan.title, plan.url), Crumb(name)),
        facts=(
            Fact(Text("状态", "State"), DRAFT_STATES[draft.state]),
            *(
                (Fact(Text("条", "Clauses"), counts[0]), Fact(Text("待处理", "To settle"), counts[1], url="#queue"))
                if counts
                else ()
            ),
            Fact(Text("文件", "Document"), draft.file_name or Text("粘贴的文字", "pasted text")),
            Fact(Text("上传", "Uploaded"), draft.created_at),
            *((Fact(Text("上传人", "By"), draft.creator),) if draft.creator else ()),
        ),
    )


def _marks(compiled: CompiledPlan, waiting: list[ReviewItem]) -> list[Mark]:
    marks = [Mark("doubt", (item.span_start, item.span_end)) for item in waiting]
    for clause in compiled.clauses:
        marks.append(Mark("clause", clause.span, clause.id))
        marks += [Mark(each.role, each.span, clause.id) for each in clause.assignments if each.span[0] < each.span[1]]
        marks += [Mark("deadline", each.span, clause.id) for each in clause.deadlines]
        marks += [Mark("target", each.span, clause.id) for each in clause.targets]
    return marks


def _row(draft: Draft, clause: CompiledClause, names: Mapping[str, Text], *, editable: bool) -> dict[str, object]:
    units = [
        {
            "role": ROLE_WORDS[each.role],
            "name": _said(each.unit, names.get(each.resolution or "")),
            "place": f"#s{each.span[0]}" if each.span[0] < each.span[1] else f"#s{clause.span[0]}",
            "unknown": not each.resolution,
        }
        for each in clause.assignments
    ]
    return {
        "cid": clause.id,
        "anchor": f"#s{clause.span[0]}",
        "edit": f"{draft.url}clauses/{clause.id}" if editable else "",
        "units": units,
        "facts": [
            *((DEADLINE, each.text, f"#s{each.span[0]}") for each in clause.deadlines),
            *((TARGET, each.text, f"#s{each.span[0]}") for each in clause.targets),
        ],
    }


def _said(raw: str, name: Text | None) -> Text:
    """The string as written, with the unit's present name where that is another one."""
    if name is None:
        return Text(raw, raw)
    return Text(raw if raw == name.zh else f"{raw}（{name.zh}）", f"{name.en} ({raw})")


def _queue(waiting: list[ReviewItem]) -> list[dict[str, object]]:
    known = known_units() if any(item.kind == "unit" for item in waiting) else ()
    return [
        {
            "item": item,
            "is_unit": item.kind == "unit",
            "meanings": _MEANINGS.get(item.kind, ()),
            "place": f"#s{item.span_start}",
            "suggestions": suggest(item.key, known, most=3) if item.kind == "unit" else (),
        }
        for item in waiting
    ]


def _clause_form(
    draft: Draft, clause: CompiledClause, lines: Mapping[str, str], refusal: Refusal | None = None
) -> StepForm:
    title = Text(f"改正第 {clause.id} 条的分工", f"Correct the units of clause {clause.id}")
    name = Text(f"草稿 {draft.number}", f"Draft {draft.number}")
    hint = Text("一行一个单位，写名录里的名称。", "One unit a line, by a name of the register.")
    return StepForm(
        head=Head(
            title=title,
            crumbs=(PLANS_CRUMB, Crumb(draft.plan.title, draft.plan.url), Crumb(name, draft.url), Crumb(clause.id)),
            quote=clause.text,
        ),
        fields=[
            Field(role, word, "textarea", lines.get(role, ""), required=False, hint=hint)
            for role, word in ROLE_WORDS.items()
        ],
        submit=Text("保存", "Save"),
        refusals=(refusal,) if refusal else (),
    )


def _as_lines(clause: CompiledClause) -> dict[str, str]:
    names = {slug: title.zh for slug, title in unit_choices()}
    return {
        role: "\n".join(
            names[each.resolution] for each in clause.assignments if each.role == role and each.resolution in names
        )
        for role in ROLE_WORDS
    }


def _read_lines(lines: Mapping[str, str]) -> list[tuple[str, str]]:
    """(role, slug) pairs of the lines; Refusal `plan.unit.unnamed` names the first line that is no unit."""
    pairs = []
    for role, written in lines.items():
        for line in filter(None, map(str.strip, written.splitlines())):
            unit = find_unit(line)
            if unit is None:
                raise Refusal(
                    "plan.unit.unnamed",
                    Text(f"名录里没有“{line}”。", f"The register has no “{line}”."),
                    where=role,
                    remedy=Text("请按名录里的名称填写。", "Write it as the register does."),
                )
            pairs.append((role, unit.slug))
    return pairs

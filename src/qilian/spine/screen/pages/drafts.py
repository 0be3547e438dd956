"""A draft: what is open, source and clauses side by side, what was settled; the units of one clause."""

from collections.abc import Mapping, Sequence

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_safe

from qilian.core.house.forms.api import screen_fields, sent_in
from qilian.core.house.pages import Action, Crumb, Fact, Head, Page, RecordPage, Section, StepForm, show
from qilian.core.log.events.api import timeline
from qilian.core.offers.resource.api import Sent, act, actions, facts, listed, visible
from qilian.core.rights.grants.api import current_principal, require_somewhere
from qilian.core.values import clock
from qilian.core.values.text import Refusal, Text
from qilian.core.who.units.api import unit_names
from qilian.spine.compiled.api import CompiledClause, CompiledPlan, from_json
from qilian.spine.drafting.api import CORRECTION, DRAFTS, VERDICTS, Draft, ReviewItem, draft_ref, gap_sections
from qilian.spine.plan.api import DRAFT, ROLE_WORDS
from qilian.spine.screen.highlight import Mark, segments

from .common import DEADLINE, PLANS_CRUMB, TARGET, found, said_of, written_and_settled
from .exports import AGAIN_SECONDS


@require_safe
def draft_list(_request: HttpRequest) -> HttpResponse:
    """The drafts of the plans on which the reader may draft."""
    require_somewhere(current_principal(), DRAFT)
    empty = Text("您可以起草的文件还没有草稿。", "The documents that you may draft have no draft yet.")
    return listed(DRAFTS, "", Head(DRAFTS.title, crumbs=(PLANS_CRUMB, Crumb(DRAFTS.title))), empty=empty)


@require_safe
def draft_page(_request: HttpRequest, code: str) -> HttpResponse:
    """Draw a draft for who may draft: how far the reader is, or what is open beside source and clauses."""
    draft = visible(DRAFTS, "", code)
    response = show(_review_page(draft) if draft.text else _waiting_page(draft))
    if draft.state == "reading":
        response.headers["Refresh"] = str(AGAIN_SECONDS)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def clause_form(request: HttpRequest, code: str, cid: str) -> HttpResponse:
    """Correct the units of one clause: one unit a line, by role."""
    draft = visible(DRAFTS, "", code)
    clause = found(from_json(draft.compiled).clause(cid))
    if request.method != "POST":
        return show(_clause_form(draft, clause, _as_lines(clause)))
    sent = {**sent_in(CORRECTION, request), "clause": cid}
    try:
        act(DRAFTS, DRAFTS.operation("correction"), current_principal(), draft, Sent(sent))
    except Refusal as refusal:
        if refusal.code.startswith("grants."):
            raise
        return show(_clause_form(draft, clause, sent, refusal.every), status=422)
    return HttpResponseRedirect(f"{draft.url}#l-{cid}")


def marks_of_draft(compiled: CompiledPlan, waiting: Sequence[ReviewItem]) -> list[Mark]:
    """The places of all facts of a draft and of what is still open."""
    marks = [Mark("doubt", (item.span_start, item.span_end)) for item in waiting]
    for clause in compiled.clauses:
        marks.append(Mark("clause", clause.span, clause.id))
        marks += [Mark(each.role, each.span, clause.id) for each in clause.assignments if each.span[0] < each.span[1]]
        marks += [Mark("deadline", each.span, clause.id) for each in clause.deadlines]
        marks += [Mark("target", each.span, clause.id) for each in clause.targets]
    return marks


def question_url(item: ReviewItem) -> str:
    """Where a question is settled: beside its place in the source."""
    return f"{item.draft.questions_url}?at={item.code}#s{item.span_start}"


def _waiting_page(draft: Draft) -> RecordPage:
    said = Text("后台正在读取文件，通常几秒钟。", "The document is being read, usually within seconds.")
    if draft.state == "unreadable" and draft.failure:
        said = Text(draft.failure["zh"], draft.failure["en"])
    return RecordPage(_head(draft, None), [Section(paragraphs=(said,))], timeline(draft_ref(draft), note=said_of))


def _review_page(draft: Draft) -> Page:
    compiled = from_json(draft.compiled)
    items = list(draft.items.select_related("unit").prefetch_related("unit__names"))
    waiting = [item for item in items if item.state == "open"]
    names = unit_names(on=clock.today())
    editable = draft.state == "reviewing"
    context = {
        "draft": draft,
        "segments": segments(draft.text, marks_of_draft(compiled, waiting)),
        "rows": [_row(draft, clause, names, editable=editable) for clause in compiled.clauses],
        "queue": [(item, question_url(item)) for item in waiting] if editable else (),
        "gaps": gap_sections(draft) if editable else (),
        "settled": [(item, VERDICTS[item.verdict]) for item in items if item.state == "settled"],
        "editable": editable,
        "timeline": timeline(draft_ref(draft), note=said_of),
    }
    return Page(_head(draft, (len(compiled.clauses), len(waiting))), "spine/plan/draft.html", context)


def _head(draft: Draft, counts: tuple[int, int] | None) -> Head:
    counted = (
        (Fact(Text("条", "Clauses"), counts[0]), Fact(Text("待处理", "To settle"), counts[1], url="#queue"))
        if counts
        else ()
    )
    return Head(
        title=DRAFTS.named(draft),
        crumbs=(*DRAFTS.crumbs(draft), Crumb(Text(f"草稿 {draft.number}", f"Draft {draft.number}"))),
        facts=(*counted, *facts(DRAFTS, draft)),
        actions=_actions(draft, counts[1] if counts else 0),
    )


def _actions(draft: Draft, waiting: int) -> tuple[Action, ...]:
    """What may be done: with open questions settling them is the next step, without any, publication."""
    settle = Action(Text("逐项处理", "Settle one by one"), draft.questions_url, primary=True)
    offered = [
        Action(
            each.title, each.url, primary=each.url.endswith("/publication/") and not waiting, dangerous=each.dangerous
        )
        for each in actions(DRAFTS, draft, current_principal())
        if not each.url.endswith("/correction/")
    ]
    return (*((settle,) if waiting and draft.state == "reviewing" else ()), *offered)


def _row(draft: Draft, clause: CompiledClause, names: Mapping[str, Text], *, editable: bool) -> dict[str, object]:
    units = [
        {
            "role": ROLE_WORDS[each.role],
            "name": written_and_settled(each.unit, names.get(each.resolution or "")),
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


def _clause_form(
    draft: Draft, clause: CompiledClause, lines: Mapping[str, object], refusals: Sequence[Refusal] = ()
) -> StepForm:
    title = Text(f"改正第 {clause.id} 条的分工", f"Correct the units of clause {clause.id}")
    name = Text(f"草稿 {draft.number}", f"Draft {draft.number}")
    fields = screen_fields(CORRECTION, dict(lines), refusals)  # type: ignore[arg-type] # texts by the names of fields
    return StepForm(
        head=Head(title, (*DRAFTS.crumbs(draft), Crumb(name, draft.url), Crumb(clause.id)), quote=clause.text),
        fields=[each for each in fields if each.name != "clause"],
        submit=Text("保存", "Save"),
        refusals=refusals,
    )


def _as_lines(clause: CompiledClause) -> dict[str, str]:
    names = {slug: title.zh for slug, title in unit_names(on=clock.today()).items()}
    return {
        role: "\n".join(
            names[each.resolution] for each in clause.assignments if each.role == role and each.resolution in names
        )
        for role in ROLE_WORDS
    }

"""The questions of a draft one by one, each beside its place in the source: a split view that needs no script."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_safe

from qilian.core.house.forms.api import screen_fields, sent_in
from qilian.core.house.pages import Crumb, Fact, Field, Head, Page, show
from qilian.core.offers.resource.api import Sent, act, fitting, visible
from qilian.core.rights.grants.api import current_principal
from qilian.core.values.text import Refusal, Text
from qilian.spine.compiled.api import from_json
from qilian.spine.drafting.api import DRAFTS, ITEMS, UNIT, Draft, ReviewItem, suggestions_of
from qilian.spine.screen.highlight import Mark, segments

from .drafts import marks_of_draft, question_url

_DONE = {
    "unit": Text("已认定为{unit}。", "It is now {unit}."),
    "word": Text("已记住这个用词。", "The word is remembered."),
    "edited": Text("已标为改正。", "Marked as corrected."),
    "dismissed": Text("已标为不用处理。", "Marked as nothing to do."),
}


@dataclass(frozen=True, slots=True)
class Answered:
    """What was sent for a question and refused: which form, what was typed, what is wrong."""

    form: str = ""
    written: Mapping[str, Any] | None = None
    refusals: Sequence[Refusal] = ()


@require_http_methods(["GET", "HEAD", "POST"])
def questions_page(request: HttpRequest, code: str) -> HttpResponse:
    """Draw one open question beside the source (`?at=`, else the first); POST settles it and leads to the next."""
    draft = visible(DRAFTS, "", code)
    waiting = _open_items(draft)
    asked = request.GET.get("at", "")
    item = next((each for each in waiting if each.code == asked), waiting[0] if waiting else None)
    if item is None or draft.state != "reviewing":
        return HttpResponseRedirect(draft.url)
    if request.method != "POST":
        return show(_page(draft, waiting, item, Answered()))
    if item.code != asked:  # settled by somebody else in the meantime
        return HttpResponseRedirect(question_url(item))
    return _answer(request, draft, waiting, item)


@require_safe
def question_page(_request: HttpRequest, code: str) -> HttpResponse:
    """Lead to a question's place among those of its draft."""
    return HttpResponseRedirect(question_url(visible(ITEMS, "", code)))


def _answer(request: HttpRequest, draft: Draft, waiting: Sequence[ReviewItem], item: ReviewItem) -> HttpResponse:
    noun = "registration" if request.POST.get("do") == "registration" else "settlement"
    operation = ITEMS.operation(noun)
    sent = sent_in(operation.asked(item), request)
    try:
        done = act(ITEMS, operation, current_principal(), item, Sent(sent))
    except Refusal as refusal:
        if refusal.code.startswith("grants."):
            raise
        return show(_page(draft, waiting, item, Answered(noun, sent, refusal.every)), status=422)
    unit = done.unit.names.first().zh if done.unit else ""
    messages.success(request, str(_DONE[done.verdict].filled(unit=unit)))
    return HttpResponseRedirect(_after(draft, waiting, item))


def _after(draft: Draft, waiting: Sequence[ReviewItem], item: ReviewItem) -> str:
    """The next open question behind the one that was settled, else the first, else the draft."""
    left = {each.code: each for each in _open_items(draft)}
    place = [each.code for each in waiting].index(item.code)
    order = [*waiting[place + 1 :], *waiting[:place]]
    return next((question_url(left[each.code]) for each in order if each.code in left), draft.url)


def _open_items(draft: Draft) -> list[ReviewItem]:
    items = list(draft.items.filter(state="open"))
    for item in items:
        item.draft = draft
    return items


def _page(draft: Draft, waiting: Sequence[ReviewItem], item: ReviewItem, answered: Answered) -> Page:
    place = waiting.index(item)
    here = Mark("here", (item.span_start, item.span_end))
    facts = marks_of_draft(from_json(draft.compiled), waiting)
    marks = [*(replace(each, clause="") for each in facts), here]  # there is no list of clauses to lead to
    context = {
        "draft": draft,
        "item": item,
        "number": place + 1,
        "total": len(waiting),
        "segments": segments(draft.text, marks),
        "before": question_url(waiting[place - 1]) if place else "",
        "behind": question_url(waiting[place + 1]) if place + 1 < len(waiting) else "",
        "others": [(n, each, question_url(each), each == item) for n, each in enumerate(waiting, 1)],
        "suggestions": suggestions_of([item]).get(item.code, ()),
        "wrong": answered.refusals,
        **_forms(item, answered),
    }
    return Page(_head(draft, len(waiting)), "spine/plan/questions.html", context)


def _forms(item: ReviewItem, answered: Answered) -> dict[str, object]:
    """The fields of each way to answer, with what was typed and what is wrong with it."""
    settling = _fields(item, "settlement", answered)
    entering = [each.noun for each in fitting(ITEMS, current_principal(), item)]
    return {
        "is_unit": item.kind == UNIT,
        "fields_unit": [settling["unit"]] if "unit" in settling else (),
        "fields_word": [settling["word"], settling["means"]] if "word" in settling else (),
        "fields_reason": [settling["reason"]],
        "registration": list(_fields(item, "registration", answered).values()) if "registration" in entering else (),
        "registering": answered.form == "registration",
    }


def _fields(item: ReviewItem, noun: str, answered: Answered) -> dict[str, Field]:
    operation, mine = ITEMS.operation(noun), answered.form == noun
    written = answered.written if mine and answered.written is not None else operation.given(item)
    fields = screen_fields(operation.asked(item), written, answered.refusals if mine else ())
    conditional = ("unit", "word", "means", "reason")
    return {each.name: replace(each, required=True, hint=None) if each.name in conditional else each for each in fields}


def _head(draft: Draft, waiting: int) -> Head:
    name = Text(f"草稿 {draft.number}", f"Draft {draft.number}")
    title = Text("逐项处理", "Settle one by one")
    return Head(
        title=Text(
            f"{draft.plan.title.zh} 草稿 {draft.number}：逐项处理", f"{draft.plan.title.en}, draft {draft.number}"
        ),
        crumbs=(*DRAFTS.crumbs(draft), Crumb(name, draft.url), Crumb(title)),
        facts=(Fact(Text("待处理", "To settle"), waiting),),
    )

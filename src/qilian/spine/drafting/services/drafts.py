"""From a document to a reviewed draft: hand in, compile, settle, correct, give up."""

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Protocol

from django.db import transaction
from django.db.models import Max

from qilian.core.house.principal import Principal, internal
from qilian.core.log.events.api import emit
from qilian.core.log.outbox.api import later
from qilian.core.papers.files.api import DOCUMENTS, attach
from qilian.core.values import clock
from qilian.core.values.text import Refusal, Text, fitting_text, required_text
from qilian.spine.compiled.api import CompiledPlan, from_json
from qilian.spine.compiler.api import Diagnostic
from qilian.spine.drafting.events import (
    ClauseEdited,
    DocumentUnreadable,
    DocumentUploaded,
    DraftCompiled,
    DraftDiscarded,
    ItemSettled,
)
from qilian.spine.drafting.kernel import review
from qilian.spine.drafting.models import OPEN_STATES, Draft, ReviewItem, Unit
from qilian.spine.plan.api import (
    DRAFT,
    Plan,
    clause_key,
    compile_text,
    duties_of_clause,
    locked,
    require_on,
    scope_of,
)
from qilian.spine.reading.api import unified

from .common import draft_ref, locked_draft
from .learning import WORDED, carried, check_word, items_for, learned_for
from .waiting import lay, take

TAKEN = tuple(kind for kind in DOCUMENTS if kind.endings[0] in ("txt", "docx", "pdf"))
READ_JOB = "spine.plan.read"
_REASON = Text("理由", "reason")


class Upload(Protocol):
    """An uploaded file as Django hands it over, or a story makes it."""

    name: str | None
    content_type: str | None

    def chunks(self) -> Iterable[bytes]:
        """The content piece by piece."""


@transaction.atomic
def upload_document(
    *, actor: Principal, plan: Plan, text: str = "", file: Upload | None = None, note: str = ""
) -> Draft:
    """Hand in a document: pasted text is compiled at once, a .txt, .docx or .pdf file is read by the worker.

    Needs `plan.draft`. Refusals: `grants.denied`, `plan.draft.open` while another draft of the plan is open, those of
    `files.attach`, and those of the compiler.
    """
    plan = locked(plan)
    require_on(actor, DRAFT, plan)
    _refuse_second_draft(plan)
    last = plan.drafts.aggregate(last=Max("number"))["last"] or 0
    draft = Draft.objects.create(
        plan=plan,
        number=last + 1,
        note=fitting_text(note, "note", Text("说明", "note")),
        created_at=clock.now(),
        created_by=actor.ref,
        creator=actor.name,
    )
    size = _keep_file(actor, draft, file) if file else 0
    digest = draft.file or sha256(text.encode()).hexdigest()
    event = DocumentUploaded(plan.slug, draft.number, digest, size)
    emit(event, actor=actor, subject=draft_ref(draft), region=plan.region)
    if not file:
        return compile_draft(actor=actor, draft=draft, text=unified(text))
    later(READ_JOB, draft=draft.code)
    return draft


@internal("the worker reads the file that a person sent")
@transaction.atomic
def compile_draft(
    *,
    actor: Principal,
    draft: Draft,
    text: str,
    simplify: Mapping[int, int] | None = None,
    doubts: Sequence[Diagnostic] = (),
) -> Draft:
    """Compile the text of a draft that is being read, and queue what a person must settle. Needs `plan.draft`.

    `doubts` are what the reader of the document has to say beside the compiler. What earlier drafts have settled is
    not asked again: names and words go to the compiler; doubts on the same words, and units that a person gave to a
    clause of the same words, are carried over and say from which draft.

    Refusals: `grants.denied`, `plan.draft.state`, `plan.text.empty`, `plan.text.long`.
    """
    draft = locked_draft(draft)
    require_on(actor, DRAFT, draft.plan)
    _refuse_unless(draft, "reading")
    learned = learned_for(draft.plan)
    found = compile_text(text, names_on=draft.plan.names_on, simplify=simplify, learned=learned)
    compiled = carried(draft, found).doubting(doubts)
    draft.text, draft.compiled, draft.state = text, compiled.as_json(), "reviewing"
    draft.save(update_fields=["text", "compiled", "state"])
    items = ReviewItem.objects.bulk_create(items_for(draft, review.questions(compiled)))
    asked = [item for item in items if item.state == "open"]
    duties = sum(len(duties_of_clause(clause)) for clause in compiled.clauses)
    event = DraftCompiled(draft.plan.slug, draft.number, len(compiled.clauses), duties, len(asked))
    emit(event, actor=actor, subject=draft_ref(draft), region=draft.plan.region)
    lay(actor, draft)
    return draft


@internal("the worker says that a file could not be read")
@transaction.atomic
def fail_draft(*, actor: Principal, draft: Draft, refusal: Refusal) -> Draft:
    """Record that the worker could not read a document; the sentence stands on the draft's page."""
    draft = locked_draft(draft)
    require_on(actor, DRAFT, draft.plan)
    _refuse_unless(draft, "reading")
    remedy = refusal.remedy or Text("", "")
    draft.failure = {
        "code": refusal.code,
        "zh": f"{refusal.message.zh}{remedy.zh}",
        "en": f"{refusal.message.en} {remedy.en}".strip(),
    }
    draft.state = "unreadable"
    draft.save(update_fields=["failure", "state"])
    event = DocumentUnreadable(draft.plan.slug, draft.number, refusal.code)
    emit(event, actor=actor, subject=draft_ref(draft), region=draft.plan.region)
    return draft


@transaction.atomic
def settle_item(
    *,
    actor: Principal,
    item: ReviewItem,
    verdict: str,
    unit: Unit | None = None,
    reason: str = "",
    word: str = "",
    means: str = "",
) -> ReviewItem:
    """Settle one item: `unit` says which unit a string means, `word` what a title or label of this house means,
    `edited` that the clause was corrected, `dismissed` that nothing is to be done, for a reason (a string that is no
    unit leaves the clauses). The next draft of the region is read with it. Needs `plan.draft`.

    Refusals: `grants.denied`, `plan.draft.state`, `plan.item.settled`, `plan.item.unit`, `plan.item.verdict`,
    `text.…`, `plan.item.word`, `plan.item.means`.
    """
    draft = locked_draft(item.draft)
    require_on(actor, DRAFT, draft.plan)
    _refuse_unless(draft, "reviewing")
    item = ReviewItem.objects.get(pk=item.pk)
    _check_verdict(item, verdict, unit, reason)
    if verdict == "word":
        check_word(item, word, means)
        item.word, item.means = word.strip(), means
    _keep(draft, _settled(from_json(draft.compiled), item, verdict, unit))
    item.state, item.verdict, item.unit, item.reason = "settled", verdict, unit, fitting_text(reason, "reason", _REASON)
    item.settled_at, item.settled_by = clock.now(), actor.ref
    item.save(update_fields=["state", "verdict", "unit", "reason", "word", "means", "settled_at", "settled_by"])
    slug = unit.slug if unit else ""
    event = ItemSettled(draft.plan.slug, draft.number, item.key, verdict, slug, item.reason or item.word)
    emit(event, actor=actor, subject=draft_ref(draft), region=draft.plan.region, unit=slug)
    lay(actor, draft)
    return item


@transaction.atomic
def edit_clause(*, actor: Principal, draft: Draft, cid: str, duties: Sequence[tuple[str, str]]) -> Draft:
    """Give a clause of a draft exactly these (role, unit slug) pairs; unsettled strings stay. Needs `plan.draft`.

    Refusals: `grants.denied`, `plan.draft.state`, `plan.clause.unknown`, `plan.role.unknown`, `plan.duty.twice`,
    `plan.duty.none`, `plan.unit.unknown`.
    """
    draft = locked_draft(draft)
    require_on(actor, DRAFT, draft.plan)
    _refuse_unless(draft, "reviewing")
    _refuse_unknown_units({slug for _, slug in duties})
    _keep(draft, review.edit_roles(from_json(draft.compiled), cid, duties))
    event = ClauseEdited(draft.plan.slug, draft.number, cid, tuple(f"{role}:{slug}" for role, slug in duties))
    emit(event, actor=actor, subject=draft_ref(draft), clause=clause_key(draft.plan, cid), region=draft.plan.region)
    return draft


@transaction.atomic
def discard_draft(*, actor: Principal, draft: Draft, reason: str) -> Draft:
    """Give up an open draft, for a reason; it stays readable. Needs `plan.draft`.

    Refusals: `grants.denied`, `plan.draft.state`, `text.…`.
    """
    draft = locked_draft(draft)
    require_on(actor, DRAFT, draft.plan)
    _refuse_unless(draft, *OPEN_STATES)
    draft.state, draft.note = "discarded", required_text(reason, "reason", _REASON)
    draft.save(update_fields=["state", "note"])
    event = DraftDiscarded(draft.plan.slug, draft.number, draft.note)
    emit(event, actor=actor, subject=draft_ref(draft), region=draft.plan.region)
    take(actor, draft, Text("草稿已放弃", "Draft given up"))
    return draft


def _keep_file(actor: Principal, draft: Draft, file: Upload) -> int:
    """Keep the document with its draft; only who may draft opens it. Return its size in bytes."""
    use = attach(
        actor=actor, upload=file, subject=draft_ref(draft), action=DRAFT, scope=scope_of(draft.plan), taken=TAKEN
    )
    draft.file, draft.file_name = use.stored.sha256, use.name
    draft.save(update_fields=["file", "file_name"])
    return use.stored.size


def _refuse_second_draft(plan: Plan) -> None:
    other = plan.drafts.filter(state__in=OPEN_STATES).first()
    if other is not None:
        raise Refusal(
            "plan.draft.open",
            Text(f"草稿 {other.number} 还没有办完。", f"Draft {other.number} is still open."),
            where="plan",
            remedy=Text("请先发布或放弃它。", "Publish it or give it up first."),
        )


def _refuse_unless(draft: Draft, *states: str) -> None:
    if draft.state not in states:
        raise Refusal(
            "plan.draft.state",
            Text(f"草稿 {draft.number} 现在不能这样办理。", f"Draft {draft.number} is not in a state for this."),
            remedy=Text("请刷新页面，查看它现在的状态。", "Reload the page to see its state."),
        )


def _check_verdict(item: ReviewItem, verdict: str, unit: Unit | None, reason: str) -> None:
    if item.state != "open":
        raise Refusal("plan.item.settled", Text("这一处已经处理过。", "This item is settled already."))
    allowed = {
        "unit" if item.kind == review.UNIT else "edited",
        "dismissed",
        *(["word"] if item.kind in WORDED else []),
    }
    if verdict not in allowed:
        raise Refusal("plan.item.verdict", Text("请选择处理办法。", "Choose how to settle it."), where="verdict")
    if verdict == "unit" and unit is None:
        raise Refusal(
            "plan.item.unit",
            Text("没有选择单位，或者单位库里没有这个名称。", "No unit is chosen, or no unit has this name."),
            where="unit",
            remedy=Text(
                "请从名册中选择；名册没有的，先登记。",
                "Choose one of the register, or have it entered first.",
            ),
        )
    if verdict == "dismissed":
        required_text(reason, "reason", _REASON)


def _settled(compiled: CompiledPlan, item: ReviewItem, verdict: str, unit: Unit | None) -> CompiledPlan:
    if verdict == "unit" and unit is not None:
        return review.choose_unit(compiled, item.key, unit.slug)
    if verdict == "dismissed" and item.kind == review.UNIT:
        return review.drop_unit(compiled, item.key)
    return compiled


def _refuse_unknown_units(slugs: set[str]) -> None:
    missing = slugs - set(Unit.objects.filter(slug__in=slugs).values_list("slug", flat=True))
    if missing:
        some = "、".join(sorted(missing))
        raise Refusal("plan.unit.unknown", Text(f"没有这个单位：{some}。", f"No such unit: {some}."), where="lead")


def _keep(draft: Draft, compiled: CompiledPlan) -> None:
    draft.compiled = compiled.as_json()
    draft.save(update_fields=["compiled"])

"""What people have confirmed in earlier drafts, as data for the next one: asked once, never again."""

from collections.abc import Iterable
from typing import Final

from qilian.core.values import clock
from qilian.core.values.text import Refusal, Text
from qilian.spine.compiled.api import CompiledPlan, from_json
from qilian.spine.compiler.api import MEANINGS, Learned, meaning
from qilian.spine.drafting.kernel import review
from qilian.spine.drafting.models import Draft, ReviewItem
from qilian.spine.language.api import ROLES, words
from qilian.spine.plan.api import Plan

WORDED: Final = ("unread_table", "unknown_label")
"""Doubts that a word can settle: the title of a column, or a label."""


def learned_for(plan: Plan) -> Learned:
    """Return what has been confirmed in the drafts of the plan's region: the latest word on a string holds."""
    aliases: dict[str, str] = {}
    no_units: set[str] = set()
    titles: dict[str, str] = {}
    labels: dict[str, str] = {}
    for item in _settled(plan):
        if item.kind == review.UNIT:
            aliases.pop(item.key, None)
            no_units.discard(item.key)
            if item.unit is not None:
                aliases[item.key] = item.unit.slug
            elif item.verdict == "dismissed":
                no_units.add(item.key)
        elif item.verdict == "word":
            (titles if item.kind == "unread_table" else labels)[item.word] = item.means
    roles = {word: words.ROLES[means] for word, means in labels.items() if means in words.ROLES}
    return Learned(aliases, frozenset(no_units), titles, roles)


def carried(draft: Draft, compiled: CompiledPlan) -> CompiledPlan:
    """Return the plan with the units that people gave to clauses of the same words in the last draft before it."""
    before = Draft.objects.filter(plan=draft.plan, number__lt=draft.number).exclude(text="").order_by("-number").first()
    return review.carry_edits(compiled, from_json(before.compiled)) if before else compiled


def items_for(draft: Draft, asked: Iterable[review.Question]) -> list[ReviewItem]:
    """Return the items of a draft: what an earlier draft of the plan has settled for the same words is settled."""
    earlier = ReviewItem.objects.filter(draft__plan=draft.plan, draft__number__lt=draft.number, state="settled")
    known: dict[tuple[str, str], ReviewItem] = {}
    for item in (
        earlier.exclude(kind=review.UNIT).exclude(verdict="word").select_related("draft").order_by("settled_at")
    ):
        question = review.Question(item.kind, item.key, (item.span_start, item.span_end), item.message)
        known[review.words_of(question, item.draft.text)] = item
    return [
        _item(draft, order, question, known.get(review.words_of(question, draft.text)))
        for order, question in enumerate(asked, 1)
    ]


def check_word(item: ReviewItem, word: str, means: str) -> None:
    """Refuse a word that cannot be taught: `plan.item.word`, `plan.item.means`."""
    wrong = meaning(word, means) if item.kind == "unread_table" or means in ROLES else "means"
    if wrong == "word":
        raise Refusal(
            "plan.item.word",
            Text(
                "请填写表头或标签里的用词，二至十六个字。",
                "Give the word of the title or label, two to sixteen characters.",
            ),
            where="word",
        )
    if wrong:
        some = "、".join(MEANINGS if item.kind == "unread_table" else ROLES)
        raise Refusal(
            "plan.item.means", Text(f"用词的含义应是其中之一：{some}。", f"A word means one of {some}."), where="means"
        )


def _settled(plan: Plan) -> Iterable[ReviewItem]:
    """The settled items of the plan's region, in the order in which they were settled."""
    own = {"draft__plan__region": plan.region} if plan.region else {"draft__plan": plan}
    return ReviewItem.objects.filter(state="settled", **own).select_related("unit").order_by("settled_at", "pk")


def _item(draft: Draft, order: int, question: review.Question, before: ReviewItem | None) -> ReviewItem:
    item = ReviewItem(
        draft=draft,
        order=order,
        kind=question.kind[:40],
        key=question.key[:160],
        span_start=question.span[0],
        span_end=question.span[1],
        message=question.message[:400],
    )
    if before is not None:
        item.state, item.verdict, item.reason = "settled", before.verdict, _again(before)
        item.settled_at, item.settled_by = clock.now(), before.settled_by
    return item


def _again(before: ReviewItem) -> str:
    note = f"沿用草稿 {before.draft.number}"
    return before.reason if before.reason.startswith("沿用草稿") else f"{note}：{before.reason}"[:300]

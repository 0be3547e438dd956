"""Twin of the plan: one random story of review through the pure rules in memory and the verbs on PostgreSQL."""

from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest

from qilian.core.house.principal import SYSTEM
from qilian.core.values.text import Refusal, Text
from qilian.core.who.units.api import load_units, units
from qilian.spine.compiled.api import CompiledPlan, from_json
from qilian.spine.drafting.api import Draft, ReviewItem, edit_clause, publish_version, settle_item, upload_document
from qilian.spine.drafting.kernel import review
from qilian.spine.plan.api import Duty, PlanVersion, duties_of_clause, register_plan

pytestmark = pytest.mark.django_db
SLUGS = ("qh-swt", "qh-czt", "qh-tjj", "qh-jyt", "qh-kjt")
NAMES = ("省商务厅", "省财政厅", "甲筹备组", "乙工作专班", "丙协调办", "省科技厅")


@dataclass
class Memory:
    """The same draft, in memory: its clauses and the questions that are still open."""

    compiled: CompiledPlan
    open: set[str]

    def settle(self, item: ReviewItem, verdict: str, unit: str) -> None:
        if verdict == "unit":
            self.compiled = review.choose_unit(self.compiled, item.key, unit)
        elif item.kind == review.UNIT:
            self.compiled = review.drop_unit(self.compiled, item.key)
        self.open.discard(item.key)

    def edit(self, cid: str, wanted: list[tuple[str, str]]) -> str:
        try:
            self.compiled = review.edit_roles(self.compiled, cid, wanted)
        except Refusal as refusal:
            return refusal.code
        return ""


def document(chance: Random) -> str:
    lines = ["一、任务"]
    for number in range(1, chance.randint(2, 6)):
        lead, support = chance.choice(NAMES), "，".join(chance.sample(NAMES, chance.randint(1, 3)))
        lines.append(f"{number}.把第{number}件事办好。（牵头单位：{lead}；配合单位：{support}）")
    return "\n".join(lines)


def compared(memory: Memory, draft: Draft) -> None:
    draft.refresh_from_db()
    assert from_json(draft.compiled) == memory.compiled
    assert set(draft.items.filter(state="open").values_list("key", flat=True)) == memory.open


def edited(draft: Draft, cid: str, wanted: list[tuple[str, str]]) -> str:
    try:
        edit_clause(actor=SYSTEM, draft=draft, cid=cid, duties=wanted)
    except Refusal as refusal:
        return refusal.code
    return ""


@pytest.mark.parametrize("seed", range(5))
def test_memory_and_database_agree_at_every_step(seed: int, root: Path) -> None:
    chance = Random(seed)
    load_units(actor=SYSTEM, text=(root / "plan/qinghai-2015/units.toml").read_text(), source="plan/qinghai-2015")
    plan = register_plan(actor=SYSTEM, slug="twin", title=Text("双生", "Twin"))
    draft = upload_document(actor=SYSTEM, plan=plan, text=document(chance))
    compiled = from_json(draft.compiled)
    memory = Memory(compiled, {question.key for question in review.questions(compiled)})
    compared(memory, draft)
    while memory.open or chance.random() < 0.7:
        step = chance.random()
        if step < 0.5 and memory.open:
            item = draft.items.get(key=chance.choice(sorted(memory.open)))
            verdict = chance.choice(("unit", "dismissed")) if item.kind == review.UNIT else "dismissed"
            slug = chance.choice(SLUGS)
            unit = units().get(slug=slug) if verdict == "unit" else None
            settle_item(actor=SYSTEM, item=item, verdict=verdict, unit=unit, reason="已核对")
            memory.settle(item, verdict, slug)
        elif step < 0.8:
            cid = chance.choice([clause.id for clause in compiled.clauses] + ["9.9"])
            wanted = [(chance.choice(("lead", "support")), chance.choice(SLUGS)) for _ in range(chance.randint(0, 3))]
            assert edited(draft, cid, wanted) == memory.edit(cid, wanted)
        else:
            expected = review.unpublishable(memory.compiled, len(memory.open))
            if expected is not None:
                with pytest.raises(Refusal) as refused:
                    publish_version(actor=SYSTEM, draft=draft)
                assert refused.value.code == expected.code
        compared(memory, draft)
    assert_published(memory, publish_version(actor=SYSTEM, draft=draft))


def assert_published(memory: Memory, version: PlanVersion) -> None:
    rows = Duty.objects.filter(clause__version=version).order_by("clause__order", "order")
    written = [(row.clause.cid, row.unit.slug, row.role, row.order, row.origin, row.raw) for row in rows]
    assert written == [
        (clause.id, duty.unit, duty.role, duty.order, duty.origin, duty.raw)
        for clause in memory.compiled.clauses
        for duty in duties_of_clause(clause)
    ]

import pytest

from qilian.core.rights.grants.api import SYSTEM
from qilian.core.values.text import Refusal
from qilian.spine.coverage.api import read_plan
from qilian.spine.plan.api import load_facts, load_words, overview, totals

pytestmark = pytest.mark.django_db


def test_the_plan_has_its_numbers(main_version):
    counts = totals(main_version)
    assert (counts.clauses, counts.lead, counts.support, counts.units) == (60, 76, 127, 34)
    assert counts.systems == 139


def test_loading_the_same_facts_again_changes_nothing(main_version, root):
    assert load_facts(actor=SYSTEM, facts=read_plan(root / "plan/qinghai-2015")) == main_version


def test_the_source_is_loaded_only_when_every_clause_agrees(main_version, shared, cast):
    text = (shared / "plan/qinghai-2015.txt").read_text()
    with pytest.raises(Refusal) as refused:
        load_words(actor=cast.planner, version=main_version, text=text.replace("托盘", "木盘").replace("创新", "革新"))
    assert refused.value.code == "plan.words.differ"
    load_words(actor=cast.planner, version=main_version, text=text)
    clause = main_version.clauses.get(cid="2.7.2")
    assert clause.words.text in text
    with pytest.raises(Refusal) as refused:
        load_words(actor=cast.planner, version=main_version, text=text)
    assert refused.value.code == "plan.words.loaded"


def test_the_overview_adds_up(main_version):
    found = overview()
    assert len(found.sections) == 17
    assert sum(row.clauses for row in found.sections) == 60
    assert sum(row.duties for row in found.sections) == 203
    assert sum(row.systems for row in found.sections) == 139

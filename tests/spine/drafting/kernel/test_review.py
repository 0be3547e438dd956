"""The rules of review: what is asked, what an answer does, what is carried over, and what may be published."""

from dataclasses import replace

import pytest

from qilian.core.values.text import Refusal
from qilian.spine.compiled.api import Assignment, CompiledClause, CompiledPlan
from qilian.spine.compiler.api import Diagnostic
from qilian.spine.drafting.kernel import review


def draft(*assignments, doubts=()):
    return CompiledPlan((CompiledClause("1.1", ("事",), "办好事。", (10, 14), assignments=assignments),), doubts)


KNOWN = Assignment("省甲厅", "lead", "explicit", (15, 18), resolution="jia")
UNKNOWN = Assignment("乙办", "lead", "explicit", (19, 21))
SUPPORT = Assignment("丙局", "support", "explicit", (22, 24), resolution="bing")


def test_what_the_compiler_only_tells_asks_nobody():
    kinds = ("page", "contents", "imprint", "note")
    told = [Diagnostic((n, n + 1), f"left_out_{kind}", "略") for n, kind in enumerate(kinds)]
    assert [each.kind for each in review.questions(draft(KNOWN, doubts=tuple(told)))] == ["left_out_note"]


def test_a_string_is_asked_about_once_and_doubts_stand_in_order():
    asked = review.questions(draft(UNKNOWN, UNKNOWN, KNOWN, doubts=(Diagnostic((3, 4), "odd", "?"),)))
    assert [(each.kind, each.key) for each in asked] == [("odd", "odd:3-4"), ("unit", "乙办")]


def test_an_unusual_name_is_asked_about_with_its_other_reading():
    (asked,) = review.questions(draft(UNKNOWN, doubts=(Diagnostic((19, 21), "unusual_unit", "此处不像单位"),)))
    assert (asked.kind, asked.message) == ("unit", "乙办：此处不像单位")


def test_a_question_is_known_again_by_its_words():
    asked = review.Question("odd", "odd:1-6", (1, 6), "?")
    assert review.words_of(asked, "看甲 乙\n丙丁") == ("odd", "甲乙丙")


def test_what_a_person_corrected_is_carried_to_the_same_words():
    before = review.edit_roles(draft(KNOWN), "1.1", [("lead", "jia"), ("support", "ding")])
    again = draft(KNOWN, UNKNOWN)
    other = replace(again.clauses[0], id="1.2", text="别的事。")
    carried = review.carry_edits(replace(again, clauses=(*again.clauses, other)), before)
    assert [each.resolution for each in carried.clauses[0].assignments] == ["jia", "ding"]
    assert carried.clauses[0].edited and carried.clauses[0].assignments[1].span == (14, 14)
    assert carried.clauses[1] == other


def test_choosing_and_dropping_settle_every_mention():
    both = draft(UNKNOWN, KNOWN, UNKNOWN)
    assert review.questions(review.choose_unit(both, "乙办", "yi")) == ()
    assert review.drop_unit(both, "乙办") == draft(KNOWN)


def test_editing_keeps_words_and_what_is_unsettled():
    edited = review.edit_roles(draft(KNOWN, UNKNOWN), "1.1", [("lead", "jia"), ("support", "ding")])
    origins = [(each.unit, each.role, each.origin) for each in edited.clauses[0].assignments]
    assert origins == [("省甲厅", "lead", "explicit"), ("ding", "support", "reviewed"), ("乙办", "lead", "explicit")]


@pytest.mark.parametrize(
    ("cid", "wanted", "code"),
    [
        ("9", [("lead", "jia")], "plan.clause.unknown"),
        ("1.1", [("boss", "jia")], "plan.role.unknown"),
        ("1.1", [("lead", "jia"), ("lead", "jia")], "plan.duty.twice"),
        ("1.1", [], "plan.duty.none"),
    ],
)
def test_a_bad_edit_is_refused(cid, wanted, code):
    with pytest.raises(Refusal) as refused:
        review.edit_roles(draft(KNOWN), cid, wanted)
    assert refused.value.code == code


def test_gaps_are_clauses_without_a_unit_or_without_a_lead():
    held = {"1": (KNOWN, SUPPORT), "2": (SUPPORT, UNKNOWN), "3": (UNKNOWN,), "4": ()}
    rows = (CompiledClause(cid, (), "事", (0, 1), assignments=each) for cid, each in held.items())
    assert review.gaps(CompiledPlan(tuple(rows))) == review.Gaps(("3", "4"), ("2",))


def test_what_may_be_published():
    clause = draft(KNOWN).clauses[0]
    assert review.unpublishable(draft(KNOWN), 1).code == "plan.items.open"
    assert review.unpublishable(CompiledPlan(), 0).code == "plan.clauses.none"
    assert review.unpublishable(CompiledPlan((clause, clause)), 0).code == "plan.clauses.twice"
    assert review.unpublishable(draft(KNOWN), 0) is None

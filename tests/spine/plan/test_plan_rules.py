"""The pure rules: ledger, review, comparison, cutting a text at its marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qilian.core.values.text import Refusal
from qilian.spine.drafting import review
from qilian.spine.plan.api import duties_of_clause
from qilian.spine.plan.compare import Piece, VersionClause, compare
from qilian.spine.plan.ledger import Assignment, Doubt, Ledger, LedgerClause, as_json, from_json, marks_of
from qilian.spine.screen.highlight import Mark, segments


def ledger(*assignments, doubts=()):
    return Ledger((LedgerClause("1.1", ("事",), "办好事。", (10, 14), assignments=assignments),), doubts)


KNOWN = Assignment("省甲厅", "lead", "explicit", (15, 18), "jia")
UNKNOWN = Assignment("乙办", "lead", "explicit", (19, 21))
SUPPORT = Assignment("丙局", "support", "positional", (22, 24), "bing")


def test_a_ledger_survives_its_json():
    whole = Ledger(
        (
            LedgerClause(
                "1", (), "字", (0, 1), "重点", True, (KNOWN,), ({"text": "年底前", "span": [0, 1]},), (), ("系统",)
            ),
        ),
        (Doubt("odd", (1, 2), "看不懂"),),
    )
    assert from_json(as_json(whole)) == whole
    assert from_json({}) == Ledger()
    kinds = [mark["kind"] for mark in marks_of(whole.clauses[0])]
    assert kinds == ["lead", "deadline"]


def test_what_the_compiler_only_tells_asks_nobody():
    told = [
        Doubt(f"left_out_{kind}", (n, n + 1), "略") for n, kind in enumerate(("page", "contents", "imprint", "note"))
    ]
    assert [each.kind for each in review.questions(ledger(KNOWN, doubts=tuple(told)))] == ["left_out_note"]


def test_a_string_is_asked_about_once_and_doubts_stand_in_order():
    asked = review.questions(ledger(UNKNOWN, UNKNOWN, KNOWN, doubts=(Doubt("odd", (3, 4), "?"),)))
    assert [(each.kind, each.key) for each in asked] == [("odd", "odd:3-4"), ("unit", "乙办")]


def test_choosing_and_dropping_settle_every_mention():
    both = ledger(UNKNOWN, KNOWN, UNKNOWN)
    assert review.questions(review.choose_unit(both, "乙办", "yi")) == ()
    assert review.drop_unit(both, "乙办") == ledger(KNOWN)


def test_duties_stand_once_leads_first():
    chosen = review.choose_unit(ledger(SUPPORT, UNKNOWN, KNOWN), "乙办", "jia")
    assert [(each.unit, each.role, each.order) for each in duties_of_clause(chosen.clauses[0])] == [
        ("jia", "lead", 1),
        ("bing", "support", 2),
    ]


def test_editing_keeps_words_and_what_is_unsettled():
    edited = review.edit_roles(ledger(KNOWN, UNKNOWN), "1.1", [("lead", "jia"), ("support", "ding")])
    origins = [(each.raw, each.role, each.origin) for each in edited.clauses[0].assignments]
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
        review.edit_roles(ledger(KNOWN), cid, wanted)
    assert refused.value.code == code


def test_what_may_be_published():
    clause = ledger(KNOWN).clauses[0]
    assert review.unpublishable(ledger(KNOWN), 1).code == "plan.items.open"
    assert review.unpublishable(Ledger(), 0).code == "plan.clauses.none"
    assert review.unpublishable(Ledger((clause, clause)), 0).code == "plan.clauses.twice"
    assert review.unpublishable(ledger(KNOWN), 0) is None


def clause(cid, words="", duties=(), sha=""):
    return VersionClause(cid, "题", sha or words, words, frozenset(duties))


def test_a_difference_names_clauses_words_and_duties():
    found = compare(
        [clause("1", "每天公布"), clause("2", "不变"), clause("3", "删去"), clause("5", sha="x")],
        [
            clause("1", "每小时公布！", [("jia", "lead")]),
            clause("2", "不变"),
            clause("4", "新增"),
            clause("5", sha="y"),
        ],
    )
    assert [each.cid for each in found.added] == ["4"] and [each.cid for each in found.removed] == ["3"]
    first, fifth = found.changed
    assert first.pieces == (
        Piece("same", "每"),
        Piece("removed", "天"),
        Piece("added", "小时"),
        Piece("same", "公布"),
        Piece("added", "！"),
    )
    assert first.duties_added == (("jia", "lead"),) and fifth.words_changed and fifth.pieces == ()
    assert found.same == 1 and not found.is_empty


def test_equal_versions_have_no_difference():
    one = [clause("1", "甲", [("jia", "lead")])]
    assert compare(one, one).is_empty
    only_duties = compare(one, [clause("1", "甲")]).changed[0]
    assert not only_duties.words_changed and only_duties.duties_removed == (("jia", "lead"),)


def test_marks_nest_and_anchor():
    cut = segments("abcdef", [Mark("clause", (10, 16), "1"), Mark("lead", (12, 14), "1")], offset=10)
    assert [(each.text, each.kinds, each.anchors) for each in cut] == [
        ("ab", ("clause",), ("s10",)),
        ("cd", ("clause", "lead"), ("s12",)),
        ("ef", ("clause",), ()),
    ]
    assert cut[1].css == "mark-clause mark-lead" and cut[1].clause == "1"


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(0, 70), st.integers(0, 70)), max_size=12))
def test_segments_are_the_text_again(text, spans):
    marks = [Mark("lead", (min(span), max(span))) for span in spans]
    assert "".join(each.text for each in segments(text, marks)) == text

"""What is published of a compiled clause, and how two versions differ."""

from dataclasses import replace
from hashlib import sha256

from qilian.spine.compiled.api import Assignment, CompiledClause
from qilian.spine.compiler.api import Deadline, Target
from qilian.spine.plan.kernel.compare import Piece, VersionClause, compare
from qilian.spine.plan.kernel.duties import duties, marks_of, words_digest

KNOWN = Assignment("省甲厅", "lead", "explicit", (15, 18), resolution="jia")
UNKNOWN = Assignment("乙办", "lead", "explicit", (19, 21))
SUPPORT = Assignment("丙局", "support", "positional", (22, 24), resolution="bing")


def test_duties_stand_once_leads_first():
    again = replace(KNOWN, unit="甲厅", span=(19, 21))
    clause = CompiledClause("1.1", ("事",), "办好事。", (10, 14), assignments=(SUPPORT, UNKNOWN, KNOWN, again))
    assert [(each.unit, each.role, each.order) for each in duties(clause)] == [
        ("jia", "lead", 1),
        ("bing", "support", 2),
    ]


def test_words_keep_the_places_of_their_facts():
    clause = CompiledClause(
        "1", (), "字", (0, 1), assignments=(KNOWN,), deadlines=(Deadline("年底前", None, (1, 4)),),
        targets=(Target("三十个", "驿站", "=", None, "个", None, None, (5, 8)),),
    )  # fmt: skip
    assert marks_of(clause) == [
        {"kind": "lead", "key": "省甲厅", "span": [15, 18]},
        {"kind": "deadline", "key": "年底前", "span": [1, 4]},
        {"kind": "target", "key": "三十个", "span": [5, 8]},
    ]
    assert words_digest("字") == sha256("字".encode()).hexdigest()


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


def test_words_that_went_are_told():
    (change,) = compare([clause("1", "每天公布")], [clause("1", "公布")]).changed
    assert change.pieces == (Piece("removed", "每天"), Piece("same", "公布"))

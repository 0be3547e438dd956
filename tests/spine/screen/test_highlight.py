"""Cutting a text at its marks."""

from hypothesis import given
from hypothesis import strategies as st

from qilian.spine.screen.highlight import Mark, segments


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

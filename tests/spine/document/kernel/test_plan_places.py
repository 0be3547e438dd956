"""Places: trimming, lines, what stands before, what touches what."""

from hypothesis import given
from hypothesis import strategies as st

from qilian.spine.document.kernel.places import Spans, last_before, lines, trimmed

texts = st.text(alphabet="甲 \t\n。", max_size=30)


def test_trimming_takes_space_away_at_both_ends() -> None:
    assert trimmed("a 甲 乙 b", (1, 6)) == (2, 5)
    assert trimmed("甲", (0, 1)) == (0, 1)
    assert trimmed(" \n \t", (1, 3)) == (1, 1)
    assert trimmed("甲乙", (1, 1)) == (1, 1)


@given(texts)
def test_trimming_is_stripping(text: str) -> None:
    left, right = trimmed(text, (0, len(text)))
    assert text[left:right] == text.strip()
    assert [text[slice(*span)] for span in lines(text, (0, len(text)))] == [
        line for line in text.split("\n") if line.strip()
    ]


def test_what_stands_before_a_place() -> None:
    assert last_before("甲。 \n乙", 4) == "。"
    assert last_before("甲。 \n乙", 4, " ") == "\n"
    assert last_before("甲", 0) == "" and last_before("甲乙", 1) == "甲"
    assert last_before("甲" + " " * 19, 20) == "甲" and last_before("甲" + " " * 20, 21) == ""


@given(
    st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)).map(lambda pair: (min(pair), max(pair))), max_size=8),
    st.integers(0, 20),
    st.integers(1, 4),
)
def test_spans_touch_where_they_share_a_character(spans: list[tuple[int, int]], start: int, length: int) -> None:
    shared = any(left <= place < right for left, right in spans for place in range(start, start + length))
    assert Spans(spans).touch((start, start + length)) == shared
    covered = {place for left, right in spans for place in range(left, right)}
    ends = [place for place in range(1, start + 1) if place - 1 in covered and place not in covered]
    apart = all(left == right or right not in {first for first, last in spans if first < last} for left, right in spans)
    assert not apart or Spans(spans).end_before(start) == max(ends, default=0)

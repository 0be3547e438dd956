"""What must hold of every drawing, whatever it shows: all inside, no word upon another, none lost."""

from itertools import combinations

from hypothesis import strategies as st

from qilian.core.papers.pictures.kernel import Drawing, Words, extent, flat

WIDTHS = st.sampled_from([340.0, 960.0])
LABELS = st.text(
    st.sampled_from('省发展改革委工业和信息化厅（）、，一二三 abcdefghijWM0123456789-<&"'), min_size=1, max_size=40
).filter(lambda said: said.strip() != "")
SHORT = st.text(st.sampled_from("万元个项已用 of0123456789"), min_size=1, max_size=8).filter(
    lambda said: said.strip() != ""
)
AMOUNTS = st.integers(0, 10**12)
_SLACK = 1.0


def holds(drawing: Drawing, *labels: str) -> None:
    """Fail unless all marks lie in the picture, words keep apart, and each label stands there whole."""
    marks = flat(drawing.marks)
    for mark in marks:
        left, top, right, bottom = extent(mark)
        assert left >= -_SLACK and top >= -_SLACK, mark
        assert right <= drawing.width + _SLACK and bottom <= drawing.height + _SLACK, (mark, drawing.height)
    words = [mark for mark in marks if isinstance(mark, Words) and mark.text]
    for one, other in combinations(words, 2):
        assert not _overlap(one, other), (one, other)
    shown = _bare("".join(each.text for each in words))
    for said in labels:
        assert _bare(said) in shown, said


def _bare(said: str) -> str:
    return "".join(said.split())


def _overlap(one: Words, other: Words) -> bool:
    (left, top, right, bottom), (x, y, end, low) = extent(one), extent(other)
    return min(right, end) - max(left, x) > _SLACK and min(bottom, low) - max(top, y) > _SLACK

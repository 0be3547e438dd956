"""Nothing is lost: every word that stands in a document stands in its text, in order, whatever stands round it."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st
from tests.spine.reading.kernel.making import document, p, r

SHOWN = ("smartTag", "customXml", "ins", "moveTo", "hyperlink", "fldSimple", "dir", "strange")
GONE = ("del", "moveFrom")


@dataclass(frozen=True)
class Piece:
    """A piece of markup, the words of it that a reader sees, and those that a revision took away."""

    markup: str
    seen: str = ""
    gone: str = ""


def joined(pieces: list[Piece], before: str = "", after: str = "") -> Piece:
    return Piece(
        before + "".join(each.markup for each in pieces) + after,
        "".join(each.seen for each in pieces),
        "".join(each.gone for each in pieces),
    )


def control(pieces: list[Piece]) -> Piece:
    return joined(pieces, "<w:sdt><w:sdtPr/><w:sdtContent>", "</w:sdtContent></w:sdt>")


WORDS = st.text(alphabet="甲乙丙丁0123。，", min_size=1, max_size=4)
RUNS = WORDS.map(lambda words: Piece(r(words), words))
DELETED = st.tuples(st.sampled_from(GONE), WORDS).map(
    lambda each: Piece(f"<w:{each[0]}><w:r><w:delText>{each[1]}</w:delText></w:r></w:{each[0]}>", "", each[1])
)


def labelled(inside: st.SearchStrategy[Piece]) -> st.SearchStrategy[Piece]:
    several = st.lists(inside, max_size=3)
    tagged = st.tuples(st.sampled_from(SHOWN), several).map(
        lambda each: joined(each[1], f"<w:{each[0]}>", f"</w:{each[0]}>")
    )
    return tagged | several.map(control)


INLINE = st.recursive(RUNS | DELETED, labelled, max_leaves=6)
PARAGRAPHS = st.lists(INLINE, max_size=4).map(lambda inside: joined(inside, "<w:p>", "</w:p>"))


def table(rows: list[list[Piece]]) -> Piece:
    cells = [joined([joined([cell], "<w:tc>", "</w:tc>") for cell in row], "<w:tr>", "</w:tr>") for row in rows]
    return joined(cells, "<w:tbl><w:tblPr/>", "</w:tbl>")


def blocks(inside: st.SearchStrategy[Piece]) -> st.SearchStrategy[Piece]:
    several = st.lists(inside, min_size=1, max_size=3)
    return several.map(control) | st.lists(st.lists(inside, min_size=1, max_size=2), min_size=1, max_size=2).map(table)


@given(st.lists(st.recursive(PARAGRAPHS, blocks, max_leaves=5), max_size=4))
def test_every_word_is_in_the_text_or_in_a_note(pieces: list[Piece]) -> None:
    whole = joined(pieces)
    read = document(p(""), whole.markup)
    assert "".join(read.text.split()) == whole.seen
    revised = [note for note in read.notes if note.kind == "read_revisions"]
    assert bool(revised) == bool(whole.gone)
    assert all(0 <= note.span[0] <= note.span[1] <= len(read.text) for note in read.notes)

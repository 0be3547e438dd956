"""A document is read in a process of its own: what it says comes back whole, and whatever happens to it is told."""

import pytest
from tests.spine.compiler.kernel.test_plan_readers_pdf import unmapped

from qilian.core.values.text import Refusal
from qilian.spine.compiler.adapters.apart import read_apart

WORDS = "一、任務\n（一）建设冷库。（责任单位：市甲局）\n"


def test_what_was_read_apart_comes_back_whole() -> None:
    document, simplify = read_apart(WORDS.encode("gb18030"), name="方案.txt")
    assert document.text == WORDS and document.notes == () and simplify == {ord("務"): ord("务")}


def test_notes_come_back_with_their_places() -> None:
    document, _ = read_apart(unmapped(b"\x00\x11", "a plan of many words"), name="方案.pdf")
    assert [(note.kind, note.span) for note in document.notes] == [("read_unmapped", (0, 1))]


def test_a_refusal_comes_back_in_both_languages() -> None:
    with pytest.raises(Refusal) as caught:
        read_apart(b"PK\x03\x04 broken", name="方案.docx")
    assert caught.value.code == "plan.file.damaged" and caught.value.where == "方案.docx"
    assert "方案.docx" in caught.value.message.zh and "方案.docx" in caught.value.message.en and caught.value.remedy


@pytest.mark.parametrize("limits", [{"memory": 32 * 1024**2}, {"seconds": 0}])
def test_too_much_time_or_memory_ends_only_the_reader(limits: dict[str, int]) -> None:
    with pytest.raises(Refusal) as caught:
        read_apart(WORDS.encode(), name="方案.txt", **limits)
    told = ("plan.file.hard", "plan.file.too_large")  # who meets the end of the memory first: the process or its reader
    assert caught.value.code in told and caught.value.message.en and caught.value.remedy

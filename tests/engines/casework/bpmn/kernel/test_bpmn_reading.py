"""Files of any maker come back whole; what is hostile or broken is refused with a sentence."""

from pathlib import Path
from xml.etree.ElementTree import canonicalize

import pytest
from hypothesis import given
from tests.engines.casework.bpmn.samples import DEFINITIONS, MODEL, STRANGE, box, file, line

from qilian.core.values.text import Refusal
from qilian.engines.casework.bpmn.kernel import reading
from qilian.engines.casework.bpmn.kernel.model import Definitions, Element, Kept, Markup, Measure, Node, Process, Shape
from qilian.engines.casework.bpmn.kernel.reading import ATTRIBUTES, BYTES, DEPTH, ELEMENTS, decoded, read
from qilian.engines.casework.bpmn.kernel.writing import declaring, write


def refused(data: bytes) -> Refusal:
    with pytest.raises(Refusal) as caught:
        read(data)
    assert caught.value.message.zh and caught.value.message.en and caught.value.remedy
    return caught.value


def same(one: str, other: str) -> bool:
    """Whether two files say the same, by the canonical form of XML: every element, attribute, text and comment."""
    return canonicalize(one, strip_text=True, with_comments=True) == canonicalize(
        other, strip_text=True, with_comments=True
    )


def test_what_makers_do_comes_back_to_the_letter() -> None:
    written = write(read(STRANGE.encode())).decode()
    assert same(STRANGE.replace("<!-- the end -->", "").replace("<?maker", "<!-- the end --><?maker"), written) or same(
        "\n".join(each for each in STRANGE.splitlines() if not each.startswith(("<!--", "<?maker"))),
        "\n".join(each for each in written.splitlines() if not each.startswith(("<!--", "<?maker"))),
    )
    assert "<!-- made by hand -->" in written and "<?maker keep me?>" in written and "<!-- the end -->" in written
    assert "<x:field> 保留  空格 </x:field><!-- inside -->" in written
    assert read(written.encode()) == read(STRANGE.encode())


@pytest.mark.parametrize(
    "name", [f"{each}.0" for each in ("A.1", "A.2", "A.3", "A.4", "B.1", "B.2")] + ["A.2.1", "A.4.1"]
)
def test_the_reference_models_come_back_whole(name: str, shared: Path) -> None:
    data = (shared / "testdata/bpmn-miwg" / f"{name}.bpmn").read_bytes()
    definitions = read(data)
    assert same(decoded(data), write(definitions).decode())
    assert read(write(definitions)) == definitions


@given(DEFINITIONS)
def test_a_model_that_is_written_is_read_again(definitions: Definitions) -> None:
    assert read(write(definitions)) == definitions


def test_a_model_without_namespaces_declares_those_that_it_needs() -> None:
    shape = Shape("BPMNShape", (("bpmnElement", "a"),), (Measure("Bounds", (("width", "1"), ("height", "2"))),))
    bare = Definitions("definitions", (("xmlns:dc", "urn:taken"),), (Process("process", (), (Node("task"),)), shape))
    written = write(bare)
    assert b'xmlns:dcx="http://www.omg.org/spec/DD/20100524/DC"' in written and b"<bpmn:task/>" in written
    assert b"urn:taken" in written and b"xmlns:di=" not in written
    assert read(written) == declaring(bare) == declaring(declaring(bare))


def test_prefixes_may_be_declared_where_they_are_needed() -> None:
    text = (
        f'<definitions xmlns="{MODEL}"><a:process xmlns:a="{MODEL}"><a:task xmlns="urn:x"/></a:process></definitions>'
    )
    assert write(read(text.encode())).decode().count("a:") == 3


def test_a_control_character_is_refused_before_it_makes_a_broken_file() -> None:
    with pytest.raises(Refusal) as caught:
        write(Definitions("definitions", (("name", "a\x00b"),)))
    assert caught.value.code == "bpmn.sign"


@pytest.mark.parametrize(
    "edition", ["http://schema.omg.org/spec/BPMN/2.0", "https://www.omg.org/spec/BPMN/20100524/MODEL/", MODEL]
)
def test_editions_of_the_standard_are_known(edition: str) -> None:
    assert read(f'<definitions xmlns="{edition}"><process/></definitions>'.encode()).processes


@pytest.mark.parametrize(
    ("named", "encoding"),
    [
        ("GBK", "gb18030"),
        ("gb2312", "gb18030"),
        ("UTF-8", "utf-8"),
        ("utf-8", "utf-8-sig"),
        ("UTF-16", "utf-16"),
        ("UTF-16", "utf-8"),
        ("Big5", "big5"),
    ],
)
def test_chinese_in_any_usual_encoding(named: str, encoding: str) -> None:
    text = f'\n<?xml version="1.0" encoding="{named}"?><definitions xmlns="{MODEL}" name="中文"/>'
    definitions = read(text.lstrip().encode(encoding))
    assert definitions.name == "中文"
    assert b'encoding="UTF-8"' in write(definitions)


def test_a_file_without_a_declaration_and_with_space_before_it_is_read() -> None:
    assert read(b"  \n" + file("")).id == "file"
    assert (
        read(b'<?xml version="1.0" encoding="ISO-8859-1"?>' + file("").replace(b'id="file"', b'id="d\xe9"')).id == "dé"
    )


DEEP = b"<task>" * (DEPTH + 1)
BAD_NUMBERS = ["abc", "", "NaN", "INF", "1e99", "-1", "１", "1_0", "0x1", "1000001"]


@pytest.mark.parametrize(
    ("code", "data"),
    [
        ("bpmn.size", b" " * (BYTES + 1)),
        ("bpmn.encoding", b'<?xml version="1.0" encoding="KOI8-R"?><a/>'),
        ("bpmn.encoding", b"\xff\xfe\x00\xd8"),
        ("bpmn.encoding", b"<a>\xff</a>"),
        ("bpmn.form", b""),
        ("bpmn.form", b"not xml"),
        ("bpmn.form", file("<task>")),
        ("bpmn.form", file("&nbsp;")),
        ("bpmn.form", file('<task id="a" id="b"/>')),
        ("bpmn.form", file('<task xmlns:n="urn:maker" m:a="1" n:a="2"/>')),
        ("bpmn.form", file("<a:b:c/>")),
        ("bpmn.prefix", file("<y:task/>")),
        ("bpmn.prefix", file('<task y:a=""/>')),
        ("bpmn.doctype", b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'),
        ("bpmn.doctype", b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'),
        ("bpmn.deep", file("").replace(b'<process id="p">', DEEP)),
        ("bpmn.deep", file("<task/>" * ELEMENTS)),
        ("bpmn.attributes", file("<task " + " ".join(f'a{n}=""' for n in range(ATTRIBUTES + 1)) + "/>")),
        ("bpmn.attributes", file("<task " + " ".join(f'xmlns:a{n}="u"' for n in range(ATTRIBUTES + 1)) + "/>")),
        ("bpmn.root", b"<definitions/>"),
        ("bpmn.root", b'<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/"/>'),
        ("bpmn.root", f'<process xmlns="{MODEL}"/>'.encode()),
        ("bpmn.place", file("", '<omgdi:waypoint x="a" y="1"/>')),
        ("bpmn.place", file("", '<omgdc:Bounds x="1" y="1" width="1"/>')),
        *(("bpmn.place", file("", box("a").replace('width="100"', f'width="{bad}"'))) for bad in BAD_NUMBERS),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_read_is_refused_with_its_reason(code: str, data: bytes) -> None:
    assert refused(data).code == code


def test_a_refusal_names_the_line_and_what_stands_there() -> None:
    found = refused(file("\n\n", line("f", (1, 2)).replace('x="1"', f'x="{"9" * 60}"')))
    assert found.where == "line 3"
    assert "9" * 39 + "…" in found.message.en and "9" * 40 not in found.message.en
    assert refused(file("\n<task>")).where == "line 2"


def test_what_stands_in_an_extension_is_the_makers() -> None:
    definitions = read(STRANGE.encode())
    assert "not-a-task" not in definitions.by_id()
    extension = next(each for each in definitions.walk() if each.kind == "extensionElements")
    assert all(isinstance(each, Kept) for each in extension.contents)


def test_an_element_that_the_standard_does_not_know_is_kept() -> None:
    found = read(file('<newThing id="n" a="b"><task id="t"/></newThing>')).by_id()["n"]
    assert found == Element("newThing", (("id", "n"), ("a", "b")), (Node("task", (("id", "t"),)),))


def test_spaces_are_kept_where_they_are_a_text() -> None:
    process = read(file("<task> </task><documentation> a <!-- b --> c </documentation>")).processes[0]
    assert process.elements[0].contents == (" ",)
    assert process.elements[1].contents == (" a ", Markup("<!-- b -->"), " c ")


def test_spaces_are_kept_where_the_file_says_so() -> None:
    body = (
        "<task xml:space='preserve'> <property> <x/> </property> <property xml:space='default'> <x/> </property></task>"
    )
    definitions = read(file(f"{body}<task> <property/> </task>"))
    preserved, plain = definitions.processes[0].nodes
    assert [len(each.contents) for each in (preserved, *preserved.elements, plain)] == [4, 3, 1, 1]
    assert same(file(body).decode(), write(read(file(body))).decode())


def test_a_text_that_is_longer_than_any_buffer_stays_one() -> None:
    text = "长文 &amp; " * 9_000
    documentation = read(file(f"<documentation>{text}</documentation>")).processes[0].elements[0]
    assert documentation.contents == (text.replace("&amp;", "&"),)


def test_a_file_of_exactly_the_bounds_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read(file("").ljust(BYTES)).id == "file"
    own = " ".join(f'a{n}=""' for n in range(ATTRIBUTES))
    spaces = " ".join(f'xmlns:a{n}="u"' for n in range(ATTRIBUTES))
    assert [len(each.attributes) for each in read(file(f"<task {own}/><task {spaces}/>")).processes[0].nodes] == [
        250,
        250,
    ]
    tasks = DEPTH - 2
    nested = read(file("<task>" * tasks + "</task>" * tasks))
    assert len(list(nested.walk())) == DEPTH
    assert refused(file("<task>" * (tasks + 1) + "</task>" * (tasks + 1))).code == "bpmn.deep"
    monkeypatch.setattr(reading, "ELEMENTS", 20)
    assert len(list(read(file("<task/>" * 18)).walk())) == 20
    assert refused(file("<task/>" * 19)).code == "bpmn.deep"


def test_what_stands_in_a_refusal_is_no_longer_than_a_line() -> None:
    for length, shown in ((40, "a" * 40), (41, "a" * 39 + "…")):
        found = refused(file("", box("x").replace('width="100"', f'width="{"a" * length}"')))
        assert f"“{shown}”" in found.message.en


@pytest.mark.parametrize("number", ["0", "1000000", "+5", ".5", "5.", "1e3", " 7 ", "12.804751371875008"])
def test_numbers_are_read_as_the_standard_writes_them(number: str) -> None:
    shape = read(file("", box("x").replace('width="100"', f'width="{number}"'))).diagrams[0].plane.shapes[0]
    assert shape.bounds and shape.bounds.width == float(number)


def test_a_place_may_lie_left_of_everything_and_no_farther_than_a_million() -> None:
    assert read(file("", box("x", -1_000_000))).diagrams[0].plane.shapes[0].bounds
    assert refused(file("", box("x", -1_000_001))).code == "bpmn.place"

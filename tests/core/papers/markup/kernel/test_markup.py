"""Packages and XML that people bring are opened without harm."""

import io
import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qilian.core.papers.markup.api import Package, child, children, follow, parse, value, written
from qilian.core.values.text import Refusal

RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://x/relationships/{}" Target="{}"/>'
    '<Relationship Id="r2" Type="http://x/hyperlink" Target="http://y" TargetMode="External"/></Relationships>'
)


def packed(**members: str | bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return out.getvalue()


def code_of(refused: pytest.ExceptionInfo[Refusal]) -> str:
    assert refused.value.message.zh and refused.value.message.en and refused.value.remedy
    return refused.value.code


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("", "utf-8"),
        ("", "utf-8-sig"),
        ("", "utf-16"),
        ("", "utf-16-le"),
        ("", "utf-16-be"),
        ("", "utf-32"),
        ('<?xml version="1.0" encoding="GBK"?>', "gbk"),
        ('<?xml version="1.0" encoding="gb2312" standalone="yes"?>', "gb2312"),
        ("<?xml version='1.0' encoding='Big5'?>", "big5"),
        ('<?xml version="1.0"?>', "utf-8"),
        ('<?xml version="1.0" encoding="UTF-16"?>', "utf-16"),
    ],
)
def test_xml_is_read_in_the_encoding_that_it_has(declared: str, encoding: str) -> None:
    assert parse(
        f"{declared}<x>冷庫</x>".replace("庫", "库" if "5" not in declared else "庫").encode(encoding)
    ).text in (
        "冷库",
        "冷庫",
    )


@pytest.mark.parametrize(
    "content", [b"", b"<a>", b"<a></b>", b"<a>\xff</a>", b'<?xml version="1.0" encoding="zlib"?><a/>', b"<w:a/>"]
)
def test_what_is_no_xml_is_damaged(content: bytes) -> None:
    with pytest.raises(Refusal) as caught:
        parse(content)
    assert code_of(caught) == "markup.damaged"


@pytest.mark.parametrize("before", ["", "<!-- a comment first -->", "<!--" + "x" * 5000 + "-->", "\n\n"])
def test_a_declaration_is_refused_wherever_it_stands(before: str) -> None:
    bomb = before + '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'
    for encoding in ("utf-8", "utf-16"):
        with pytest.raises(Refusal) as caught:
            parse(bomb.encode(encoding))
        assert code_of(caught) == "markup.declared"


def test_depth_and_elements_are_counted() -> None:
    assert len(list(parse(b"<a>" * 200 + b"</a>" * 200).iter())) == 200
    for content, limits in ((b"<a>" * 201 + b"</a>" * 201, {}), (b"<a><b/><b/></a>", {"most": 2})):
        with pytest.raises(Refusal) as caught:
            parse(content, **limits)
        assert code_of(caught) == "markup.too_large"


def test_names_are_short_whatever_the_edition() -> None:
    for space in (
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    ):
        inside = '<q:b q:val="1"/><q:b q:val="2"/><z:c xmlns:z="urn:z" d="3"/>'
        root = parse(f'<q:document xmlns:q="{space}">{inside}</q:document>'.encode())
        assert root.tag == "w:document" and value(root, "w:b") == "1"
        assert [value(each) for each in children(root, "w:b")] == ["1", "2"] and children(None, "w:b") == []
        assert value(root, "?:c", name="d") == "3" and value(root, "w:z", "w:b", default="-") == "-"
        assert child(root) is root and child(None, "w:b") is None


def test_a_package_finds_its_parts_by_relationship() -> None:
    content = packed(
        _rels__dot_rels="",
        **{
            "_rels__.rels": RELS.format("officeDocument", "/word/document2.xml"),
            "Word\\Document2.xml": "<a/>",
            "word___rels__document2.xml.rels": RELS.format("styles", "../word/Styles.xml"),
            "word__styles.xml": "<s/>",
        },
    )
    package = Package(content)
    assert package.main() == "word/document2.xml" and "WORD/document2.XML" in package
    assert package.tree(package.main()).tag == "a"
    assert package.part_of(package.main(), "styles") == "word/styles.xml"
    assert package.part_of(package.main(), "numbering") == "" and "" not in package
    assert package.related("word/styles.xml") == {} and "word/styles.xml" in package.names()
    package.prove()
    assert Package(packed(a="b")).main() == ""


def test_what_is_no_package_or_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    content = packed(a="x" * 1000, b="<b/>")
    for made in (lambda: Package(b"PK\x03\x04 broken"), lambda: Package(content).tree("missing")):
        with pytest.raises(Refusal) as caught:
            made()
        assert code_of(caught) == "markup.damaged"
    for made in (
        lambda: Package(content, unpacked=900),
        lambda: Package(content, markup=900).tree("a"),
        lambda: Package(packed(**{str(place): "" for place in range(5_001)})),
    ):
        with pytest.raises(Refusal) as caught:
            made()
        assert code_of(caught) == "markup.too_large"
    locked = bytearray(content)
    place = content.index(b"PK\x01\x02")
    locked[place + 8 : place + 10] = struct.pack("<H", 1)
    with pytest.raises(Refusal) as caught:
        Package(bytes(locked))
    assert code_of(caught) == "markup.encrypted"


def test_a_wrong_checksum_is_found_even_where_nothing_is_read() -> None:
    content = bytearray(packed(a="x" * 1000, theme="y"))
    place = content.rindex(b"PK\x01\x02")
    content[place + 16] ^= 1
    package = Package(bytes(content))
    with pytest.raises(Refusal) as caught:
        package.prove()
    assert code_of(caught) == "markup.damaged"


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    for read in (parse, written, lambda each: Package(each).prove(), lambda each: Package(b"PK\x03\x04" + each).main()):
        try:
            read(content)
        except Refusal as refusal:
            assert refusal.code.startswith("markup.")


def test_a_document_is_followed_piece_by_piece() -> None:
    class Heard:
        def __init__(self) -> None:
            self.names: list[str] = []
            self.text = ""

        def start(self, name: str, attributes: dict[str, str]) -> None:
            self.names.append(f"{name}{len(attributes)}")

        def end(self, name: str) -> None:
            self.names.append(f"/{name}")

        def data(self, text: str) -> None:
            self.text += text

    whole = '<?xml version="1.0" encoding="gbk"?><a><b>冷库</b></a>'.encode("gbk")
    heard, counts = Heard(), []
    for _ in follow([whole[:45], whole[45:48], whole[48:]], heard):
        counts.append(len(heard.names))
    assert (
        heard.text == "冷库" and heard.names == ["a0", "b0", "/b", "/a"] and counts == sorted(counts) and counts[0] == 2
    )

"""The command: JSON in the promised shape, a table to read, one sentence and exit 2 for a file that cannot be read."""

import io
import json
import zipfile
from pathlib import Path

import pytest

from qilian.spine.compiler.command import known_units, main

WORDS = (
    "一、任务\n（一）到2025年培育企业100家以上，占比达到50.5%，增速保持在6%—7%。（牵头单位：市甲局；配合单位：市乙局等部门）\n"
    "（二）做好第二件事，这里的文字很长很长，长到一行放不下要用省略号代替。（责任单位：市丙局，5年内完成）\n（三）没有责任。\n"
)
UNITS = '[[unit]]\ncode = "jia"\nkind = "department"\nnames = [{ zh = "市甲局", en = "A" }, { zh = "甲局" }]\n'
KEYS = {
    *("id", "section", "text", "span", "tier", "lead", "support", "responsible", "collectives", "open_list"),
    *("scope", "deadlines", "targets", "systems"),
}


class Bytes(io.StringIO):
    """A standard input that has bytes underneath, as a real one has."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.buffer = io.BytesIO(content)


def run(*arguments: str, stdin: io.StringIO | None = None) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    code = main(list(arguments), stdin or io.StringIO(), out, err)
    return code, out.getvalue(), err.getvalue()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "plan.txt").write_text(WORDS, "utf-8")
    (tmp_path / "units.toml").write_text(UNITS, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_json_in_the_promised_shape(folder: Path) -> None:
    code, out, err = run("plan.txt", "--json", "--units", "units.toml", "--start-year", "2024")
    made = json.loads(out)
    assert (code, err) == (0, "")
    assert set(made) == {"clauses", "units", "diagnostics"}
    assert set(made["clauses"][0]) >= KEYS
    assert made["clauses"][0]["lead"] == ["市甲局"]
    assert made["clauses"][0]["open_list"] is True
    assert [target["value"] for target in made["clauses"][0]["targets"]] == [100, 50.5, [6, 7]]
    assert made["clauses"][1]["deadlines"][0]["date"] == "2029-12-31"
    assert [unit["resolution"] for unit in made["units"]] == ["jia", None, None]
    assert set(made["diagnostics"][0]) == {"span", "kind", "message"}


def test_a_table_to_read(folder: Path) -> None:
    code, out, _ = run("plan.txt")
    assert code == 0
    assert "市甲局" in out and "…" in out and "no_annotation" in out
    assert "3 条，牵头 1，配合 1，责任 1" in out


def test_standard_input_as_bytes_and_as_text(folder: Path) -> None:
    assert run("-", "--json", stdin=Bytes(WORDS.encode("gb18030")))[0] == 0
    assert run("-", "--json", stdin=io.StringIO(WORDS))[1] == run("plan.txt", "--json")[1]


@pytest.mark.parametrize("arguments", [("absent.txt",), ("plan.txt", "--units", "absent.toml"), (".",)])
def test_what_cannot_be_read_exits_with_two(folder: Path, arguments: tuple[str, ...]) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1 and len(err) > 8


def test_the_list_of_units_by_default(folder: Path) -> None:
    (folder / "plan/qinghai-2015").mkdir(parents=True)
    (folder / "plan/qinghai-2015/units.toml").write_text(UNITS, "utf-8")
    assert json.loads(run("plan.txt", "--json")[1])["units"][0]["resolution"] == "jia"
    (folder / "plan/qinghai-2015/units.toml").write_text("[[unit]]\nkind = 1\n", "utf-8")
    assert run("plan.txt")[0] == 2


def test_units_are_read_with_all_their_names() -> None:
    (unit,) = known_units(UNITS)
    assert (unit.code, unit.names, unit.collective) == ("jia", ("市甲局", "甲局"), False)
    assert known_units("") == ()


def test_what_the_reader_has_to_say_stands_among_the_diagnostics(folder: Path) -> None:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    paragraphs = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in WORDS.splitlines())
    gone = "<w:p><w:del><w:r><w:delText>删去的任务</w:delText></w:r></w:del></w:p>"
    with zipfile.ZipFile(folder / "plan.docx", "w") as package:
        document = f'<w:document xmlns:w="{space}"><w:body>{paragraphs}{gone}</w:body></w:document>'
        package.writestr("word/document.xml", document)
    code, out, err = run("plan.docx", "--json")
    told = [each for each in json.loads(out)["diagnostics"] if each["kind"] == "read_revisions"]
    assert (code, err) == (0, "") and len(told) == 1 and "删去的任务" in told[0]["message"]
    assert "read_revisions" in run("plan.docx")[1]

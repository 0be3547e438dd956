"""The command `bpmn`: what is said of files and folders, and that a loss would be told."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from tests.engines.casework.bpmn.samples import STRANGE, box, damaged, file, line

from qilian.core.values.text import Refusal, speaking
from qilian.engines.casework.bpmn import command
from qilian.engines.casework.bpmn.api import draw, laid_out, read
from qilian.engines.casework.bpmn.command import main, told
from qilian.engines.casework.bpmn.counting import declared
from qilian.engines.casework.bpmn.kernel.model import Definitions

FLOW = "<task id='a' name='受理'/><sendTask id='b' name='通知'/><sequenceFlow id='f' sourceRef='a' targetRef='b'/>"
DRAWN = box("a") + box("b", 200) + line("f", (100, 40), (200, 40))


def lines(capsys: pytest.CaptureFixture[str]) -> tuple[list[dict[str, object]], str]:
    *files, last = capsys.readouterr().out.splitlines()
    return [json.loads(each) for each in files], last


def test_each_file_has_a_line_and_the_sum_stands_last(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep/two.BPMN").write_bytes(file(FLOW, DRAWN))
    (tmp_path / "one.bpmn").write_text(STRANGE)
    (tmp_path / "note.txt").write_text("no diagram")
    assert main(["read", str(tmp_path)]) == 0
    (two, one), last = lines(capsys)
    assert last == "read 2/2, kept 2/2"
    assert (two["nodes"], two["flows"], two["kept_nodes"], two["kept_flows"]) == (2, 1, 2, 1)
    assert [(each["kind"], each["id"], each["name"]) for each in two["outside_profile"]] == [("sendTask", "b", "通知")]  # type: ignore[attr-defined]  # JSON
    assert one["nodes"] == one["kept_nodes"] == 9 and one["flows"] == one["kept_flows"] == 6


def test_a_file_that_cannot_be_read_is_told_and_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good, bad = tmp_path / "good.bpmn", tmp_path / "bad.bpmn"
    good.write_bytes(file(FLOW))
    bad.write_text("<a")
    with speaking("en"):
        assert main(["read", str(bad), str(good)]) == 1
    (refusal, _), last = lines(capsys)
    assert refusal["refusal"] == "bpmn.form" and refusal["where"] == "line 1"
    assert str(refusal["says"]).startswith("The file is not well-formed XML.")
    assert last == "read 1/2, kept 1/2"


def test_a_silent_loss_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is counted is what the file declares, not what our model holds of it."""

    def losing(definitions: Definitions) -> bytes:
        return (
            file(FLOW, DRAWN)
            .replace(b"<task id='a' name='\xe5\x8f\x97\xe7\x90\x86'/>", b"")
            .replace(b'x="200"', b'x="201"')
        )

    monkeypatch.setattr(command, "write", losing)
    line, whole = told(file(FLOW, DRAWN))
    assert not whole
    assert (line["nodes"], line["kept_nodes"], line["flows"], line["kept_flows"]) == (2, 0, 1, 0)
    monkeypatch.setattr(command, "write", lambda _: file(FLOW, DRAWN, "name='more'"))
    line, whole = told(file(FLOW, DRAWN))
    assert not whole and line["kept_nodes"] == 2


def test_a_path_that_is_not_there_is_refused() -> None:
    with pytest.raises(Refusal) as caught:
        main(["read", "/nowhere/at/all"])
    assert caught.value.code == "bpmn.path" and "nowhere" in caught.value.where


def test_a_file_is_written_anew_and_drawn(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "one.bpmn"
    path.write_text(STRANGE)
    assert main(["write", str(path)]) == 0
    assert read(capsys.readouterr().out.encode()) == read(STRANGE.encode())
    assert main(["draw", str(path)]) == 0
    assert capsys.readouterr().out.startswith("<svg ")
    with pytest.raises(Refusal) as caught:
        main(["draw", str(path), "--sheet", "3"])
    assert caught.value.code == "bpmn.sheet"


def test_the_reference_models_are_kept(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", str(shared / "testdata/bpmn-miwg")]) == 0
    files, last = lines(capsys)
    assert last == "read 8/8, kept 8/8"
    assert all(each["nodes"] == each["kept_nodes"] and each["flows"] == each["kept_flows"] for each in files)
    assert files[0]["outside_profile"] == []


def test_nodes_and_flows_of_every_kind_are_counted() -> None:
    kinds = (
        "startEvent endEvent boundaryEvent intermediateCatchEvent task userTask callActivity subProcess transaction "
        "adHocSubProcess complexGateway eventBasedGateway dataObjectReference dataStoreReference textAnnotation group"
    )
    others = "dataObject incoming extensionElements property documentation laneSet"
    body = "".join(f"<{kind} id='{kind}'/>" for kind in f"{kinds} {others}".split())
    found = declared(file(body + "<extensionElements><task/></extensionElements><association/>").decode())
    assert sorted(kind for kind, _, _ in found.nodes) == sorted(kinds.split())
    assert found.flows.total() == 1
    assert declared(file("<dataObject id='o'/>", box("o")).decode()).nodes.total() == 1


@given(damaged())
def test_what_is_read_of_a_damaged_file_is_counted_drawn_and_whole(data: bytes) -> None:
    try:
        definitions = read(data)
    except Refusal:
        return
    _, whole = told(data)
    assert whole
    for sheet in range(len(definitions.diagrams)):
        assert draw(definitions, sheet).endswith("</svg>")
    assert laid_out(definitions).diagrams

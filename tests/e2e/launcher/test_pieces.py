"""The command line's pure pieces: arguments, skips, back-off, archives."""

from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType
from xml.etree.ElementTree import fromstring

import pytest

from qilian.core.values.text import Refusal
from qilian.web.cli import archive, assets, backoff, console, testing
from qilian.web.cli.skips import Skip, read_allowed, read_report, unlisted
from qilian.web.cli.words import WORDS, nearest

REPORT = """<testsuites><testsuite><testcase file="tests/e2e/a.py" name="one"/>
<testcase file="tests/e2e/a.py" name="two" time="1.5">
<skipped type="pytest.skip" message="shared folder absent: data"/></testcase>
<testcase file="tests/e2e/a.py" name="three"><skipped type="pytest.xfail" message="known"/></testcase>
<testcase classname="tests.b" name="four" time="2"><failure/></testcase></testsuite></testsuites>"""


def test_arguments_are_taken_apart() -> None:
    given = console.take(
        ["--port=1", "--host", "h", "--yes", "x"], values=("--port", "--host"), flags=("--yes",), rest=1
    )
    assert given == console.Given({"--port": "1", "--host": "h"}, frozenset({"--yes"}), ("x",))


@pytest.mark.parametrize("arguments", [["--prot", "1"], ["x"], ["--port"]])
def test_an_unknown_or_unfinished_argument_is_named(arguments: list[str]) -> None:
    with pytest.raises(Refusal) as caught:
        console.take(arguments, values=("--port",))
    assert caught.value.where == arguments[0]


def test_a_word_is_guessed() -> None:
    assert nearest("stats", list(WORDS)) == "status"
    assert nearest("zzzz", list(WORDS)) is None


def test_only_unlisted_skips_count_against_us() -> None:
    report = read_report(fromstring(REPORT))
    assert (report.tests, report.failed) == (4, 1)
    assert report.seconds == {"e2e": 1.5, "tests": 2.0}
    assert report.skips == (Skip("tests/e2e/a.py::two", "shared folder absent: data"),)
    assert unlisted(report.skips, []) == list(report.skips)
    assert unlisted(report.skips, read_allowed([{"test": "tests/*", "reason": "shared folder absent: *"}])) == []


def test_restarts_slow_down_and_are_forgiven() -> None:
    assert [backoff.delay(falls) for falls in (0, 1, 2, 3, 20)] == [0.2, 0.2, 0.4, 0.8, 10.0]
    assert backoff.falls_after(4, 1.0) == 5
    assert backoff.falls_after(4, 31.0) == 1


def test_an_archive_comes_back_whole_or_not_at_all(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("甲")
    target = tmp_path / "b.tar"
    archive.pack(target, mode="demo", made_at="2026", counts={"t": 1}, sources={"files/a": tmp_path / "a"})
    assert archive.unpack(target, tmp_path / "out").counts == {"t": 1}
    assert (tmp_path / "out" / "files" / "a").read_text() == "甲"
    content = target.read_bytes()
    for broken in (content.replace("甲".encode(), "乙".encode()), content[:600], b"", b"no archive at all"):
        target.write_bytes(broken)
        with pytest.raises(Refusal):
            archive.unpack(target, tmp_path / "again")


def test_assets_lie_below_their_package() -> None:
    assert assets.target("echarts/dist/echarts.min.js") == "echarts/echarts.min.js"
    assert assets.target("axe-core/axe.min.js") == "axe-core/axe.min.js"


def launcher(root: Path) -> ModuleType:
    """The file `qilian` itself, which has no ending."""
    spec = spec_from_loader("launcher", SourceFileLoader("launcher", str(root / "qilian")))
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_uv_installs_where_it_is_and_pip_where_it_is_not(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    house = launcher(root)
    monkeypatch.setattr(house.shutil, "which", lambda _name: "/bin/uv")
    fast, sure = house.installers("run")
    assert fast[:3] == ["/bin/uv", "pip", "install"] and sure[1:4] == ["-m", "pip", "install"]
    assert all(
        {"--require-hashes", "--no-deps", str(root / "requirements/run.txt")} <= {*each} for each in (fast, sure)
    )
    monkeypatch.setattr(house.shutil, "which", lambda _name: None)
    assert house.installers("run") == [sure]


@pytest.mark.parametrize(
    ("written", "read"), [("2028-02-29T23:59", "2028-02-29T23:59"), ("2027-01-01", "2027-01-01T00:00")]
)
def test_a_moment_is_read(written: str, read: str) -> None:
    assert testing.moment(written) == read and testing.moment("") == ""


def test_what_is_no_moment_is_told() -> None:
    with pytest.raises(Refusal) as caught:
        testing.moment("2027-02-29")
    assert caught.value.where == "--on"

"""The command `bpmn`: read diagrams of any maker and say what came back, write one anew, draw one."""

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path

from qilian.core.values.text import Refusal, Text

from .counting import declared
from .drawing import draw
from .kernel.layout import laid_out
from .kernel.profile import outside
from .kernel.reading import decoded, read
from .kernel.writing import write

HELP = Text("读写 BPMN 2.0 流程图，核对有无丢失", "read and write BPMN 2.0 diagrams, and prove that nothing is lost")
ENDINGS = (".bpmn", ".bpmn2", ".bpmn20", ".xml")


def main(arguments: Sequence[str]) -> int:
    """Run `bpmn read PATH…`, `bpmn write FILE` or `bpmn draw FILE [--sheet N]`.

    Exit status of `read`: 1 when a file could not be read, or lost something. Refusals: `bpmn.path` where there is no
    such file or folder, and those of `kernel.read`.
    """
    given = _parser().parse_args(list(arguments))
    return {"read": _read, "write": _write, "draw": _draw}[given.action](given)


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="./qilian bpmn", description=str(HELP))
    actions = parser.add_subparsers(dest="action", required=True)
    reading = actions.add_parser("read")
    reading.add_argument("paths", type=Path, nargs="+", metavar="PATH")
    actions.add_parser("write").add_argument("file", type=Path, metavar="FILE")
    drawing = actions.add_parser("draw")
    drawing.add_argument("file", type=Path, metavar="FILE")
    drawing.add_argument("--sheet", type=int, default=1, metavar="N")
    return parser


def _read(given: Namespace) -> int:
    """Print a line for each file, and at last how many were read, and how many came back whole."""
    files = [file for path in given.paths for file in _files(path)]
    were_read = were_kept = 0
    for file in files:
        try:
            line, whole = told(file.read_bytes())
            were_read, were_kept = were_read + 1, were_kept + whole
        except Refusal as refusal:
            line = {"refusal": refusal.code, "where": refusal.where, "says": str(refusal)}
        sys.stdout.write(json.dumps({"file": str(file), **line}, ensure_ascii=False) + "\n")
    sys.stdout.write(f"read {were_read}/{len(files)}, kept {were_kept}/{len(files)}\n")
    return 0 if were_read == were_kept == len(files) else 1


def told(data: bytes) -> tuple[dict[str, object], bool]:
    """Return what is said of one file, and whether it comes back whole. Refusals: those of `kernel.read`."""
    definitions = read(data)
    before, after = declared(decoded(data)), declared(write(definitions).decode())
    nodes, flows = before.nodes.total(), before.flows.total()
    kept_nodes, kept_flows = (before.nodes & after.nodes).total(), (before.flows & after.flows).total()
    line: dict[str, object] = {
        "nodes": nodes,
        "flows": flows,
        "kept_nodes": kept_nodes,
        "kept_flows": kept_flows,
        "outside_profile": [
            {"kind": each.kind, "id": each.id, "name": each.name, "says": str(each.message)}
            for each in outside(definitions)
        ],
    }
    return line, before == after


def _files(path: Path) -> Iterator[Path]:
    """A file as it is; of a folder all that its ending says is a diagram, in the order of their names."""
    if path.is_dir():
        yield from sorted(each for each in path.rglob("*") if each.suffix.lower() in ENDINGS and each.is_file())
    elif path.is_file():
        yield path
    else:
        raise Refusal("bpmn.path", Text("没有这个文件或文件夹。", "There is no such file or folder."), where=str(path))


def _write(given: Namespace) -> int:
    """Print the file as it is written after reading."""
    sys.stdout.write(write(read(_content(given.file))).decode())
    return 0


def _draw(given: Namespace) -> int:
    """Print one of its diagrams as SVG; a file without layout is laid out."""
    definitions = laid_out(read(_content(given.file)))
    sys.stdout.write(draw(definitions, given.sheet - 1) + "\n")
    return 0


def _content(path: Path) -> bytes:
    return next(_files(path)).read_bytes()

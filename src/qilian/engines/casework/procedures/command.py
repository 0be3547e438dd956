"""The command `procedure`: lint files before anybody runs them, or publishes them."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from qilian.core.values.text import Refusal, Text

from .kernel.reading import read_procedure

HELP: Final = Text("检查流程文件（YAML）", "check procedure files (YAML)")


def command(arguments: Sequence[str]) -> int:
    """Run `procedure lint FILE…`: a line for each thing that is wrong, with the element's name; exit status 1 then.

    Refusal `procedures.path` for what is no file.
    """
    parser = argparse.ArgumentParser(prog="./qilian procedure", description=str(HELP))
    lint = parser.add_subparsers(dest="action", required=True).add_parser("lint")
    lint.add_argument("files", type=Path, nargs="+", metavar="FILE")
    found = [wrong(path) for path in parser.parse_args(list(arguments)).files]
    return 1 if any(found) else 0


def wrong(path: Path) -> int:
    """Print what is wrong with a file, or that nothing is; return how many things are."""
    if not path.is_file():
        raise Refusal("procedures.path", Text("没有这个文件。", "There is no such file."), where=str(path))
    try:
        procedure = read_procedure(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError:
        message = Text("文件不是 UTF-8。", "The file is not UTF-8.")
        refusals: Sequence[Refusal] = (Refusal("procedures.encoding", message),)
    except Refusal as refusal:
        refusals = refusal.every
    else:
        steps = Text("{file}：{title}，{count} 步，没有问题。", "{file}: {title}, {count} steps, nothing is wrong.")
        count = len(procedure.graph.nodes)
        sys.stdout.write(f"{steps.filled(file=path.name, title=procedure.title, count=count)}\n")
        return 0
    for each in refusals:
        sys.stdout.write(f"{path.name}: {f'[{each.where}] ' if each.where else ''}{each} ({each.code})\n")
    return len(refusals)

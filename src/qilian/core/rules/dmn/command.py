"""The body of `rules`: run a folder of the DMN TCK, evaluate an expression, check a file."""

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from qilian.core.rules.feel.api import SyntaxFault, compile_expression, literal
from qilian.core.values.text import Refusal, Text

from .analysis import findings
from .tables import Table
from .tck import load, run_folder


def command(arguments: Sequence[str]) -> int:
    """Run `tck PATH`, `eval EXPRESSION [--set NAME=EXPRESSION …]` or `check FILE`.

    Exit 0; 1 when a case failed or a finding was made; 2 with a sentence for what cannot be read.
    """
    options = _parser().parse_args(arguments)
    run = {"tck": _tck, "eval": _evaluate, "check": _check}[options.verb]
    try:
        return run(options, sys.stdout, sys.stderr)
    except SyntaxFault as fault:
        sys.stderr.write(f"{fault.message}\n")
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="qilian rules")
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("tck").add_argument("path", type=Path)
    evaluate = verbs.add_parser("eval")
    evaluate.add_argument("expression")
    evaluate.add_argument("--set", action="append", default=[], metavar="NAME=EXPRESSION")
    verbs.add_parser("check").add_argument("path", type=Path)
    return parser


def _tck(options: argparse.Namespace, out: TextIO, trouble: TextIO) -> int:
    """Run the cases below a path; the last line is `total PASSED/TOTAL`."""
    if not options.path.exists():
        raise Refusal("rules.path", Text("没有这个文件夹。", "There is no such folder."), where=str(options.path))
    passed: Counter[str] = Counter()
    run: Counter[str] = Counter()
    for case in run_folder(options.path):
        run[case.folder] += 1
        passed[case.folder] += not case.trouble
        if case.trouble:
            trouble.write(f"{case.folder}/{case.file} {case.id}: {case.trouble}\n")
    for folder in run:
        out.write(f"{folder} {passed[folder]}/{run[folder]}\n")
    out.write(f"total {passed.total()}/{run.total()}\n")
    return 0 if passed == run else 1


def _evaluate(options: argparse.Namespace, out: TextIO, trouble: TextIO) -> int:
    """Print the value of an expression, and on stderr what went wrong in it."""
    context: dict[str, object] = {}
    for setting in options.set:
        name, _, text = setting.partition("=")
        context[name.strip()] = compile_expression(text, names=context).evaluate(context).value
    outcome = compile_expression(options.expression, names=context).evaluate(context)
    out.write(f"{literal(outcome.value)}\n")
    trouble.writelines(f"{diagnostic}\n" for diagnostic in outcome.diagnostics)
    return 1 if outcome.diagnostics else 0


def _check(options: argparse.Namespace, out: TextIO, _: TextIO) -> int:
    """Print what is wrong with a DMN model, or with a table as CSV or YAML, before anything is decided."""
    read = {".csv": Table.from_csv, ".yaml": Table.from_yaml, ".yml": Table.from_yaml}.get(options.path.suffix)
    said: list[object] = (
        [finding.message for finding in findings(read(options.path.read_text(encoding="utf-8")))]
        if read
        else list(load(options.path).findings)
    )
    out.writelines(f"{one}\n" for one in said)
    return 1 if said else 0

"""The body of `plan compile FILE [--json]`: read, compile, print; exit 0, or 2 with one sentence on stderr."""

import argparse
import json
import sys
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TextIO

from qilian.core.values.text import Refusal, Text, width
from qilian.spine.compiled.api import CompiledClause, CompiledPlan
from qilian.spine.reading.api import Document

from .adapters.readers import LARGEST, read, read_path, simplification
from .kernel import Diagnostic, KnownUnit, compile_plan

DEFAULT_UNITS = Path("plan/qinghai-2015/units.toml")


def main(argv: Sequence[str], stdin: TextIO, stdout: TextIO, stderr: TextIO) -> int:
    """Compile the plan in FILE (`-` reads stdin) and print it as a table, or as JSON with `--json`.

    Returns 0; 2 when a file cannot be read, with one sentence on stderr.
    """
    options = _parser().parse_args(argv)
    try:
        compiled = _compiled(options.file, options.units, options.start_year, stdin)
    except Refusal as refusal:
        stderr.write(f"{refusal}\n")
        return 2
    if options.json:
        json.dump(compiled.as_json(), stdout, ensure_ascii=False, indent=1)
        stdout.write("\n")
    else:
        stdout.writelines(f"{line}\n" for line in _table(compiled))
    return 0


def known_units(toml: str) -> tuple[KnownUnit, ...]:
    """Return the units of a units.toml: tables `[[unit]]` with `code`, `kind` and `names = [{ zh = … }]`.

    ValueError when the text is no TOML (TOMLDecodeError) or a unit has no code.
    """
    return tuple(_unit(entry) for entry in _tables(tomllib.loads(toml).get("unit")))


def _unit(entry: dict[str, object]) -> KnownUnit:
    code = entry.get("code")
    if not isinstance(code, str):
        raise ValueError("a unit without a code")
    written = (name.get("zh") for name in _tables(entry.get("names")))
    names = tuple(dict.fromkeys(name for name in written if isinstance(name, str)))
    return KnownUnit(code, names, entry.get("kind") == "collective")


def _tables(value: object) -> Iterator[dict[str, object]]:
    yield from (entry for entry in value if isinstance(entry, dict)) if isinstance(value, list) else ()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="qilian plan compile", description="Compile a plan into clauses and duties.")
    parser.add_argument("file", metavar="FILE", help="a .txt, .docx or .pdf document; - reads standard input")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    parser.add_argument("--units", type=Path, help=f"list of known units (default: {DEFAULT_UNITS} when it exists)")
    parser.add_argument("--start-year", type=int, help="year that dates deadlines such as 五年内 and 年底前")
    return parser


def _compiled(file: str, units: Path | None, start_year: int | None, stdin: TextIO) -> CompiledPlan:
    document = _standard_input(stdin) if file == "-" else read_path(Path(file))
    text = document.text
    compiled = compile_plan(text, units=_listed(units), start_year=start_year, simplify=simplification(text))
    return compiled.doubting(Diagnostic(note.span, note.kind, note.message) for note in document.notes)


def _standard_input(stdin: TextIO) -> Document:
    binary = getattr(stdin, "buffer", None)
    return read(binary.read(LARGEST + 1) if binary else stdin.read(LARGEST + 1).encode(), name="-")


def _listed(path: Path | None) -> tuple[KnownUnit, ...]:
    chosen = path or DEFAULT_UNITS
    if path is None and not chosen.exists():
        return ()
    try:
        return known_units(chosen.read_text("utf-8"))
    except (OSError, ValueError) as problem:
        raise Refusal(
            "plan.units.unreadable",
            Text(f"无法读取单位名录“{chosen.name}”。", f"The list of units “{chosen.name}” cannot be read."),
            where=str(chosen),
            remedy=Text("请检查文件路径和 TOML 语法。", "Check its path and its TOML."),
        ) from problem


# The table


def _table(compiled: CompiledPlan) -> Iterator[str]:
    rows = [("条", "任务", "牵头", "配合", "责任", "时限"), *(_row(clause) for clause in compiled.clauses)]
    widths = (8, 30, 28, 34, 34, 12)
    for row in rows:
        yield "  ".join(_fitted(cell, width) for cell, width in zip(row, widths, strict=True)).rstrip()
    leads = sum(len(clause.units("lead")) for clause in compiled.clauses)
    support = sum(len(clause.units("support")) for clause in compiled.clauses)
    responsible = sum(len(clause.units("responsible")) for clause in compiled.clauses)
    yield ""
    yield (
        f"{len(compiled.clauses)} 条，牵头 {leads}，配合 {support}，责任 {responsible}，"
        f"单位名称 {len(compiled.units)} 个，"
        f"其中已识别 {sum(unit.resolution is not None for unit in compiled.units)} 个"
    )
    yield from (f"! {doubt.span[0]}–{doubt.span[1]} {doubt.kind}: {doubt.message}" for doubt in compiled.diagnostics)


def _row(clause: CompiledClause) -> tuple[str, ...]:
    words = "".join(clause.text.split())
    dates = "、".join(deadline.date or deadline.text for deadline in clause.deadlines)
    return (
        clause.id,
        words,
        "、".join(clause.units("lead")),
        "、".join(clause.units("support")),
        "、".join(clause.units("responsible")),
        dates,
    )


def _fitted(text: str, room: int) -> str:
    """Return the text in exactly so many columns; a full-width character takes two."""
    taken, kept = 0, ""
    for character in text:
        size = width(character)
        if taken + size > room - 1:
            kept, taken = kept + "…", taken + 1
            break
        kept, taken = kept + character, taken + size
    return kept + " " * (room - taken)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:], sys.stdin, sys.stdout, sys.stderr))

"""The command `audit`: check the whole log or a part of it, and export a part that anybody can verify."""

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path

from qilian.core.log.proofs.api import export_head, exported, verify
from qilian.core.values.text import Text


def main(arguments: Sequence[str]) -> int:
    """Run `audit verify [FROM [TO]]` or `audit export FROM TO FILE [--since SIZE]`; TO is not included.

    Exit status 1 when the log differs from what was sealed; Refusal `events.range` when there are no such events.
    """
    given = _reader().parse_args(list(arguments))
    return _verify(given.start, given.stop) if given.deed == "verify" else _export(given)


def _reader() -> ArgumentParser:
    reader = ArgumentParser(prog="./qilian audit", description=str(HELP))
    deeds = reader.add_subparsers(dest="deed", required=True)
    check = deeds.add_parser("verify", help=str(_CHECK))
    check.add_argument("start", type=int, nargs="?", default=0, metavar="FROM")
    check.add_argument("stop", type=int, nargs="?", metavar="TO")
    export = deeds.add_parser("export", help=str(_EXPORT))
    export.add_argument("start", type=int, metavar="FROM")
    export.add_argument("stop", type=int, metavar="TO")
    export.add_argument("file", type=Path, metavar="FILE")
    export.add_argument("--since", type=int, default=0, metavar="SIZE", help=str(_SINCE))
    return reader


def _verify(start: int, stop: int | None) -> int:
    verdict = verify(start=start, stop=stop)
    if verdict.problem is None:
        sys.stdout.write(f"{_AGREES.filled(count=verdict.checked)}\n")
        return 0
    found = _DIFFERS.filled(sequence=verdict.sequence, field=verdict.field or "—", problem=verdict.problem)
    sys.stdout.write(f"{found}\n")
    return 1


def _export(given: Namespace) -> int:
    head = export_head(start=given.start, stop=given.stop, since=given.since)
    with given.file.open("w", encoding="utf-8") as file:
        file.write(json.dumps(head, ensure_ascii=False)[:-1] + ', "events": [\n')
        for place, document in enumerate(exported(start=given.start, stop=given.stop)):
            file.write((",\n" if place else "") + json.dumps(document, ensure_ascii=False))
        file.write("\n]}\n")
    sys.stderr.write(f"{_EXPORTED.filled(count=given.stop - given.start, file=given.file.name)}\n")
    return 0


HELP = Text("核对或导出事实日志", "check or export the event log")
_CHECK = Text("重新计算每一条，指出第一处不符", "recompute every row and name the first that differs")
_EXPORT = Text("导出一段，任何人都能核验", "export a part that anybody can verify")
_SINCE = Text("证明日志由这个规模的旧日志增长而来", "prove that the log grew from one of this size")
_AGREES = Text("{count} 条事实全部相符。", "All {count} events agree.")
_DIFFERS = Text("第 {sequence} 号，{field}：{problem}", "Number {sequence}, {field}: {problem}")
_EXPORTED = Text("已把 {count} 条事实写入 {file}。", "Wrote {count} events to {file}.")

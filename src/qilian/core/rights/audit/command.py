"""The command `audit`: check the log and the rows that it covers, and write proofs that anybody can verify."""

import json
import re
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from qilian.core.log.outbox.api import load_jobs
from qilian.core.log.proofs.api import (
    Verdict,
    covered,
    export_head,
    exported,
    growth,
    latest_checkpoint,
    one_moment,
    verify,
)
from qilian.core.values.text import Refusal, Text

_MOST = 100
"""Differences that are told of rows of engines; more would be read by nobody."""


def main(arguments: Sequence[str]) -> int:
    """Run `audit verify`, `export`, `growth` or `checkpoint`; a range `FROM TO` does not include TO.

    Exit status 1 when the log, or a row that it covers, differs from what was sealed. Refusals: `events.range` when
    there are no such events, `audit.file` for a file of keys or checkpoints that cannot be read.
    """
    given = _reader().parse_args(list(arguments))
    return {"verify": _verify, "export": _export, "growth": _growth, "checkpoint": _checkpoint}[given.action](given)


def _reader() -> ArgumentParser:
    reader = ArgumentParser(prog="./qilian audit", description=str(HELP))
    actions = reader.add_subparsers(dest="action", required=True)
    check = actions.add_parser("verify", help=str(_CHECK))
    check.add_argument("start", type=int, nargs="?", default=0, metavar="FROM")
    check.add_argument("stop", type=int, nargs="?", metavar="TO")
    check.add_argument("--keys", type=Path, metavar="FILE", help=str(_KEYS))
    check.add_argument("--kept", type=Path, nargs="+", default=[], metavar="FILE", help=str(_KEPT))
    export = actions.add_parser("export", help=str(_EXPORT_HELP))
    export.add_argument("start", type=int, metavar="FROM")
    export.add_argument("stop", type=int, metavar="TO")
    export.add_argument("file", type=Path, metavar="FILE")
    grown = actions.add_parser("growth", help=str(_GROWTH_HELP))
    grown.add_argument("size", type=int, metavar="SIZE")
    grown.add_argument("file", type=Path, metavar="FILE")
    signed = actions.add_parser("checkpoint", help=str(_CHECKPOINT_HELP))
    signed.add_argument("file", type=Path, metavar="FILE")
    return reader


def _verify(given: Namespace) -> int:
    keys = frozenset(re.findall(r"\b[0-9a-f]{64}\b", _read(given.keys))) if given.keys else None
    kept = [_checkpoint_in(path) for path in given.kept]
    with one_moment():
        return _told(given, verify(start=given.start, stop=given.stop, keys=keys, kept=kept))


def _told(given: Namespace, verdict: Verdict) -> int:
    """Say what was found of the log, and then of the rows that it covers."""
    if verdict.problem is not None:
        found = _DIFFERS.filled(sequence=verdict.sequence, field=verdict.field or "—", problem=verdict.problem)
        sys.stdout.write(f"{found}\n")
        return 1
    sys.stdout.write(f"{_AGREES.filled(count=verdict.checked)}\n")
    return _rows() if (given.start, given.stop) == (0, None) else 0


def _rows() -> int:
    """Hold the rows of the engines against the log; say each difference."""
    load_jobs()  # with them come the readers of files that no page opens
    status = 0
    for title, rows in covered():
        found = list(islice(rows(), _MOST))
        for wrong in found:
            sys.stdout.write(
                f"{_WRONG.filled(title=title, where=wrong.where, field=wrong.field, problem=wrong.problem)}\n"
            )
        sys.stdout.write("" if found else f"{_COVERED.filled(title=title)}\n")
        status = 1 if found else status
    return status


def _export(given: Namespace) -> int:
    head = export_head(start=given.start, stop=given.stop)
    with given.file.open("w", encoding="utf-8") as file:
        file.write(json.dumps(head, ensure_ascii=False)[:-1] + ', "events": [\n')
        for place, document in enumerate(exported(start=given.start, stop=given.stop)):
            file.write((",\n" if place else "") + json.dumps(document, ensure_ascii=False))
        file.write("\n]}\n")
    sys.stderr.write(f"{_EXPORTED.filled(count=given.stop - given.start, file=given.file.name)}\n")
    return 0


def _growth(given: Namespace) -> int:
    return _written(growth(since=given.size), given.file)


def _checkpoint(given: Namespace) -> int:
    return _written(latest_checkpoint(), given.file)


def _written(proof: object, file: Path) -> int:
    file.write_text(json.dumps(proof, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    sys.stderr.write(f"{_PROOF.filled(file=file.name)}\n")
    return 0


def _checkpoint_in(path: Path) -> tuple[int, str]:
    """Size and root of a kept checkpoint."""
    try:
        kept = json.loads(_read(path))
        size, root = kept["size"], kept["root"]
    except (ValueError, KeyError, TypeError):
        raise _unread(path) from None
    if type(size) is not int or not isinstance(root, str):
        raise _unread(path)
    return size, root


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError):
        raise _unread(path) from None


def _unread(path: Path) -> Refusal:
    words = Text("读不出公钥或检查点。", "No keys or checkpoint can be read from this file.")
    return Refusal("audit.file", words, where=str(path))


HELP = Text("核对或导出事实日志", "check or export the event log")
_CHECK = Text("重新计算每一条，指出不符之处", "recompute every row and name what differs")
_KEYS = Text("只信任这份名单里的公钥", "trust the public keys of this list only")
_KEPT = Text("您保存的检查点", "checkpoints that you kept")
_EXPORT_HELP = Text("导出一段，任何人都能核验", "export a part that anybody can verify")
_GROWTH_HELP = Text("证明日志由这个规模的旧日志增长而来", "prove that the log grew from one of this size")
_CHECKPOINT_HELP = Text("写出最新的检查点，供见证人保存", "write the newest checkpoint for a witness to keep")
_AGREES = Text("{count} 条事实全部相符。", "All {count} events agree.")
_COVERED = Text("{title}：与日志相符。", "{title}: agrees with the log.")
_WRONG = Text("{title} {where}，{field}：{problem}", "{title} {where}, {field}: {problem}")
_DIFFERS = Text("第 {sequence} 号，{field}：{problem}", "Number {sequence}, {field}: {problem}")
_EXPORTED = Text("已把 {count} 条事实写入 {file}。", "Wrote {count} events to {file}.")
_PROOF = Text("已写入 {file}。", "Wrote {file}.")

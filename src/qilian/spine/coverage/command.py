"""`./qilian coverage`: the report on a terminal, or as JSON."""

import argparse
import json
import sys
from collections.abc import Sequence

from qilian.core.values.text import Text

from .queries import report_anywhere
from .report import as_dict, as_table

_NO_LOG = Text(
    "没有读到事实记录：数据库没有运行，使用情况未计入。",
    "The log was not read: no database runs, so use is not counted.",
)


def main(arguments: Sequence[str]) -> int:
    """Print the coverage; status 1 when a clause or named system has no answer at all, so that a check can use it."""
    parser = argparse.ArgumentParser(prog="./qilian coverage", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print JSON instead of tables")
    options = parser.parse_args(arguments)
    found, with_log = report_anywhere()
    if not with_log:
        sys.stderr.write(f"{_NO_LOG}\n")
    text = json.dumps(as_dict(found), ensure_ascii=False, indent=2) if options.json else as_table(found)
    sys.stdout.write(f"{text}\n")
    return 1 if found.unanswered else 0

"""`audit dependencies`: which packages that we run have known weaknesses, asked of the package index one by one."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit

from qilian.core.machine.calls.api import call, inside
from qilian.core.values.text import Refusal, Text
from qilian.web.cli import console

_PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s\\;]+)", re.MULTILINE)
_PATIENCE = 20.0
_MOST = 20_000_000
_MANY = 1_000


@dataclass(frozen=True, slots=True)
class Weakness:
    """A known weakness of a version: its names, in which versions it is mended, and what it is."""

    names: tuple[str, ...]
    mended: tuple[str, ...]
    summary: str


def dependencies(arguments: Sequence[str]) -> int:
    """Ask for each pinned package, or for those named: `[PACKAGE …] [--index ADDRESS]`; exit 1 when one is weak.

    The index is pip's own setting unless it is named; it must answer JSON (`/pypi/<name>/<version>/json`). Refusals
    `advisories.index` (none known), `advisories.package` (not pinned); `advisories.offline` and `advisories.silent`
    (the index knows none of the versions): then nothing was checked.
    """
    given = console.take(arguments, values=("--index",), rest=_MANY)
    base = _base(given.values.get("--index") or _index_of_pip())
    found = known = unknown = 0
    for name, version in _asked(given.rest):
        answer = _told(base, name, version)
        known, unknown = known + (answer is not None), unknown + (answer is None)
        for each in weaknesses(answer or {}):
            found += 1
            mended = Text("，修正于 {in}", ", mended in {in}").filled(**{"in": ", ".join(each.mended)})
            console.answer(f"{name} {version}: {' '.join(each.names)}{mended if each.mended else ''}: {each.summary}")
    if not known:
        raise _silent(base)
    if unknown:
        console.tell(Text(f"索引不认识其中 {unknown} 个版本", f"the index does not know {unknown} of these versions"))
    if not found:
        console.answer(Text(f"查了 {known} 个版本，没有已知的弱点。", f"{known} versions checked: no known weakness."))
    return 1 if found else 0


def weaknesses(answer: Mapping[str, Any]) -> Iterator[Weakness]:
    """The weaknesses in an answer of the index, without those that were withdrawn."""
    for each in answer.get("vulnerabilities", ()):
        if not each.get("withdrawn"):
            names = (str(each.get("id", "?")), *map(str, each.get("aliases", ())))
            summary = " ".join(str(each.get("summary") or each.get("details") or "").split())[:200]
            yield Weakness(names, tuple(map(str, each.get("fixed_in", ()))), summary)


def _asked(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The pinned packages, or of them those that were named."""
    pinned = dict(_PINNED.findall((console.ROOT / "requirements" / "run.txt").read_text(encoding="utf-8")))
    strange = [name for name in names if name not in pinned]
    if strange:
        message = Text(f"没有锁定“{strange[0]}”这个包。", f"No package “{strange[0]}” is pinned.")
        raise Refusal("advisories.package", message, where=strange[0])
    yield from ((name, version) for name, version in pinned.items() if not names or name in names)


def _told(base: str, name: str, version: str) -> Mapping[str, Any] | None:
    """What the index says of a version; None when it does not know it."""
    allowed = inside([urlsplit(base).hostname or ""])
    try:
        answer = json.loads(call(f"{base}/pypi/{name}/{version}/json", allowed=allowed, patience=_PATIENCE, most=_MOST))
    except HTTPError as error:
        error.close()
        if error.code == 404:
            return None
        raise _offline(base, str(error)) from error
    except (OSError, ValueError) as error:
        raise _offline(base, str(error)) from error
    return answer if isinstance(answer, dict) else None


def _index_of_pip() -> str:
    done = subprocess.run(
        [sys.executable, "-m", "pip", "config", "get", "global.index-url"], capture_output=True, text=True, check=False
    )
    return done.stdout.strip() if done.returncode == 0 else ""


def _base(address: str) -> str:
    """The index's own address, whether it was given with `/simple` or without."""
    base = address.rstrip("/").removesuffix("/simple")
    if urlsplit(base).scheme not in ("http", "https"):
        message = Text("不知道向哪个软件包索引查询。", "It is not known which package index to ask.")
        remedy = Text("请写明：--index https://…", "Name it: --index https://…")
        raise Refusal("advisories.index", message, where="--index", remedy=remedy)
    return base


def _silent(base: str) -> Refusal:
    message = Text("这个索引不提供弱点信息，没有检查。", "This index tells nothing of weaknesses; nothing was checked.")
    return Refusal("advisories.silent", message, where=base, remedy=Text("请换一个索引。", "Name another index."))


def _offline(base: str, problem: str) -> Refusal:
    message = Text("连不上软件包索引，没有检查。", "The package index cannot be reached; nothing was checked.")
    remedy = Text(f"{base}：{problem}", f"{base}: {problem}")
    return Refusal("advisories.offline", message, where=base, remedy=remedy)

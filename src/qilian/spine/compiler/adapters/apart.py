"""Reading apart: a document is read in a process of its own with so much memory and time, and whatever happens is told.

A page that would fill the memory, or never end, ends its own process and nothing else: the worker lives, and the draft
says what happened.
"""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

from qilian.core.values.text import Refusal, Text
from qilian.spine.reading.api import Document, Note

from .readers import read, simplification

SECONDS = 300
MEMORY = 2 * 1024**3
_PROGRAM = "from qilian.spine.compiler.adapters.apart import main; main()"


def read_apart(
    content: bytes, *, name: str, seconds: int = SECONDS, memory: int = MEMORY
) -> tuple[Document, Mapping[int, int]]:
    """Read a document in another process: the document, and how to simplify its characters for matching.

    Refusals: those of `read`; `plan.file.hard` when it takes more than so many seconds or bytes, or the reader breaks.
    """
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(each for each in sys.path if each)}
    command = [sys.executable, "-c", _PROGRAM, name, str(seconds), str(memory)]
    try:
        ran = subprocess.run(command, input=content, env=environment, capture_output=True, timeout=seconds, check=True)
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError):
        raise _hard(name) from None
    told: dict[str, Any] = json.loads(ran.stdout)
    if "code" in told:
        raise Refusal(told["code"], Text(*told["message"]), where=name, remedy=Text(*told["remedy"]))
    notes = tuple(Note(kind, (start, end), message) for kind, start, end, message in told["notes"])
    return Document(told["text"], notes), {int(key): value for key, value in told["simplify"].items()}


def main() -> None:
    """Read what stands on standard input within the limits given, and write what was found as JSON."""
    name, seconds, memory = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    try:
        document = read(sys.stdin.buffer.read(), name=name)
    except Refusal as refusal:
        said = {"code": refusal.code, "message": _both(refusal.message), "remedy": _both(refusal.remedy)}
        sys.stdout.write(json.dumps(said))
        return
    notes = [(note.kind, *note.span, note.message) for note in document.notes]
    simplify = simplification(document.text)
    sys.stdout.write(json.dumps({"text": document.text, "notes": notes, "simplify": simplify}))


def _both(text: Text | None) -> tuple[str, str]:
    return (text.zh, text.en) if text else ("", "")


def _hard(name: str) -> Refusal:
    return Refusal(
        "plan.file.hard",
        Text(
            f"读取文件“{name}”用的时间或内存太多，已停止。",
            f"Reading the file “{name}” took too much time or memory and was stopped.",
        ),
        where=name,
        remedy=Text("请另存为 .docx 后再提供，或粘贴正文。", "Save it as .docx and try again, or paste its text."),
    )

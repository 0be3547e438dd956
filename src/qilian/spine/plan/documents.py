"""The text of a document that comes in by a form as a plain text file; everything else is for the worker."""

from qilian.core.house.forms.api import Upload
from qilian.core.values.text import Refusal, Text

ENCODINGS = ("utf-8-sig", "gb18030")
LARGEST = 4_000_000  # bytes of a plain text


def decoded(file: Upload) -> str:
    """Read a plain text in UTF-8, else in GB 18030.

    Refusals: `plan.source.kind` for another kind of file, `plan.source.large`, `plan.source.encoding`.
    """
    if not file.name.lower().endswith(".txt"):
        raise _refusal("kind", Text("这里只收纯文本 .txt 文件。", "Only plain text files (.txt) are taken here."))
    if len(file.content) > LARGEST:
        raise _refusal("large", Text("文件超过 4 MB。", "The file exceeds 4 MB."))
    for encoding in ENCODINGS:
        try:
            return file.content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _refusal("encoding", Text("文件的编码读不出。", "The encoding of the file cannot be read."))


def _refusal(what: str, message: Text) -> Refusal:
    remedy = Text("请把原文另存为 UTF-8 纯文本。", "Save the document as plain text in UTF-8.")
    return Refusal(f"plan.source.{what}", message, where="file", remedy=remedy)

"""Text that comes in by a form: pasted, or a plain text file; everything else is for the worker."""

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from qilian.core.values.text import Refusal, Text

ENCODINGS = ("utf-8-sig", "gb18030")
LARGEST = 4_000_000  # bytes of a plain text


def text_of(request: HttpRequest) -> str:
    """The pasted text, else the text of the uploaded file.

    Refusals: `plan.source.kind` for another kind of file, `plan.source.large`, `plan.source.encoding`.
    """
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        return request.POST.get("text", "").replace("\r\n", "\n")
    if not (file.name or "").lower().endswith(".txt"):
        raise _refusal("kind", Text("这里只收纯文本 .txt 文件。", "Only plain text files (.txt) are taken here."))
    if (file.size or 0) > LARGEST:
        raise _refusal("large", Text("文件超过 4 MB。", "The file exceeds 4 MB."))
    return decoded(file.read())


def decoded(content: bytes) -> str:
    """Read UTF-8, else GB 18030."""
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _refusal("encoding", Text("文件的编码读不出。", "The encoding of the file cannot be read."))


def _refusal(what: str, message: Text) -> Refusal:
    remedy = Text("请把原文另存为 UTF-8 纯文本。", "Save the document as plain text in UTF-8.")
    return Refusal(f"plan.source.{what}", message, where="file", remedy=remedy)

"""Whether a file is taken, and the name under which it is kept."""

import re
import unicodedata
from collections.abc import Sequence
from string import ascii_letters, digits

from qilian.core.values.text import Refusal, Text

from .kinds import KINDS, PROGRAM, UNKNOWN, Kind

NAME_LENGTH = 120
_FORBIDDEN = re.compile(r'[<>:"|?*]')
_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))  # controls, and marks that turn the reading direction
_ATTR_CHAR = frozenset(b"!#$&+-.^_`|~" + (ascii_letters + digits).encode())  # RFC 5987, 3.2.1


def clean_name(written: str) -> str:
    """Return a name that is safe on every disk and screen: no folders, no unseen characters, 120 characters at most."""
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", written))[-1]
    seen = "".join(letter for letter in last if unicodedata.category(letter) not in _UNSEEN)
    name = _FORBIDDEN.sub("_", seen).strip(" .")
    stem, dot, ending = name.rpartition(".")
    if len(name) > NAME_LENGTH:
        name = f"{stem[: NAME_LENGTH - len(ending) - 1]}.{ending}" if dot and len(ending) <= 10 else name[:NAME_LENGTH]
    return name or "file"


def ending_of(name: str) -> str:
    """Return what stands behind the last dot of a name, in small letters."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def accept(*, name: str, size: int, found: Kind, taken: Sequence[Kind]) -> None:
    """Let a file pass; a Refusal (`files.empty`, `.program`, `.disguised`, `.kind`) says why not and what to do."""
    if size == 0:
        raise _refusal("empty", Text("“{name}”是空文件。", "“{name}” is empty."), _CHOOSE, name)
    if found == PROGRAM:
        raise _refusal("program", Text("“{name}”是可执行程序。", "“{name}” is a program."), _NO_PROGRAMS, name)
    claimed = claimed_by(name)
    if claimed not in (found, UNKNOWN):
        words = Text("“{name}”的内容不是{claimed}，而是{found}。", "“{name}” is not a {claimed}: it holds a {found}.")
        words = words.filled(name=name, claimed=claimed.title, found=found.title)
        raise Refusal("files.disguised", words, where=name, remedy=_RIGHT_ENDING)
    if found not in taken:
        words = Text("这里不收{found}：“{name}”。", "A {found} is not taken here: “{name}”.")
        raise Refusal("files.kind", words.filled(name=name, found=found.title), where=name, remedy=_list(taken))


def too_large(name: str, limit: int) -> Refusal:
    """Return the refusal of a file above the limit (bytes)."""
    words = Text("“{name}”超过 {size}。", "“{name}” is larger than {size}.").filled(name=name, size=_size(limit))
    return Refusal("files.too_large", words, where=name, remedy=Text("请压缩或拆分后再上传。", "Compress or split it."))


def claimed_by(name: str) -> Kind:
    """Return the kind that a name's ending claims; UNKNOWN for an ending that claims nothing."""
    ending = ending_of(name)
    return next((kind for kind in KINDS if ending in kind.endings), UNKNOWN)


def disposition(name: str) -> str:
    """Return Content-Disposition for a download: an ASCII name for old programs, the true one after RFC 5987."""
    plain = re.sub(r"[^\w. -]", "_", name, flags=re.ASCII)
    true = "".join(chr(byte) if byte in _ATTR_CHAR else f"%{byte:02X}" for byte in name.encode())
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{true}"


_CHOOSE = Text("请选择有内容的文件。", "Choose a file with content.")
_NO_PROGRAMS = Text("程序一律不收，请上传文档或图片。", "Programs are never taken: upload a document or a picture.")
_RIGHT_ENDING = Text("请用正确的格式保存后再上传。", "Save it in the right format and upload it again.")


def _refusal(code: str, words: Text, remedy: Text, name: str) -> Refusal:
    return Refusal(f"files.{code}", words.filled(name=name), where=name, remedy=remedy)


def _list(taken: Sequence[Kind]) -> Text:
    zh, en = "、".join(kind.title.zh for kind in taken), ", ".join(kind.title.en for kind in taken)
    return Text(f"可以上传：{zh}。", f"You can upload: {en}.")


def _size(limit: int) -> str:
    return f"{limit // 2**20} MB" if limit >= 2**20 else f"{limit} B"

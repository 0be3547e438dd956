"""Plain text: bytes in any usual encoding become text; what is markup or no writing at all is refused."""

import re

from qilian.core.values.text import Refusal, Text

from .refusals import REMEDY, unknown

_MARKUP = (
    (r"\{\\rtf", Text("RTF 文档", "rich text")),
    (r"(?:<!doctype\s+html|<html[\s>]|mime-version:)", Text("网页", "a web page")),
    (r"<\?xml|<[a-z]+:[a-z]+\s+xmlns", Text("XML 文件", "an XML file")),
)


def decoded(content: bytes, name: str) -> str:
    """Return the text of bytes in UTF-8, UTF-16, UTF-32, GB 18030 or Big5, line ends as `\\n`.

    Refusals: `plan.file.binary`; `plan.file.format` for rich text, a web page or XML, whatever the file is called.
    """
    text = _unicode(content)
    if text is None:
        found = (_first(content, (encoding,)) for encoding in ("utf-8", "gb18030", "big5"))
        text = next((each for each in found if each is not None and not _strange(each)), None)
    if text is None or _strange(text):
        raise Refusal(
            "plan.file.binary",
            Text(f"文件“{name}”不是文字文件。", f"The file “{name}” is not a text."),
            where=name,
            remedy=REMEDY,
        )
    text = text.lstrip("\ufeff")
    for beginning, kind in _MARKUP:
        if re.match(rf"\s*{beginning}", text[:400], re.IGNORECASE):
            raise unknown(name, kind)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _unicode(content: bytes) -> str | None:
    """Return the text of bytes that say or show that they are UTF-16 or UTF-32."""
    if content.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        return _first(content, ("utf-32",))
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _first(content, ("utf-16",))
    sample = content[:4096]
    if len(content) % 2 == 0 and b"\n\x00" in sample and _plausible(sample, "utf-16-le"):
        return _first(content, ("utf-16-le",))
    if len(content) % 2 == 0 and b"\x00\n" in sample and _plausible(sample, "utf-16-be"):
        return _first(content, ("utf-16-be",))
    return None


def _plausible(sample: bytes, encoding: str) -> bool:
    text = sample[: len(sample) // 2 * 2].decode(encoding, "replace")
    return sum("\u4e00" <= character <= "\u9fff" for character in text) * 3 > len(text)


def _first(content: bytes, encodings: tuple[str, ...]) -> str | None:
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _strange(text: str) -> bool:
    """Tell whether a decoded text is no writing: control characters, or hardly a letter of any kind we know."""
    sample = text[:20000]
    if any(character < " " and character not in "\t\n\r\v\f" for character in sample):
        return True
    odd = sum(
        "\ue000" <= character <= "\uf8ff" or (not character.isprintable() and not character.isspace())
        for character in sample
    )
    return odd * 10 > len(sample)

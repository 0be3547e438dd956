"""The bytes of an XML file in the encoding that it declares, as UTF-8: Chinese systems write GBK and GB 18030.

XML 1.0 §4.3.3. An encoding that no bank uses, or that hides what is written (utf-7), is refused.
"""

import codecs
import re
from collections.abc import Iterable, Iterator
from itertools import chain

from qilian.core.values.text import Refusal, Text

_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._\-]{1,40})["']""")
_CODECS = {
    **dict.fromkeys(("utf-8", "utf8", "us-ascii", "ascii"), "utf-8-sig"),
    **dict.fromkeys(("gbk", "gb2312", "gb18030", "gb-2312", "x-gbk", "cp936"), "gb18030"),
    **dict.fromkeys(("iso-8859-1", "latin1", "latin-1", "windows-1252"), "cp1252"),
    **dict.fromkeys(("iso-8859-2", "iso-8859-15", "windows-1250", "big5"), ""),
}
_MARKS = ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_START = 1_024


def as_utf8(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the same text in UTF-8; Refusal `banking.xml.encoding` when it is not in the encoding that it declares."""
    stream = iter(chunks)
    start = b""
    for chunk in stream:
        start += chunk
        if len(start) >= _START:
            break
    decoder = codecs.getincrementaldecoder(_codec(start))()
    begun = False
    try:
        for chunk in chain((start,), stream):
            text = decoder.decode(chunk)
            text = text if begun else text.lstrip()  # blanks before the declaration, which XML does not allow
            begun = begun or bool(text)
            yield text.encode()
        yield decoder.decode(b"", final=True).encode()
    except UnicodeError:
        raise _refuse(
            Text("文字不是所声明的编码。", "The characters are not in the encoding that is declared.")
        ) from None


def _codec(start: bytes) -> str:
    marked = next((codec for mark, codec in _MARKS if start.startswith(mark)), "")
    if marked:
        return marked
    found = _DECLARED.search(start[:_START])
    name = found[1].decode().lower() if found else "utf-8"
    codec = _CODECS.get(name)
    if codec is None:
        message = Text(f"文件声明的编码“{name}”不收。", f"The encoding “{name}” that the file declares is not taken.")
        raise _refuse(message)
    return codec or name


def _refuse(message: Text) -> Refusal:
    remedy = Text("请从银行下载 UTF-8 的文件。", "Download the file in UTF-8 from the bank.")
    return Refusal("banking.xml.encoding", message, where="file", remedy=remedy)

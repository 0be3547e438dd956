"""The kinds of files that the house knows, and how their first bytes tell them apart."""

from collections.abc import Collection
from dataclasses import dataclass

from qilian.core.values.text import Text

HEAD = 8_192
"""How many bytes from the beginning suffice to recognise a kind; of packages the names inside are needed as well."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: its IANA media type, the endings it may have, and what people call it."""

    media_type: str
    endings: tuple[str, ...]
    title: Text


def _kind(media_type: str, endings: str, zh: str, en: str) -> Kind:
    return Kind(media_type, tuple(endings.split()), Text(zh, en))


_OFFICE = "application/vnd.openxmlformats-officedocument"
PDF = _kind("application/pdf", "pdf", "PDF 文件", "PDF document")
PNG = _kind("image/png", "png", "PNG 图片", "PNG image")
JPEG = _kind("image/jpeg", "jpg jpeg", "JPEG 图片", "JPEG image")
GIF = _kind("image/gif", "gif", "GIF 图片", "GIF image")
WEBP = _kind("image/webp", "webp", "WebP 图片", "WebP image")
TIFF = _kind("image/tiff", "tif tiff", "TIFF 图片", "TIFF image")
DOCX = _kind(f"{_OFFICE}.wordprocessingml.document", "docx dotx", "Word 文档", "Word document")
XLSX = _kind(f"{_OFFICE}.spreadsheetml.sheet", "xlsx", "Excel 表格", "Excel workbook")
PPTX = _kind(f"{_OFFICE}.presentationml.presentation", "pptx", "PowerPoint 演示", "PowerPoint slides")
OFD = _kind("application/ofd", "ofd", "OFD 版式文件", "OFD document")  # GB/T 33190
OLD_OFFICE = _kind("application/x-ole-storage", "doc xls ppt wps et dps", "旧版 Office 文件", "old Office file")
TEXT = _kind("text/plain", "txt csv tsv md json geojson xml yaml yml log", "文本文件", "text file")
ZIP = _kind("application/zip", "zip", "ZIP 压缩包", "ZIP archive")
MP4 = _kind("video/mp4", "mp4 m4v mov", "MP4 视频", "MP4 video")
WEB = _kind("text/html", "html htm svg xhtml", "网页", "web page")
ARCHIVE = _kind("application/x-archive", "rar 7z gz tgz bz2 xz", "其他压缩包", "other archive")
PROGRAM = _kind("application/x-executable", "exe dll so bat cmd sh ps1 jar com msi", "可执行程序", "program")
UNKNOWN = _kind("application/octet-stream", "", "无法识别的文件", "file of unknown kind")

KINDS = (
    PDF, PNG, JPEG, GIF, WEBP, TIFF, DOCX, XLSX, PPTX, OFD, OLD_OFFICE, TEXT, ZIP, MP4, WEB, ARCHIVE, PROGRAM, UNKNOWN,
)  # fmt: skip
IMAGES = (PNG, JPEG, GIF, WEBP, TIFF)
DOCUMENTS = (PDF, OFD, DOCX, XLSX, PPTX, OLD_OFFICE, TEXT)
EVIDENCE = (*DOCUMENTS, *IMAGES, MP4)
"""What a form takes unless it says otherwise: documents, pictures and films, never programs, web pages or archives."""

_BEGINNINGS: tuple[tuple[bytes, Kind], ...] = (
    (b"%PDF-", PDF),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLD_OFFICE),
    (b"PK\x03\x04", ZIP),
    (b"PK\x05\x06", ZIP),
    (b"Rar!\x1a\x07", ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", ARCHIVE),
    (b"\x1f\x8b", ARCHIVE),
    (b"BZh", ARCHIVE),
    (b"\xfd7zXZ\x00", ARCHIVE),
    (b"MZ", PROGRAM),
    (b"\x7fELF", PROGRAM),
    (b"#!", PROGRAM),
    (b"\xca\xfe\xba\xbe", PROGRAM),
    (b"\xfe\xed\xfa", PROGRAM),
    (b"\xcf\xfa\xed\xfe", PROGRAM),
    (b"\xce\xfa\xed\xfe", PROGRAM),
)
_INSIDE: tuple[tuple[str, Kind], ...] = (
    ("OFD.xml", OFD),
    ("word/document.xml", DOCX),
    ("xl/workbook.xml", XLSX),
    ("ppt/presentation.xml", PPTX),
    ("META-INF/MANIFEST.MF", PROGRAM),
    ("AndroidManifest.xml", PROGRAM),
)
_FOLDERS: tuple[tuple[str, Kind], ...] = (("word/", DOCX), ("xl/", XLSX), ("ppt/", PPTX))
"""Office packages whose main part has another name (word/document2.xml, as Word for the web writes it)."""
_MARKUP = (b"<!doctype html", b"<html", b"<svg", b"<script", b"<body", b"<iframe")
_CONTROL = frozenset(range(32)) - {9, 10, 12, 13, 27}


def sniff(head: bytes) -> Kind:
    """Return what the first bytes (HEAD of them) say; ZIP for every package: then ask `inside`."""
    for beginning, kind in _BEGINNINGS:
        if head.startswith(beginning):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    if head[4:8] == b"ftyp":
        return MP4
    return _written(head)


def inside(names: Collection[str]) -> Kind:
    """Return what a package is by the names of the files in it; ZIP when it is nothing in particular."""
    for name, kind in _INSIDE:
        if name in names:
            return kind
    if any(name.lower().endswith(".class") for name in names):
        return PROGRAM
    office = _FOLDERS if "[Content_Types].xml" in names else ()
    return next((kind for folder, kind in office if any(name.startswith(folder) for name in names)), ZIP)


def _written(head: bytes) -> Kind:
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return TEXT  # UTF-16 with its mark
    if any(_is_wide(head, encoding) for encoding in ("utf-16-le", "utf-16-be")):
        return TEXT
    if any(byte in _CONTROL for byte in head) or not _decodes(head):
        return UNKNOWN
    beginning = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return WEB if beginning.startswith(_MARKUP) or b"<svg" in beginning[:1024] else TEXT


def _is_wide(head: bytes, encoding: str) -> bool:
    """Whether bytes are UTF-16 without its mark: lines of nothing but Chinese and English."""
    text = head[: len(head) // 2 * 2].decode(encoding, "replace")
    return "\n" in text and all(
        each in "\t\r\n" or " " <= each <= "~" or "\u3000" <= each <= "\u9fff" or "\uff00" < each < "\uffef"
        for each in text
    )


def _decodes(head: bytes) -> bool:
    """Whether the bytes are text in UTF-8 or GB 18030; the last character may be cut where the head ends."""
    return any(_decodes_as(encoding, head, cut) for encoding in ("utf-8", "gb18030") for cut in range(4))


def _decodes_as(encoding: str, head: bytes, cut: int) -> bool:
    if cut and len(head) < HEAD:
        return False
    try:
        head[: len(head) - cut].decode(encoding)
    except UnicodeDecodeError:
        return False
    return True

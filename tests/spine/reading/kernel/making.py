"""Small Word documents written by hand: paragraphs, runs, lists and styles as markup."""

from qilian.core.papers.markup.api import parse
from qilian.spine.reading.api import Document, Parts, read_word

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
)


def rooted(tag: str, inside: str) -> bytes:
    return f"<{tag} {SPACES}>{inside}</{tag}>".encode()


def p(inside: str, properties: str = "") -> str:
    """A paragraph; plain words become a run."""
    runs = inside if inside.startswith("<") or not inside else r(inside)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{runs}</w:p>"


def r(words: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def listed(words: str, level: int | str = 0, key: int = 1) -> str:
    return p(words, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{key}"/></w:numPr>')


def level(depth: int, form: str, text: str, more: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def lists(*levels: str, more: str = "", nums: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>') -> str:
    return f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>{more}{nums}'


def document(*blocks: str, numbering: str = "", styles: str = "", footnotes: str = "", endnotes: str = "") -> Document:
    """Read a document made of these blocks."""
    body = "".join(blocks)
    return read_word(
        Parts(
            parse(rooted("w:document", f"<w:body>{body}<w:sectPr/></w:body>")),
            parse(rooted("w:styles", styles)) if styles else None,
            parse(rooted("w:numbering", numbering)) if numbering else None,
            parse(rooted("w:footnotes", footnotes)) if footnotes else None,
            parse(rooted("w:endnotes", endnotes)) if endnotes else None,
        )
    )


def lines(*blocks: str, **parts: str) -> list[str]:
    return document(*blocks, **parts).text.split("\n")


def kinds(read: Document) -> list[str]:
    return [note.kind for note in read.notes]

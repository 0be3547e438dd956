"""Set a sheet with typst: data in, PDF out; the fonts come from a wheel, installed official fonts are preferred."""

import json
import tempfile
from collections.abc import Mapping
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from types import MappingProxyType

import segno
import typst

NOTHING: Mapping[str, bytes] = MappingProxyType({})
_TEMPLATE = Path(__file__).resolve().parents[1] / "typst" / "sheet.typ"


BROKEN = (typst.TypstError, ValueError)
"""What typst raises when it cannot set a page."""


def typeset(data: Mapping[str, object], *, verify: str = "") -> bytes:
    """Return the PDF of a sheet's data; `verify` is the address of its verification page, drawn as a QR code."""
    return set_pages(_TEMPLATE, {**data, "verify": verify}, pictures={"proof.svg": _qr(verify or "-")})


def set_pages(template: Path, data: Mapping[str, object], *, pictures: Mapping[str, bytes] = NOTHING) -> bytes:
    """Return the PDF of a typst template that reads `data.json` and pictures beside it; one of BROKEN when it cannot.

    Whatever people wrote comes as data, so that no word of theirs is ever read as markup.
    """
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / template.name).write_bytes(template.read_bytes())
        (place / "data.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        for name, picture in pictures.items():
            (place / name).write_bytes(picture)
        pdf = typst.compile(str(place / template.name), root=folder, font_paths=_font_folders())
    assert isinstance(pdf, bytes) and pdf.startswith(b"%PDF")
    return pdf


def _qr(address: str) -> bytes:
    out = BytesIO()
    segno.make(address, error="m").save(out, kind="svg", border=0)
    return out.getvalue()


def _font_folders() -> list[str]:
    found = find_spec("noto_cjk_sans_otc")
    return [str(Path(found.origin).parent)] if found and found.origin else []

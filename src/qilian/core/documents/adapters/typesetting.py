"""Set a sheet with typst: data in, PDF out; the fonts come from a wheel, installed official fonts are preferred."""

import json
import tempfile
from collections.abc import Mapping
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

import segno
import typst

_TEMPLATE = Path(__file__).resolve().parents[1] / "typst" / "sheet.typ"


def typeset(data: Mapping[str, object], *, verify: str = "") -> bytes:
    """Return the PDF of a sheet's data; `verify` is the address of its verification page, drawn as a QR code."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "sheet.typ").write_text(_TEMPLATE.read_text(encoding="utf-8"), encoding="utf-8")
        (place / "data.json").write_text(json.dumps({**data, "verify": verify}, ensure_ascii=False), encoding="utf-8")
        (place / "proof.svg").write_bytes(_qr(verify or "-"))
        pdf = typst.compile(str(place / "sheet.typ"), font_paths=_font_folders())
    assert isinstance(pdf, bytes) and pdf.startswith(b"%PDF")
    return pdf


def _qr(address: str) -> bytes:
    out = BytesIO()
    segno.make(address, error="m").save(out, kind="svg", border=0)
    return out.getvalue()


def _font_folders() -> list[str]:
    found = find_spec("noto_cjk_sans_otc")
    return [str(Path(found.origin).parent)] if found and found.origin else []

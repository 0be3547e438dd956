"""The first sheet of an .xlsx workbook becomes rows of text, read row by row; workbooks that could hurt are refused."""

import re
import zipfile
from collections.abc import Iterator
from datetime import datetime, time
from decimal import Decimal
from io import BytesIO

from openpyxl import load_workbook

from qilian.core.papers.sheets.api import Line
from qilian.core.values.text import Refusal, Text

UNPACKED_MAX = 256 * 1024 * 1024
PARTS_MAX = 2_000
NUMBERS_MAX = 1_048_576  # rows of a spreadsheet (ECMA-376 as every program limits it)
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]{0,200}?ref="([A-Z0-9:]{1,40})"')
_CHUNK, _OVERLAP = 1 << 20, 512


def read_xlsx(content: bytes) -> Iterator[Line]:
    """Yield the rows of the first sheet with their numbers in the spreadsheet.

    Days are written as 2026-11-22, whole numbers without `.0`, yes and no as words, formulas as the values that were
    saved with them. Refusals: `sheets.broken`, `sheets.encrypted`, `sheets.macro`, `sheets.bomb` (more than 256 MB
    unpacked), `sheets.merged` with the range.
    """
    try:
        yield from _rows(content)
    except Refusal:
        raise
    except Exception:  # a broken workbook makes the library fail in a dozen ways, all of which mean the same
        message = Text("这个工作簿已损坏，不能读取。", "This workbook is damaged and cannot be read.")
        raise _refuse("broken", message, _SAVE_AGAIN) from None


def _rows(content: bytes) -> Iterator[Line]:
    with zipfile.ZipFile(BytesIO(content)) as package:
        _refuse_dangerous(package)
        book = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
        try:
            sheet = book.worksheets[0]
            _refuse_merged(package, vars(sheet)["_worksheet_path"])  # the one attribute that says where the sheet lies
            sheet.reset_dimensions()  # what a workbook says about its size is not to be relied on
            for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
                if number > NUMBERS_MAX:
                    raise ValueError("a row beyond the last one")
                yield Line(number, tuple(map(_written, cells)))
        finally:
            book.close()


def _refuse_dangerous(package: zipfile.ZipFile) -> None:
    parts = package.infolist()
    if any(part.flag_bits & 1 for part in parts):
        message = Text("工作簿加了密码，不能读取。", "The workbook has a password and cannot be read.")
        raise _refuse("encrypted", message, Text("请去掉密码再上传。", "Remove the password and upload it again."))
    if any(part.filename.endswith("vbaProject.bin") for part in parts):
        message = Text("工作簿带有宏，不收。", "The workbook holds macros and is not taken.")
        raise _refuse("macro", message, Text("请另存为不带宏的 .xlsx。", "Save it as .xlsx without macros."))
    if sum(part.file_size for part in parts) > UNPACKED_MAX or len(parts) > PARTS_MAX:
        message = Text("工作簿解压后过大，不收。", "The workbook is too large when unpacked, and is not taken.")
        raise _refuse(
            "bomb", message, Text("请只留需要的数据，另存后再上传。", "Keep only the data and save it again.")
        )
    for part in parts:
        if part.filename.endswith((".xml", ".rels")) and b"<!" in package.open(part).read(1024).split(b"<!--")[0]:
            raise ValueError("a document type declaration, which no workbook has")


def _refuse_merged(package: zipfile.ZipFile, path: str) -> None:
    before = b""
    with package.open(path) as source:
        for chunk in iter(lambda: source.read(_CHUNK), b""):
            found = _MERGED.search(before + chunk)
            if found:
                place = found[1].decode()
                message = Text(f"{place} 是合并单元格。", f"The cells {place} are merged.")
                remedy = Text("请取消合并，每格各填各的值。", "Unmerge them, so that each cell has its own value.")
                raise _refuse("merged", message, remedy)
            before = chunk[-_OVERLAP:]


def _written(value: object) -> str:
    """Write a cell as a person would type it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        number = Decimal(repr(value))
        return format(number.quantize(Decimal(1)) if number == number.to_integral_value() else number, "f")
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    return str(value)


def _refuse(code: str, message: Text, remedy: Text) -> Refusal:
    return Refusal(f"sheets.{code}", message, where="file", remedy=remedy)


_SAVE_AGAIN = Text(
    "请在表格软件里另存为 .xlsx 或“CSV UTF-8”。", "Save it again as .xlsx or “CSV UTF-8” in your spreadsheet program."
)

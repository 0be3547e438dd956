"""Task tables: asked for by a page, made by the worker, the same bytes for whoever asks again."""

from dataclasses import replace
from io import BytesIO

import openpyxl
import pypdfium2
import pytest
from django.test import Client

from qilian.core.house.principal import SYSTEM, acting
from qilian.core.values.text import Refusal, speaking
from qilian.spine.screen.adapters import exports
from qilian.spine.screen.api import Export, request_export
from qilian.spine.screen.jobs import make_table
from qilian.spine.screen.tasktable import task_table

pytestmark = pytest.mark.django_db


def test_a_table_is_asked_for_made_and_downloaded(main_version):
    client = Client(headers={"accept-language": "zh"})
    answer = client.post("/plans/qinghai-2015/versions/1/exports/xlsx?unit=qh-swt")
    place = answer["Location"]
    waiting = client.get(place)
    assert waiting["Refresh"] == "2" and "排队" in waiting.content.decode()
    export = Export.objects.get()
    with acting(SYSTEM):
        make_table(export=export.code)
    assert "已做好" in client.get(place).content.decode()
    content = b"".join(client.get(f"{place}file").streaming_content)
    sheet = openpyxl.load_workbook(BytesIO(content)).active
    assert sheet["A1"].value == "省商务厅任务分工表"
    assert client.post("/plans/qinghai-2015/versions/1/exports/xlsx?unit=qh-swt")["Location"] == place
    assert Client().get("/plans/qinghai-2015/versions/1/exports/xlsx").status_code == 405


def test_the_pdf_has_every_clause(main_version):
    with speaking("zh"):
        document = pypdfium2.PdfDocument(exports.as_pdf(task_table(main_version)))
    words = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    assert "3.6.2" in words and "2.1.1" in words and "不是方案原文" in words


def test_units_that_are_responsible_are_not_printed_as_leads(main_version):
    with speaking("zh"):
        table = task_table(main_version)
        assert len(table.columns) == 6
        row = replace(table.rows[0], lead="甲局", responsible="乙局、丙局", support="丁局")
        wide = replace(table, columns=(*table.columns[:4], "责任单位", *table.columns[4:]), rows=(row,))
        sheet = openpyxl.load_workbook(BytesIO(exports.as_xlsx(wide))).active
        head, *_ = [[cell.value for cell in line] for line in sheet.iter_rows() if line[0].value == "序号"]
        last = [cell.value for cell in sheet[sheet.max_row]]
        assert (
            dict(zip(head, last, strict=True))["责任单位"] == "乙局、丙局" and last[3] == "甲局" and last[5] == "丁局"
        )
        document = pypdfium2.PdfDocument(exports.as_pdf(wide))
        words = "".join(page.get_textpage().get_text_range() for page in document)
        document.close()
        assert "责任单位" in words and "乙局" in words


def test_a_formula_stays_a_name(main_version):
    table = task_table(main_version)
    row = type(table.rows[0])("=1+1", "1", "=cmd()", "甲", "乙", "")
    sheet = openpyxl.load_workbook(
        BytesIO(exports.as_xlsx(type(table)("题", "", "", table.columns, (row,), table.made_on, "x")))
    ).active
    assert sheet["C4"].data_type == "s"


def test_only_two_formats(main_version):
    with pytest.raises(Refusal) as refused:
        request_export(version=main_version, kind="docx", language="zh")
    assert refused.value.code == "plan.export.format"


def test_a_table_that_breaks_says_so_and_is_tried_again(main_version, monkeypatch):
    export = request_export(version=main_version, kind="pdf", language="zh")

    def broken(_table):
        raise ValueError("no font")

    monkeypatch.setattr(exports, "MAKERS", {"pdf": broken})
    with acting(SYSTEM):
        make_table(export=export.code)
    export.refresh_from_db()
    assert (export.state, export.failure) == ("failed", "no font")
    assert request_export(version=main_version, kind="pdf", language="zh").state == "queued"

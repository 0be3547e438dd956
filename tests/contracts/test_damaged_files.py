"""Whatever is wrong with a file that people bring, its reader answers with what it holds or with a refusal.

Every reader of files stands here with sound files of its kind. They are cut, changed, doubled, nested and written in
other encodings; the members of packages are exchanged or left out. `FUZZ_SECONDS` and `FUZZ_SEED` make a long run.
"""

import io
import os
import random
import time
import zipfile
from collections.abc import Callable, Mapping

import pytest
from tests.core.work.imports.oldbooks import label, number, old_book
from tests.engines.ledger.bankfile.test_damaged_files import SOUND as STATEMENTS
from tests.engines.ledger.bankfile.test_damaged_files import checked
from tests.spine.compiler.kernel.test_plan_readers_damaged import PAGE, WORD, plain_page

from qilian.core.rules.dmn.api import Table, read_model, table_in
from qilian.core.values.text import Refusal
from qilian.core.work.imports.adapters.spreadsheet import read_sheet
from qilian.spine.compiler.adapters.readers import read
from qilian.spine.compiler.api import compile_plan

SEED, SECONDS = int(os.environ.get("FUZZ_SEED", "1")), float(os.environ.get("FUZZ_SECONDS", "0"))
ROUNDS = 30
PLAN = """某市“十五五”计划
一、目标。到2030年，产值达到5亿元，南港、北港吞吐能力分别提升6%、9%。（牵头单位：市甲局；配合单位：市乙局）
序号	指标	单位	2025年	2030年
1	入园率	%	80	90以上
"""
TABLE = Table.from_yaml(
    "table: 等级\nhit: U\ninputs: [分数: number]\noutputs: [等级: string]\nrules: [['>= 60', 合格], ['< 60', 不合格]]\n"
)
OLD = old_book(label(0, 0, 0), label(0, 1, 1), number(1, 1, 57.7), strings=("名称", "数量"))


def workbook() -> bytes:
    """The smallest workbook: its parts as an office writes them."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    schema = "http://schemas.openxmlformats.org"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{schema}/package/2006/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{schema}/package/2006/relationships"><Relationship Id="r1" '
        f'Type="{schema}/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{schema}/spreadsheetml/2006/main" '
        f'xmlns:r="{schema}/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets>'
        "</workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{schema}/package/2006/relationships"><Relationship '
        f'Id="r1" Type="{schema}/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>'
        "</Relationships>",
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{schema}/spreadsheetml/2006/main"><sheetData><row r="1">'
        '<c r="A1" t="inlineStr"><is><t>名称</t></is></c><c r="B1"><v>57.699999999999996</v></c></row></sheetData>'
        "</worksheet>",
    }
    return packed({name: text.encode() for name, text in parts.items()})


def packed(parts: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def plan(content: bytes) -> None:
    text = read(content, name="坏").text
    draft = compile_plan(text)
    assert "".join(text[slice(*node.span)] for node in draft.nodes) == text
    assert all(target.as_json() for clause in draft.clauses for target in clause.targets)


Reader = Callable[[bytes], object]
KINDS: dict[str, tuple[Reader, tuple[bytes, ...]]] = {
    "plans": (plan, (PLAN.encode(), PLAN.encode("gb18030"), WORD, PAGE, plain_page())),
    "sheets": (lambda content: list(read_sheet(content)), (workbook(), OLD, "名称,数量\n甲,1\n".encode())),
    "statements": (checked, tuple(STATEMENTS.values())),
    "models": (read_model, (TABLE.to_dmn().encode(),)),
    "dmn": (lambda content: table_in("a.dmn", content), (TABLE.to_dmn().encode(),)),
    "yaml": (lambda content: table_in("a.yaml", content), (TABLE.to_yaml().encode(),)),
    "csv": (lambda content: table_in("a.csv", content), (TABLE.to_csv().encode(), TABLE.to_csv("en").encode())),
}
PIECES = tuple(
    [b"\x00", b"\xff\xfe", b"\xed\xa0\x80", b"<", b"&a;", b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"]]>", b'"', b",", b"\t"]
    + [b"\r", b"9" * 400, b"1e999", b"NaN", b"[" * 300, b"{" * 300, b"- " * 80, b"*a", b"!!python/object:x", b"=1+1"]
    + [
        piece.encode()
        for piece in ("②", "１", "分别", "（" * 50, "十百千万亿", "2026-02-30", "0001-01-01", "9999-12-31")
    ]
)


def cut_or_changed(chance: random.Random, content: bytes) -> bytes:
    damaged = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 5))):
        place, length = chance.randrange(len(damaged) + 1), chance.randrange(1, 60)
        other = chance.randrange(len(damaged) + 1)
        damaged[place : place + chance.choice((0, 1, length))] = chance.choice(
            (b"", bytes([chance.randrange(256)]), chance.choice(PIECES), bytes(damaged[other : other + length]))
        )
        del damaged[chance.choice((len(damaged), len(damaged), place)) :]
    return bytes(damaged)


def nested(chance: random.Random, content: bytes) -> bytes:
    place = content.find(b">", chance.randrange(len(content) + 1)) + 1
    depth, tag = chance.choice((10, 190, 250, 3000)), chance.choice((b"a", b"context", b"w:p"))
    return content[:place] + (b"<" + tag + b">") * depth + (b"</" + tag + b">") * depth + content[place:]


def rewritten(chance: random.Random, content: bytes) -> bytes:
    written = content.decode("utf-8", "replace")
    return written.encode(chance.choice(("utf-16", "utf-16-be", "utf-32", "gb18030", "big5", "utf-7")), "replace")


def repacked(chance: random.Random, content: bytes) -> bytes:
    """A package whose parts are exchanged, left out or damaged, and which holds together as a package."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    one, other = chance.choice(sorted(parts)), chance.choice(sorted(parts))
    how = chance.randrange(4)
    if how == 0:
        parts[one], parts[other] = parts[other], parts[one]
    elif how == 1:
        del parts[one]
    else:
        parts[one] = chance.choice((cut_or_changed, nested, rewritten))(chance, parts[one])
    return packed(parts)


def damaged(chance: random.Random, content: bytes) -> bytes:
    ways = [cut_or_changed, cut_or_changed, nested, rewritten]
    return chance.choice([*ways, *[repacked] * 4 * content.startswith(b"PK")])(chance, content)


@pytest.mark.parametrize("kind", KINDS)
def test_a_damaged_file_is_read_or_refused_with_a_sentence(kind: str) -> None:
    reader, sound = KINDS[kind]
    chance = random.Random(f"{SEED} {kind}")
    for content in sound:
        reader(content)
    end, rounds = time.monotonic() + SECONDS, 0
    while rounds < ROUNDS or time.monotonic() < end:
        rounds += 1
        content = damaged(chance, chance.choice(sound))
        try:
            reader(content)
        except Refusal as refusal:
            assert refusal.code and refusal.message.zh and refusal.message.en

"""Fragments of names over a register with statistics: whichever way a fragment is looked for, it is found, in order."""

import random

import psycopg
import pytest
from django.db import connection, transaction

from qilian.core.house.principal import SYSTEM, acting
from qilian.core.house.tables import SAMPLE, cut
from qilian.core.papers.sheets.api import read_csv
from qilian.core.values.text import Ref
from qilian.engines.registry.importing.services import apply
from qilian.engines.registry.parties.api import Party, check_character, search_parties

TRADES = ("租赁", "检测", "物流", "盐湖化工", "枸杞")
FORMS = ("有限公司", "股份有限公司", "有限责任公司", "集团有限公司")
ROWS, PAGE = 12_000, 51
FRAGMENTS = (
    "租赁有",
    "赁股份有",
    "租赁股份",
    "检测有限",
    "测有",
    "昆仑",
    "盐湖化",
    "有限",
    "有限公司",
    "租赁检",
    "检测物流",
    "无此",
)


def names() -> list[str]:
    chance = random.Random(1)
    signs = "昆仑祁连玉珠天湖云海金源绿洲恒泰瑞丰"
    return [f"青海{''.join(chance.sample(signs, 2))}{chance.choice(TRADES)}{chance.choice(FORMS)}" for _ in range(ROWS)]


@pytest.mark.usefixtures("committing")
def test_a_fragment_is_found_in_order_whichever_way_it_is_looked_for() -> None:
    written = names()
    codes = [f"91630102MA{number:07d}" for number in range(ROWS)]
    table = "\n".join(f"{name},{code}{check_character(code)}" for name, code in zip(written, codes, strict=True))
    with acting(SYSTEM), transaction.atomic():
        apply(
            actor=SYSTEM, lines=read_csv(f"名称,统一社会信用代码\n{table}\n".encode()), subject=Ref("core.import", "x")
        )
    assert searched() == plain(written), "without statistics"
    place = connection.settings_dict
    with psycopg.connect(host=place["HOST"], user="qilian_owner", dbname=place["NAME"], autocommit=True) as owner:
        owner.execute("ANALYZE registry_party")
    assert searched() == plain(written), "with statistics"


def searched() -> dict[str, tuple[list[str], int]]:
    pages = {fragment: cut(search_parties(fragment).order_by("pk"), 0, PAGE) for fragment in FRAGMENTS}
    return {fragment: ([row.name for row in rows], count) for fragment, (rows, count) in pages.items()}


def plain(written: list[str]) -> dict[str, tuple[list[str], int]]:
    assert list(Party.objects.order_by("id").values_list("name", flat=True)) == written
    found = {fragment: [name for name in written if fragment in name] for fragment in FRAGMENTS}
    return {fragment: (names[:PAGE], min(len(names), SAMPLE)) for fragment, names in found.items()}

"""Pages of parties found by fragments: however many are found, exactly the rows that slicing the plain query gives."""

import random
from collections.abc import Callable

import pytest
from django.test import Client

from qilian.core.house.principal import SYSTEM
from qilian.core.house.tables import SAMPLE, cut
from qilian.core.log.outbox.api import run_due
from qilian.core.papers.sheets.api import read_csv
from qilian.core.values.text import Ref
from qilian.engines.registry.importing.services import apply
from qilian.engines.registry.parties.api import Party, check_character, parties, search_parties

pytestmark = pytest.mark.django_db
MANY = 2_200
PLACES, MIDDLES, ENDS = ("西宁", "海东", "格尔木", "大通"), "昆仑玉珠峰雪莲河源", ("检测", "物流", "租赁")
WORDS = (
    *("西宁", "西宁昆", "尔木", "昆仑", "租赁有", "有限公司", "公司", "西", "司", "仑玉", "没有", "西%", "_宁"),
    *("xining", "gem", "9163", "西宁 物流", "昆 公司", "()"),
)


@pytest.fixture
def crowd() -> None:
    """Two thousand firms and more, brought by a file."""
    chance = random.Random(3)
    rows = ["名称,统一社会信用代码,行政区划"]
    for number in range(MANY):
        name = f"{chance.choice(PLACES)}{''.join(chance.sample(MIDDLES, 2))}{chance.choice(ENDS)}有限公司"
        code = f"91630102MA{number:07d}"
        rows.append(f"{name},{code}{check_character(code)},630102")
    content = "\n".join([*rows, ""]).encode()
    assert apply(actor=SYSTEM, lines=read_csv(content), subject=Ref("core.import", "x")) == MANY


@pytest.mark.parametrize("sounds", [False, True], ids=["just imported", "with sounds"])
def test_a_cut_page_is_the_page_of_the_plain_query(crowd: None, sounds: bool) -> None:
    if sounds:
        run_due()
        assert not Party.objects.filter(pinyin="").exists()
    for words in WORDS:
        for order, start in ((("pinyin", "pk"), 0), (("pinyin", "pk"), 200), (("pinyin", "pk"), 1_500), (("pk",), 0)):
            rows = search_parties(words).order_by(*order)
            wanted = list(rows[start : start + 51]), rows[:SAMPLE].count()
            assert cut(rows, start, start + 51) == wanted, (words, order, start)
    for order in (("-pinyin", "-pk"), ("region", "name", "pk"), ("name_key", "pk")):
        rows = search_parties("西宁").order_by(*order)
        assert cut(rows, 0, 51) == (list(rows[:51]), SAMPLE), order


def test_a_cut_page_obeys_the_other_filters(crowd: None, firm: Callable[..., Party]) -> None:
    one = firm(900_001, "西宁昆玉物流有限公司", region="630202")
    rows = search_parties("西宁", parties().filter(region="630202")).order_by("pinyin", "pk")
    assert cut(rows, 0, 51) == ([one], 1)
    assert cut(rows.none(), 0, 51) == ([], 0)


def test_list_and_api_show_the_same_pages_as_ever(crowd: None, client: Client) -> None:
    text = client.get("/parties/", {"q": "西宁"}).content.decode()
    first = search_parties("西宁").order_by("pinyin", "pk")[0]
    assert first.name in text and "501" not in text.split("<table")[1]
    found, address = [], "/api/v1/parties?q=西宁"
    while address:
        page = client.get(address)
        found += [item["code"] for item in page.json()]
        address = page.headers.get("Link", "").partition(">")[0].removeprefix("<")
    assert found == list(search_parties("西宁").order_by("pinyin", "pk").values_list("code", flat=True))

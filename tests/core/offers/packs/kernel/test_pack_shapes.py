"""Citations, offers, awaited offers and packs as plain data; the table of kinds."""

from dataclasses import dataclass
from typing import ClassVar

from hypothesis import given
from hypothesis import strategies as st

from qilian.core.house.parts.api import ENGINES, KINDS
from qilian.core.offers.packs.api import Awaited, Cite, Offer, Pack
from qilian.core.offers.packs.kernel.shapes import clause_order
from qilian.core.rules.dmn.api import Declared
from qilian.core.values.text import Text

TITLE = Text("检测", "Testing")


@dataclass(frozen=True, kw_only=True)
class Catalogue(Offer):
    """An engine's own offering, as sharing would declare it."""

    kind: ClassVar[str] = "catalogue"
    fee_line: str = ""


def test_a_citation_knows_its_section() -> None:
    assert Cite("2.10.3").section == "2.10"


def test_one_citation_or_several_read_alike() -> None:
    one, two = Cite("2.7.2"), Cite("2.7.3")
    assert Catalogue(slug="a", title=TITLE, answers=one).cites == (one,)
    assert Catalogue(slug="a", title=TITLE, answers=(one, two)).cites == (one, two)
    assert Awaited("hall", "a", TITLE, one).cites == (one,)


def test_an_offer_is_content_with_itself_by_default() -> None:
    assert Catalogue(slug="a", title=TITLE, answers=Cite("2.7.2")).problems() == ()


def test_an_awaited_offer_names_all_kinds_it_needs() -> None:
    assert Awaited("product", "loan", TITLE, Cite("2.2.3"), also=("procedure",)).kinds == ("product", "procedure")


def test_a_pack_lists_offers_and_awaited_offers_in_the_order_of_the_plan() -> None:
    later, first = Awaited("hall", "later", TITLE, Cite("2.7.10")), Awaited("hall", "first", TITLE, Cite("2.7.1"))
    middle = Catalogue(slug="middle", title=TITLE, answers=(Cite("2.7.9"), Cite("2.7.2")))
    nowhere = Awaited("hall", "nowhere", TITLE, ())
    pack = Pack(section="2.7", slug="testing", title=TITLE, offers=(middle,), awaits=(later, first, nowhere))
    assert [answer.slug for answer in pack.answers] == ["nowhere", "first", "middle", "later"]
    assert pack.path(middle) == "testing/middle"


@given(st.lists(st.integers(1, 40), min_size=1, max_size=4), st.lists(st.integers(1, 40), min_size=1, max_size=4))
def test_clause_order_is_the_order_of_numbers(left: list[int], right: list[int]) -> None:
    def written(steps: list[int]) -> str:
        return ".".join(map(str, steps))

    assert (clause_order(written(left)) < clause_order(written(right))) == (left < right)


def test_words_in_a_clause_id_do_not_raise() -> None:
    assert clause_order("附.2") == (0, 2)


def test_every_kind_speaks_both_languages_and_names_known_engines() -> None:
    assert len(KINDS) == 20
    for name, kind in KINDS.items():
        assert kind.name == name
        assert kind.title.zh and kind.title.en and kind.meaning.zh and kind.meaning.en
        assert kind.engines and set(kind.engines) <= ENGINES.keys()


def test_a_decision_is_named_by_its_pack() -> None:
    review = Declared("energy-review", TITLE, "2.6.1")
    pack = Pack(section="2.6", slug="environment", title=TITLE, decisions=(review,))
    assert pack.key(review) == "environment.energy-review"

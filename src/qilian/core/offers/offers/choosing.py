"""Offers to pick from, whether open or not: by title or by the address they stand at."""

from collections.abc import Iterable

from qilian.core.house.choices.api import Choice, Source
from qilian.core.house.principal import Principal
from qilian.core.offers.packs.api import packs
from qilian.core.values.text import Text

_Offer = tuple[str, Text]


def _every() -> Iterable[_Offer]:
    """Each pack as a whole (`testing/`), then its offers."""
    for pack in packs():
        yield f"{pack.slug}/", Text(f"{pack.title.zh}（全部服务项）", f"{pack.title.en} (all offers)")
        for offer in pack.offers:
            yield f"{pack.slug}/{offer.slug}", offer.title


def _fitting(_me: Principal, words: str) -> Iterable[_Offer]:
    asked = words.lower()
    return [each for each in _every() if asked in f"{each[0]} {each[1].zh} {each[1].en.lower()}"]


def _named(_me: Principal, written: str) -> Iterable[_Offer]:
    return [
        each for each in _every() if written.strip("/") == each[0].strip("/") or written in (each[1].zh, each[1].en)
    ]


def _shown(row: _Offer) -> Choice:
    path, title = row
    return Choice(path, title, path)


OFFERS = Source(
    name="offer",
    title=Text("服务项", "offers"),
    asks=Text("服务项的名称，或它网址中的路径", "the title of an offer, or its path in addresses"),
    search=_fitting,
    exact=_named,
    shown=_shown,
    gives=lambda row: row[0],
)

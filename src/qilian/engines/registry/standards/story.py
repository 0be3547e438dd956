"""An ordinary month of a set of standards: opened, its catalogue loaded, adopted, checked, one declaration withdrawn.

One teller for all sets: the catalogue and the names of the adopters are what the pack says.
"""

from functools import partial
from random import Random

from qilian.core.offers.offers.api import open_offer
from qilian.core.offers.stories.api import Scene, Story
from qilian.core.values import clock
from qilian.engines.registry.parties.api import (
    Party,
    invented_party,
)

from .api import (
    Adoption,
    Fact,
    Standard,
    check_adoption,
    declare_adoption,
    load_catalogue,
    register_standard,
    set_at,
    term_of,
    verify_standard,
    withdraw_adoption,
)

REGISTRAR, READER = "registrar", "reader"
_SAID = "全部服务场所按该标准执行，欢迎核查"


def month(path: str, chance: Random) -> Story:
    """Live through the month of the set at a path, as its official, the registrar and a reader.

    Refusals belong to it: a reader opens nothing, and what was abolished is not adopted.
    """
    shape, keeper = set_at(path), path.partition("/")[0]
    yield Scene(READER, lambda me: open_offer(actor=me, path=path), refused="grants.denied")
    yield Scene(keeper, lambda me: open_offer(actor=me, path=path), hours=2)
    rows: list[Standard] = yield Scene(keeper, lambda me: load_catalogue(actor=me, path=path))
    today = clock.today()
    current = [row for row in rows if term_of(row).status(today) == "current"]
    gone = next(row for row in rows if term_of(row).status(today) == "abolished")
    parties: list[Party] = []
    for name in shape.adopters:
        parties.append((yield from invented_party(name)))
    verify = partial(verify_standard, standard=chance.choice(current), source="国家标准全文公开系统（演示）")
    yield Scene(keeper, lambda me: verify(actor=me), hours=3)
    old = partial(declare_adoption, standard=gone, party=parties[0], statement=_SAID)
    yield Scene(keeper, lambda me: old(actor=me), refused="registry.standard.abolished")
    adoptions: list[Adoption] = []
    for party in parties:
        declare = partial(declare_adoption, standard=chance.choice(current), party=party, statement=_SAID)
        adoptions.append((yield Scene(keeper, lambda me, declare=declare: declare(actor=me), hours=2)))  # type: ignore[misc] # the default binds
    for number, adoption in enumerate(adoptions):
        look = partial(check_adoption, adoption=adoption, conforming=bool(number), finding="抽查两处场所，记录齐全")
        yield Scene(keeper, lambda me, look=look: look(actor=me), hours=5)  # type: ignore[misc] # the default binds
    yield Scene(
        keeper,
        lambda me: withdraw_adoption(actor=me, adoption=adoptions[0], reason="核查不符合，整改后再声明"),
        hours=8,
    )


def crowd(path: str, count: int) -> Story:
    """Bring so many invented standards into an open set."""
    shape, keeper = set_at(path), path.partition("/")[0]
    for number in range(count):
        code = f"演示规则第{count}-{number}号" if shape.of_laws else f"DB63/T {count}{number:03d}-2026"
        fact = Fact(code, f"演示标准 {number}", source="演示")
        yield Scene(keeper, lambda me, fact=fact: register_standard(actor=me, path=path, fact=fact))  # type: ignore[misc] # the default binds

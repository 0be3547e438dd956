"""A row of a file as facts: cells by their columns, choices by title, divisions by name, days in any usual form."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from qilian.core.house.forms.api import read_day
from qilian.core.values.text import Refusal, Text

from .facts import Books, Facts, check_facts, tidy
from .kinds import FUNCTIONS, HOLDINGS, KINDS, OWNERSHIPS

FIELDS = (
    "name",
    "uscc",
    "kind",
    "old_code",
    "short",
    "address",
    "region",
    "industry",
    "service",
    "ownership",
    "holding",
    "functions",
    "website",
    "established",
)
_PARTS = re.compile(r"[,，、;；]")


@dataclass(frozen=True, slots=True)
class Read:
    """What a row says, and everything that is wrong with it."""

    facts: Facts
    refusals: tuple[Refusal, ...] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """The words that a file may use instead of codes: titles of choices, names of divisions and services."""

    kinds: Mapping[str, str]
    ownerships: Mapping[str, str]
    holdings: Mapping[str, str]
    functions: Mapping[str, str]
    services: Mapping[str, str]
    regions: Mapping[str, str]


def words(services: Mapping[str, Text], regions: Iterable[tuple[str, str]]) -> Words:
    """Gather the words; a name that several divisions share stands for none."""
    pairs = list(regions)
    names = [name for name, _ in pairs]
    unique = {name: code for name, code in pairs if names.count(name) == 1}
    return Words(_titles(KINDS), _titles(OWNERSHIPS), _titles(HOLDINGS), _titles(FUNCTIONS), _titles(services), unique)


def row_reader(places: Mapping[str, int], known: Words, books: Books) -> Callable[[Sequence[str]], Read]:
    """Make the function that reads the cells of a row whose columns stand at these places."""
    positions = [places.get(name, -1) for name in FIELDS]

    def read(cells: Sequence[str]) -> Read:
        width = len(cells)
        name, uscc, kind, old, short, address, region, industry, service, own, hold, functions, site, day = [
            cells[place].strip() if 0 <= place < width else "" for place in positions
        ]
        established, wrong = _day(day)
        facts = Facts(
            kind=known.kinds.get(kind.casefold(), kind),
            name=name,
            uscc=uscc,
            old_code=old,
            short=short,
            address=address,
            region=known.regions.get(region, region),
            industry=industry,
            service=known.services.get(service.casefold(), service),
            ownership=known.ownerships.get(own.casefold(), own),
            holding=known.holdings.get(hold.casefold(), hold),
            functions=_several(functions, known.functions),
            website=site,
            established=established,
        )
        found = check_facts(facts := tidy(facts), books)
        return Read(facts, (*found, wrong) if wrong else found)

    return read


def _several(written: str, titles: Mapping[str, str]) -> tuple[str, ...]:
    if not written:
        return ()
    parts = (part.strip() for part in _PARTS.split(written))
    return tuple(titles.get(part.casefold(), part) for part in parts if part)


@lru_cache(maxsize=4_096)
def _day(written: str) -> tuple[date | None, Refusal | None]:
    if not written:
        return None, None
    try:
        return read_day(written), None
    except Refusal:
        pass
    message = Text(f"成立日期“{written[:20]}”不是日期。", f"“{written[:20]}” is not a date.")
    remedy = Text("例如 2020-05-01。", "For example 2020-05-01.")
    return None, Refusal("registry.day.form", message, where="established", remedy=remedy)


def _titles(choices: Mapping[str, Text]) -> Mapping[str, str]:
    return {title.casefold(): code for code, text in choices.items() for title in (text.zh, text.en)}

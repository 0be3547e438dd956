"""For whom a person may act beyond himself: engines above say so, since parties are none of core's tables."""

from collections.abc import Callable

Source = Callable[[int], tuple[str, ...]]
_sources: list[Source] = []


def represent(source: Source) -> None:
    """Ask a function of the registry whom a person (primary key) acts for today; it returns public codes of parties."""
    if source not in _sources:
        _sources.append(source)


def parties_of(person: int) -> tuple[str, ...]:
    """The public codes of all parties that a person (primary key) may act for today, each once."""
    return tuple(dict.fromkeys(party for source in _sources for party in source(person)))

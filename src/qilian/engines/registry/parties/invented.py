"""Invented parties for stories: codes and numbers that nobody has, sound by their check characters."""

from collections.abc import Generator
from typing import Any
from zlib import crc32

from qilian.core.offers.stories.api import Scene
from qilian.core.values.text import Refusal
from qilian.core.who.regions.api import province

from .kernel.codes import check_character
from .kernel.facts import Facts
from .models import Party
from .queries import party_by_uscc
from .services.registering import register_party

REGISTRAR = "registrar"


def invented_code(name: str, *, region: str = "", category: str = "91") -> str:
    """A unified code (GB 32100-2015) whose body is a checksum of the name; without a region the province's."""
    body = f"{category}{region or province()[0]}{crc32(name.encode()) % 10**9:09d}"
    return body + check_character(body)


def invented_identity(name: str) -> str:
    """An identity number (GB 11643-1999) that nobody has: persons are numbered by counties, never by a province."""
    sum_of_name = crc32(name.encode())
    body = f"{province()[0]}19{70 + sum_of_name % 30:02d}0101{sum_of_name % 1000:03d}"
    total = sum(int(digit) * pow(2, 17 - place, 11) for place, digit in enumerate(body))
    return body + "10X98765432"[total % 11]


def invented_party(name: str, *, region: str = "", category: str = "91") -> Generator[Scene, Any, Party]:
    """The scenes by which the registrar registers an invented party, the first time that it is met."""
    place = region or province()[0]
    uscc = invented_code(name, region=place, category=category)
    try:
        return party_by_uscc(uscc)
    except Refusal:
        facts = Facts("", name, uscc, region=place)
        party: Party = yield Scene(REGISTRAR, lambda me: register_party(actor=me, facts=facts))
        return party

"""Whose an account is, in words: the part to which a kind of owner belongs says how they are called, and where."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from qilian.core.offers.packs.api import packs
from qilian.core.values import clock
from qilian.core.values.text import Ref, Text
from qilian.core.who.people.api import Person
from qilian.core.who.units.api import unit_names
from qilian.engines.registry.parties.api import parties_with


class Owned(Protocol):
    """What says whose it is, as an account does."""

    @property
    def owner(self) -> str:
        """Return the reference of the owner."""


@dataclass(frozen=True, slots=True)
class Owner:
    """How an owner is called, and the address of his page, where he has one."""

    title: Text
    url: str = ""


Named = Callable[[Collection[str]], Mapping[str, Owner]]
_kinds: dict[str, Named] = {}
_KEPT = "_named_owner"


def name_owners(kind: str, named: Named) -> None:
    """Say how the owners of a kind are called, by what stands behind the colon; called by the part whose they are."""
    _kinds[kind] = named


def owner_of(row: Owned) -> Owner:
    """Whose an account is; what nobody names is told as it is written. It is looked up once for a row."""
    if _KEPT not in vars(row):
        look_up_owners([row])
    found = vars(row)[_KEPT]
    assert isinstance(found, Owner)
    return found


def look_up_owners(rows: Iterable[Owned]) -> None:
    """Look up whose accounts are, all of a kind together, before they are drawn."""
    refs = [(row, Ref.parse(row.owner)) for row in rows]
    wanted: dict[str, set[str]] = {}
    for _, ref in refs:
        wanted.setdefault(ref.kind, set()).add(ref.id)
    found = {kind: _kinds[kind](ids) if kind in _kinds else {} for kind, ids in wanted.items()}
    for row, ref in refs:
        vars(row)[_KEPT] = found[ref.kind].get(ref.id) or Owner(_unknown(ref))


def _unknown(ref: Ref) -> Text:
    """An owner that nobody names: what it is, as far as that is known, and its code."""
    noun = _NOUNS.get(ref.kind)
    return Text(f"{noun.zh} {ref.id}", f"{noun.en} {ref.id}") if noun else Text(str(ref), str(ref))


_NOUNS: Mapping[str, Text] = {
    "party": Text("主体", "Party"),
    "registry.party": Text("主体", "Party"),
    "core.person": Text("个人", "Person"),
    "unit": Text("单位", "Unit"),
    "offer": Text("服务项", "Offer"),
    "tender": Text("招标项目", "Tender"),
    "world": Text("外部", "Outside"),
}


def _units(slugs: Collection[str]) -> Mapping[str, Owner]:
    names = unit_names(slugs, on=clock.today())
    return {slug: Owner(name, f"/units/{slug}/") for slug, name in names.items()}


def _parties(codes: Collection[str]) -> Mapping[str, Owner]:
    rows = parties_with(codes)
    return {code: Owner(Text(row.name, row.name), f"/parties/{row.code}/") for code, row in rows.items()}


def _persons(codes: Collection[str]) -> Mapping[str, Owner]:
    rows = Person.objects.filter(code__in=codes)
    return {row.code: Owner(Text(row.name, row.name)) for row in rows}


def _offers(paths: Collection[str]) -> Mapping[str, Owner]:
    known = {pack.path(each): each.title for pack in packs() for each in pack.offers}
    return {path: Owner(known[path], f"/{path}/") for path in paths if path in known}


name_owners("unit", _units)
name_owners("party", _parties)
name_owners("registry.party", _parties)
name_owners("core.person", _persons)
name_owners("offer", _offers)

"""Reading parties: by any of their codes, by fragments of names."""

import re
from collections.abc import Iterable

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

from qilian.core.values.text import Refusal, Text

from .books import simplified
from .kernel.codes import tidy_code, veiled
from .kernel.names import bigrams, name_key
from .models import Party

CODE_LIKE = re.compile(r"(?=.*\d)[0-9A-Z]{4,18}")
LATIN = re.compile(r"[a-z][a-z0-9]*")


def parties() -> QuerySet[Party]:
    """All parties that were not merged into another."""
    return Party.objects.filter(merged_into__isnull=True)


def party_by_code(code: str) -> Party:
    """A party by its public code; one that was merged leads to its survivor. Refusal `registry.party.unknown` (404)."""
    row = Party.objects.select_related("merged_into").filter(code=code).first()
    if row is None:
        raise _unknown(code)
    return survivor_of(row)


def party_by_uscc(written: str) -> Party:
    """A party by its unified or old code, followed to its survivor. Refusal `registry.party.unknown` (404)."""
    code = tidy_code(written)
    rows = Party.objects.select_related("merged_into")
    row = (rows.filter(uscc=code).first() or rows.filter(old_code=code).first()) if code else None
    if row is None:
        raise _unknown(written)
    return survivor_of(row)


def survivor_of(party: Party) -> Party:
    """The record that lives on: the party itself, or the one that it was merged into."""
    return party.merged_into or party


def search_parties(words: str, rows: QuerySet[Party] | None = None) -> QuerySet[Party]:
    """The parties that have every word: part of a name of any time, beginning of a code, pinyin or initials.

    Two characters are enough; a single one is taken as the beginning of the name. Pages of it are cut by
    `core.tables.cut`, which bounds the work whatever is searched.
    """
    found = parties() if rows is None else rows
    code = tidy_code(words)
    for word in [code] if CODE_LIKE.fullmatch(code) else words.split()[:5]:
        found = found.filter(_word(word))
    return found


def parties_with(codes: Iterable[str]) -> dict[str, Party]:
    """Parties by their public codes: one query."""
    return {row.code: row for row in Party.objects.filter(code__in=list(codes))}


def _word(word: str) -> Q:
    code, key = tidy_code(word), name_key(word, simplified())
    found = _named(key) if key else Q(pk__in=())
    if CODE_LIKE.fullmatch(code):
        found |= Q(uscc__startswith=code) & ~Q(uscc="") | Q(old_code=code)
    if LATIN.fullmatch(key):
        found |= Q(initials__startswith=key) | Q(pinyin__startswith=key)
    return found


def _named(key: str) -> Q:
    """The condition that a name of any time holds a key; of a single character, that the name begins with it."""
    if len(key) == 1:
        return Q(name_key__startswith=key)
    pairs = bigrams([key])
    if not pairs:  # nearly every name has it: the planner is to take a third of all rows for found
        return Q(GreaterThan(StrIndex(F("names_key"), Value(key)), 0))
    return Q(grams__contains=pairs) if len(key) == 2 else Q(grams__contains=pairs, names_key__contains=key)


def _unknown(code: str) -> Refusal:
    message = Text("没有这个主体。", "There is no such party.")
    remedy = Text("请按名称或代码搜索。", "Search it by name or code.")
    return Refusal("registry.party.unknown", message, where=veiled(code), remedy=remedy)

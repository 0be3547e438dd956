"""Reading parties: by code, by fragments of names, who stands behind them, and who may be the same."""

import re
from collections.abc import Iterable
from datetime import date

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

from qilian.core.house.tables import running
from qilian.core.values.text import Refusal, Text

from .books import simplified
from .kernel.codes import tidy_code
from .kernel.holdings import Behind, Stake, behind
from .kernel.likeness import Profile
from .kernel.names import bigrams, name_key
from .models import Contact, Duplicate, Party, PartyRelation

CODE_LIKE = re.compile(r"(?=.*\d)[0-9A-Z]{4,18}")
LATIN = re.compile(r"[a-z][a-z0-9]*")
_DEPTH = 20
_ENOUGH = 200


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


def stakes_behind(party: Party, *, on: date) -> list[Stake]:
    """The shares and controls on a day in a party, in those who hold them, and so on."""
    found: list[Stake] = []
    edge, seen = {party.pk}, {party.pk}
    for _ in range(_DEPTH):
        rows = PartyRelation.objects.filter(running(on), held__in=edge, kind__in=("share", "control"))
        level = list(rows.select_related("holder", "held"))
        found += [Stake(row.holder.code, row.held.code, row.share) for row in level]
        edge = {row.holder_id for row in level} - seen
        seen |= edge
        if not edge:
            break
    return found


def behind_of(party: Party, *, on: date) -> Behind:
    """Who stands behind a party on a day: ultimate controllers and effective shares, by public codes."""
    return behind(party.code, stakes_behind(party, on=on))


def relations_of(party: Party) -> QuerySet[PartyRelation]:
    """All relations of a party in either direction, the latest first."""
    mine = PartyRelation.objects.filter(Q(holder=party) | Q(held=party))
    return mine.select_related("holder", "held").order_by("-valid_from", "-pk")


def parties_with(codes: Iterable[str]) -> dict[str, Party]:
    """Parties by their public codes: one query."""
    return {row.code: row for row in Party.objects.filter(code__in=list(codes))}


def duplicates() -> QuerySet[Duplicate]:
    """The pairs that wait for a person, the likeliest first."""
    rows = Duplicate.objects.filter(state="open").select_related("first", "second")
    return rows.order_by("-score", "id")


def contacts_of(party: Party) -> QuerySet[Contact]:
    """The persons of a party that the acting principal may know of, the present ones first."""
    return Contact.objects.filter(party=party).order_by(F("ended_on").desc(nulls_first=True), "pk")


def contact_by_code(code: str) -> Contact:
    """A person of a party, readable by the acting principal; Refusal `registry.contact.unknown` (404)."""
    row = Contact.objects.select_related("party").filter(code=code).first()
    if row is None:
        raise Refusal("registry.contact.unknown", Text("没有这位联系人。", "There is no such contact."), where=code)
    return row


def profile(party: Party) -> Profile:
    """What is compared of a party; read as the system, since blind indices of phones are compared."""
    names = tuple(party.names_key.split("\n"))
    phones = frozenset(
        Contact.objects.filter(party=party).exclude(phone_index="").values_list("phone_index", flat=True)
    )
    return Profile(party.uscc, party.old_code, names, party.address_key, party.region, phones)


def candidates(party: Party) -> list[Party]:
    """The records that share a code, an address, a phone or much of a name with a party: what is worth comparing."""
    others = parties().exclude(pk=party.pk).exclude(kind="citizen")
    found: dict[int, Party] = {}
    conditions = [Q(name_key=party.name_key), *_by_codes(party)]
    if party.address_key:
        conditions.append(Q(address_key=party.address_key))
    phones = Contact.objects.filter(party=party).exclude(phone_index="").values("phone_index")
    same = Contact.objects.filter(phone_index__in=phones).values("party")
    for condition in (*conditions, Q(pk__in=same), *_by_fragments(party)):
        found |= {row.pk: row for row in others.filter(condition)[:_ENOUGH]}
    return list(found.values())


def equals_in(first: int, last: int) -> list[tuple[Party, Party]]:
    """Pairs of a party within a range of primary keys and another one of the same name, or of a code inside its own."""
    mine = list(parties().filter(pk__range=(first, last)).exclude(kind="citizen"))
    subjects = {row.uscc[8:17]: row for row in mine if row.uscc} | {row.old_code: row for row in mine if row.old_code}
    names: dict[str, list[Party]] = {}
    for row in mine:
        names.setdefault(row.name_key, []).append(row)
    others = parties().exclude(kind="citizen")
    same = others.filter(name_key__in=names)
    coded = others.filter(old_code__in=subjects).exclude(old_code="")
    pairs = [(row, other) for other in same for row in names[other.name_key] if row.pk != other.pk]
    return pairs + [(subjects[other.old_code], other) for other in coded if subjects[other.old_code].pk != other.pk]


def _by_codes(party: Party) -> list[Q]:
    found = [Q(old_code=party.old_code)] if party.old_code else []
    return [*found, Q(old_code=party.uscc[8:17])] if party.uscc else found


def _by_fragments(party: Party) -> list[Q]:
    """Names that share all bigrams but those of the first, or of the last third: a slip stands in one place."""
    pairs = bigrams([party.name_key])
    key = party.name_key
    third = max(1, len(key) // 3)
    parts = (bigrams([key[third:]]), bigrams([key[: len(key) - third]]))
    return [Q(grams__contains=part) for part in parts if len(part) >= min(3, len(pairs)) and part]


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
    return Refusal("registry.party.unknown", message, where=code, remedy=remedy)

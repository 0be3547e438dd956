"""Reading pairs that may be one party, what is worth comparing, and what hangs on a record."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from qilian.core.house.principal import Principal
from qilian.core.log.events.api import written
from qilian.core.rights.grants.api import allowed, possible
from qilian.core.values.text import Ref, Refusal, Text
from qilian.engines.registry.contacts.api import phones_of, sharing_phones
from qilian.engines.registry.parties.api import MERGE, Party, bigrams, dependants, parties, scope_of

from .kernel.likeness import Profile
from .models import Duplicate

_ENOUGH = 200
_FACTS = Text("日志中的事实", "Facts in the log")


@dataclass(frozen=True, slots=True)
class Hanging:
    """How many rows of a kind hang on each record of a pair; `moves`: on merging they go to the one that lives on."""

    title: Text
    first: int
    second: int
    moves: bool = False


def pairs() -> QuerySet[Duplicate]:
    """All pairs, decided ones too."""
    return Duplicate.objects.select_related("first", "second")


def duplicates() -> QuerySet[Duplicate]:
    """The pairs that wait for a person, the likeliest first."""
    return pairs().filter(state="open").order_by("-score", "id")


def duplicates_for(me: Principal) -> QuerySet[Duplicate]:
    """The pairs that wait, for who may merge somewhere; nothing for others."""
    return duplicates() if possible(me, [MERGE]) else duplicates().none()


def duplicate_by_code(code: str) -> Duplicate:
    """A pair by its public code; Refusal `registry.duplicate.unknown` (404)."""
    row = pairs().filter(code=code).first()
    if row is None:
        raise Refusal("registry.duplicate.unknown", Text("没有这对记录。", "There is no such pair."), where=code)
    return row


def duplicate_ref(row: Duplicate) -> Ref:
    """How events name a pair."""
    return Ref("registry.duplicate", row.code)


def judges(me: Principal, row: Duplicate) -> bool:
    """Whether a reader may decide on a pair: both records lie where he may merge."""
    return all(allowed(me, MERGE, scope_of(each.region)) for each in (row.first, row.second))


def hanging(row: Duplicate) -> list[Hanging]:
    """What hangs on the two records, as all parts and engines say; kinds of which neither has any are left out."""
    found = [Hanging(each.title, each.count(row.first), each.count(row.second), each.moves) for each in dependants()]
    first, second = (written().filter(party=each.code).count() for each in (row.first, row.second))
    return [each for each in (*found, Hanging(_FACTS, first, second)) if each.first or each.second]


def profile(party: Party) -> Profile:
    """What is compared of a party."""
    names = tuple(party.names_key.split("\n"))
    return Profile(party.uscc, party.old_code, names, party.address_key, party.region, phones_of(party))


def candidates(party: Party) -> list[Party]:
    """The records that share a code, an address, a phone or much of a name with a party: what is worth comparing."""
    others = parties().exclude(pk=party.pk).exclude(kind="citizen")
    found: dict[int, Party] = {}
    conditions = [Q(name_key__in=party.names_key.split("\n")), *_by_codes(party)]
    if party.address_key:
        conditions.append(Q(address_key=party.address_key))
    for condition in (*conditions, Q(pk__in=sharing_phones(party)), *_by_fragments(party)):
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

"""Accounts to pick from, and who may own one: a party, a unit or whatever a reference names."""

from collections.abc import Iterable

from django.db.models import Q

from qilian.core.house.choices.api import Choice, Source
from qilian.core.house.principal import Principal
from qilian.core.values.text import Ref, Text
from qilian.core.who.units.api import UNITS
from qilian.engines.ledger.book.api import Account, accounts, seen_by, title_of
from qilian.engines.registry.parties.api import PARTY_CHOICES, party_ref


def _fitting(me: Principal, words: str) -> Iterable[Account]:
    """The accounts that the reader may see whose name or code has the words."""
    has = Q(title_zh__contains=words) | Q(title_en__icontains=words) | Q(code__startswith=words)
    return seen_by(me, accounts().filter(has)).order_by("-pk")


def _named(me: Principal, written: str) -> Iterable[Account]:
    """The account of a code, whosever it is: one may be paid without being seen; else those seen of this name."""
    has = Q(title_zh=written) | Q(title_en=written)
    return list(accounts().filter(code=written)) or seen_by(me, accounts().filter(has))


def _shown(row: Account) -> Choice:
    asset = title_of(row.asset)
    return Choice(row.code, title_of(row), Text(f"{asset.zh} · {row.code}", f"{asset.en} · {row.code}"))


_Owner = tuple[str, Choice]


def _owners_fitting(me: Principal, words: str) -> Iterable[_Owner]:
    """Units and parties that fit some words, as owners."""
    for source, kind in ((UNITS, "unit"), (PARTY_CHOICES, "registry.party")):
        for row in source.search(me, words):
            yield _owner(source, kind, row)


def _owners_named(me: Principal, written: str) -> Iterable[_Owner]:
    """What `kind:id` names as it is; else the units and parties of a code or name."""
    kind, _, code = written.partition(":")
    sources = {"unit": UNITS, "registry.party": PARTY_CHOICES}
    if code and kind not in sources:
        return [(written, Choice(written, written))]
    found = [(sources[kind], kind)] if code else [(source, kind) for kind, source in sources.items()]
    return [_owner(source, kind, row) for source, kind in found for row in source.exact(me, code or written)]


def _owner(source: Source, kind: str, row: object) -> _Owner:
    choice = source.shown(row)
    reference = f"{kind}:{choice.value}" if kind == "unit" else str(party_ref(row))  # type: ignore[arg-type] # of PARTY_CHOICES
    return reference, Choice(reference, choice.label, choice.note)


ACCOUNTS = Source(
    name="account",
    title=Text("账户", "accounts"),
    asks=Text("账户的公开编码或名称", "the public code of an account, or its name"),
    search=_fitting,
    exact=_named,
    shown=_shown,
)
OWNERS = Source(
    name="owner",
    title=Text("单位和主体", "units and parties"),
    asks=Text(
        "单位或主体的名称、代码，或“种类:编号”", "the name or code of a unit or party, or a reference written kind:id"
    ),
    search=_owners_fitting,
    exact=_owners_named,
    shown=lambda row: row[1],
    gives=lambda row: Ref.parse(row[0]),
    repeats=PARTY_CHOICES.repeats,
)

"""What all verbs of parties share: rights, locks, facts and rows, keys for searching."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date

from qilian.core.house.principal import Principal
from qilian.core.log.outbox.api import later
from qilian.core.rights.grants.api import Scope, allowed, require
from qilian.core.values import clock
from qilian.core.values.text import Ref, Refusal, Text
from qilian.core.who.regions.api import PROVINCES, regions
from qilian.engines.registry.parties.books import INDUSTRY_EDITION, industries, section_of, service_names, simplified
from qilian.engines.registry.parties.kernel.facts import Books, Facts
from qilian.engines.registry.parties.kernel.kinds import Status
from qilian.engines.registry.parties.kernel.life import Registration
from qilian.engines.registry.parties.kernel.names import bigrams, name_key
from qilian.engines.registry.parties.models import Party

REGISTER, AMEND, MERGE, VIEW = "registry.register", "registry.amend", "registry.merge", "registry.view"


def party_ref(party: Party) -> Ref:
    """The reference of a party, as events and other engines name it."""
    return Ref("registry.party", party.code)


def scope_of(region: str) -> Scope:
    """The scope of a party: its division."""
    return Scope(region=region[:6])


def require_on(actor: Principal, action: str, party: Party) -> None:
    """Refuse whoever may not do this to the party: `grants.denied`."""
    require(actor, action, scope_of(party.region))


def sees_all(reader: Principal, party: Party) -> bool:
    """Whether a reader sees what is not public of a party: who acts for it, and officials of its place."""
    return party.code in reader.parties or allowed(reader, VIEW, scope_of(party.region))


def locked(party: Party) -> Party:
    """The row of a party, locked until the transaction ends."""
    return Party.objects.select_for_update(of=("self",)).select_related("merged_into").get(pk=party.pk)


def registration_of(party: Party) -> Registration:
    """What decides on a party's changes."""
    survivor = party.merged_into.name if party.merged_into else ""
    return Registration(status_of(party), party.status_on, party.name, survivor)


def status_of(party: Party) -> Status:
    """The state of a party, as one of the four words."""
    match party.status:
        case "active" | "suspended" | "closed" | "merged":
            return party.status
        case _:
            raise ValueError(party.status)  # registry_party_status keeps others out


def books() -> Books:
    """The lists of today that facts are checked against."""
    today = clock.today()
    divisions = frozenset(regions(on=today).values_list("code", flat=True))
    elsewhere = frozenset(PROVINCES) - {code[:2] for code in divisions}
    return Books(divisions, industries().names, service_names(), today, elsewhere)


def key_of(name: str) -> str:
    """The key of a name, for comparing."""
    return name_key(name, simplified())


def facts_of(party: Party) -> Facts:
    """The facts that a row holds."""
    return Facts(
        kind=party.kind,
        name=party.name,
        uscc=party.uscc,
        old_code=party.old_code,
        short=party.short,
        address=party.address,
        region=party.region,
        industry=party.industry,
        service=party.service,
        ownership=party.ownership,
        holding=party.holding,
        functions=tuple(party.functions),
        website=party.website,
        established=party.established,
    )


def differences(before: Facts, after: Facts) -> tuple[str, ...]:
    """What changed from facts to facts, as events say it: `field: old → new`."""
    old, new = asdict(before), asdict(after)
    return tuple(f"{name}: {_plain(old[name])} → {_plain(new[name])}" for name in new if old[name] != new[name])


def _plain(value: object) -> str:
    return "、".join(map(str, value)) if isinstance(value, tuple | list) else str(value or "—")


def write_facts(row: Party, facts: Facts) -> None:
    """Put facts into a row, with everything that follows from them but the keys of names."""
    row.kind, row.uscc, row.old_code = facts.kind, facts.uscc, facts.old_code
    row.name, row.short, row.name_key = facts.name, facts.short, key_of(facts.name)
    row.address, row.address_key, row.region = facts.address, key_of(facts.address), facts.region
    row.industry, row.section = facts.industry, section_of(facts.industry)
    row.industry_edition = INDUSTRY_EDITION if facts.industry else ""
    row.service, row.ownership, row.holding = facts.service, facts.ownership, facts.holding
    row.functions, row.website, row.established = list(facts.functions), facts.website, facts.established


def write_keys(row: Party, names: Iterable[str]) -> None:
    """Let a row be found by all these names, its current one and its short one."""
    keys = list(dict.fromkeys(key_of(name) for name in (row.name, row.short, *names) if name))
    row.names_key, row.grams = "\n".join(keys), bigrams(keys)


def follow_up(party: Party) -> None:
    """What the worker does after a party's names changed: pinyin."""
    later("registry.pinyin", parties=[party.pk])


def refuse_taken(uscc: str, *, but: int = 0) -> None:
    """Refuse a unified code that another record has: `registry.code.taken`, or `.merged`, naming the record."""
    other = Party.objects.select_related("merged_into").filter(uscc=uscc).exclude(pk=but).first() if uscc else None
    if other is None:
        return
    if other.merged_into is not None:
        name = other.merged_into.name
        message = Text(f"持有该代码的记录已并入“{name}”。", f"The record with this code was merged into “{name}”.")
        remedy = Text(f"请使用“{name}”的记录。", f"Use the record of “{name}”.")
        raise Refusal("registry.code.merged", message, where="uscc", remedy=remedy)
    state = "（已注销）" if other.status == "closed" else ""
    english = " (closed)" if other.status == "closed" else ""
    raise Refusal(
        "registry.code.taken",
        Text(f"该代码已登记为“{other.name}”{state}。", f"This code is registered as “{other.name}”{english}."),
        where="uscc",
        remedy=Text("请在原记录上变更。", "Amend that record instead."),
    )


def day_or_today(on: date | None) -> date:
    """The day given, else today."""
    return on or clock.today()

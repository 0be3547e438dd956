"""Registering a party, amending its facts, giving it another name."""

from dataclasses import asdict, replace
from datetime import date, timedelta

from django.db import transaction

from qilian.core.house.principal import Principal, internal
from qilian.core.log.events.api import emit
from qilian.core.rights.grants.api import require
from qilian.core.values import clock
from qilian.core.values.text import Refusal, Text, refuse_all
from qilian.engines.registry.parties.events import PartyAmended, PartyRegistered, PartyRenamed
from qilian.engines.registry.parties.kernel.facts import Facts, check_facts, tidy
from qilian.engines.registry.parties.kernel.life import check_day, refuse_merged
from qilian.engines.registry.parties.kernel.names import check_name, masked_name, tidy_name
from qilian.engines.registry.parties.models import Party, PartyName

from .common import (
    AMEND,
    REGISTER,
    books,
    day_or_today,
    differences,
    facts_of,
    follow_up,
    locked,
    party_ref,
    refuse_taken,
    registration_of,
    require_on,
    scope_of,
    write_facts,
    write_keys,
)
from .sizing import resize

OWN_FACTS = ("short", "address", "service", "website")
"""What those who act for a party amend themselves, without a right of office."""


@transaction.atomic
def register_party(*, actor: Principal, facts: Facts) -> Party:
    """Register a party; it is active from its day of establishment, else from today.

    Pinyin and likely duplicates follow by the worker. Refusals: `grants.denied`, all that `check_facts` finds
    (`registry.code.check` and so on), `registry.code.taken`, `registry.code.merged`.
    """
    wanted = tidy(facts)
    require(actor, REGISTER, scope_of(wanted.region))
    refuse_all(check_facts(wanted, books()))
    refuse_taken(wanted.uscc)
    row = Party(status_on=wanted.established or clock.today(), registered_at=clock.now())
    write_facts(row, wanted)
    write_keys(row, ())
    row.name_since = wanted.established
    row.save(force_insert=True)
    body = PartyRegistered(row.kind, row.uscc, row.name, row.region, row.industry, row.service)
    emit(body, actor=actor, subject=party_ref(row), party=row.code, region=row.region[:6])
    follow_up(row)
    return row


@internal("contacts writes down the person himself, sealed, in the same transaction")
def enter_person(*, actor: Principal, name: str, region: str) -> Party:
    """Write down a natural person as a party, with a masked name and nothing else, for verbs that checked the right.

    Refusals: `registry.name.*`, `registry.region.wrong`.
    """
    facts = Facts("citizen", masked_name(name), region=region)
    refuse_all(each for each in (check_name(name), *(check_facts(facts, books()) if name else ())) if each)
    row = Party(status_on=clock.today(), registered_at=clock.now())
    write_facts(row, facts)
    row.grams, row.names_key = [], row.name_key  # nobody is found by fragments of his name
    row.save(force_insert=True)
    body = PartyRegistered("citizen", "", "", region, "", "")
    emit(body, actor=actor, subject=party_ref(row), party=row.code, region=region[:6])
    return row


@transaction.atomic
def amend(*, actor: Principal, party: Party, facts: Facts) -> Party:
    """Give a party other facts; start from `facts_of(party)`. Its name changes by `rename`, its state by other verbs.

    Whoever acts for the party amends OWN_FACTS without a right. Refusals: `grants.denied`, `registry.party.merged`,
    `registry.amend.name`, `registry.amend.nothing`, and as for registering.
    """
    row, wanted = locked(party), tidy(facts)
    before = facts_of(row)
    changes = frozenset(name for name, value in asdict(wanted).items() if asdict(before)[name] != value)
    _may_amend(actor, row, wanted, changes)
    refuse_merged(registration_of(row))
    refuse_all(check_facts(wanted, books()))
    if "name" in changes:
        message = Text("名称另行变更。", "The name is changed separately.")
        raise Refusal("registry.amend.name", message, where="name", remedy=Text("请用“变更名称”。", "Use “rename”."))
    if not changes:
        raise Refusal("registry.amend.nothing", Text("没有任何改动。", "Nothing is changed."))
    refuse_taken(wanted.uscc, but=row.pk)
    write_facts(row, wanted)
    write_keys(row, row.names.values_list("name", flat=True))
    if "industry" in changes:
        resize(row)
    row.save()
    emit(
        PartyAmended(differences(before, wanted)),
        actor=actor,
        subject=party_ref(row),
        party=row.code,
        region=row.region[:6],
    )
    follow_up(row)
    return row


@transaction.atomic
def rename(*, actor: Principal, party: Party, name: str, on: date | None = None) -> Party:
    """Give a party another name from a day on (today unless given); the former name stays findable.

    Refusals: `grants.denied`, `registry.party.merged`, `registry.name.*`, `registry.rename.same`,
    `registry.day.future`, `registry.rename.before` when the present name is younger.
    """
    row, day, wanted = locked(party), day_or_today(on), tidy_name(name)
    require_on(actor, AMEND, row)
    refuse_merged(registration_of(row))
    wrong = check_name(wanted)
    if wrong is not None:
        raise wrong
    check_day(day, clock.today())
    former = row.name
    if wanted == former:
        raise Refusal("registry.rename.same", Text("名称没有变化。", "It has this name already."), where="name")
    _keep_former(row, day)
    write_facts(row, replace(facts_of(row), name=wanted))
    row.name_since = day
    write_keys(row, row.names.values_list("name", flat=True))
    row.save()
    emit(PartyRenamed(former, wanted, day), actor=actor, subject=party_ref(row), party=row.code, region=row.region[:6])
    follow_up(row)
    return row


def _may_amend(actor: Principal, row: Party, wanted: Facts, changed: frozenset[str]) -> None:
    if row.code in actor.parties and changed <= set(OWN_FACTS):
        return
    require_on(actor, AMEND, row)
    require(actor, AMEND, scope_of(wanted.region))


def _keep_former(row: Party, day: date) -> None:
    """Keep the present name as one that ended the day before."""
    if row.name_since is not None and row.name_since >= day:
        message = Text(f"现名自 {row.name_since} 起使用。", f"The present name holds since {row.name_since}.")
        remedy = Text("请填写更晚的日期。", "Give a later day.")
        raise Refusal("registry.rename.before", message, where="on", remedy=remedy)
    PartyName.objects.create(party=row, name=row.name, valid_from=row.name_since, valid_to=day - timedelta(days=1))

"""Opening a case: somebody asks for an item, a window writes it down, or an office begins by itself."""

from collections.abc import Mapping
from typing import Final

from django.db import transaction

from qilian.core.house.forms.api import Written, check, plain
from qilian.core.house.principal import Principal
from qilian.core.offers.offers.api import clause_of, scope_of, serving
from qilian.core.papers.series.api import next_number
from qilian.core.rights.grants.api import allowed, require
from qilian.core.values import clock
from qilian.core.values.text import Refusal, Text, refuse_all
from qilian.core.who.regions.api import province
from qilian.engines.casework.flow import kernel
from qilian.engines.casework.flow.events import CaseOpened
from qilian.engines.casework.flow.models import Case
from qilian.engines.casework.flow.rights import ACCEPT
from qilian.engines.casework.items.api import ItemVersion, item_at, procedure_of, version_in_force
from qilian.engines.casework.procedures.api import Procedure
from qilian.engines.registry.parties.api import Party, refuse_closed, registration_of
from qilian.engines.registry.representation.api import require_party

from .saving import Locked, save, start_clock, tell

_PARTY: Final = Text("请选择申请人。", "Choose who applies.")


@transaction.atomic
def open_case(
    *, actor: Principal, path: str, party: Party | None = None, data: Mapping[str, Written], title: str = ""
) -> Case:
    """Open a case of an item for a party: by who acts for it, or by a window that accepts paper.

    An internal matter has no party and needs the right to accept. The clock of the promised limit starts with it.
    Refusals: `casework.item.unknown`, `grants.denied`, `offers.closed`, `casework.item.unpublished`,
    `casework.party.missing`, those of parties and forms (all at once), those of the flow.
    """
    item_at(path)
    unit = item_at(path).unit
    scope = scope_of(path, unit=unit)
    window = allowed(actor, ACCEPT, scope)
    if party is not None and not window:
        require_party(actor, party)
    elif party is None:
        require(actor, ACCEPT, scope)
    serving(path)
    version = published(path)
    procedure = procedure_of(version)
    if party is None and procedure.public:
        raise Refusal("casework.party.missing", _PARTY, where="party")
    if party is not None:
        refuse_closed(registration_of(party))
    row = _fresh(actor, version, procedure, party, unit, data, title)
    channel = "internal" if party is None else "window" if window else "online"
    return begin(actor, row, procedure, channel)


def published(path: str) -> ItemVersion:
    """The version in force; Refusal `casework.item.unpublished` while two people have not published one."""
    version = version_in_force(path, clock.today())
    if version is None:
        raise Refusal(
            "casework.item.unpublished",
            Text("这个事项还没有公布，不能受理。", "This item is not published yet: it takes no application."),
            where=path,
            remedy=Text("请主管单位提出并由另一人公布。", "Its unit proposes it, and another person publishes it."),
        )
    return version


def begin(actor: Principal, row: Case, procedure: Procedure, channel: str) -> Case:
    """Save a fresh case, start its clock, and let it walk to its first steps."""
    row.save(force_insert=True)
    tell(actor, row, CaseOpened(row.number, row.title, channel))
    start_clock(actor, row, procedure)
    held = Locked(row, {}, kernel.Case(), procedure)
    return save(actor, held, kernel.opened(procedure.graph, held.situation))


def checked(procedure: Procedure, data: Mapping[str, Written]) -> dict[str, str]:
    """The fields of the application as texts; all that is wrong is refused at once."""
    found = check(procedure.form, data)
    refuse_all(found.refusals)
    return {name: str(plain(value)) for name, value in found.values.items() if value not in (None, "", ())}


def _fresh(
    actor: Principal,
    version: ItemVersion,
    procedure: Procedure,
    party: Party | None,
    unit: str,
    data: Mapping[str, Written],
    title: str,
) -> Case:
    values = checked(procedure, data)
    now, home = clock.now(), province()[0]
    about = title.strip() or (party.name if party else next(iter(values.values()), ""))
    return Case(
        offer=version.offer,
        clause=clause_of(version.offer),
        version=version,
        number=f"{home}-{clock.today().year}-{next_number('casework', clock.today().year):06d}",
        title=Text(f"{procedure.title.zh}：{about}", "").cut(200).zh,
        party=party,
        addressee=f"party:{party.code}" if party else "",
        unit=unit,
        region=party.region[:6] if party else home,
        data=values,
        opened_by_id=actor.person,
        opened_at=now,
    )

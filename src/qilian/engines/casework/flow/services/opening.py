"""Opening a case: somebody asks for an item, a window writes it down, or an office begins by itself."""

from collections.abc import Mapping
from typing import Final

from django.db import transaction

from qilian.core.house.forms.api import Written, as_texts, check
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

from .saving import Locked, save, tell
from .timing import start_whole

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
    procedure = procedure_of(published(path))
    if party is None and procedure.public:
        raise Refusal("casework.party.missing", _PARTY, where="party")
    if party is not None:
        refuse_closed(registration_of(party))
    row = fresh_case(path, party, checked(procedure, data), about=title.strip())
    row.opened_by_id = actor.person
    row.number = f"{province()[0]}-{clock.today().year}-{next_number('casework', clock.today().year):06d}"
    return begin(actor, row, "internal" if party is None else "window" if window else "online")


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


def begin(actor: Principal, row: Case, channel: str) -> Case:
    """Save a fresh case, start its clock, and let it walk to its first steps."""
    row.save(force_insert=True)
    procedure = procedure_of(row.version)
    tell(actor, row, CaseOpened(row.number, row.title, channel))
    start_whole(actor, row, procedure)
    held = Locked(row, {}, kernel.Case(), procedure)
    return save(actor, held, kernel.opened(procedure.graph, held.situation))


def checked(procedure: Procedure, data: Mapping[str, Written]) -> dict[str, str]:
    """The fields of the application as texts; all that is wrong is refused at once."""
    found = check(procedure.form, data)
    refuse_all(found.refusals)
    return as_texts(found.values)


def fresh_case(path: str, party: Party | None, data: dict[str, str], *, about: str) -> Case:
    """A case of an item by the version in force, which is not saved yet and has no number."""
    version = published(path)
    named = about or (party.name if party else next(iter(data.values()), ""))
    return Case(
        offer=path,
        clause=clause_of(path),
        version=version,
        title=Text(f"{procedure_of(version).title.zh}：{named}", "").cut(200).zh,
        party=party,
        addressee=f"party:{party.code}" if party else "",
        unit=item_at(path).unit,
        region=party.region[:6] if party else province()[0],
        data=data,
        opened_at=clock.now(),
    )

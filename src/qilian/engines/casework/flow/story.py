"""An ordinary month of an item: opened, published by two people, two applications walked to their ends.

One teller for all items: the applications are the samples of the procedure's file; every step is done by its first
outcome, but the second application is refused at its first step that may refuse.
"""

from collections.abc import Callable, Generator, Mapping
from functools import partial
from random import Random
from typing import Any

from qilian.core.house.forms.api import FieldSpec
from qilian.core.house.principal import Principal
from qilian.core.offers.offers.api import open_offer
from qilian.core.offers.packs.api import packs
from qilian.core.offers.stories.api import Scene, Story
from qilian.core.rules.dmn.api import Table, Version
from qilian.core.values import clock
from qilian.core.work.decisions.api import decisions
from qilian.core.work.parameters.api import Parameter, ParameterValue, approve, propose, values_of
from qilian.engines.casework.items.api import ItemVersion, item_at, procedure_at, propose_version, publish_version
from qilian.engines.casework.procedures.api import APPLICANT
from qilian.engines.registry.parties.api import Party, invented_party

from .api import (
    Case,
    CaseExtension,
    ask_extension,
    case_by_code,
    complete,
    end_wait,
    grant_extension,
    open_case,
    refuse_extension,
    tasks_of,
    waits_of,
)

READER, REVIEWER = "reader", "director"
_MOST, OFFICE_HOURS = 40, 7


def month(path: str, chance: Random) -> Story:
    """Live through the month of the item at a path.

    Three refusals belong to it: a reader opens nothing, nobody publishes his own version, and a stranger finds no case.
    """
    keeper = path.partition("/")[0]
    yield Scene(READER, lambda me: open_offer(actor=me, path=path), refused="grants.denied")
    yield Scene(keeper, lambda me: open_offer(actor=me, path=path), hours=2)
    version: ItemVersion = yield Scene(keeper, lambda me: propose_version(actor=me, path=path))
    yield Scene(keeper, lambda me: publish_version(actor=me, version=version), refused="approvals.oneself")
    yield Scene(REVIEWER, lambda me: publish_version(actor=me, version=version), hours=6)
    yield from _decided(path)
    for place, sample in enumerate(procedure_at(path, clock.today()).samples[:2]):
        yield from _walked(path, keeper, sample, chance, refuse=bool(place))


def _decided(path: str) -> Story:
    """The decision tables that the item asks are published, where the keepers of rules have not done it yet."""
    asked = {node.decision for node in procedure_at(path, clock.today()).graph.nodes.values() if node.decision}
    for pack in packs():
        for each in pack.decisions:
            key, version = pack.key(each), each.versions[-1]
            if key not in asked or values_of(key).filter(state="approved").exists():
                continue
            row = decisions().get(key=key)
            proposed: ParameterValue = yield Scene("planner", partial(_proposed, row=row, version=version), hours=3)
            yield Scene(REVIEWER, partial(_approved, value=proposed), hours=3)


def _proposed(me: Principal, *, row: Parameter, version: Version) -> ParameterValue:
    written = Table.from_yaml(version.table).to_csv()
    return propose(actor=me, parameter=row, written=written, valid_from=version.valid_from, source=version.source)


def _approved(me: Principal, *, value: ParameterValue) -> ParameterValue:
    return approve(actor=me, value=value)


def crowd(path: str, count: int) -> Story:
    """So many more people apply after the pattern of the first sample; their cases wait."""
    chance, keeper = Random(count), path.partition("/")[0]
    for _ in range(count):
        yield from _applied(path, keeper, procedure_at(path, clock.today()).samples[0], chance)


def _applied(path: str, keeper: str, sample: Mapping[str, str], chance: Random) -> Generator[Scene, Any, Case]:
    """A window writes down what an invented party asks for; an internal matter has none."""
    party: Party | None = None
    if procedure_at(path, clock.today()).public:
        party = yield from invented_party(f"（演示）{item_at(path).title.zh}申请人{chance.randint(1000, 9999)}")
    case: Case = yield Scene(keeper, lambda me: open_case(actor=me, path=path, party=party, data=sample), hours=3)
    return case


def _walked(
    path: str, keeper: str, sample: Mapping[str, str], chance: Random, *, refuse: bool
) -> Generator[Scene, Any, None]:
    """One application from the window to its end."""
    case = yield from _applied(path, keeper, sample, chance)
    if not refuse:
        yield from _extended(path, keeper, case)
        yield Scene(READER, _step(case, refuse=False), refused="casework.case.unknown")
    for _ in range(_MOST):
        state, wait = yield Scene(keeper, partial(_stands, case=case), hours=chance.randint(1, 9))
        if state != "open":
            return
        if wait:
            step, days = wait
            yield Scene(keeper, partial(_waited, case=case, step=step), hours=(days + 2) * OFFICE_HOURS)
        else:
            yield Scene(keeper, _step(case, refuse=refuse))


def _extended(path: str, keeper: str, case: Case) -> Story:
    """The office asks for more time; another grants it where the item knows an extension, else refuses it."""
    granted = procedure_at(path, clock.today()).extension is not None
    ask = partial(_asked, case=case)
    asked: CaseExtension = yield Scene(keeper, ask, hours=2)
    decide = partial(_granted, extension=asked) if granted else partial(_denied, extension=asked)
    yield Scene(REVIEWER, decide, hours=4)


def _asked(me: Principal, *, case: Case) -> CaseExtension:
    return ask_extension(actor=me, case=case, value=1, reason="（演示）材料较多，需要多一个工作日")


def _granted(me: Principal, *, extension: CaseExtension) -> CaseExtension:
    return grant_extension(actor=me, extension=extension)


def _denied(me: Principal, *, extension: CaseExtension) -> CaseExtension:
    return refuse_extension(actor=me, extension=extension, reason="（演示）本事项没有规定延期")


def _stands(_me: Principal, *, case: Case) -> tuple[str, tuple[int, int] | None]:
    """The state of a case, and the wait that is all that is open in it."""
    row = case_by_code(case.offer, case.code)
    return row.state, None if tasks_of(row) else next(iter(waits_of(row)), None)


def _waited(me: Principal, *, case: Case, step: int) -> Case:
    return end_wait(actor=me, case=case, step=step)


def _step(case: Case, *, refuse: bool) -> Callable[[Principal], Case]:
    """Do the first open step, by its first outcome, or by its last where it is to refuse."""

    def act(me: Principal) -> Case:
        row = case_by_code(case.offer, case.code)
        task = tasks_of(row)[0]
        outcome = task.outcomes[-1] if refuse and task.performer != APPLICANT else task.outcomes[0]
        data = {spec.name: _invented(spec) for spec in task.form.fields} if task.form else {}
        return complete(actor=me, case=row, step=task.number, outcome=outcome, opinion="（演示）已审阅", data=data)

    return act


def _invented(spec: FieldSpec) -> str:
    """What an official might write into a field."""
    if spec.choices:
        return spec.choices[0][0]
    written = {
        "integer": "10",
        "decimal": "10",
        "money": "100000",
        "date": clock.today().isoformat(),
        "boolean": "true",
    }
    least = spec.low if spec.kind in ("integer", "decimal", "money") else ""
    return least or written.get(spec.kind, "（演示）")

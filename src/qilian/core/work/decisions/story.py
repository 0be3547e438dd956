"""An ordinary month of those who keep the rules: tables of the packs are proposed, tried, compared and published."""

from collections.abc import Callable
from functools import partial
from random import Random

from qilian.core.house.principal import Principal
from qilian.core.offers.packs.api import packs
from qilian.core.offers.stories.api import Scene, Story
from qilian.core.rules.dmn.api import Declared, Table, Trial, Version
from qilian.core.work.parameters.api import Parameter, ParameterValue, approve, propose, withdraw

from .api import DecisionCase, add_case, decisions


def month(chance: Random) -> Story:
    """Every decision of the packs gets its versions by two people; equal seeds give equal cases.

    Refusals belong to it: a reader proposes, the director approves what he proposed himself, a figure is no number.
    """
    for pack in packs():
        for decision in pack.decisions:
            row = decisions().get(key=pack.key(decision))
            yield from _published(decision, row)
            yield from _tried(decision, row, chance)


def _published(decision: Declared, row: Parameter) -> Story:
    first = decision.versions[0]
    yield Scene("reader", _proposal(row, first), refused="grants.denied")
    own: ParameterValue = yield Scene("director", _proposal(row, first), hours=2)
    yield Scene("director", lambda me: approve(actor=me, value=own), refused="approvals.oneself")
    yield Scene("director", lambda me: withdraw(actor=me, value=own))
    for version in decision.versions:
        proposed: ParameterValue = yield Scene("planner", _proposal(row, version), hours=5)
        yield Scene("director", partial(_approve, value=proposed), hours=8)


def _tried(decision: Declared, row: Parameter, chance: Random) -> Story:
    """Cases are stored in any order, as they come up; one without a number is sent back."""
    trials = list(decision.trials)
    chance.shuffle(trials)
    spoilt = Trial(trials[0].title, tuple((name, "约" + text) for name, text in trials[0].inputs))
    yield Scene("planner", _storing(decision, row, spoilt), refused="rules.input")
    for trial in trials:
        yield Scene("planner", _storing(decision, row, trial))


def _proposal(row: Parameter, version: Version) -> Callable[[Principal], ParameterValue]:
    written = Table.from_yaml(version.table).to_csv()
    return lambda me: propose(
        actor=me, parameter=row, written=written, valid_from=version.valid_from, source=version.source
    )


def _storing(decision: Declared, row: Parameter, trial: Trial) -> Callable[[Principal], DecisionCase]:
    tables = [Table.from_yaml(version.table) for version in decision.versions]
    widest = max(tables, key=lambda table: len(table.names))
    inputs, expected = dict(trial.inputs), trial.expected
    return lambda me: add_case(
        actor=me, decision=row, table=widest, title=trial.title, inputs=inputs, expected=expected
    )


def _approve(me: Principal, value: ParameterValue) -> ParameterValue:
    return approve(actor=me, value=value)

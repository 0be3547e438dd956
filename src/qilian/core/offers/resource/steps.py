"""Steps of a longer task, such as a claim that is begun, answered, shown and sent: which are done, which is next."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from qilian.core.house.pages import Action, Crumb
from qilian.core.values.text import Text

from .shapes import Operation, Resource


@dataclass(frozen=True, slots=True)
class Stage:
    """A step of a task as a row stands: whether it is done, and its address while one can go there."""

    name: Text
    done: bool
    url: str


def stages(resource: Resource[Any], row: Any) -> list[Stage]:
    """The steps of a resource's task: one can go to those that fit while all before them are done."""
    first, address = resource.creation, resource.url(row)
    found = [Stage(first.step.name, True, "")] if first is not None and first.step is not None else []
    for each in resource.operations:
        if each.step is not None:
            fits = all(stage.done for stage in found) and each.when(row)
            found.append(Stage(each.step.name, each.step.done(row), f"{address}{each.noun}/" if fits else ""))
    return found


def names_of(resource: Resource[Any], operation: Operation[Any], row: Any = None) -> Sequence[Crumb]:
    """The steps of the task that an operation belongs to, before its row stands and afterwards."""
    if operation.step is None:
        return ()
    if row is not None:
        return [Crumb(each.name, each.url) for each in stages(resource, row)]
    made = (resource.creation,) if resource.creation else ()
    return [Crumb(each.step.name) for each in (*made, *resource.operations) if each.step is not None]


def without_steps(resource: Resource[Any], row: Any, found: Sequence[Operation[Any]]) -> list[Operation[Any]]:
    """The operations that are buttons of a row's page: of the steps of a task it is the next alone."""
    following = _following(resource, row)
    return [each for each in found if each.step is None or each is following]


def called(operation: Operation[Any], row: Any) -> Text:
    """What the button says that leads to an operation."""
    if operation.step is None:
        return operation.title
    name = operation.step.name
    return operation.step.call(row) or Text(f"继续：{name.zh}", f"Continue: {name.en}")


def way_on(resource: Resource[Any], operation: Operation[Any], row: Any) -> tuple[Action, ...]:
    """The button beside a step that is done already: to the next one that is not."""
    if operation.step is None or not operation.step.done(row):
        return ()
    behind = resource.operations[resource.operations.index(operation) + 1 :]
    found = next((each for each in behind if each.step and each.when(row) and not each.step.done(row)), None)
    return (Action(called(found, row), f"{resource.url(row)}{found.noun}/", primary=True),) if found else ()


def after(resource: Resource[Any], operation: Operation[Any], row: Any) -> str:
    """Where one is led when an operation is done: to the row's page, or where its task goes on."""
    address, following = resource.url(row), _following(resource, row)
    if operation.step is None or following is None:
        return address
    return f"{address}{operation.noun if operation.step.stays else following.noun}/"


def _following(resource: Resource[Any], row: Any) -> Operation[Any] | None:
    """The first step that fits and is not done, or is to be done again."""
    for each in resource.operations:
        if each.step is not None and each.when(row) and (not each.step.done(row) or each.step.again(row)):
            return each
    return None

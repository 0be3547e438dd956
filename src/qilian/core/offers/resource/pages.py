"""A resource on pages: columns and facts from its traits, buttons and forms from its operations."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from qilian.core.house.pages import (
    Action,
    Column,
    Crumb,
    Empty,
    Fact,
    Filter,
    Group,
    Head,
    ListPage,
    RecordPage,
    Section,
    ShapeResponse,
    Status,
    TimelineEntry,
    show,
)
from qilian.core.house.principal import Principal, current_principal
from qilian.core.log.events.api import timeline
from qilian.core.values.text import Text
from qilian.core.who.watching.api import watching

from .doing import fitting, may, visible_row
from .shapes import Operation, Resource, Trait
from .steps import called, without_steps

_COLUMN_KINDS = {"integer": "number", "money": "number", "boolean": "text", "words": "text"}
_DATA = ("rows", "object", "codes")  # for programs alone
_YES, _NO = Text("是", "Yes"), Text("否", "No")


def columns(resource: Resource[Any], place: str, *more: Column) -> tuple[Column, ...]:
    """The columns of a list of rows: the traits that stand in lists."""
    found = [_column(resource, trait) for trait in resource.traits_at(place) if _in_list(trait)]
    return (*found, *more)


def facts(resource: Resource[Any], row: Any) -> tuple[Fact, ...]:
    """The facts of a record: the traits that are facts and have a value, and what the resource adds."""
    names = [each.name for each in resource.traits_at(resource.place_of(row)) if each.fact]
    return (*facts_named(resource, row, *names), *resource.facts(row))


def facts_named(resource: Resource[Any], row: Any, *names: str) -> tuple[Fact, ...]:
    """The traits of these names that have a value, as facts of a section, in the order of the resource."""
    traits = [each for each in resource.traits_at(resource.place_of(row)) if each.name in names]
    known = [(each, _drawn(each, row)) for each in traits if each.kind not in _DATA]
    return tuple(
        Fact(each.title, value, each.url(row) if each.url else "", each.note)
        for each, value in known
        if value is not None
    )


def actions(resource: Resource[Any], row: Any, me: Principal) -> tuple[Action, ...]:
    """What the reader may do with a row as it stands; the first that harms nothing is the primary one.

    Of the steps of a task it is the way on alone.
    """
    found = without_steps(resource, row, fitting(resource, me, row))
    first = next((each.noun for each in found if not each.dangerous), None)
    address = resource.url(row)
    return tuple(
        _button(each, f"{address}{each.noun}/", primary=each.noun == first, title=called(each, row)) for each in found
    )


def _button(operation: Operation[Any], address: str, *, primary: bool, title: Text | None = None) -> Action:
    """The way to an operation's form, or the doing itself where nothing is to be asked or read."""
    method: Any = "post" if operation.at_once else "get"
    return Action(title or operation.title, address, method, primary=primary, dangerous=operation.dangerous)


def listed(
    resource: Resource[Any],
    place: str,
    head: Head,
    *,
    rows: Any = None,
    empty: Text | None = None,
    filters: Sequence[Filter] | None = None,
    order: str = "",
    more: Sequence[Column] = (),
    intro: Sequence[Text | str] = (),
    group: Group | None = None,
    prepare: Callable[[Sequence[Any]], None] | None = None,
) -> ShapeResponse:
    """Answer with the list of a place: the reader's rows, the resource's filters, its creation as primary action."""
    me = current_principal()
    adding = _adding(resource, place, me)
    head = Head(head.title, head.crumbs, head.clause, head.quote, head.facts, (*adding, *head.actions))
    nothing = empty or Text(f"还没有{resource.title.zh}。", f"There is nothing here yet: {resource.title.en.lower()}.")
    return show(
        ListPage(
            head,
            resource.rows(me, place) if rows is None else rows,
            columns(resource, place, *more),
            Empty(nothing, adding[0] if adding else None),
            filters=resource.filters(place) if filters is None else filters,
            order=order,
            intro=intro,
            group=group,
            prepare=prepare,
        )
    )


def record(
    resource: Resource[Any],
    row: Any,
    *sections: Section,
    more: Iterable[Action] = (),
    history: Sequence[TimelineEntry] | None = None,
) -> ShapeResponse:
    """Answer with a row's page: its facts, what may be done, the sections of its engine, and what happened to it.

    `history` is given where a reader sees another one than that of the row alone.
    """
    me = current_principal()
    name = resource.named(row)
    head = Head(
        name,
        (*resource.crumbs(row), Crumb(name)),
        clause=resource.clause(row),
        quote=resource.quote(row),
        facts=facts(resource, row),
        actions=(*actions(resource, row, me), *more, *watching(resource.ref(row))),
    )
    return show(RecordPage(head, sections, timeline(resource.ref(row)) if history is None else history))


def _adding(resource: Resource[Any], place: str, me: Principal) -> tuple[Action, ...]:
    """What may be done with a place as a whole: its creation first."""
    if not (me.signed_in and resource.serving(place)):
        return ()
    scope = resource.place_scope(place)
    known = (*((resource.creation,) if resource.creation else ()), *resource.together)
    found = [each for each in known if each.when(place) and may(me, each, place, scope)]
    home = resource.home(place)
    return tuple(_button(each, f"{home}{each.noun}/", primary=not order) for order, each in enumerate(found))


def _column(resource: Resource[Any], trait: Trait[Any]) -> Column:
    url = resource.url if trait.leads else trait.url
    kind: Any = _COLUMN_KINDS.get(trait.kind, trait.kind)
    return Column(trait.name, trait.title, lambda row: _drawn(trait, row), kind, trait.unit, url, trait.sort)


def _in_list(trait: Trait[Any]) -> bool:
    shown = trait.list() if callable(trait.list) else trait.list
    return shown and trait.kind not in _DATA


def _drawn(trait: Trait[Any], row: Any) -> Any:
    value = trait.value(row)
    if isinstance(value, bool):
        return _YES if value else _NO
    return None if value == "" or (isinstance(value, Status) and not value.word.zh) else value


def visible(resource: Resource[Any], place: str, key: str) -> Any:
    """The row of an address for the reader of this request; Refusal …unknown (HTTP 404) where he may not see it."""
    return visible_row(resource, current_principal(), place, key)

"""A resource on pages: columns and facts from its traits, buttons and forms from its operations."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods

from qilian.core.house.forms.api import Form, screen_fields, sent_in
from qilian.core.house.pages import (
    Action,
    Column,
    Crumb,
    Empty,
    Fact,
    Filter,
    Head,
    ListPage,
    RecordPage,
    Section,
    ShapeResponse,
    Status,
    StepForm,
    TimelineEntry,
    show,
)
from qilian.core.house.principal import Principal, current_principal
from qilian.core.log.events.api import timeline
from qilian.core.values.text import Refusal, Text

from .doing import Sent, act, admit, create, fitting, gather, may, reached, visible_row
from .shapes import Operation, Resource, Trait

_COLUMN_KINDS = {"integer": "number", "money": "number", "boolean": "text", "words": "text"}
_DATA = ("rows", "object", "codes")  # for programs alone
_YES, _NO = Text("是", "Yes"), Text("否", "No")
_methods = require_http_methods(["GET", "HEAD", "POST"])


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
    """What the reader may do with a row as it stands; the first that harms nothing is the primary one."""
    found = fitting(resource, me, row)
    first = next((each.noun for each in found if not each.dangerous), None)
    address = resource.url(row)
    return tuple(
        Action(each.title, f"{address}{each.noun}/", primary=each.noun == first, dangerous=each.dangerous)
        for each in found
    )


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
        actions=(*actions(resource, row, me), *more),
    )
    return show(RecordPage(head, sections, timeline(resource.ref(row)) if history is None else history))


def forms(resource: Resource[Any]) -> list[URLPattern]:
    """The addresses of a resource's forms, below that of its kind or part: `admission/`, `entries/…/listing/`."""
    found = [
        path(
            f"{resource.trunk}<str:key>/{each.noun}/",
            _operation_view(resource, each),
            name=f"{resource.row}-{each.noun}",
        )
        for each in resource.operations
    ]
    for each in resource.together:
        found.append(path(f"{each.noun}/", _together_view(resource, each), name=f"{resource.row}-{each.noun}"))
    if resource.creation is not None:
        made = resource.creation
        found.append(path(f"{made.noun}/", _creation_view(resource, made), name=f"{resource.row}-{made.noun}"))
    return found


def _operation_view(resource: Resource[Any], operation: Operation[Any]) -> Callable[..., HttpResponse]:
    @_methods
    def view(request: HttpRequest, key: str, **address: str) -> HttpResponse:
        me = current_principal()
        row = resource.find(address.get(resource.kind, ""), key)
        admit(me, operation, row, resource.scope(row))
        head = _head(resource, operation, row)
        return _answer(
            request,
            operation,
            row,
            head,
            lambda sent: _done(resource, operation, row, act(resource, operation, me, row, sent)),
        )

    view.__doc__ = operation.title.en
    return view


def _creation_view(resource: Resource[Any], operation: Operation[str]) -> Callable[..., HttpResponse]:
    @_methods
    def view(request: HttpRequest, **address: str) -> HttpResponse:
        me, place = current_principal(), address.get(resource.kind, "")
        admit(me, operation, place, resource.place_scope(place))
        path = (*resource.crumbs(place), Crumb(operation.title))
        head = Head(operation.title, path, quote=resource.quote(place), facts=_told(operation, place))
        return _answer(
            request, operation, place, head, lambda sent: _made(resource, operation, create(resource, me, place, sent))
        )

    view.__doc__ = operation.title.en
    return view


def _together_view(resource: Resource[Any], operation: Operation[str]) -> Callable[..., HttpResponse]:
    @_methods
    def view(request: HttpRequest, **address: str) -> HttpResponse:
        me, place = current_principal(), address.get(resource.kind, "")
        admit(me, operation, place, resource.place_scope(place))
        path = (*resource.crumbs(place), Crumb(operation.title))
        head = Head(operation.title, path, quote=resource.quote(place), facts=_told(operation, place))

        def run(sent: Sent) -> str:
            result = gather(resource, operation, me, place, sent)
            return operation.leads(result) if operation.leads is not None else resource.home(place)

        return _answer(request, operation, place, head, run)

    view.__doc__ = operation.title.en
    return view


def _answer(
    request: HttpRequest, operation: Operation[Any], subject: Any, head: Head, run: Callable[[Sent], str]
) -> HttpResponse:
    """Draw the form of an operation, or do it: the next address and a line that says so, or 422 and what is wrong."""
    form = operation.asked(subject)
    if request.method != "POST":
        linked = {field.name: request.GET[field.name][:200] for field in form.fields if field.name in request.GET}
        return show(_step(operation, form, head, {**operation.given(subject), **linked}, subject))
    sent = sent_in(form, request)
    try:
        address = run(Sent(sent))
    except Refusal as refusal:
        if refusal.code == "grants.denied":
            raise
        return show(_step(operation, form, head, sent, subject, refusal.every), status=422)
    said = operation.done or Text(f"已办理：{operation.title.zh}。", f"Done: {operation.title.en}.")
    messages.success(request, str(said))
    return HttpResponseRedirect(address)


def _step(
    operation: Operation[Any],
    form: Form,
    head: Head,
    written: dict[str, Any],
    subject: Any,
    refusals: Sequence[Refusal] = (),
) -> StepForm:
    before = [*((Section(paragraphs=(operation.hint,)),) if operation.hint else ())]
    before += operation.before(subject) if operation.before else ()
    names = [field.name for field in screen_fields(form)]
    placed = [_placed(each, names) for each in refusals]
    fields = screen_fields(form, written, placed)
    return StepForm(head, fields, submit=operation.title, refusals=placed, dense=True, before=before)


def _placed(refusal: Refusal, names: Sequence[str]) -> Refusal:
    """A refusal at the field it speaks of, which may lie within another: `repair` at `figures-repair-values`."""
    if refusal.where in names or not refusal.where:
        return refusal
    inside = next((name for name in names if f"-{refusal.where}-" in f"-{name}-"), refusal.where)
    return Refusal(refusal.code, refusal.message, where=inside, remedy=refusal.remedy)


def _head(resource: Resource[Any], operation: Operation[Any], row: Any) -> Head:
    name = resource.named(row)
    words = name if isinstance(name, Text) else Text(name, name)
    title = Text(f"{operation.title.zh}：{words.zh}", f"{operation.title.en}: {words.en}")
    crumbs = (*resource.crumbs(row), Crumb(name, resource.url(row)), Crumb(operation.title))
    states = [
        Fact(each.title, each.value(row))
        for each in resource.traits_at(resource.place_of(row))
        if each.kind == "status"
    ]
    return Head(title, crumbs, quote=resource.quote(row), facts=(*states, *_told(operation, row)))


def _told(operation: Operation[Any], subject: Any) -> Sequence[Fact]:
    return operation.facts(subject) if operation.facts else ()


def _done(resource: Resource[Any], operation: Operation[Any], row: Any, result: Any) -> str:
    if operation.leads is not None:
        return operation.leads(result)
    stands, what = reached(resource, operation, row, result)
    return stands.url(what)


def _made(resource: Resource[Any], operation: Operation[str], result: Any) -> str:
    return operation.leads(result) if operation.leads is not None else resource.url(result)


def _adding(resource: Resource[Any], place: str, me: Principal) -> tuple[Action, ...]:
    """What may be done with a place as a whole: its creation first."""
    if not (me.signed_in and resource.serving(place)):
        return ()
    scope = resource.place_scope(place)
    known = (*((resource.creation,) if resource.creation else ()), *resource.together)
    found = [each for each in known if each.when(place) and may(me, each, place, scope)]
    home = resource.home(place)
    return tuple(
        Action(each.title, f"{home}{each.noun}/", primary=not order, dangerous=each.dangerous)
        for order, each in enumerate(found)
    )


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

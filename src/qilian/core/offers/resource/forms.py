"""The forms of a resource as pages: one for each operation, drawn, answered, or shown again with what is wrong."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods

from qilian.core.house.forms.api import MORE_ROWS, Form, more_rows, rows_to_add, screen_fields, sent_in
from qilian.core.house.pages import Crumb, Fact, Head, Section, StepForm, done, show
from qilian.core.house.principal import current_principal
from qilian.core.values.text import Refusal, Text

from .doing import Sent, act, admit, create, gather, reached
from .shapes import Operation, Resource
from .steps import after, names_of, way_on

_methods = require_http_methods(["GET", "HEAD", "POST"])


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


@dataclass(frozen=True, slots=True)
class _Page:
    """The page of one form: what it is about, and how it stands among the steps of a task."""

    operation: Operation[Any]
    subject: Any
    head: Head
    steps: Sequence[Crumb] = ()

    def drawn(self, form: Form, written: Mapping[str, Any], refusals: Sequence[Refusal] = ()) -> StepForm:
        """The form with what was written in it and what is wrong with that."""
        operation, step = self.operation, self.operation.step
        hint = (Section(paragraphs=(operation.hint,)),) if operation.hint else ()
        names = [field.name for field in screen_fields(form)]
        placed = [_placed(each, names) for each in refusals]
        return StepForm(
            self.head,
            screen_fields(form, written, placed),
            submit=step.submit if step else operation.title,
            refusals=placed,
            steps=self.steps,
            step=[each.title for each in self.steps].index(step.name) if step else 0,
            more=[(MORE_ROWS, name, title) for name, title in rows_to_add(form, written)],
            settled=step is not None and bool(self.head.actions),
            dense=step is None,
            before=(*hint, *(operation.before(self.subject) if operation.before else ())),
        )


def _operation_view(resource: Resource[Any], operation: Operation[Any]) -> Callable[..., HttpResponse]:
    @_methods
    def view(request: HttpRequest, key: str, **address: str) -> HttpResponse:
        me = current_principal()
        row = resource.find(address.get(resource.kind, ""), key)
        admit(me, operation, row, resource.scope(row))
        page = _Page(operation, row, _head(resource, operation, row), names_of(resource, operation, row))
        return _answer(
            request, page, lambda sent: _done(resource, operation, row, act(resource, operation, me, row, sent))
        )

    view.__doc__ = operation.title.en
    return view


def _creation_view(resource: Resource[Any], operation: Operation[str]) -> Callable[..., HttpResponse]:
    @_methods
    def view(request: HttpRequest, **address: str) -> HttpResponse:
        me, place = current_principal(), address.get(resource.kind, "")
        admit(me, operation, place, resource.place_scope(place))
        page = _Page(operation, place, _place_head(resource, operation, place), names_of(resource, operation))
        return _answer(request, page, lambda sent: _made(resource, operation, create(resource, me, place, sent)))

    view.__doc__ = operation.title.en
    return view


def _together_view(resource: Resource[Any], operation: Operation[str]) -> Callable[..., HttpResponse]:
    @_methods
    def view(request: HttpRequest, **address: str) -> HttpResponse:
        me, place = current_principal(), address.get(resource.kind, "")
        admit(me, operation, place, resource.place_scope(place))

        def run(sent: Sent) -> str:
            result = gather(resource, operation, me, place, sent)
            return operation.leads(result) if operation.leads is not None else resource.home(place)

        return _answer(request, _Page(operation, place, _place_head(resource, operation, place)), run)

    view.__doc__ = operation.title.en
    return view


def _answer(request: HttpRequest, page: _Page, run: Callable[[Sent], str]) -> HttpResponse:
    """Draw the form of an operation, or do it: the next address and a line that says so, or 422 and what is wrong."""
    operation, subject = page.operation, page.subject
    form = operation.asked(subject)
    if request.method != "POST":
        linked = {field.name: request.GET[field.name][:200] for field in form.fields if field.name in request.GET}
        return show(page.drawn(form, {**operation.given(subject), **linked}))
    sent = sent_in(form, request)
    if MORE_ROWS in request.POST:
        return show(page.drawn(form, more_rows(form, sent, request.POST[MORE_ROWS])))
    try:
        address = run(Sent(sent))
    except Refusal as refusal:
        if refusal.code == "grants.denied":
            raise
        return show(page.drawn(form, sent, refusal.every), status=422)
    return done(request, address, operation.title, operation.done)


def _placed(refusal: Refusal, names: Sequence[str]) -> Refusal:
    """A refusal at the field it speaks of, which may lie within another: `repair` at `figures-repair-values`."""
    if refusal.where in names or not refusal.where:
        return refusal
    inside = next((name for name in names if f"-{refusal.where}-" in f"-{name}-"), refusal.where)
    return Refusal(refusal.code, refusal.message, where=inside, remedy=refusal.remedy)


def _place_head(resource: Resource[Any], operation: Operation[str], place: str) -> Head:
    crumbs = (*resource.crumbs(place), Crumb(operation.title))
    return Head(operation.title, crumbs, quote=resource.quote(place), facts=_told(operation, place))


def _head(resource: Resource[Any], operation: Operation[Any], row: Any) -> Head:
    name = resource.named(row)
    words = name if isinstance(name, Text) else Text(name, name)
    title = Text(f"{operation.title.zh}：{words.zh}", f"{operation.title.en}: {words.en}")
    crumbs = (*resource.crumbs(row), Crumb(name, resource.url(row)), Crumb(operation.title))
    traits = resource.traits_at(resource.place_of(row))
    states = [Fact(each.title, each.value(row)) for each in traits if each.kind == "status"]
    told, onward = (*states, *_told(operation, row)), way_on(resource, operation, row)
    return Head(title, crumbs, quote=resource.quote(row), facts=told, actions=onward)


def _told(operation: Operation[Any], subject: Any) -> Sequence[Fact]:
    return operation.facts(subject) if operation.facts else ()


def _done(resource: Resource[Any], operation: Operation[Any], row: Any, result: Any) -> str:
    if operation.leads is not None:
        return operation.leads(result)
    stands, what = reached(resource, operation, row, result)
    return after(stands, operation, what)


def _made(resource: Resource[Any], operation: Operation[str], result: Any) -> str:
    return operation.leads(result) if operation.leads is not None else after(resource, operation, result)

"""A resource for programs under `/api/v1/`: its list, its rows and its operations, with their schemas."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from inspect import Parameter, Signature, signature
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import Router
from ninja.errors import HttpError

from qilian.core.house.forms.api import BODY, Form, json_schema, written_from
from qilian.core.house.pages import Status
from qilian.core.house.principal import current_principal
from qilian.core.house.tables import cut
from qilian.core.offers.packs.api import offers
from qilian.core.values.money import Money
from qilian.core.values.text import Text

from .doing import Sent, act, admit, anew, create, gather, reached, visible_row
from .shapes import Operation, Resource, Trait

PAGE, FARTHEST = 200, 100_000
_WORDS = {
    "type": "object",
    "properties": {"zh": {"type": "string"}, "en": {"type": "string"}},
    "required": ["zh", "en"],
}
_TYPES: Mapping[str, dict[str, Any]] = {
    "text": {"anyOf": [{"type": "string"}, _WORDS]},
    "code": {"type": "string"},
    "number": {"type": "string", "description": "A decimal number as text"},
    "integer": {"type": "integer"},
    "money": {"type": "string", "description": "CNY as a decimal number"},
    "date": {"type": "string", "format": "date"},
    "datetime": {"type": "string", "format": "date-time"},
    "status": {"anyOf": [{"type": "string"}, _WORDS]},
    "boolean": {"type": "boolean"},
    "words": _WORDS,
    "codes": {"type": "array", "items": {"type": "string"}},
    "object": {"type": "object"},
}


_ABOUT = Text("总体情况", "What stands here")
_DEPENDS = "Its fields depend on the record: a GET of this address gives their JSON Schema."


def router(resource: Resource[Any]) -> Router:
    """The addresses of a resource for programs: its list, a row, what can be done with it and what that asks for."""
    found = Router(tags=[resource.title.en])
    rows = f"/{_below(resource)}{resource.trunk}".rstrip("/")
    one = f"{rows}/{{key}}"
    shape = _object(_any_traits(resource))
    _mount(found, "GET", rows, _list_view(resource), resource.title, 200, {"type": "array", "items": shape})
    for whole in resource.together:  # before the rows, whose keys would match its noun
        _mount_together(found, resource, whole)
    _mount(found, "GET", one, _row_view(resource), resource.noun, 200, shape)
    if resource.about:
        about = _object(resource.about)
        _mount(found, "GET", f"/{_below(resource)}".rstrip("/"), _about_view(resource), _ABOUT, 200, about)
    made = resource.creation
    if made is not None:
        _mount(found, "POST", rows, _creation_view(resource, made), made.title, 201, shape, made)
    for each in resource.operations:
        given = (201, _object(_any_traits(each.gives()))) if each.gives else (200, shape)
        address = f"{one}/{each.noun}"
        _mount(found, "POST", address, _operation_view(resource, each), each.title, *given, each)
        if callable(each.form):
            asked = Text(f"{each.title.zh}：要填什么", f"{each.title.en}: what it asks for")
            _mount(found, "GET", address, _form_view(resource, each), asked, 200, {"type": "object"})
    return found


def _mount_together(found: Router, resource: Resource[Any], whole: Operation[str]) -> None:
    """An operation on a place as a whole: it gives rows, of this resource unless it names another."""
    items = _object(_any_traits(whole.gives() if whole.gives else resource))
    address = f"/{_below(resource)}{whole.noun}"
    view = _together_view(resource, whole)
    _mount(found, "POST", address, view, whole.title, 200, {"type": "array", "items": items}, whole)


def written_row(resource: Resource[Any], row: Any) -> dict[str, Any]:
    """A row as programs read it."""
    return _written(resource.traits_at(resource.place_of(row)), row)


def _below(resource: Resource[Any]) -> str:
    if resource.kind:
        return f"{{{resource.kind}:{resource.kind}}}/"
    return f"{resource.under}/" if resource.under else ""


def _any_traits(resource: Resource[Any]) -> Sequence[Trait[Any]]:
    """The traits that rows have for programs; a kind's are the same in all its offers."""
    return resource.traits_at(next(iter(offers(resource.kind)), "") if resource.kind else "")


def _object(traits: Sequence[Trait[Any]]) -> dict[str, Any]:
    properties = {each.name: _property(each) for each in traits if each.json}
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _property(trait: Trait[Any]) -> dict[str, Any]:
    if trait.kind == "rows":
        return {"type": "array", "items": _object(trait.of), "description": trait.title.en}
    unit = f" ({trait.unit.en})" if trait.unit else ""
    return {"anyOf": [_TYPES[trait.kind], {"type": "null"}], "description": f"{trait.title.en}{unit}"}


def _written(traits: Sequence[Trait[Any]], row: Any) -> dict[str, Any]:
    return {each.name: _value(each, row) for each in traits if each.json}


def _value(trait: Trait[Any], row: Any) -> Any:
    if trait.kind == "rows":
        return [_written(trait.of, each) for each in trait.value(row)]
    return _plain(trait.plain(row) if trait.plain else trait.value(row))


def _plain(value: Any) -> Any:
    match value:
        case Text():
            return {"zh": value.zh, "en": value.en}
        case Status():
            return _plain(value.word)
        case Money():
            return str(value.in_unit("元"))
        case Decimal():
            return f"{value:f}"
        case datetime() | date():
            return value.isoformat()
        case Mapping():
            return {str(name): _plain(each) for name, each in value.items()}
        case list() | tuple():
            return [_plain(each) for each in value]
    return value


def _mount(
    found: Router,
    method: str,
    path: str,
    view: Callable[..., HttpResponse],
    title: Text,
    status: int,
    schema: Mapping[str, Any],
    operation: Operation[Any] | None = None,
) -> None:
    """Add an address to a router with its place in the OpenAPI document."""
    content = {"application/json": {"schema": schema}}
    extra: dict[str, Any] = {"responses": {status: {"description": title.en, "content": content}}}
    extra["description"] = "What the reader may see; the rest is as if it were not there."
    if operation is not None:
        asked = operation.form
        body = json_schema(asked) if isinstance(asked, Form) else {"type": "object", "description": _DEPENDS}
        needed = bool(body.get("required"))
        extra["requestBody"] = {"content": {"application/json": {"schema": body}}, "required": needed}
        extra["description"] = f"Needs the right `{operation.right}`." if operation.right else "For who is signed in."
    words = re.sub(r"{\w+:(\w+)}|{(\w+)}|[^a-z0-9]+", r"_\1\2_", path.lower())
    name = re.sub("_+", "_", f"{method.lower()}_{words}").strip("_")
    found.add_api_operation(path, [method], view, summary=title.en, operation_id=name, openapi_extra=extra)


def _list_view(resource: Resource[Any]) -> Callable[..., HttpResponse]:
    def view(request: HttpRequest, offset: int = 0, **address: str) -> HttpResponse:
        me, place = current_principal(), address.get(resource.kind, "")
        start = max(0, min(offset, FARTHEST))
        found = _narrowed(resource, place, resource.rows(me, place), request.GET, start)
        traits = resource.traits_at(place)
        answer = _json([_written(traits, row) for row in found[:PAGE]])
        if len(found) > PAGE:
            query = request.GET.copy()
            query["offset"] = str(start + PAGE)
            answer["Link"] = f'<{request.path}?{query.urlencode()}>; rel="next"'
        return answer

    return _addressed(view, resource)


def _narrowed(resource: Resource[Any], place: str, rows: Any, asked: Mapping[str, str], start: int) -> list[Any]:
    """The next rows that the filters of the page leave; a word that a filter does not know is refused as there."""
    given = [(each, asked[each.name]) for each in resource.filters(place) if asked.get(each.name)]
    for each, value in given:
        rows = each.apply(rows, value)
    if any(each.by_index for each, _ in given) and isinstance(rows, QuerySet):
        return cut(rows, start, start + PAGE + 1)[0]
    return list(rows[start : start + PAGE + 1])


def _row_view(resource: Resource[Any]) -> Callable[..., HttpResponse]:
    def view(_request: HttpRequest, key: str, **address: str) -> HttpResponse:
        row = visible_row(resource, current_principal(), address.get(resource.kind, ""), key)
        return _json(written_row(resource, row))

    return _addressed(view, resource)


def _about_view(resource: Resource[Any]) -> Callable[..., HttpResponse]:
    def view(_request: HttpRequest, **address: str) -> HttpResponse:
        return _json(_written(resource.about, address.get(resource.kind, "")))

    return _addressed(view, resource)


def _form_view(resource: Resource[Any], operation: Operation[Any]) -> Callable[..., HttpResponse]:
    def view(_request: HttpRequest, key: str, **address: str) -> HttpResponse:
        row = resource.find(address.get(resource.kind, ""), key)
        admit(current_principal(), operation, row, resource.scope(row))
        return _json(json_schema(operation.asked(row)))

    return _addressed(view, resource)


def _creation_view(resource: Resource[Any], operation: Operation[str]) -> Callable[..., HttpResponse]:
    def view(request: HttpRequest, **address: str) -> HttpResponse:
        me, place = current_principal(), address.get(resource.kind, "")
        admit(me, operation, place, resource.place_scope(place))
        row = create(resource, me, place, _sent(request, operation, place))
        return _json(written_row(resource, anew(resource, row)), 201)

    return _addressed(view, resource)


def _together_view(resource: Resource[Any], operation: Operation[str]) -> Callable[..., HttpResponse]:
    def view(request: HttpRequest, **address: str) -> HttpResponse:
        me, place = current_principal(), address.get(resource.kind, "")
        admit(me, operation, place, resource.place_scope(place))
        result = gather(resource, operation, me, place, _sent(request, operation, place))
        rows = result if isinstance(result, list | tuple) else [] if result is None else [result]
        stands = operation.gives() if operation.gives else resource
        return _json([written_row(stands, anew(stands, row)) for row in rows])

    return _addressed(view, resource)


def _operation_view(resource: Resource[Any], operation: Operation[Any]) -> Callable[..., HttpResponse]:
    def view(request: HttpRequest, key: str, **address: str) -> HttpResponse:
        me = current_principal()
        row = resource.find(address.get(resource.kind, ""), key)
        admit(me, operation, row, resource.scope(row))
        result = act(resource, operation, me, row, _sent(request, operation, row))
        stands, what = reached(resource, operation, row, result)
        return _json(written_row(stands, what), 201 if operation.gives else 200)

    return _addressed(view, resource)


def _sent(request: HttpRequest, operation: Operation[Any], subject: Any) -> Sent:
    """What a program sent, as a person would have written it; an empty body is an empty form."""
    return Sent(*written_from(operation.asked(subject), _body(request)))


def _body(request: HttpRequest) -> Mapping[str, Any]:
    if not request.body.strip():
        return {}
    try:
        found: Any = BODY.parse_body(request)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise HttpError(400, "no object")
    return found


def _json(found: Any, status: int = 200) -> JsonResponse:
    return JsonResponse(found, status=status, safe=False, json_dumps_params={"ensure_ascii": False})


def _addressed(view: Callable[..., HttpResponse], resource: Resource[Any]) -> Callable[..., HttpResponse]:
    """Give a view the signature of its address, from which the parameters of the document are read."""
    kept = [each for each in signature(view).parameters.values() if each.name not in ("request", "_request", "address")]
    names = [resource.kind] if resource.kind else []
    more = [Parameter(name, Parameter.KEYWORD_ONLY, annotation=str) for name in names]
    kept = [each.replace(kind=Parameter.KEYWORD_ONLY) for each in kept]

    def found(request: HttpRequest, **given: Any) -> HttpResponse:
        return view(request, **given)

    first = Parameter("request", Parameter.POSITIONAL_OR_KEYWORD, annotation=HttpRequest)
    vars(found)["__signature__"] = Signature([first, *kept, *more])
    return found

"""The JSON side of the house under /api/v1/: the routers of all parts, one form of refusal, OpenAPI 3.1."""

import json
from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.module_loading import import_string
from django.views.decorators.http import require_safe
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.security import APIKeyCookie, HttpBearer

from qilian.core.house.forms.api import BODY
from qilian.core.house.pages import KeptJson
from qilian.core.house.parts.api import Part, parts
from qilian.core.offers.resource.api import resources, router
from qilian.core.rights.grants.api import Principal, current_principal
from qilian.core.values.text import Refusal, Text

from .layout.admission import PROGRAM
from .layout.context import house_version
from .layout.errors import problem, problem_response, status_of

_PROBLEM: Final = {
    "type": "object",
    "title": "Problem",
    "required": ["code", "message", "where", "remedy"],
    "properties": {
        "code": {"type": "string", "description": "Stable and dotted, such as plan.file.empty."},
        "message": {"type": "string", "description": "What is wrong, in the language of the request."},
        "where": {"type": "string", "description": "The field, line or row."},
        "remedy": {"type": "string", "description": "What to do."},
        "also": {"type": "array", "items": {"type": "object"}, "description": "What else is wrong, in this form."},
    },
}
_MEANINGS: Final = {
    "400": "Not a request this interface understands",
    "401": "Token not valid or expired",
    "403": "No grant",
    "404": "Not found",
    "422": "Refused",
}
_BODY = Text("请求的正文不是可用的 JSON。", "The body of the request is no usable JSON.")
_JSON = Text(
    "请发送一个 UTF-8 的 JSON 对象，不含空字符（U+0000）、半个代理对和 NaN。",
    "Send one JSON object in UTF-8, without zero characters (U+0000), half surrogate pairs and NaN.",
)
_ABSENT = Text("没有找到。", "Not found.")
_CHECK = Text("请核对地址。", "Check the address.")
_FIELDS = Text("请求的字段不对。", "Fields of the request are wrong.")
_READ = Text("请按接口说明改正这些字段。", "Correct these fields as the interface describes them.")


class Session(APIKeyCookie):
    """The session of a signed-in person, or nobody; whoever writes also sends the CSRF token."""

    param_name = settings.SESSION_COOKIE_NAME

    def authenticate(self, _request: HttpRequest, _key: str | None) -> Principal:
        """Return who acts; what he may do is for the verbs to say."""
        return current_principal()


class Token(HttpBearer):
    """A personal token (`Authorization: Bearer qlt_…`), looked at by the middleware: it needs no CSRF token."""

    def authenticate(self, request: HttpRequest, _token: str) -> Principal | None:
        """Return who acts through the token."""
        return current_principal() if request.META.get(PROGRAM) else None


class HouseAPI(NinjaAPI):
    """An API whose every operation also declares the one form of refusal."""

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """Return the OpenAPI 3.1 document, problems included."""
        schema = super().get_openapi_schema(**options)
        schema.setdefault("components", {}).setdefault("schemas", {})["Problem"] = _PROBLEM
        for methods in schema["paths"].values():
            for operation in methods.values():
                _declare_problems(operation)
        return schema


def compose() -> NinjaAPI:
    """Mount the router of every part that brings one, below its prefix."""
    api = HouseAPI(
        title="祁连 Qilian",
        version=house_version(),
        description="The same verbs and the same rules as the pages. 与网页同一套规则。",
        parser=BODY,
        docs_url=None,
        openapi_url=None,
        auth=[Token(), Session()],
        urls_namespace="api",
    )
    for part in parts():
        if part.api:
            api.add_router(_prefix(part), import_string(part.api), tags=[str(part.title.en)])
    for resource in resources():
        api.add_router("", router(resource), tags=[resource.title.en])
    for error in (Refusal, ValidationError, HttpError, Http404):
        api.add_exception_handler(error, _answer)
    return api


def document(api: NinjaAPI) -> Callable[[HttpRequest], HttpResponseBase]:
    """Make the view that says what an interface can do, as OpenAPI 3.1; it is written once a process."""
    written = KeptJson(1)

    @require_safe
    def openapi(request: HttpRequest) -> HttpResponseBase:
        return written.answer(request, "", lambda: json.dumps(api.get_openapi_schema(), ensure_ascii=False).encode())

    return openapi


def _prefix(part: Part) -> str:
    return f"/{part.prefix.strip('/')}" if part.prefix.strip("/") else ""


def _declare_problems(operation: dict[str, Any]) -> None:
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    responses = operation.setdefault("responses", {})
    declared = {str(status) for status in responses}
    for status, meaning in _MEANINGS.items():
        if status not in declared:
            responses[int(status)] = {"description": meaning, "content": content}


def _answer(_request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
    """Answer whatever was raised in the one form of refusal."""
    if isinstance(error, Refusal):
        return problem_response(status_of(error), problem(error))
    if isinstance(error, ValidationError):
        where = "; ".join(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors)
        return problem_response(422, problem(Refusal("http.invalid", _FIELDS, where=where, remedy=_READ)))
    if isinstance(error, HttpError):
        if error.status_code == 400:
            return problem_response(400, problem(Refusal("http.body", _BODY, where="body", remedy=_JSON)))
        said = str(error)
        return problem_response(error.status_code, problem(Refusal(f"http.{error.status_code}", Text(said, said))))
    return problem_response(404, problem(Refusal("http.404", _ABSENT, remedy=_CHECK)))

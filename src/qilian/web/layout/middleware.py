"""What every request passes through: log line, headers, language, principal, refusals, drawing."""

import logging
import re
import time
from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.utils import translation
from django.utils.cache import get_conditional_response

from qilian.core.door.tokens.api import behind_token
from qilian.core.house.pages import ShapeResponse
from qilian.core.house.principal import Principal, acting, remembering
from qilian.core.values.text import Refusal, Text, public_code, speaking
from qilian.core.who.people.api import Person
from qilian.web.components.drawing import draw

from .admission import PROGRAM, admit, bearer_of, next_page, step_before
from .errors import refusal_response, to_next_page, wrong_method
from .language import DJANGO_CODES, language_of
from .logs import REQUEST_ID
from .tagging import tag_of

Answer = Callable[[HttpRequest], HttpResponseBase]

_REQUESTS = logging.getLogger("qilian.request")
_REQUEST_ID: Final = re.compile(r"[A-Za-z0-9._-]{8,64}")
_POLICY: Final = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
_PERMISSIONS: Final = "camera=(), microphone=(), payment=(), usb=(), geolocation=(self), browsing-topics=()"


class RequestLog:
    """Gives every request an id (taken from `X-Request-ID` where a proxy set one) and writes one line about it."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, and log path (never the query), status, milliseconds and principal."""
        given = request.headers.get("X-Request-ID", "")
        token = REQUEST_ID.set(given if _REQUEST_ID.fullmatch(given) else public_code())
        began = time.perf_counter()
        try:
            response = self.get_response(request)
            response["X-Request-ID"] = REQUEST_ID.get()
            _log(request, response.status_code, began)
        finally:
            REQUEST_ID.reset(token)
        return response


class Headers:
    """Tells browsers to load nothing from elsewhere and to run no script or style inside pages."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer with Content-Security-Policy and Permissions-Policy."""
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", _POLICY)
        response.headers.setdefault("Permissions-Policy", _PERMISSIONS)
        return response


class NoSuchFile:
    """Answers at once for static files that are not there: nobody reads a page in the place of a picture."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self.prefix = f"/{settings.STATIC_URL.lstrip('/')}"

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer 404 in one line below the address of static files, where the middleware before found nothing."""
        if request.path_info.startswith(self.prefix):
            return HttpResponse("404\n", status=404, content_type="text/plain; charset=utf-8")
        return self.get_response(request)


class Language:
    """Speaks the reader's language: the cookie's, else the browser's, for Django's messages and for our texts."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer in one language."""
        language = language_of(request)
        with speaking(language), translation.override(DJANGO_CODES[language]):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", "en" if language == "en" else "zh-CN")
        return response


class Acting:
    """Acts as the signed-in person, or as a token's owner, for the length of the request, and as nobody after it."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer as the person; a visitor without a session needs no database here.

        What somebody's session or token gets is kept by no browser and no proxy (OWASP ASVS 5.0, 14.3.2), unless the
        page says otherwise.
        """
        response = self._answered(request)
        if request.COOKIES.get(settings.SESSION_COOKIE_NAME) or request.META.get(PROGRAM):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    def _answered(self, request: HttpRequest) -> HttpResponseBase:
        if settings.HTTPS and request.path_info.startswith("/api/") and not request.is_secure():
            return refusal_response(request, _IN_THE_CLEAR)
        try:
            principal, elsewhere = self._principal(request)
        except Refusal as refusal:
            return refusal_response(request, refusal)
        if elsewhere:
            return to_next_page(request, elsewhere)
        if principal is None:
            return self.get_response(request)
        request.META["qilian.principal"] = principal.code
        with remembering(), acting(principal):
            return self.get_response(request)

    def _principal(self, request: HttpRequest) -> tuple[Principal | None, str]:
        """Who acts, and where he has to go first: who has not shown his second factor is nobody yet."""
        token = bearer_of(request)
        if token is not None:
            request.META[PROGRAM] = True
            return behind_token(token, writing=request.method not in ("GET", "HEAD", "OPTIONS")), ""
        user = request.user if request.COOKIES.get(settings.SESSION_COOKIE_NAME) else None
        if not isinstance(user, Person):
            return None, ""
        principal = admit(request, user)
        if principal is None:
            return None, ""
        stands = step_before(request, user)
        return (None if stands == "check" else principal), next_page(request, stands)


class Characters:
    """Refuses addresses and forms with a zero character, which no text of the database can hold; JSON: `web.api`."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass on what is text."""
        forms = (request.GET,) if request.path_info.startswith("/api/") else (request.GET, request.POST)
        said = (value for form in forms for _, values in form.lists() for value in values)
        if "\x00" in request.path_info or any("\x00" in value for value in said):
            return refusal_response(request, _ZERO)
        return self.get_response(request)


class Refusals:
    """Turns a refusal raised in a view into its page, or into JSON where the API was asked."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        """Answer a refusal; other exceptions go their way."""
        return refusal_response(request, exception) if isinstance(exception, Refusal) else None


class Drawing:
    """Draws the shapes that views answer with; a refusal met while drawing becomes its page as well."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer with the drawn page; cookies and headers set on the shape's answer are kept."""
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed):
            return wrong_method(request, response)
        if not isinstance(response, ShapeResponse):
            return response
        tag = tag_of(request, response.shape)
        if tag:
            response.headers["ETag"], response.headers["Cache-Control"] = tag, "private, no-cache"
            answer = get_conditional_response(request, etag=tag, response=response)
            if answer is not None and answer is not response:
                return answer
        try:
            page = draw(request, response.shape, status=response.status_code)
        except Refusal as refusal:
            return refusal_response(request, refusal)
        page.cookies.update(response.cookies)
        for name, value in response.headers.items():
            page.headers.setdefault(name, value)
        return page


_ZERO: Final = Refusal(
    "http.characters",
    Text("地址或表单里有空字符（U+0000）。", "The address or the form holds a zero character (U+0000)."),
    remedy=Text("请去掉它后重试。", "Remove it and try again."),
)


_IN_THE_CLEAR: Final = Refusal(
    "grants.encrypted",
    Text("接口只接受加密连接（https）。", "The interface takes encrypted connections (https) only."),
    remedy=Text(
        "请改用 https，并更换已经明文发送的令牌。", "Use https, and replace a token that was sent in the clear."
    ),
)


def _log(request: HttpRequest, status: int, began: float) -> None:
    _REQUESTS.info(
        "%s %s",
        request.method,
        request.path,
        extra={
            "method": request.method,
            "path": request.path,
            "status": status,
            "ms": round((time.perf_counter() - began) * 1000, 1),
            "principal": request.META.get("qilian.principal", ""),
        },
    )

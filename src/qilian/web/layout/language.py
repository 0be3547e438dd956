"""The reader's language: a cookie that a form sets, else what the browser asks for; Chinese is the source."""

from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.http import require_POST

FIELD: Final = "language"
YEAR_SECONDS: Final = 365 * 24 * 3600
DJANGO_CODES: Final = {"zh": "zh-hans", "en": "en"}


def language_of(request: HttpRequest) -> str:
    """Return `zh` or `en` for a request."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    if chosen in DJANGO_CODES:
        return chosen
    asked = (code[:2] for code, _ in parse_accept_lang_header(request.headers.get("Accept-Language", "")))
    return next((code for code in asked if code in DJANGO_CODES), "zh")


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Set the language cookie and go back to the page; an unknown language changes nothing."""
    back = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    response = HttpResponseRedirect(back if safe else "/")
    chosen, secure = request.POST.get(FIELD, ""), settings.HTTPS
    if chosen in DJANGO_CODES:
        name = settings.LANGUAGE_COOKIE_NAME
        response.set_cookie(name, chosen, max_age=YEAR_SECONDS, samesite="Lax", secure=secure, httponly=True)
    return response

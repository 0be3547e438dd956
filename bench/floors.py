"""The floors of `bench/pages.py` in the same server: a template, a plain list of fifty rows, JSON of fifty rows.

They pass through Django's usual middleware and nothing of ours; everything else is the house as it is.
"""

import os
from collections.abc import Callable, Iterable
from typing import Any

from bench.standing import APP, speak

speak(os.environ["BENCH_SOCKET"], os.environ["BENCH_DATABASE"], APP)

from django.conf import settings  # noqa: E402 Django stands first

settings.ROOT_URLCONF = "bench.floors"
settings.ALLOWED_HOSTS = ["*"]

from django.core.handlers.wsgi import WSGIHandler  # noqa: E402
from django.core.paginator import Paginator  # noqa: E402
from django.db.models import F  # noqa: E402
from django.http import HttpRequest, HttpResponse, JsonResponse  # noqa: E402
from django.template import Context, Engine, Template  # noqa: E402
from django.test import override_settings  # noqa: E402
from django.urls import path  # noqa: E402

from qilian.engines.registry.parties.models import Party  # noqa: E402
from qilian.web import urls as house  # noqa: E402
from qilian.web.front import Front  # noqa: E402

COLUMNS = ("name", "uscc", "kind", "region", "industry", "status", "established")
USUAL = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
_ENGINE = Engine()
_HELLO = Template("<!doctype html><title>{{ title }}</title><h1>{{ title }}</h1>", engine=_ENGINE)
_LIST = Template(
    "<!doctype html><title>List</title><p>{{ page.paginator.count }}</p><table>{% for row in page %}<tr>"
    + "".join(f"<td>{{{{ row.{name} }}}}</td>" for name in COLUMNS)
    + '<td><a href="/parties/{{ row.code }}/">{{ row.code }}</a></td></tr>{% endfor %}</table>',
    engine=_ENGINE,
)


def hello(_request: HttpRequest) -> HttpResponse:
    """A template with one value."""
    return HttpResponse(_HELLO.render(Context({"title": "Floor"})))


def plain_list(_request: HttpRequest) -> HttpResponse:
    """Fifty parties in a table, drawn by a template cell by cell, and a whole count, as tutorials do it."""
    rows = Party.objects.order_by(F("name_key").asc(nulls_last=True), "pk")
    return HttpResponse(_LIST.render(Context({"page": Paginator(rows, 50).page(1)})))


def plain_json(_request: HttpRequest) -> JsonResponse:
    """Fifty parties as JSON."""
    return JsonResponse({"rows": list(Party.objects.order_by("pk").values(*COLUMNS)[:50])})


urlpatterns = [path("floor/template", hello), path("floor/list", plain_list), path("floor/json", plain_json)]
urlpatterns += house.urlpatterns

with override_settings(MIDDLEWARE=USUAL):
    _floors = WSGIHandler()
_house = WSGIHandler()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Hand the floors to Django alone, the rest to the house."""
    floor = str(environ.get("PATH_INFO", "")).startswith("/floor/")
    return (_floors if floor else _house)(environ, start_response)


front = Front(application, most=1 << 20)

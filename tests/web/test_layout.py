"""What surrounds every page: language, headers, refusals, errors, sign-in, health, logs."""

import errno
import json
import logging
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import OperationalError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import include, path

from qilian.core.house.pages import Empty, Head, ListPage, show
from qilian.core.house.principal import SYSTEM, current_principal
from qilian.core.values import clock
from qilian.core.values.text import Refusal, Text
from qilian.core.who.people.api import Person, register_person
from qilian.web.layout import errors, health, logs
from qilian.web.layout.errors import status_of
from qilian.web.layout.health import Finding, examine

pytestmark = pytest.mark.django_db

WORD = "qing-hai-2015"


def refuse(request: HttpRequest, code: str) -> HttpResponse:
    raise Refusal(code, Text("不行。", "No."), where="甲栏", remedy=Text("改一下。", "Change it."))


def late(request: HttpRequest) -> HttpResponse:
    response = show(ListPage(Head(Text("表", "List")), [1], (), Empty(Text("无", "None"))), status=200)
    response["X-Own"] = "kept"
    response.set_cookie("own", "kept")
    return response


def whoami(request: HttpRequest) -> HttpResponse:
    return HttpResponse(current_principal().ref)


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("a defect")


def away(request: HttpRequest, what: str) -> HttpResponse:
    raise {
        "full": OSError(errno.ENOSPC, "x"),
        "shut": OSError(errno.EROFS, "x"),
        "database": OperationalError("x"),
        "gone": OSError(errno.ENOENT, "x"),
    }[what]


urlpatterns = [
    path("away/<str:what>/", away),
    path("refuse/<str:code>/", refuse),
    path("late/", late),
    path("whoami/", whoami),
    path("broken/", broken),
    path("api/v1/refuse/<str:code>/", refuse),
    path("", include("qilian.web.urls")),
]
handler400, handler403 = errors.bad_request, errors.permission_denied
handler404, handler500 = errors.page_not_found, errors.server_error


@pytest.fixture(autouse=True)
def with_bad_views() -> Iterator[None]:
    with override_settings(ROOT_URLCONF=__name__):
        yield


@pytest.fixture
def person() -> Person:
    someone = Person(login="wang", name="王秀兰", created_at=clock.now())
    someone.set_password(WORD)
    someone.save()
    return someone


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("grants.denied", 403),
        ("plan.clause.unknown", 404),
        ("files.absent", 404),
        ("pages.filter.unknown", 422),
        ("plan.file.empty", 422),
    ],
)
def test_a_refusal_is_a_page_that_says_what_and_where_and_how(chinese_client: Client, code: str, status: int) -> None:
    assert status_of(Refusal(code, Text("", ""))) == status
    page = chinese_client.get(f"/refuse/{code}/")
    html = page.content.decode()
    assert page.status_code == status
    assert all(part in html for part in ("不行。", "甲栏", "改一下。", code))
    assert ("?next=/refuse/" in html and "button primary" in html) == (status == 403)


def test_the_api_answers_a_refusal_as_a_problem(english_client: Client) -> None:
    answer = english_client.get("/api/v1/refuse/grants.denied/")
    assert (answer.status_code, answer["Content-Type"]) == (403, "application/problem+json")
    assert answer.json() == {"code": "grants.denied", "message": "No.", "where": "甲栏", "remedy": "Change it."}
    absent = english_client.get("/api/v1/nothing")
    assert (absent.status_code, absent.json()["code"]) == (404, "http.404")


def test_what_a_view_set_on_a_shape_is_kept_and_a_refusal_while_drawing_is_a_page(chinese_client: Client) -> None:
    page = chinese_client.get("/late/")
    assert page["X-Own"] == "kept" and page.cookies["own"].value == "kept"
    assert chinese_client.get("/late/?page=x").status_code == 422


def test_unknown_pages_and_defects_have_pages_in_both_languages(chinese_client: Client, english_client: Client) -> None:
    assert "没有这一页" in chinese_client.get("/nothing/").content.decode()
    assert "No such page" in english_client.get("/nothing/").content.decode()
    english_client.raise_request_exception = False
    page = english_client.get("/broken/")
    assert page.status_code == 500 and "Something broke" in page.content.decode()
    assert "a defect" not in page.content.decode() and page["X-Request-ID"] in page.content.decode()
    english_client.raise_request_exception = True


@pytest.mark.parametrize(("what", "status"), [("full", 503), ("shut", 503), ("database", 503), ("gone", 500)])
def test_what_passes_asks_to_come_again(english_client: Client, what: str, status: int) -> None:
    """A disk that is full for a moment, and a database on its way up, are no defects."""
    english_client.raise_request_exception = False
    page = english_client.get(f"/away/{what}/")
    program = english_client.get(f"/away/{what}/", headers={"accept": "application/json"})
    english_client.raise_request_exception = True
    assert page.status_code == program.status_code == status and program.json()["code"] == f"http.{status}"
    assert ("Not at this moment" in page.content.decode()) == (status == 503) == page.has_header("Retry-After")


@pytest.mark.django_db
def test_a_database_that_takes_no_changes_for_a_while_asks_to_come_again(english_client: Client) -> None:
    register_person(actor=SYSTEM, login="ada", name="甲", password="another-1-mountain")
    english_client.raise_request_exception = False
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION READ ONLY")
        page = english_client.post("/accounts/login/", {"login": "ada", "password": "another-1-mountain"})
        transaction.set_rollback(True)
    english_client.raise_request_exception = True
    assert page.status_code == 503 and "Not at this moment" in page.content.decode()


def test_an_address_for_forms_says_so_when_it_is_opened(english_client: Client) -> None:
    page = english_client.get("/language/")
    assert (page.status_code, page["Allow"]) == (405, "POST") and "only takes forms" in page.content.decode()


def test_an_expired_form_has_a_page() -> None:
    strict = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})
    page = strict.post("/language/", {"language": "en"})
    assert page.status_code == 403 and "the page has expired" in page.content.decode()


def test_the_language_is_the_cookie_else_the_browser_else_chinese() -> None:
    assert 'lang="zh-CN"' in Client().get("/").content.decode()
    assert Client(headers={"accept-language": "fr,en;q=0.5"}).get("/")["Content-Language"] == "en"
    client = Client(headers={"accept-language": "en"})
    answer = client.post("/language/", {"language": "zh", "next": "/styleguide/"})
    assert (answer.status_code, answer["Location"]) == (302, "/styleguide/")
    assert client.get("/")["Content-Language"] == "zh-CN"
    assert client.post("/language/", {"language": "xx", "next": "//evil.example/"})["Location"] == "/"
    assert client.cookies["language"].value == "zh"


def test_pages_load_nothing_from_elsewhere_and_run_no_inline_script(chinese_client: Client) -> None:
    page = chinese_client.get("/styleguide/")
    policy = page["Content-Security-Policy"]
    assert "default-src 'self'" in policy and "unsafe" not in policy
    assert page["X-Frame-Options"] == "DENY" and "camera=()" in page["Permissions-Policy"]
    html = page.content.decode()
    assert "<script>" not in html and " style=" not in html and " onclick=" not in html
    assert "http://" not in html.replace("http://www.w3.org", "") and "https://" not in html


def test_signing_in_and_out(chinese_client: Client, person: Person) -> None:
    wrong = chinese_client.post("/accounts/login/", {"login": "wang", "password": "no"})
    assert (
        wrong.status_code == 422 and "请先改正" in wrong.content.decode() and 'value="wang"' in wrong.content.decode()
    )
    right = chinese_client.post("/accounts/login/", {"login": "wang", "password": WORD, "next": "/styleguide/"})
    assert (right.status_code, right["Location"]) == (302, "/styleguide/")
    assert chinese_client.session.get_expiry_age() > 7 * 3600
    assert chinese_client.get("/whoami/").content.decode() == f"core.person:{person.code}"
    assert current_principal().ref == "anonymous"  # forgotten after the request
    assert "王秀兰" in chinese_client.get("/").content.decode()
    assert chinese_client.post("/accounts/logout/")["Location"] == "/"
    assert chinese_client.get("/whoami/").content.decode() == "anonymous"


def test_a_login_is_throttled_after_five_wrong_passwords(person: Person) -> None:
    client = Client(headers={"accept-language": "en"}, REMOTE_ADDR="10.9.8.7")
    answers = [client.post("/accounts/login/", {"login": "wang", "password": f"no{n}"}) for n in range(6)]
    assert [answer.status_code for answer in answers] == [422] * 5 + [answers[-1].status_code]
    assert client.post("/accounts/login/", {"login": "wang", "password": WORD}).status_code in (422, 429)


def test_the_password_is_changed_by_its_owner_only(chinese_client: Client, person: Person) -> None:
    assert chinese_client.get("/accounts/password/change/").status_code == 302
    chinese_client.post("/accounts/login/", {"login": "wang", "password": WORD})
    fields = {"old_password": WORD, "new_password1": "hai-xi-2016-a", "new_password2": "hai-xi-2016-b"}
    assert chinese_client.post("/accounts/password/change/", fields).status_code == 422
    fields["new_password2"] = fields["new_password1"]
    assert chinese_client.post("/accounts/password/change/", fields)["Location"] == "/"
    person.refresh_from_db()
    assert person.check_password("hai-xi-2016-a")


def test_a_person_who_left_is_nobody(chinese_client: Client, person: Person) -> None:
    chinese_client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    Person.objects.filter(pk=person.pk).update(is_active=False)
    assert chinese_client.get("/whoami/").content.decode() == "anonymous"


def test_health_tells_what_is_wrong_and_no_more(client: Client) -> None:
    answer = client.get("/health")
    body = answer.json()
    assert body["database"]["ok"] and body["sealer"]["ok"]
    assert (answer.status_code, body["ok"]) == (503, False)  # no worker runs here
    assert set(body) == {"ok", "at", "database", "migrations", "processes", "sealer", "worker", "jobs", "clock"}
    assert examine()["worker"].detail == "no worker"


def test_health_tells_a_process_that_falls_again_and_again(client: Client, tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    written = tmp_path / "run" / "test.json"
    with override_settings(VAR=tmp_path):
        assert examine()["processes"] == Finding(True, "not supervised")
        written.write_text(json.dumps({"falls": {"sealer": 2}}))
        assert examine()["processes"] == Finding(True, "stand")
        written.write_text(json.dumps({"falls": {"sealer": 3, "worker": 1}}))
        assert examine()["processes"] == Finding(False, "sealer falls again and again")
        assert client.get("/health").status_code == 503
        for odd in ("", "[]", '{"falls": 3}', '{"falls": {"a": "x"}}'):
            written.write_text(odd)
            assert examine()["processes"].ok


def test_health_tells_a_job_that_was_given_up(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert examine()["jobs"] == Finding(True, "done")
    asked: list[timedelta] = []
    monkeypatch.setattr(health, "died", lambda since: asked.append(clock.now() - since) or 1)
    assert examine()["jobs"] == Finding(False, "1 given up") and client.get("/health").status_code == 503
    assert asked[0] >= timedelta(hours=1), "of the last hour"


def test_health_tells_a_database_of_a_later_version(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_seen", [])
    real = MigrationLoader.build_graph

    def with_one_more(loader: MigrationLoader) -> None:
        real(loader)
        loader.applied_migrations = {**loader.applied_migrations, ("core", "9999_later"): None}

    monkeypatch.setattr(MigrationLoader, "build_graph", with_one_more)
    assert examine()["migrations"] == Finding(False, "1 of a later version")


def test_the_demonstration_shows_its_banner_and_its_logins(chinese_client: Client, tmp_path: Path) -> None:
    with override_settings(MODE="real"):
        assert "这是演示库" not in chinese_client.get("/accounts/login/").content.decode()
    folder = tmp_path / "run"
    folder.mkdir()
    said = {"login": "li", "password": WORD, "name": "李", "zh": "省商务厅", "en": "commerce"}
    row = {**said, "group_zh": "委办厅局", "group_en": "Officials"}
    (folder / "demo.logins.json").write_text(json.dumps([row]))
    register_person(actor=SYSTEM, login="li", name="李", password=WORD)
    with override_settings(MODE="demo", VAR=folder.parent):
        html = chinese_client.get("/accounts/login/").content.decode()
        assert "这是演示库" in html and html.count(WORD) == 1 and "<h3>委办厅局</h3>" in html
        assert chinese_client.post("/accounts/login/", {"enter": "wang"}).status_code == 422
        assert chinese_client.post("/accounts/login/", {"enter": "li"}).status_code == 302
    assert Client().post("/accounts/login/", {"enter": "li"}).status_code == 422, "a real house knows no such button"


def test_a_log_line_is_one_json_object_with_its_request() -> None:
    token = logs.REQUEST_ID.set("abcdefgh")
    try:
        record = logging.makeLogRecord(
            {"name": "qilian.request", "levelname": "INFO", "msg": "GET %s", "args": ("/x/",)}
        )
        record.status, record.ms = 200, 1.5
        line = json.loads(logs.JsonFormatter().format(record))
    finally:
        logs.REQUEST_ID.reset(token)
    assert (line["request"], line["message"], line["status"], line["ms"]) == ("abcdefgh", "GET /x/", 200, 1.5)
    try:
        raise ValueError("两行\n字")
    except ValueError as error:
        record = logging.makeLogRecord({"msg": "x", "exc_info": (ValueError, error, error.__traceback__)})
    assert "\n" not in logs.JsonFormatter().format(record)


def test_requests_are_logged_without_their_query(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="qilian.request"):
        answer = client.get("/styleguide/?secret=1", headers={"x-request-id": "from-the-proxy"})
    line = next(record for record in caplog.records if getattr(record, "status", 0) == 200)
    assert line.getMessage() == "GET /styleguide/" and "secret" not in str(line.__dict__)
    assert answer["X-Request-ID"] == "from-the-proxy"
    assert client.get("/styleguide/", headers={"x-request-id": "bad id\n"})["X-Request-ID"] != "bad id\n"


def test_the_layout_asks_the_database_nothing_for_a_visitor(
    chinese_client: Client, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    chinese_client.get("/styleguide/")
    with django_assert_num_queries(0):
        chinese_client.get("/styleguide/")


def test_nothing_of_a_session_is_left_behind_and_all_cookies_belong_to_this_host(client: Client) -> None:
    register_person(actor=SYSTEM, login="li", name="李", password=WORD)
    client.post("/accounts/login/", {"login": "li", "password": WORD})
    assert client.get("/account/")["Cache-Control"] == "no-store"
    left = client.post("/accounts/logout/")
    assert left["Clear-Site-Data"] == '"cache", "storage"' and "no-store" in left["Cache-Control"]
    code = "import os; os.environ.update(QILIAN_HTTPS='1', QILIAN_MODE='test'); from qilian.web import settings as s; "
    code += "print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.LANGUAGE_COOKIE_NAME, s.SESSION_COOKIE_SECURE, "
    code += "s.SECURE_HSTS_SECONDS, s.SECURE_HSTS_INCLUDE_SUBDOMAINS)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert said == ["__Host-sessionid", "__Host-csrftoken", "__Host-language", "True", "31536000", "True"]


def test_a_program_that_speaks_in_the_clear_is_told_and_not_led_on(client: Client) -> None:
    with override_settings(HTTPS=True, SECURE_SSL_REDIRECT=True):
        answer = client.get("/api/v1/openapi.json", headers={"authorization": "Bearer qlt_x"})
        assert (answer.status_code, answer.json()["code"]) == (403, "grants.encrypted")
        assert client.get("/api/v1/openapi.json", secure=True).status_code == 200
        assert client.get("/plan/").status_code == 301


def test_every_failed_try_is_a_line_without_what_was_typed(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    person = register_person(actor=SYSTEM, login="li", name="李", password=WORD)
    for login in ("li", "nobody"):
        client.post("/accounts/login/", {"login": login, "password": "guessed-word"})
    lines = [logs.JsonFormatter().format(each) for each in caplog.records if each.name == "qilian.door"]
    assert [json.loads(line)["principal"] for line in lines] == [person.code, ""]
    assert all("refused at password from 127.0.0.1" in line for line in lines)
    assert "guessed-word" not in "".join(lines) and "nobody" not in "".join(lines)

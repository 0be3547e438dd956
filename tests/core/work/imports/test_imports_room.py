"""Imports through the database: brought, rehearsed, applied in one piece or not at all, once."""

from collections.abc import Callable
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.core.work.imports.oldbooks import label, number, old_book

from qilian.core.house.principal import SYSTEM, Principal
from qilian.core.log.events.api import Event
from qilian.core.log.outbox.api import run_due
from qilian.core.papers.sheets.api import Sheet
from qilian.core.rights.privacy.api import unseal
from qilian.core.time.calendar.api import days_of
from qilian.core.values.text import Refusal, speaking
from qilian.core.who.people.api import Person, Post, register_person
from qilian.core.who.units.models import Unit, UnitName
from qilian.core.work.imports import services
from qilian.core.work.imports.api import (
    ImportRun,
    apply_run,
    ask_to_apply,
    problems_of,
    ref,
    register_sheet,
    run_by_code,
    runs_for,
    sheet_named,
    sheets,
    sheets_for,
    upload,
)
from qilian.core.work.imports.jobs import say_unapplied, say_unchecked
from qilian.core.work.imports.sheets import PEOPLE, rule_on_day

pytestmark = pytest.mark.django_db
Make = Callable[..., bytes]
DAYS = "日期,上班还是放假,名称,依据\n2031-10-01,放假,国庆节,国办发〔2030〕1号\n2031-10-11,work,,国办发〔2030〕1号\n"
PEOPLE_HEADER = "姓名,登录名,单位,处室,职务,任职日期,电话,电子邮箱\n"


def brought(
    text: str | bytes, sheet: str = "working-days", actor: Principal = SYSTEM, name: str = "a.csv"
) -> ImportRun:
    content = text.encode() if isinstance(text, str) else text
    run = upload(actor=actor, sheet=sheet, name=name, content=content)
    run.refresh_from_db()
    return run


def told(run: ImportRun) -> list[tuple[int, str, str]]:
    return [(problem.row, problem.title.zh, problem.message.zh) for problem in problems_of(run)]


def happened(run: ImportRun) -> list[str]:
    return [
        kind
        for kind in Event.objects.filter(subject=str(ref(run))).order_by("id").values_list("type", flat=True)
        if "import" in kind
    ]


@pytest.fixture
def unit() -> Unit:
    row = Unit.objects.create(slug="fgw", kind="department", region="630000")
    UnitName.objects.create(unit=row, kind="short", zh="省发展改革委")
    return row


def test_a_right_file_is_checked_then_applied_once() -> None:
    run = brought(DAYS)
    assert (run.state, run.rows, run.problem_count, len(run.values)) == ("checked", 2, 0, 2)
    assert not days_of(2031).exists(), "a dry run leaves no trace"
    assert not Event.objects.filter(type="calendar.day.set").exists()
    apply_run(actor=SYSTEM, run=run)
    run.refresh_from_db()
    assert run.state == "applied" and run.applied_at and run.values == []
    assert [(day.day, day.is_workday, day.name) for day in days_of(2031).order_by("day")] == [
        (date(2031, 10, 1), False, "国庆节"),
        (date(2031, 10, 11), True, ""),
    ]
    assert happened(run) == ["core.import.checked", "core.import.applied"]
    with pytest.raises(Refusal) as refusal:
        apply_run(actor=SYSTEM, run=run)
    assert refusal.value.code == "imports.applied" and days_of(2031).count() == 2


def test_a_wrong_file_is_kept_with_its_problems_and_cannot_be_applied() -> None:
    run = brought(DAYS + "2031-10-01,rest,,\nyesterday,x,,依据\n")
    assert run.state == "refused" and run.values == [] and run.rows == 4
    assert told(run) == [
        (4, "依据", "请填写依据。"),
        (4, "日期", "与第 2 行重复：日期都是“2031-10-01”。"),
        (5, "日期", "日期不是日期。"),
        (5, "上班还是放假", "上班还是放假没有“x”这个选项。"),
    ]
    for act in (apply_run, ask_to_apply):
        with pytest.raises(Refusal) as refusal:
            act(actor=SYSTEM, run=run)
        assert refusal.value.code == "imports.problems"


@pytest.mark.parametrize(
    ("content", "code"), [(b"", "sheets.empty"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1x", "sheets.old")]
)
def test_what_is_no_table_is_not_even_stored(content: bytes, code: str) -> None:
    with pytest.raises(Refusal) as refusal:
        brought(content)
    assert refusal.value.code == code and not ImportRun.objects.exists()


def test_an_unreadable_csv_is_refused_with_its_sentence() -> None:
    run = brought(b'a,"b\n')
    assert run.state == "refused" and told(run) == [(0, "", "第 1 行的引号没有配对，或者一格里内容太长。")]


def test_a_workbook_is_checked_by_the_worker(workbook: Make) -> None:
    content = workbook(
        [("日期", "上班还是放假", "依据"), (date(2031, 5, 1), "放假", "通知"), (date(2031, 5, 2), "休", "通知")]
    )
    run = brought(content, name="a.xlsx")
    assert run.state == "queued"
    with pytest.raises(Refusal):
        apply_run(actor=SYSTEM, run=run)
    assert run_due() >= 1
    run.refresh_from_db()
    assert run.state == "refused" and told(run) == [(3, "上班还是放假", "上班还是放假没有“休”这个选项。")]
    assert happened(run) == ["core.import.checked"]


def test_a_long_csv_goes_to_the_worker_and_is_applied_by_it(
    monkeypatch: pytest.MonkeyPatch, somebody: Callable[..., Principal]
) -> None:
    monkeypatch.setattr(services, "AT_ONCE_BYTES", 10)
    ada = somebody("ada", "calendar.edit")
    run = brought(DAYS, actor=ada)
    run_due()
    ask_to_apply(actor=ada, run=run)
    run.refresh_from_db()
    assert run.state == "applying" and not days_of(2031).exists()
    run_due()
    run.refresh_from_db()
    assert run.state == "applied" and days_of(2031).count() == 2
    assert Event.objects.filter(type="calendar.day.set").first().actor == f"core.person:{ada.code}"


def test_when_the_worker_cannot_apply_the_run_says_why(unit: Unit, somebody: Callable[..., Principal]) -> None:
    ada = somebody("ada", "people.*")
    run = brought(PEOPLE_HEADER + "张三,zhang,省发展改革委,,科员,,,\n李四,li,省发展改革委,,科员,,,\n", "people", ada)
    assert run.state == "checked", told(run)
    register_person(actor=SYSTEM, login="li", name="别人")
    ask_to_apply(actor=ada, run=run)
    run_due()
    run.refresh_from_db()
    [(row, _, message)] = told(run)
    assert run.state == "refused" and row == 3 and message.startswith("第 3 行：这个登录名已被使用")
    assert not Person.objects.filter(login="zhang").exists(), "nothing is half-saved"


def test_people_are_registered_and_appointed(unit: Unit, somebody: Callable[..., Principal]) -> None:
    known = register_person(actor=SYSTEM, login="wang", name="王五")
    rows = "张三,zhang,省发展改革委,综合处,科员,2026-01-01,13800000000,z@example.cn\n王五,wang,fgw,综合处,处长,,,\n"
    run = brought(PEOPLE_HEADER + rows, "people", somebody("ada", "people.*"))
    assert run.state == "checked", told(run)
    apply_run(actor=SYSTEM, run=run)
    zhang = Person.objects.get(login="zhang")
    assert (zhang.name, unseal(zhang.phone), zhang.email) == ("张三", "13800000000", "z@example.cn")
    assert Post.objects.get(person=zhang).valid_from == date(2026, 1, 1)
    assert Post.objects.get(person=known).role == "处长" and not zhang.has_usable_password()


def test_the_rehearsal_tells_what_only_the_database_knows(unit: Unit, somebody: Callable[..., Principal]) -> None:
    other = Unit.objects.create(slug="two", kind="department")
    for row in (unit, other):
        UnitName.objects.create(unit=row, kind="alias", zh="两处")
    register_person(actor=SYSTEM, login="taken", name="王五")
    written = (
        ("张三", "taken", "省发展改革委"),
        ("李四", "li", "没有的单位"),
        ("赵六", "zhao", "两处"),
        ("孙八", "sun", "fgw"),
    )
    rows = "".join(f"{name},{login},{place},,科员,,,\n" for name, login, place in written)
    ada = somebody("ada", "people.register")
    run = brought(PEOPLE_HEADER + rows, "people", ada)
    beside = brought(PEOPLE_HEADER.replace("\n", ",颜色\n") + rows, "people", ada)
    assert beside.problem_count == run.problem_count + 1, "an unknown column hides nothing"
    assert [(row, title) for row, title, _ in told(run)] == [(2, "登录名"), (3, "单位"), (4, "单位"), (5, "")]
    messages = [message for _, _, message in told(run)]
    assert messages[0].startswith("这个登录名已被使用")
    assert messages[1:] == [
        "没有叫“没有的单位”的单位。",
        "叫“两处”的单位不止一个。",
        "您没有“任职和交接”的权限。",
    ]
    assert set(Person.objects.values_list("login", flat=True)) == {"taken", "ada"}


def test_without_the_right_nothing_is_taken(somebody: Callable[..., Principal]) -> None:
    ada = somebody("ada", "people.*")
    with pytest.raises(Refusal) as refusal:
        brought(DAYS, actor=ada)
    assert refusal.value.code == "grants.denied" and not ImportRun.objects.exists()
    run = brought(DAYS)
    for act in (apply_run, ask_to_apply):
        with pytest.raises(Refusal) as refusal:
            act(actor=ada, run=run)
        assert refusal.value.code == "grants.denied"
    assert list(sheets_for(ada)) == [PEOPLE] and not runs_for(ada).exists()


def test_sheets_are_registered_once() -> None:
    register_sheet(sheet_named("working-days"), rule_on_day)
    assert {sheet.slug for sheet in sheets()} >= {"working-days", "people"}
    wrong = Sheet("people", PEOPLE.title, PEOPLE.form, ("login",), "x")
    with pytest.raises(TypeError, match="registered twice"):
        register_sheet(wrong, rule_on_day)
    with pytest.raises(TypeError, match="no field"):
        register_sheet(Sheet("x", PEOPLE.title, PEOPLE.form, ("shoe",), "x"), rule_on_day)
    for call in (lambda: sheet_named("x"), lambda: run_by_code("x")):
        with pytest.raises(Refusal):
            call()


def test_the_whole_way_on_screen(somebody: Callable[..., Principal], browser: Callable[..., Client]) -> None:
    ada = somebody("ada", "calendar.edit")
    client, address = browser(ada), "/imports/sheets/working-days/"
    assert "工作日安排" in client.get("/imports/").content.decode()
    form = client.get(address).content.decode()
    assert "日期，例如 2026-11-22" in form and "下载模板" in form and "multipart/form-data" in form
    template = client.get(f"{address}template").content
    assert template.decode("utf-8-sig") == "日期,上班还是放假,名称,英文名称,依据\r\n"
    with speaking("en"):
        client.cookies["language"] = "en"
    assert client.post(address).status_code == 422
    assert client.post(address, {"file": SimpleUploadedFile("a.csv", b"")}).status_code == 422
    wrong = client.post(address, {"file": SimpleUploadedFile("坏.csv", "日期\nx".encode())})
    page = client.get(wrong["Location"]).content.decode()
    assert wrong.status_code == 302 and "坏.csv" in page and wrong["Location"] + "application" not in page
    right = client.post(address, {"file": SimpleUploadedFile("好.csv", DAYS.encode("gb18030"))})
    assert wrong["Location"] != right["Location"]
    assert right["Location"] + "application" in client.get(right["Location"]).content.decode()
    applied = client.post(right["Location"] + "application")
    assert applied.status_code == 302 and days_of(2031).count() == 2
    assert client.post(right["Location"] + "application").status_code == 422
    assert client.get(applied["Location"]).status_code == 200
    runs = client.get("/imports/runs/?state=applied").content.decode()
    assert "好.csv" in runs and "坏.csv" not in runs


def test_pages_are_for_those_with_the_right(somebody: Callable[..., Principal], browser: Callable[..., Client]) -> None:
    run = brought(DAYS)
    for client in (Client(), browser(somebody("bob"))):
        assert "没有您可以导入的表" in client.get("/imports/").content.decode()
        assert client.get("/imports/sheets/working-days/").status_code == 403
        assert client.get(f"/imports/runs/{run.code}/").status_code == 403
        assert client.post(f"/imports/runs/{run.code}/application").status_code == 403
        assert run.name not in client.get("/imports/runs/").content.decode()
        assert client.get("/imports/sheets/none/").status_code == 404
        assert client.get("/imports/runs/none/").status_code == 404
    assert Person.objects.count() == 1


def test_the_page_of_a_run_that_waits_offers_to_reload(
    workbook: Make, somebody: Callable[..., Principal], browser: Callable[..., Client]
) -> None:
    run = brought(workbook([("日期",), ("x",)]), name="b.xlsx")
    client = browser(somebody("ada", "calendar.edit"))
    assert "刷新进度" in client.get(f"/imports/runs/{run.code}/").content.decode()


def test_a_list_of_runs_costs_the_same_at_ten_and_at_forty(
    somebody: Callable[..., Principal], browser: Callable[..., Client]
) -> None:
    client = browser(somebody("ada", "calendar.edit"))
    costs = []
    for more in (10, 30):
        for _ in range(more):
            brought("日期\nx")
        with CaptureQueriesContext(connection) as asked:
            client.get("/imports/runs/")
        costs.append(len(asked))
    assert costs[0] == costs[1]


def test_a_check_that_dies_tells_the_import() -> None:
    run = brought(DAYS + " " * services.AT_ONCE_BYTES)
    assert run.state == "queued"
    for _ in range(2):
        say_unchecked(run=run.pk)
    run.refresh_from_db()
    assert run.state == "refused" and "没有处理完" in told(run)[0][2] and happened(run) == ["core.import.checked"]


def test_an_import_that_dies_while_it_is_applied_says_so_and_saves_nothing(somebody: Callable[..., Principal]) -> None:
    ada = somebody("ada", "calendar.edit")
    run = brought(DAYS, actor=ada)
    ask_to_apply(actor=ada, run=run)
    for _ in range(2):
        say_unapplied(run=run.pk, person=ada.person)
    run.refresh_from_db()
    assert run.state == "refused" and "没有处理完" in told(run)[0][2] and not days_of(2031).exists()


def test_an_old_workbook_is_brought_and_checked_by_the_worker() -> None:
    day = old_book(
        *(label(0, place, place) for place in range(3)),
        number(1, 0, 48122, 1),
        label(1, 1, 3),
        label(1, 2, 4),
        strings=("日期", "上班还是放假", "依据", "放假", "国办发〔2030〕1号"),
    )
    run = brought(day, name="放假.xls")
    assert run.state == "queued"
    run_due()
    run.refresh_from_db()
    assert run.state == "checked" and run.values == [[2, {"day": "2031-10-01", **run.values[0][1]}]]

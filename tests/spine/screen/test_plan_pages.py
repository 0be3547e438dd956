"""Pages: everyone reads what is published, who may draft works on drafts, queries do not grow with rows."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from qilian.core.house.pages import Kept
from qilian.core.house.principal import SYSTEM
from qilian.core.who.people.api import Person
from qilian.spine.drafting.api import Draft
from qilian.spine.plan.api import Clause, Duty, PlanVersion, load_words
from qilian.spine.plan.models import ClauseDeadline
from qilian.spine.screen.pages import matrix
from qilian.web.components import drawing

pytestmark = pytest.mark.django_db
PUBLIC = (
    *("/plan/", "/plan/?kind=vertical", "/plan/2.7.2", "/plan/2.7", "/plan/3.6.2", "/plan/1.1"),
    *("/units/", "/units/?kind=zone", "/units/qh-jxw/", "/units/qh-szzf/", "/units/qh-gxt/", "/units/qh-syyh/"),
    *("/plans/", "/plans/qinghai-2015/", "/plans/qinghai-2015/versions/1/"),
)


def signed_in(login: str) -> Client:
    client = Client(headers={"accept-language": "zh-CN"})
    client.force_login(Person.objects.get(login=login), backend="django.contrib.auth.backends.ModelBackend")
    return client


def body(answer) -> str:
    return answer.content.decode()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_everyone_reads_the_published_plan(main_version, language):
    client = Client(headers={"accept-language": language})
    for url in PUBLIC[:5] + PUBLIC[6:]:
        answer = client.get(url)
        assert (url, answer.status_code) == (url, 200)
        assert "<h1>" in body(answer)


def test_what_is_not_there_is_404(main_version):
    for url in ("/plan/9.9.9", "/units/nobody/", "/plans/none/", "/plans/qinghai-2015/versions/7/", "/exports/none/"):
        assert (url, Client().get(url).status_code) == (url, 404)


def test_before_any_plan_the_page_says_what_to_do(units_loaded):
    assert "还没有发布任何方案" in body(Client(headers={"accept-language": "zh"}).get("/plan/"))


def test_the_matrix_counts_link_to_the_unit(main_version):
    page = body(Client(headers={"accept-language": "zh"}).get("/plan/"))
    assert page.count('<th scope="row" class="unit">') == 34
    assert re.search(
        r'href="/units/qh-jxw/#s-2\.1"[^>]*><span class="where">2.1 现代物流</span> <span class="lead">牵3<', page
    )
    assert body(Client().get("/plan/?kind=vertical")).count('<th scope="row" class="unit">') == 7
    unit = body(Client().get("/units/qh-jxw/"))
    anchors = re.findall(r'id="(s-[\d.]+)"', unit)
    assert "s-2.2" in anchors and len(anchors) == len(set(anchors))


def test_a_long_plan_is_shown_in_pages_of_whole_sections(main_version, monkeypatch):
    whole = body(Client().get("/plan/"))
    ids = re.findall(r'<th scope="row"><a href="/plan/([\d.]+)">', whole)
    monkeypatch.setattr(matrix, "CLAUSES_A_PAGE", 25)
    monkeypatch.setattr(matrix, "_PAGES", Kept(24))
    monkeypatch.setattr(drawing, "_DRAWN", Kept(24))
    pages = [body(Client(headers={"accept-language": "en"}).get(f"/plan/?page={number}")) for number in (1, 2, 3)]
    assert [each for page in pages for each in re.findall(r'<th scope="row"><a href="/plan/([\d.]+)">', page)] == ids
    anchors = [re.findall(r'<section class="section" id="(s-[\d.]+)">', page) for page in pages]
    assert anchors == [re.findall(r'<section class="section" id="(s-[\d.]+)">', whole)] * 3
    assert 'href="?page=3#s-3.6">This section is on page 3.' in pages[0] and "on page 3" not in pages[2]
    assert 'href="?kind=vertical&amp;page=2#s-' in body(Client().get("/plan/?kind=vertical"))
    assert [Client().get(f"/plan/?page={wrong}").status_code for wrong in ("9", "0", "x", "-1", "10000")] == [404] * 5


def test_today_s_unit_shows_what_it_took_over_and_a_member_what_its_collective_carries(main_version):
    client = Client(headers={"accept-language": "zh"})
    today = body(client.get("/units/qh-gxt/"))
    assert "承接自省经济和信息化委：牵头（16 条）" in today and "承接自省经济和信息化委：配合（15 条）" in today
    assert today.count('href="/plan/2.') >= 25
    merged = body(client.get("/units/qh-scjgj/"))
    assert "承接自省工商局：" in merged and "承接自省质监局：" in merged and "承接自省知识产权局：" in merged
    assert "作为“各市、州人民政府”的成员：配合（48 条）" in body(client.get("/units/gov-630100/"))
    assert "在现行方案里没有责任" not in today


def test_a_unit_stands_among_its_partners_and_what_names_no_day_lies_in_a_tray(main_version):
    page = body(Client(headers={"accept-language": "zh"}).get("/units/qh-swt/"))
    wide = page.split('id="partners"', 1)[1].split('<div class="picture-narrow">', 1)[0]
    assert re.findall(r'<a href="(/units/[^"]+)"', wide)[:2] == ["/units/qh-szzf/", "/units/qh-jxw/"]
    assert "16 条没有写明日期" in page.split('id="terms"', 1)[1]


def test_reforms_are_drawn_for_all_and_for_each_unit_that_they_touched(main_version):
    client = Client(headers={"accept-language": "zh"})
    every = body(client.get("/units/reforms/")).split('<div class="picture-narrow">', 1)[0]
    assert every.count("<polygon") == 11 and "省经济和信息化委" in every and "省工业和信息化厅" in every
    for slug in ("qh-gsj", "qh-scjgj"):
        drawn = body(client.get(f"/units/{slug}/")).split('id="reforms"', 1)[1].split('<div class="picture-narrow">')[0]
        assert drawn.count("<polygon") == 3
    assert 'id="reforms"' not in body(client.get("/units/qh-swt/"))


def test_before_any_plan_no_reform_is_drawn(units_loaded):
    assert "没有登记过改革后的承接单位" in body(Client(headers={"accept-language": "zh"}).get("/units/reforms/"))


def test_what_has_a_day_stands_on_the_time_line_until_it(main_version):
    row = Clause.objects.get(version=main_version, cid="2.7.2")
    ClauseDeadline.objects.create(clause=row, order=1, text="2028年底前", date=date(2028, 12, 31))
    page = body(Client(headers={"accept-language": "zh"}).get("/plans/qinghai-2015/versions/1/"))
    wide = page.split('id="terms"', 1)[1].split('<div class="picture-narrow">', 1)[0]
    assert "今天" in wide and ">2028</text>" in wide and "59 条没有写明日期" in wide
    assert re.search(r'<a href="/plan/2.7.2"><text[^>]*>2.7.2 ', wide)


def test_summaries_are_marked_as_ours_until_the_source_is_loaded(main_version, shared):
    client = Client(headers={"accept-language": "zh"})
    assert "这是本系统的概括，不是方案原文" in body(client.get("/plan/2.7.2"))
    load_words(actor=SYSTEM, version=main_version, text=(shared / "plan/qinghai-2015.txt").read_text())
    page = body(client.get("/plan/2.7.2"))
    assert "概括（本系统所写）" in page and "不是方案原文" not in page
    side = body(client.get("/plans/qinghai-2015/versions/1/"))
    places = re.findall(r'href="#(s\d+)"', side)
    assert len(places) >= 263
    assert set(places) <= set(re.findall(r'id="(s\d+)"', side))


def test_queries_do_not_grow_with_rows(main_version, django_assert_max_num_queries):
    few = {}
    for url in ("/plan/2.1.1", "/units/qh-zjj/", "/plan/3.2"):
        with CaptureQueriesContext(
            connection,
        ) as told:
            Client().get(url)
        few[url] = len(told)
    for small, large in (
        ("/plan/2.1.1", "/plan/2.7.2"),
        ("/units/qh-zjj/", "/units/qh-jxw/"),
        ("/plan/3.2", "/plan/2.9"),
    ):
        with CaptureQueriesContext(connection) as told:
            Client().get(large)
        assert len(told) <= few[small], f"{large}: {len(told)} > {small}: {few[small]}"
    for url in ("/plan/", "/units/", "/plans/qinghai-2015/versions/1/"):
        with django_assert_max_num_queries(20):
            Client().get(url)


def test_a_draft_is_worked_through_on_screen(plan, cast, document):
    client = signed_in("publisher")
    answer = client.post("/plans/cold/drafts/new", {"text": document, "note": "送审"})
    assert (answer.status_code, answer["Location"]) == (302, "/plans/cold/drafts/1/")
    page = body(client.get("/plans/cold/drafts/1/"))
    assert "高原食品冷链联席办" in page and set(re.findall(r'href="#(s\d+)"', page)) <= set(
        re.findall(r'id="(s\d+)"', page)
    )
    assert client.post("/plans/cold/drafts/1/publication").status_code == 422
    item = Draft.objects.get().items.get()
    settle = f"/plans/cold/drafts/1/items/{item.code}/settlement"
    refused = client.post(settle, {"verdict": "unit", "written": "没有这个单位"})
    assert refused.status_code == 422 and f"#item-{item.code}" in body(refused)
    assert client.post(settle, {"verdict": "unit", "written": "省服务业发展领导小组"}).status_code == 302
    form = body(client.get("/plans/cold/drafts/1/clauses/1.1.1"))
    assert "省商务厅" in form
    lines = {"lead": "省商务厅\n省财政厅", "support": "各市、州人民政府"}
    assert client.post("/plans/cold/drafts/1/clauses/1.1.1", {**lines, "responsible": "某办"}).status_code == 422
    assert client.post("/plans/cold/drafts/1/clauses/1.1.1", lines).status_code == 302
    answer = client.post("/plans/cold/drafts/1/publication", {"note": "第一版"})
    assert answer["Location"] == "/plans/cold/versions/1/"
    for url in ("/plans/cold/versions/1/", "/plans/cold/", "/plans/cold/clauses/1.1.1", "/plans/cold/drafts/1/"):
        assert client.get(url).status_code == 200
    assert Duty.objects.filter(clause__cid="1.1.1", role="lead").count() == 2


def test_a_new_document_is_entered_and_given_up_on_screen(units_loaded, cast):
    client = signed_in("planner")
    assert client.get("/plans/new").status_code == 200
    assert client.post("/plans/new", {"slug": "X Y", "title_zh": "题"}).status_code == 422
    assert client.post("/plans/new", {"slug": "x", "title_zh": "题", "issued_on": "昨天"}).status_code == 422
    assert client.post("/plans/new", {"slug": "x", "title_zh": "题"})["Location"] == "/plans/x/drafts/new"
    assert client.get("/plans/x/drafts/new").status_code == 200
    assert client.post("/plans/x/drafts/new", {"text": ""}).status_code == 422
    assert client.post("/plans/x/drafts/new", {"text": "一、办好事。（责任单位：省商务厅）"}).status_code == 302
    assert client.post("/plans/x/drafts/1/discarding", {"reason": ""}).status_code == 422
    assert client.post("/plans/x/drafts/1/discarding", {"reason": "试一试"})["Location"] == "/plans/x/"
    assert client.get("/plans/").status_code == 200


def test_the_source_is_loaded_on_screen(main_version, cast, shared):
    client = signed_in("planner")
    url = "/plans/qinghai-2015/versions/1/source"
    assert client.get(url).status_code == 200
    assert client.post(url, {"text": "另一份文件。"}).status_code == 422
    with (shared / "plan/qinghai-2015.txt").open("rb") as file:
        assert client.post(url, {"file": file})["Location"] == "/plans/qinghai-2015/versions/1/"


def test_a_decision_is_recorded_on_screen(main_version, cast):
    client = signed_in("publisher")
    assert "按决定新增责任" in body(client.get("/plan/2.7.2"))
    url = "/plan/2.7.2/duties"
    assert client.get(url).status_code == 200
    given = {"unit": "qh-tjj", "role": "support", "kind": "meeting", "title": "纪要", "decided_on": "2026-01-05"}
    assert client.post(url, {**given, "title": ""}).status_code == 422
    assert client.post(url, {**given, "decided_on": "05/01"}).status_code == 422
    assert client.post(url, given)["Location"] == "/plan/2.7.2"
    assert "决定新增：纪要" in body(client.get("/plan/2.7.2"))


def test_without_a_grant_pages_answer_403_and_change_nothing(draft, main_version, cast):
    item = draft.items.get()
    for client in (Client(), signed_in("reader")):
        for url in (
            "/plans/new",
            "/plans/cold/drafts/new",
            "/plans/cold/drafts/1/",
            "/plans/cold/drafts/1/clauses/1.1.1",
        ):
            assert (url, client.get(url).status_code) == (url, 403)
        for url in (
            "/plans/cold/drafts/1/publication",
            "/plans/cold/drafts/1/discarding",
            f"/plans/cold/drafts/1/items/{item.code}/settlement",
            "/plans/qinghai-2015/versions/1/source",
        ):
            assert (url, client.post(url, {"reason": "x"}).status_code) == (url, 403)
        given = {"unit": "qh-tjj", "role": "support", "kind": "meeting", "title": "纪要", "decided_on": "2026-01-05"}
        assert client.post("/plan/2.7.2/duties", given).status_code == 403
    draft.refresh_from_db()
    assert draft.state == "reviewing" and PlanVersion.objects.count() == 1

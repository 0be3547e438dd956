"""Pages: everyone reads what is published, who may draft works on drafts, queries do not grow with rows."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.support.browsers import signed_in

from qilian.core.house.pages import Kept
from qilian.core.house.principal import SYSTEM
from qilian.core.values import clock
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
    client = signed_in("publisher", "zh-CN")
    answer = client.post("/drafts/upload/", {"plan": "cold", "text": document, "note": "送审"})
    draft = Draft.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, draft.url)
    page = body(client.get(draft.url))
    assert "高原食品冷链联席办" in page and set(re.findall(r'href="#(s\d+)"', page)) <= set(
        re.findall(r'id="(s\d+)"', page)
    )
    assert client.post(f"{draft.url}publication/").status_code == 422
    item = draft.items.get()
    settle = f"{draft.questions_url}?at={item.code}"
    assert settle in page and "逐项处理" in page
    refused = client.post(settle, {"verdict": "unit", "unit": "没有这个单位"})
    assert refused.status_code == 422 and 'value="没有这个单位"' in body(refused), "what was typed is kept"
    assert "plan-question wrong" in body(refused) and "field-unit-error" in body(refused)
    assert client.post(settle, {"verdict": "unit", "unit": "省服务业发展领导小组"})["Location"] == draft.url
    assert "全部处理完毕，可以发布。" in body(client.get(draft.url))
    form = body(client.get(f"{draft.url}clauses/1.1.1"))
    assert "省商务厅" in form
    lines = {"lead": "省商务厅\n省财政厅", "support": "各市、州人民政府"}
    assert client.post(f"{draft.url}clauses/1.1.1", {**lines, "responsible": "某办"}).status_code == 422
    assert client.post(f"{draft.url}clauses/1.1.1", lines).status_code == 302
    answer = client.post(f"{draft.url}publication/", {"note": "第一版"})
    assert answer["Location"] == "/plans/cold/versions/1/"
    for url in ("/plans/cold/versions/1/", "/plans/cold/", "/plans/cold/clauses/1.1.1", draft.url, "/drafts/"):
        assert client.get(url).status_code == 200
    assert "高原食品冷链联席办（省服务业发展领导小组）" in body(client.get("/plans/cold/versions/1/"))
    assert Duty.objects.filter(clause__cid="1.1.1", role="lead").count() == 2


def test_questions_stand_beside_the_source_one_by_one(plan, cast):
    client = signed_in("planner", "zh-CN")
    text = "一、任务\n1.办第一件事。（牵头单位：省商务厅；配合单位：甲筹备组）\n2.办第二件事。（牵头单位：乙专班）\n"
    client.post("/drafts/upload/", {"plan": "cold", "text": text})
    draft = Draft.objects.get()
    first, second = draft.items.all()
    page = body(client.get(draft.questions_url))
    assert f'rel="next" data-key="j" href="{draft.questions_url}?at={second.code}#s{second.span_start}"' in page
    assert 'rel="prev"' not in page and f'id="s{first.span_start}"' in page and "第 1 项，共 2 项" in page
    behind = body(client.get(f"{draft.questions_url}?at={second.code}"))
    assert f'rel="prev" data-key="k" href="{draft.questions_url}?at={first.code}#s{first.span_start}"' in behind
    answer = client.post(f"{draft.questions_url}?at={first.code}", {"verdict": "dismissed", "reason": "不是单位"})
    assert answer["Location"] == f"{draft.questions_url}?at={second.code}#s{second.span_start}"
    late = client.post(f"{draft.questions_url}?at={first.code}", {"verdict": "dismissed", "reason": "又一次"})
    assert late["Location"] == answer["Location"], "who comes too late is led to what is open"
    assert client.get(f"/questions/{second.code}/")["Location"] == answer["Location"]
    assert client.post(answer["Location"].partition("#")[0], {"verdict": "dismissed", "reason": ""}).status_code == 422
    client.post(answer["Location"].partition("#")[0], {"verdict": "dismissed", "reason": "另定"})
    assert client.get(draft.questions_url)["Location"] == draft.url
    said = body(client.get(draft.url))
    assert "没有责任单位（1 条）：1.2。" in said and "全部处理完毕" not in said
    assert "没有责任单位（1 条）：1.2。" in body(signed_in("publisher", "zh-CN").get(f"{draft.url}publication/"))


def test_a_unit_is_entered_where_it_is_named(draft, cast):
    item = draft.items.get()
    url = f"{draft.questions_url}?at={item.code}"
    assert "登记为新单位" not in body(signed_in("planner", "zh-CN").get(url))
    entry = {"do": "registration", "zh": item.key, "kind": "body", "source": "省政府办公厅文件"}
    assert signed_in("planner", "zh-CN").post(url, entry).status_code == 403
    Person.objects.get(login="planner").grants.create(actions=["units.edit"], valid_from=clock.today())
    client = signed_in("planner", "zh-CN")
    assert "登记为新单位" in body(client.get(url))
    refused = client.post(url, {**entry, "source": ""})
    assert refused.status_code == 422 and '<details class="plan-register" open>' in body(refused)
    assert client.post(url, entry)["Location"] == draft.url
    item.refresh_from_db()
    assert item.unit is not None and item.unit.kind == "body"
    assert item.key in body(client.get(f"/units/{item.unit.slug}/"))
    assert item.key in body(client.get("/unit-register/?kind=body"))


def test_the_publisher_sees_what_changes(published, plan, cast, second):
    client = signed_in("publisher", "zh-CN")
    text = second.replace("省审计厅", "省统计局").replace("省交通运输厅，", "")
    client.post("/drafts/upload/", {"plan": "cold", "text": text})
    draft = Draft.objects.get(state="reviewing")
    assert not draft.items.filter(state="open").exists(), "nothing that was settled is asked again"
    page = body(client.get(f"{draft.url}publication/"))
    assert "与现行第 1 版相比" in page and "<ins>，每月公布一次</ins>" in page
    assert "多出 <ins>配合 省统计局</ins>" in page and "失去 <del>配合 省交通运输厅</del>" in page


def test_every_published_plan_has_a_matrix_units_and_progress(published, main_version):
    client = Client(headers={"accept-language": "zh"})
    matrix_of_it = body(client.get("/plans/cold/matrix/"))
    assert 'href="/units/qh-swt/#cold-s-1.1"' in matrix_of_it and 'href="/plans/cold/clauses/1.1"' in matrix_of_it
    assert "省商务厅" in body(client.get("/plans/cold/units/"))
    progress = body(client.get("/plans/cold/coverage/"))
    assert "3 条中 3 条" in progress and "3 条中 1 条" in progress
    assert client.get("/plans/qinghai-2015/coverage/")["Location"] == "/coverage/"
    assert all(f'href="/plans/cold/{name}/"' in body(client.get("/plans/cold/")) for name in ("matrix", "coverage"))
    unit = body(client.get("/units/qh-swt/"))
    assert 'id="s-2.1"' in unit and 'id="cold-s-1.1"' in unit and 'href="/plans/cold/clauses/1.1.1"' in unit
    assert len(re.findall(r' id="([^"]+)"', unit)) == len(set(re.findall(r' id="([^"]+)"', unit)))


def test_a_new_document_is_entered_and_given_up_on_screen(units_loaded, cast):
    client = signed_in("planner", "zh-CN")
    url = "/plans/registration/"
    assert client.get(url).status_code == 200
    wrong = client.post(url, {"slug": "X Y", "title_zh": "", "issued_on": "昨天", "region": "63"})
    assert wrong.status_code == 422
    assert all(f"field-{name}-error" in body(wrong) for name in ("slug", "title_zh", "issued_on", "region"))
    assert client.post(url, {"slug": "x", "title_zh": "题"})["Location"] == "/drafts/upload/?plan=x"
    assert 'value="x" selected' in body(client.get("/drafts/upload/?plan=x"))
    assert client.post("/drafts/upload/", {"plan": "x", "text": ""}).status_code == 422
    assert (
        client.post("/drafts/upload/", {"plan": "x", "text": "一、办好事。（责任单位：省商务厅）"}).status_code == 302
    )
    assert client.post("/drafts/upload/", {"plan": "x", "text": "一、办好事。"}).status_code == 422
    draft = Draft.objects.get()
    assert client.post(f"{draft.url}discarding/", {"reason": ""}).status_code == 422
    assert client.post(f"{draft.url}discarding/", {"reason": "试一试"})["Location"] == "/plans/x/"
    assert client.get("/plans/").status_code == 200


def test_the_source_is_loaded_on_screen(main_version, cast, shared):
    client = signed_in("planner", "zh-CN")
    url = "/plans/qinghai-2015/source/"
    assert client.get(f"{url}?version=1").status_code == 200
    assert client.post(url, {"text": "另一份文件。"}).status_code == 422
    assert client.post(url, {"version": "7", "text": "另一份文件。"}).status_code == 422
    with (shared / "plan/qinghai-2015.txt").open("rb") as file:
        assert client.post(url, {"file": file})["Location"] == "/plans/qinghai-2015/versions/1/"


def test_a_decision_is_recorded_on_screen(main_version, cast):
    client = signed_in("publisher", "zh-CN")
    page = body(client.get("/plan/2.7.2"))
    url = "/plans/qinghai-2015/duty/"
    assert f"{url}?clause=2.7.2" in page
    assert 'value="2.7.2"' in body(client.get(f"{url}?clause=2.7.2"))
    given = {"clause": "2.7.2", "role": "support", "kind": "meeting", "title": "纪要", "decided_on": "2026-01-05"}
    assert client.post(url, {**given, "unit": "qh-tjj", "title": ""}).status_code == 422
    assert client.post(url, {**given, "unit": "没有", "decided_on": "05/01"}).status_code == 422
    assert client.post(url, {**given, "unit": "qh-tjj"})["Location"] == "/plan/2.7.2"
    assert "决定新增：纪要" in body(client.get("/plan/2.7.2"))


def test_without_a_grant_pages_answer_403_and_change_nothing(draft, main_version, cast):
    item = draft.items.get()
    for client in (Client(), signed_in("reader", "zh-CN")):
        for url in (
            "/plans/registration/",
            "/drafts/upload/",
            draft.url,
            draft.questions_url,
            f"{draft.url}clauses/1.1.1",
            f"{draft.url}publication/",
            f"{draft.url}discarding/",
            f"/questions/{item.code}/settlement/",
            "/plans/qinghai-2015/source/",
            "/plans/qinghai-2015/duty/",
            "/unit-register/registration/",
        ):
            assert (url, client.get(url).status_code) == (url, 403)
            assert (url, client.post(url, {"reason": "x"}).status_code) == (url, 405 if url == draft.url else 403)
    draft.refresh_from_db()
    assert draft.state == "reviewing" and PlanVersion.objects.count() == 1

"""From the first page: an official reaches his duty and its words in two clicks, an auditor sees who did what."""

import re

import pytest
from django.test import Client
from tests.support.browsers import signed_in

pytestmark = [pytest.mark.usefixtures("demonstration"), pytest.mark.django_db]


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_official_finds_his_duty_in_two_clicks() -> None:
    client = signed_in("liaison", "zh")
    assert 'href="/units/qh-gxt/">省工业和信息化厅的全部责任' in read(client, "/")
    assert 'href="/plan/2.7.2"' in read(client, "/units/qh-gxt/")
    assert "检测资源共享平台" in read(client, "/plan/2.7.2")


def test_a_visitor_is_offered_no_unit() -> None:
    assert "我的单位" not in read(Client(headers={"accept-language": "zh"}), "/")


def test_the_first_page_begins_with_my_work_and_then_the_plan() -> None:
    page = read(signed_in("registrar", "zh"), "/").split("<main", 1)[1]
    assert (
        page.index("我的事项") < page.index("方案一览") < page.index("各节服务项走到哪一步") < page.index("您想做什么")
    )
    assert "我的事项" not in read(Client(headers={"accept-language": "zh"}), "/")


def test_the_province_stands_at_the_top_and_every_section_has_its_bar() -> None:
    page = read(Client(headers={"accept-language": "zh"}), "/")
    assert "<h1>青海省生产性服务业实施方案在线落实</h1>" in page
    assert page.count("项在用</text>") == 2 * 17 and 'aria-labelledby="progress-wide-title"' in page


@pytest.mark.parametrize("login", ["", "reader", "auditor"])
def test_no_task_leads_to_a_closed_door(login: str) -> None:
    client = signed_in(login, "zh") if login else Client(headers={"accept-language": "zh"})
    tasks = read(client, "/").split('<div class="tasks">', 1)[1].split("</section>", 1)[0]
    places = re.findall(r'href="([^"]+)"', tasks)
    assert len(places) >= 10
    assert [place for place in places if client.get(place).status_code in (302, 403, 404)] == []


def test_the_auditor_reads_names() -> None:
    page = read(signed_in("auditor", "zh"), "/events/?format=csv")
    assert "周建国" in page and "李春晓" in page and "系统" in page


def test_the_menu_leads_nobody_to_a_closed_door() -> None:
    visitor, liaison = read(Client(headers={"accept-language": "zh"}), "/"), read(signed_in("liaison", "zh"), "/")
    auditor = read(signed_in("auditor", "zh"), "/")
    closed = 'href="/notices/"', 'href="/people/"', 'href="/outbox/"', 'href="/events/"'
    menu = [[part in page.split("<main", 1)[0] for part in closed] for page in (visitor, liaison, auditor)]
    assert menu == [[False] * 4, [True, False, False, False], [True, False, False, True]]

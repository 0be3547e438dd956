"""Every component in both states and both languages, and the interface's own description."""

import pytest
from django.test import Client

from qilian.core.house.principal import SYSTEM
from qilian.web.components.samples import PAGES
from qilian.web.home.tasks import AUDIENCES, tasks
from qilian.web.layout.messages import problems

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["", *PAGES])
def test_every_sample_is_drawn_in_both_languages(name: str, chinese_client: Client, english_client: Client) -> None:
    address = f"/styleguide/{name}/" if name else "/styleguide/"
    chinese, english = chinese_client.get(address), english_client.get(address)
    assert (chinese.status_code, english.status_code) == (200, 200)
    assert chinese.content.decode().count("button primary") <= 1
    assert '<html lang="zh-CN">' in chinese.content.decode() and '<html lang="en">' in english.content.decode()


def test_a_sample_form_that_is_sent_comes_back_with_refusals(chinese_client: Client) -> None:
    assert chinese_client.post("/styleguide/form/").status_code == 422
    assert chinese_client.post("/styleguide/record/")["Location"] == "/styleguide/record/"
    assert chinese_client.get("/styleguide/nothing/").status_code == 404


def test_a_sample_list_filters_sorts_and_exports(chinese_client: Client) -> None:
    page = chinese_client.get("/styleguide/list/?section=2.7&sort=-systems").content.decode()
    assert "2.7.2" in page and "2.1.1" not in page and 'aria-sort="descending"' in page and "清除条件" in page
    csv = chinese_client.get("/styleguide/list/?section=2.7&format=csv").content.decode("utf-8-sig")
    assert len(csv.splitlines()) == 6
    assert "没有符合条件" in chinese_client.get("/styleguide/list/?words=没有这样的词").content.decode()
    assert "这一页没有内容" in chinese_client.get("/styleguide/list/?page=99").content.decode()


def test_the_interface_describes_itself(client: Client) -> None:
    document = client.get("/api/v1/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    assert "Problem" in document["components"]["schemas"]
    for methods in document["paths"].values():
        for operation in methods.values():
            assert {"403", "404", "422"} <= operation["responses"].keys()


def test_the_home_page_says_what_to_do_before_a_plan_is_loaded(chinese_client: Client, english_client: Client) -> None:
    page = chinese_client.get("/").content.decode()
    assert "您想做什么" in page and "方案还没有载入" in page
    assert "What do you want to do" in english_client.get("/").content.decode()


def test_every_task_of_the_home_page_has_its_page() -> None:
    assert [entry.title for _, entries in tasks(SYSTEM, {}) for entry in entries] == [
        task.title for audience in AUDIENCES for task in audience.tasks
    ]


def test_every_message_has_its_english_and_no_entry_is_left_over() -> None:
    assert problems() == []

"""The pages of people, posts, inbox and notices through the whole web: drawn, refused, posted, within few queries."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.support.browsers import signed_in

from qilian.core.house.principal import SYSTEM
from qilian.core.rights.grants.api import ROLES, grant
from qilian.core.values import clock
from qilian.core.values.text import Ref, Text
from qilian.core.who.inbox.api import Addressee, put
from qilian.core.who.notices.api import notify
from qilian.core.who.people.api import Deputy, Person, Post, appoint, register_person
from qilian.core.who.units.api import Unit

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]


@pytest.fixture
def unit() -> Unit:
    """A department."""
    return Unit.objects.create(slug="fgw", kind="department", region="630000")


def person(login: str, name: str = "") -> Person:
    return register_person(actor=SYSTEM, login=login, name=name or login)


@pytest.fixture
def administrator() -> Client:
    """A browser in which the system administrator is signed in."""
    admin = person("admin", "系统管理员")
    grant(actor=SYSTEM, person=admin.pk, actions=ROLES["system-administrator"])
    return signed_in(admin)


def text(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, (address, answer.status_code)
    return answer.content.decode()


def test_without_a_right_the_pages_answer_403(unit: Unit) -> None:
    ada = person("ada")
    post = appoint(actor=SYSTEM, person=person("bob"), unit=unit, role="处长", valid_from=date(2020, 1, 1))
    for client in (Client(), signed_in(ada)):
        for address in ("", "registration", f"{ada.code}/", f"{ada.code}/posts", f"{ada.code}/closing", "units/fgw/"):
            assert client.get(f"/people/{address}").status_code in (302, 403), address
        for address in (f"posts/{post.code}/", f"posts/{post.code}/hand-over", f"posts/{post.code}/deputies"):
            assert client.get(f"/people/{address}").status_code in (302, 403), address
        assert client.post(f"/people/posts/{post.code}/hand-over", {"to_person": ada.code}).status_code in (302, 403)
    assert Post.objects.get() == post and signed_in(ada).get("/people/mine/").status_code == 200


def test_the_administrator_registers_and_appoints(administrator: Client, unit: Unit) -> None:
    assert "登记" in text(administrator, "/people/registration")
    wrong = administrator.post("/people/registration", {"name": "", "login": "x y", "language": "zh"})
    assert wrong.status_code == 422 and "请填写姓名" in wrong.content.decode()
    right = administrator.post("/people/registration", {"name": "单学海", "login": "shanxh", "phone": "13900001111"})
    found = Person.objects.get(login="shanxh")
    assert (right.status_code, right["Location"]) == (302, f"/people/{found.code}/")
    asked = {"unit": "fgw", "role": "处长", "valid_from": "2026-13-01"}
    wrong = administrator.post(f"/people/{found.code}/posts", asked)
    assert wrong.status_code == 422 and "请填写日期" in wrong.content.decode()
    administrator.post(f"/people/{found.code}/posts", {**asked, "valid_from": "2020-01-01"})
    assert Post.objects.get().person == found
    assert "处长" in text(administrator, f"/people/{found.code}/") and "单学海" in text(
        administrator, "/people/?q=shanxh"
    )
    assert "13900001111" not in text(administrator, "/people/") and "处长" in text(administrator, "/people/units/fgw/")
    assert administrator.post(f"/people/{found.code}/closing", {"reason": "退休"}).status_code == 302
    found.refresh_from_db()
    assert not found.is_active


def test_an_official_hands_over_and_names_a_deputy(unit: Unit) -> None:
    ada, bob = person("ada"), person("bob")
    post = appoint(actor=SYSTEM, person=ada, unit=unit, role="处长", valid_from=date(2020, 1, 1))
    appoint(actor=SYSTEM, person=bob, unit=unit, role="副处长", valid_from=date(2020, 1, 1))
    client, base = signed_in(ada), f"/people/posts/{post.code}"
    assert "处长" in text(client, "/people/mine/") and "交接" in text(client, f"{base}/")
    today, soon = clock.today(), clock.today() + timedelta(days=5)
    asked = {"person": bob.code, "valid_from": str(today), "valid_to": str(soon), "reason": "出差"}
    assert client.post(f"{base}/deputies", {**asked, "person": ""}).status_code == 422
    assert client.post(f"{base}/deputies", asked).status_code == 302
    assert "处长" in text(signed_in(bob), "/people/mine/")
    assert client.post(f"/people/deputies/{Deputy.objects.get().code}/end").status_code == 302
    assert bob.name in text(client, f"{base}/hand-over")
    refused = client.post(f"{base}/hand-over", {"to_person": bob.code, "on": "2020-01-01"})
    assert refused.status_code == 422 and "2020-01-01" in refused.content.decode()
    assert client.post(f"{base}/hand-over", {"to_person": bob.code, "on": str(today)}).status_code == 302
    assert Post.objects.get(person=bob, role="处长").valid_from == today


def test_passing_a_post_on_tells_nobody_who_has_a_login(unit: Unit) -> None:
    ada, stranger = person("ada"), person("stranger")
    post = appoint(actor=SYSTEM, person=ada, unit=unit, role="处长", valid_from=date(2020, 1, 1))
    client, today = signed_in(ada), str(clock.today())
    said = []
    for written in (stranger.login, "nobody-at-all"):
        fields = {"person": written, "valid_from": today, "valid_to": today, "reason": "x"}
        answer = client.post(f"/people/posts/{post.code}/deputies", fields)
        said.append((answer.status_code, answer.content.decode().replace(written, "")))
        handed = client.post(f"/people/posts/{post.code}/hand-over", {"to_person": written, "on": today})
        said.append((handed.status_code, handed.content.decode().replace(written, "")))
    assert [status for status, _ in said] == [422] * 4
    plain = [re.sub(r'value="[A-Za-z0-9]{64}"', "", page) for _, page in said]
    assert plain[:2] == plain[2:]


def test_the_list_costs_the_same_with_ten_and_with_forty(administrator: Client, unit: Unit) -> None:
    counts = []
    for more in (10, 30):
        for number in range(more):
            holder = person(f"p{more}-{number}")
            appoint(actor=SYSTEM, person=holder, unit=unit, role="科员", valid_from=date(2020, 1, 1))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            text(administrator, "/people/")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 20, counts


def test_mine_today_and_notices_in_the_browser() -> None:
    ada = person("ada")
    client = signed_in(ada)
    assert "没有等您办理的事" in text(client, "/inbox/") and "没有通知" in text(client, "/notices/")
    words = {"subject": Ref("test.case", "1"), "kind": "test", "title": Text("审核申请", "Review"), "url": "/cases/1/"}
    item = put(actor=SYSTEM, key="a", addressee=Addressee.person(ada.pk), **words)
    (notice,) = notify(actor=SYSTEM, to=[ada], title=Text("报告被退回", "Sent back"), body=Text("请补充。", "Add."))
    assert "审核申请" in text(client, "/inbox/") and "审核申请" in text(client, f"/inbox/{item.code}/")
    assert text(signed_in(person("bob")), f"/inbox/{item.code}/", 404)
    assert "报告被退回" in text(client, "/notices/") and "请补充" in text(client, f"/notices/{notice.code}/")
    assert client.post(f"/notices/{notice.code}/reading").status_code == 302
    notice.refresh_from_db()
    assert notice.read_at is not None
    asked = {"mail": "daily", "quiet_from": "22:00", "quiet_to": "07:00", "digest_at": "17:30"}
    assert client.post("/notices/preferences", asked).status_code == 302 and "17:30" in text(
        client, "/notices/preferences"
    )
    assert client.get("/notices/undelivered/").status_code == 403

"""Claiming, reviewing, delegating and revoking in the browser, each with its refusals."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from qilian.core.house.principal import SYSTEM, Principal
from qilian.core.values import clock
from qilian.engines.registry.parties.api import Party, close
from qilian.engines.registry.representation.models import Claim, Invitation, Mandate

pytestmark = pytest.mark.django_db
Firm = Callable[..., Party]
Browser = Callable[[Principal], Client]
Somebody = Callable[..., Principal]


def text(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, (address, answer.status_code)
    return answer.content.decode()


def paper() -> SimpleUploadedFile:
    return SimpleUploadedFile("营业执照.pdf", b"%PDF-1.7\ntrailer\n%%EOF\n", "application/pdf")


def claimed(client: Client, party: Party) -> str:
    """Go through the four steps; return the claim's address."""
    role = client.post("/representation/claim/", {"party": party.uscc})["Location"]
    base = role.removesuffix("role/")
    assert role == f"{base}role/" and "待完成" in text(client, base)
    assert client.post(role, {"role": "legal"})["Location"] == f"{base}evidence/"
    assert ">继续" not in text(client, f"{base}evidence/")
    assert client.post(f"{base}evidence/", {"upload": paper()})["Location"] == f"{base}evidence/"
    uploaded = text(client, f"{base}evidence/")
    assert f'<a class="button primary" href="{base}submission/">继续：核对并提交</a>' in uploaded, "a visible way on"
    assert f'<a href="{base}role/">身份和期限</a>' in uploaded, "what is done is a link"
    assert "营业执照.pdf" in text(client, f"{base}submission/")
    assert client.post(f"{base}submission/")["Location"] == base
    return base


def test_a_firm_is_claimed_reviewed_and_delegated(
    firm: Firm, somebody: Somebody, official: Principal, browser: Browser
) -> None:
    party, ada, bob = firm(1), somebody("ada"), somebody("bob")
    boss, registrar, operator = browser(ada), browser(official), browser(bob)
    assert "您还不能代表任何主体" in text(boss, "/representation/")
    assert boss.post("/representation/claim/", {"party": "91630102"}).status_code == 422
    gone = close(actor=SYSTEM, party=firm(77), reason="决议解散")
    page = boss.post("/representation/claim/", {"party": gone.uscc}).content.decode()
    assert page.count("不能再办理业务") == 2, "in the summary, linked to the field, and beside it"
    base = claimed(boss, party)
    assert "审核认领" in text(registrar, "/inbox/")
    assert base in text(registrar, "/representation/reviews/")
    assert "营业执照.pdf" in text(registrar, base) and "营业执照.pdf" in text(registrar, f"{base}approval/")
    assert f"{base}approval/" not in text(boss, base), "nobody reviews his own"
    assert registrar.post(f"{base}return/", {"reason": ""}).status_code == 422
    assert registrar.post(f"{base}approval/", {"note": "相符"})["Location"] == base
    assert "已通过" in text(registrar, base) and "有效" in text(boss, "/representation/")
    place = f"/representation/parties/{party.code}/"
    assert text(operator, place, 403) and "法定代表人" in text(boss, place)
    today = clock.today()
    asked = {"login": "bob", "valid_from": str(today), "valid_to": str(today + timedelta(days=9))}
    wrong = boss.post(f"{place}invitation/", {"login": "", "valid_from": "昨天", "valid_to": "明天"}).content.decode()
    assert wrong.count("不是日期") == 4 and "请填写登录名" in wrong, "all at once, in the summary and at the fields"
    unknown = boss.post(f"{place}invitation/", {**asked, "login": "nobody"}, follow=True).content.decode()
    sent = boss.post(f"{place}invitation/", asked, follow=True).content.decode()
    said = "邀请已发出；对方登录并接受后生效。"
    assert said in unknown and said in sent and "bob某" not in sent
    assert "请您代为办理" in text(operator, "/representation/")
    invitation = Invitation.objects.get(login="bob")
    page = f"/representation/invitations/{invitation.code}/"
    assert f'<form method="post" action="{page}acceptance/">' in text(operator, page), "one press accepts"
    assert "acceptance" not in text(boss, page) and text(browser(somebody("eve")), page, 404)
    accepted = operator.post(f"{page}acceptance/", follow=True)
    assert "您现在可以代为办理" in accepted.content.decode() and party.name in text(operator, "/representation/")
    given = Mandate.objects.get(role="operator")
    revocation = f"/representation/mandates/{given.code}/revocation/"
    assert boss.post(revocation, {"reason": ""}).status_code == 422
    assert boss.post(revocation, {"reason": "离职"})["Location"] == "/representation/"
    refused = text(operator, place, 403)
    assert "已于" in refused and "撤销" in refused


def test_an_operator_sees_no_way_to_let_others_act(
    firm: Firm, somebody: Somebody, official: Principal, browser: Browser
) -> None:
    party, ada, bob = firm(1), somebody("ada"), somebody("bob")
    boss, operator, registrar = browser(ada), browser(bob), browser(official)
    base = claimed(boss, party)
    assert registrar.post(f"{base}approval/").status_code == 302
    place = f"/representation/parties/{party.code}/"
    boss.post(f"{place}invitation/", {"login": "bob", "valid_to": str(clock.today() + timedelta(days=9))})
    operator.post(f"/representation/invitations/{Invitation.objects.get().code}/acceptance/")
    for page in (place, f"/parties/{party.code}/"):
        assert f"{place}invitation/" in text(boss, page) and f"{place}invitation/" not in text(operator, page)
    assert "只能由法定代表人" in text(operator, f"{place}invitation/", 403)
    assert "revocation" in text(boss, place) and text(operator, place).count("revocation/") == 1, "his own alone"


def test_what_is_returned_asks_for_more(firm: Firm, somebody: Somebody, official: Principal, browser: Browser) -> None:
    client, registrar = browser(somebody("ada")), browser(official)
    base = claimed(client, firm(1))
    returned = registrar.post(f"{base}return/", {"reason": "缺委托书"}, follow=True).content.decode()
    assert "已退回补正，申请人已收到通知" in returned
    page = text(client, base)
    assert "缺委托书" in page and f'<a class="button primary" href="{base}evidence/">补充材料</a>' in page
    assert f'href="{base}submission/">' in page, "and it may be sent as it is, when only the answers were wrong"
    client.post(f"{base}evidence/", {"upload": paper()})
    assert f'<a class="button primary" href="{base}submission/">继续：核对并提交</a>' in text(client, base)
    assert client.post(f"{base}submission/").status_code == 302
    assert "evidence/" not in text(client, base).split("<main")[1]


def test_a_claim_is_withdrawn_and_its_files_are_taken_back(firm: Firm, somebody: Somebody, browser: Browser) -> None:
    client = browser(somebody("ada"))
    role = client.post("/representation/claim/", {"party": firm(1).uscc})["Location"]
    base = role.removesuffix("role/")
    assert client.post(role, {"role": "operator"}).status_code == 422
    assert client.post(f"{base}evidence/").status_code == 422
    client.post(f"{base}evidence/", {"upload": paper()})
    removal = text(client, f"{base}evidence/").split(f"{base}removal/?code=")[1].split('"')[0]
    assert client.get(f"{base}removal/", {"code": removal}).status_code == 200
    assert client.post(f"{base}removal/", {"code": removal})["Location"] == f"{base}evidence/"
    assert client.post(f"{base}removal/", {"code": removal}).status_code == 422
    lacking = client.post(f"{base}submission/")
    assert lacking.status_code == 422 and "请选择您的身份" in lacking.content.decode()
    assert "请上传证明材料" in lacking.content.decode()
    assert client.post(f"{base}withdrawal/").status_code == 302 and Claim.objects.count() == 0
    assert "已撤回" in text(client, base)


def test_strangers_find_no_claim_and_visitors_sign_in_first(firm: Firm, somebody: Somebody, browser: Browser) -> None:
    client = browser(somebody("ada"))
    role = client.post("/representation/claim/", {"party": firm(1).uscc})["Location"]
    for stranger in (browser(somebody("bob")), Client()):
        assert stranger.get(role).status_code == 404 and stranger.get(role.removesuffix("role/")).status_code == 404
    for address in ("", "claim/", "myself/", "reviews/"):
        assert Client().get(f"/representation/{address}").status_code == 403


def test_a_person_registers_himself(somebody: Somebody, browser: Browser) -> None:
    client = browser(somebody("ada"))
    wrong = client.post("/representation/myself/", {"name": "李春晓", "identity": "110105194912310021"})
    assert wrong.status_code == 422 and "公民身份号码不对" in wrong.content.decode()
    sent = {"name": "李春晓", "identity": "11010519491231002X", "phone": "13800005678"}
    assert "/representation/myself/" in text(client, "/representation/")
    assert client.post("/representation/myself/", sent)["Location"] == "/representation/"
    assert "/representation/myself/" not in text(client, "/representation/")
    assert (
        "李**" in text(client, "/representation/")
        and "李春晓" not in text(client, "/representation/").split("<main")[1]
    )

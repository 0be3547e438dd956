"""Claiming, reviewing, delegating and revoking in the browser, each with its refusals."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from qilian.core.house.principal import SYSTEM, Principal
from qilian.core.values import clock
from qilian.engines.registry.parties.api import Party, close
from qilian.engines.registry.representation.models import Claim, Mandate

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
    sent = client.post("/representation/claims", {"code": party.uscc})
    base = sent["Location"]
    assert "待完成" in text(client, base)
    assert client.post(base + "role", {"role": "legal"})["Location"] == base + "evidence"
    assert client.post(base + "evidence", {"file": paper()}).status_code == 302
    assert "营业执照.pdf" in text(client, base + "submission")
    assert client.post(base + "submission").status_code == 302
    return base


def test_a_firm_is_claimed_reviewed_and_delegated(
    firm: Firm, somebody: Somebody, official: Principal, browser: Browser
) -> None:
    party, ada, bob = firm(1), somebody("ada"), somebody("bob")
    boss, registrar, operator = browser(ada), browser(official), browser(bob)
    assert "您还不能代表任何主体" in text(boss, "/representation/")
    assert boss.post("/representation/claims", {"code": "91630102"}).status_code in (404, 422)
    gone = close(actor=SYSTEM, party=firm(77), reason="决议解散")
    page = boss.post("/representation/claims", {"code": gone.uscc}).content.decode()
    assert page.count("不能再办理业务") == 2, "in the summary, linked to the field, and beside it"
    base = claimed(boss, party)
    assert "审核认领" in text(registrar, "/inbox/") and party.name in text(registrar, "/representation/reviews/")
    review = f"/representation/reviews/{base.split('/')[3]}/"
    assert "营业执照.pdf" in text(registrar, review)
    assert registrar.post(review, {"decision": ""}).status_code == 422
    assert registrar.post(review, {"decision": "returned", "reason": ""}).status_code == 422
    assert registrar.post(review, {"decision": "approved"}).status_code == 302
    assert "已通过" in text(registrar, review) and "有效" in text(boss, "/representation/")
    mandates = f"/representation/parties/{party.code}/mandates/"
    assert text(operator, mandates, 403) and "法定代表人" in text(boss, mandates)
    today = clock.today()
    asked = {"login": "nobody", "valid_from": str(today), "valid_to": str(today + timedelta(days=9))}
    assert boss.post(mandates + "delegation", asked).status_code == 422
    assert boss.post(mandates + "delegation", {**asked, "login": "bob", "valid_to": "昨天"}).status_code == 422
    assert boss.post(mandates + "delegation", {**asked, "login": "bob"}).status_code == 302
    assert text(operator, mandates + "delegation") and party.name in text(operator, "/representation/")
    assert "只有" not in text(operator, f"/parties/{party.code}/amendment")
    given = Mandate.objects.get(role="operator")
    assert boss.post(f"/representation/mandates/{given.code}/revocation", {"reason": ""}).status_code == 422
    assert boss.post(f"/representation/mandates/{given.code}/revocation", {"reason": "离职"}).status_code == 302
    refused = text(operator, mandates, 403)
    assert "已于" in refused and "撤销" in refused


def test_a_claim_is_withdrawn_and_its_files_are_taken_back(firm: Firm, somebody: Somebody, browser: Browser) -> None:
    client = browser(somebody("ada"))
    base = client.post("/representation/claims", {"code": firm(1).uscc})["Location"]
    assert client.post(base + "role", {"role": "operator"}).status_code == 422
    assert client.post(base + "evidence").status_code == 422
    client.post(base + "evidence", {"file": paper()})
    removal = text(client, base + "evidence").split(base + "evidence/")[1].split("/removal")[0]
    assert client.post(f"{base}evidence/{removal}/removal").status_code == 302
    assert client.post(base + "submission").status_code == 422
    assert client.post(base + "withdrawal").status_code == 302 and Claim.objects.count() == 0
    assert "已撤回" in text(client, base)


def test_strangers_find_no_claim_and_visitors_sign_in_first(firm: Firm, somebody: Somebody, browser: Browser) -> None:
    client = browser(somebody("ada"))
    base = client.post("/representation/claims", {"code": firm(1).uscc})["Location"]
    for stranger, status in ((browser(somebody("bob")), 404), (Client(), (403, 404))):
        statuses = (status,) if isinstance(status, int) else status
        assert stranger.get(base).status_code in statuses and stranger.get(base + "role").status_code in statuses
    for address in ("", "claims", "myself"):
        assert Client().get(f"/representation/{address}").status_code == 403


def test_a_person_registers_himself(somebody: Somebody, browser: Browser) -> None:
    client = browser(somebody("ada"))
    wrong = client.post("/representation/myself", {"name": "李春晓", "identity": "110105194912310021"})
    assert wrong.status_code == 422 and "公民身份号码不对" in wrong.content.decode()
    sent = {"name": "李春晓", "identity": "11010519491231002X", "phone": "13800005678"}
    assert "/representation/myself" in text(client, "/representation/")
    assert client.post("/representation/myself", sent).status_code == 302
    assert "/representation/myself" not in text(client, "/representation/")
    assert (
        "李**" in text(client, "/representation/")
        and "李春晓" not in text(client, "/representation/").split("<main")[1]
    )

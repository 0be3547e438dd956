"""Signing in through a provider that really signs: who gets in, and every answer that is not believed."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from django.core.cache import cache
from django.test import Client, override_settings
from tests.core.door.provider.loopback import CLIENT, EC_KEY, OTHER_RSA, SECRET, Loopback, ec_jwk, rsa_jwk, serving

from qilian.core.door.provider.api import Proved, link_official, link_own, unlink
from qilian.core.door.provider.models import LinkedIdentity
from qilian.core.door.provider.queries import provider as source
from qilian.core.door.provider.queries import signing_keys
from qilian.core.door.recovery import api as recovery
from qilian.core.door.sessions.api import Session
from qilian.core.log.events.api import Event
from qilian.core.rights.grants.api import ROLES, SYSTEM, grant
from qilian.core.values import clock
from qilian.core.values.text import Refusal
from qilian.core.who.notices.api import count_unread
from qilian.core.who.people.api import Person, appoint, deactivate_person, principal_of, register_person
from qilian.core.who.units.api import Unit

pytestmark = pytest.mark.django_db
WORD = "a quiet lake 2026"
GO = "/accounts/provider/"


@pytest.fixture
def provider(settings: Any, tmp_path: Path) -> Iterator[Loopback]:
    secret = tmp_path / "oidc.secret"
    secret.write_text(f"{SECRET}\n")
    cache.clear()
    with serving() as mind:
        settings.OIDC_ISSUER, settings.OIDC_CLIENT, settings.OIDC_SECRET_FILE = mind.issuer, CLIENT, str(secret)
        settings.BASE_URL = "https://qilian.example"
        yield mind
    cache.clear()


@pytest.fixture
def ada() -> Person:
    return register_person(actor=SYSTEM, login="ada", name="甲", email="ada@example.cn", password=WORD)


@pytest.fixture
def linked(ada: Person, provider: Loopback) -> Person:
    link_official(actor=SYSTEM, person=ada, subject="official-7", reason="核对名册")
    return ada


def visitor() -> Client:
    return Client(headers={"accept-language": "zh"})


def come_back(client: Client, provider: Loopback, start: str = GO) -> Any:
    asked = client.get(start)
    assert asked.status_code == 302 and asked["Location"].startswith(f"{provider.issuer}/authorize?")
    return client.get(provider.authorize(asked["Location"]))


def code_of(answer: Any) -> str:
    page = answer.content.decode()
    return next((word for word in page.replace("<", " ").replace(">", " ").split() if word.startswith("provider.")), "")


def refusal(call: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as refused:
        call()
    return refused.value.code


def signed_in(login: str = "ada") -> Client:
    client = visitor()
    assert client.post("/accounts/login/", {"login": login, "password": WORD}).status_code == 302
    return client


def test_the_button_is_there_only_with_a_provider(provider: Loopback) -> None:
    assert "用统一身份认证登录" in visitor().get("/accounts/login/").content.decode()
    english = Client(headers={"accept-language": "en"}).get("/accounts/login/").content.decode()
    assert "Sign in with the identity provider" in english
    with override_settings(OIDC_ISSUER=""):
        assert "统一身份认证" not in visitor().get("/accounts/login/").content.decode()
        assert code_of(visitor().get(GO)) == "provider.absent"


def test_an_official_signs_in_as_his_person(linked: Person, provider: Loopback) -> None:
    client = visitor()
    done = come_back(client, provider, f"{GO}?next=/account/")
    assert (done.status_code, done["Location"]) == (302, "/account/")
    assert "甲" in client.get("/account/").content.decode()
    assert Session.objects.get().method == "provider" and LinkedIdentity.objects.get().used_at is not None
    key = client.session.session_key
    assert key and "qilian.provider" not in client.session


def test_elliptic_curves_and_a_single_key_without_a_name(linked: Person, provider: Loopback) -> None:
    provider.key, provider.algorithm, provider.kid, provider.keys = EC_KEY, "ES256", None, [ec_jwk("e1")]
    assert come_back(visitor(), provider).status_code == 302


def test_keys_may_turn(linked: Person, provider: Loopback) -> None:
    assert come_back(visitor(), provider).status_code == 302
    provider.key, provider.kid, provider.keys = OTHER_RSA, "k2", [rsa_jwk("k2", OTHER_RSA)]
    assert come_back(visitor(), provider).status_code == 302
    assert provider.asked.count("/keys") == 2 and provider.asked.count("/.well-known/openid-configuration") == 1
    provider.kid = "k3"
    for _ in range(3):
        assert code_of(come_back(visitor(), provider)) == "provider.token"
    assert provider.asked.count("/keys") == 2  # strangers do not make us ask more than once a minute


LIES: list[tuple[dict[str, Any], str]] = [
    ({"aud": "another-system"}, "provider.token"),
    ({"aud": ["another-system"]}, "provider.token"),
    ({"aud": [CLIENT, "another-system"]}, "provider.party"),
    ({"azp": "another-system"}, "provider.party"),
    ({"iss": "https://evil.example"}, "provider.token"),
    ({"nonce": "of-another-sign-in"}, "provider.nonce"),
    ({"nonce": None}, "provider.token"),
    ({"exp": 1_700_000_000}, "provider.expired"),
    ({"exp": None}, "provider.token"),
    ({"iat": 4_000_000_000}, "provider.early"),
    ({"nbf": 4_000_000_000}, "provider.early"),
    ({"sub": None}, "provider.token"),
    ({"sub": "somebody-else"}, "provider.unlinked"),
]


@pytest.mark.parametrize(("lies", "code"), LIES, ids=[str(lies) for lies, _ in LIES])
def test_claims_that_are_not_believed(linked: Person, provider: Loopback, lies: dict[str, Any], code: str) -> None:
    provider.lies = lies
    client = visitor()
    answer = come_back(client, provider)
    assert (answer.status_code, code_of(answer)) == (422, code)
    assert client.get("/account/").status_code == 403 and not Session.objects.exists()


def test_signatures_that_are_not_believed(linked: Person, provider: Loopback) -> None:
    def tried(**change: Any) -> str:
        for name, value in change.items():
            setattr(provider, name, value)
        return code_of(come_back(visitor(), provider))

    assert tried(algorithm="none", key=None) == "provider.token"
    assert tried(algorithm="HS256", key="k" * 32) == "provider.token"  # a shared secret, or our public key as one
    assert tried(algorithm="RS256", key=OTHER_RSA) == "provider.token"  # another key under a known name
    assert tried(kid="unknown") == "provider.token"
    assert tried(algorithm="ES256", key=EC_KEY, kid="k1") == "provider.token"  # the name of a key of another kind
    assert tried(keys=[{**ec_jwk("k1"), "use": "enc"}]) == "provider.token"  # a key that signs nothing
    assert tried(token="no.token.at-all") == tried(token="x") == tried(token="") != ""
    unsigned = jwt.encode({"sub": "official-7"}, None, algorithm="none")
    assert tried(token=unsigned) == "provider.token" and not Session.objects.exists()


def test_an_answer_is_good_for_one_browser_and_once(linked: Person, provider: Loopback) -> None:
    client, other = visitor(), visitor()
    answer = provider.authorize(client.get(GO)["Location"])
    assert code_of(other.get(answer)) == "provider.state"  # somebody else's answer, sent to be opened
    other.get(GO)
    assert code_of(other.get(answer)) == "provider.state"
    assert client.get(answer).status_code == 302
    client.post("/accounts/logout/")
    assert code_of(client.get(answer)) == "provider.state"  # nothing is asked any more


def test_a_code_that_was_used_is_not_taken_again(linked: Person, provider: Loopback) -> None:
    client = visitor()
    asked = client.get(GO)["Location"]
    answer = provider.authorize(asked)
    kept = client.session["qilian.provider"]
    assert client.get(answer).status_code == 302
    again = visitor()
    again.get(GO)
    session = again.session
    session["qilian.provider"] = kept  # even with all that the first browser knew
    session.save()
    assert code_of(again.get(answer)) == "provider.code"


def test_a_code_without_its_verifier_is_not_taken(linked: Person, provider: Loopback) -> None:
    client = visitor()
    answer = provider.authorize(client.get(GO)["Location"])
    session = client.session
    session["qilian.provider"] = {**session["qilian.provider"], "verifier": "of-a-thief" * 5}
    session.save()
    assert code_of(client.get(answer)) == "provider.code"


def test_who_takes_too_long_begins_again(linked: Person, provider: Loopback) -> None:
    client = visitor()
    answer = provider.authorize(client.get(GO)["Location"])
    with clock.allow_standing(), clock.standing_at(clock.now() + timedelta(minutes=11)):
        assert code_of(client.get(answer)) == "provider.state"


def test_a_wrong_secret_and_a_provider_that_is_down_have_their_sentences(
    linked: Person, provider: Loopback, settings: Any, tmp_path: Path
) -> None:
    client = visitor()
    answer = provider.authorize(client.get(GO)["Location"])
    provider.down = True
    page = client.get(answer).content.decode()
    assert "暂时连不上" in page and "用密码登录" in page
    cache.clear()
    assert code_of(visitor().get(GO)) == "provider.unreachable"
    provider.down = False
    wrong = tmp_path / "wrong.secret"
    wrong.write_text("guessed")
    settings.OIDC_SECRET_FILE = str(wrong)
    assert code_of(come_back(visitor(), provider)) == "provider.code"
    settings.OIDC_SECRET_FILE = str(tmp_path / "absent")
    assert code_of(come_back(visitor(), provider)) == "provider.unreachable"


def test_discovery_of_another_issuer_is_refused(provider: Loopback) -> None:
    provider.discovery = {"issuer": "https://evil.example"}
    assert code_of(visitor().get(GO)) == "provider.discovery"


@pytest.mark.parametrize("place", ["https://10.0.0.9/keys", "https://169.254.169.254/keys", "https://[::1]/keys"])
def test_a_provider_leads_nowhere_into_the_house(linked: Person, provider: Loopback, place: str) -> None:
    """Its own host was named by the keeper; what its document names beside it is judged like anybody's address."""
    provider.discovery["jwks_uri"] = place
    cache.clear()
    assert code_of(come_back(visitor(), provider)) == "provider.unreachable"
    with pytest.raises(Refusal) as refused:
        signing_keys(source())
    assert "private network" in str(refused.value.__cause__)


def test_nobody_is_linked_by_his_mail(ada: Person, provider: Loopback) -> None:
    provider.lies = {"email": "ada@example.cn", "email_verified": True, "preferred_username": "ada", "name": "甲"}
    answer = come_back(visitor(), provider)
    assert code_of(answer) == "provider.unlinked" and "先用密码登录" in answer.content.decode()
    assert not LinkedIdentity.objects.exists()


def test_the_same_subject_of_another_issuer_is_somebody_else(linked: Person, provider: Loopback) -> None:
    LinkedIdentity.objects.update(issuer="https://another.example")
    assert code_of(come_back(visitor(), provider)) == "provider.unlinked"


def test_a_person_links_his_own_and_undoes_it(ada: Person, provider: Loopback) -> None:
    client = signed_in()
    assert "/account/provider/" in client.get("/account/").content.decode()
    assert "还没有绑定" in client.get("/account/provider/").content.decode()
    done = come_back(client, provider, "/account/provider/link/")
    assert done["Location"] == "/account/provider/" and count_unread(principal_of(ada)) == 1
    assert provider.issuer in client.get("/account/provider/").content.decode()
    assert come_back(visitor(), provider).status_code == 302
    row = LinkedIdentity.objects.get()
    assert client.post(f"/account/provider/{row.code}/removal").status_code == 302
    assert code_of(come_back(visitor(), provider)) == "provider.unlinked"
    assert client.post(f"/account/provider/{row.code}/removal").status_code == 404
    types = {"provider.identity.linked": 1, "provider.identity.unlinked": 1}
    assert {name: Event.objects.filter(type=name).count() for name in types} == types
    assert "official-7" not in str([event.data for event in Event.objects.all()])


def test_linking_asks_for_a_fresh_proof_and_the_same_person(ada: Person, provider: Loopback) -> None:
    client = signed_in()
    with clock.allow_standing(), clock.standing_at(clock.now() + timedelta(minutes=16)):
        assert client.get("/account/provider/link/")["Location"] == "/account/again/?next=/account/provider/link/"
    answer = provider.authorize(client.get("/account/provider/link/")["Location"])
    register_person(actor=SYSTEM, login="bob", name="乙", password=WORD)
    kept = client.session["qilian.provider"]
    bob = signed_in("bob")
    session = bob.session
    session["qilian.provider"] = kept
    session.save()
    assert code_of(bob.get(answer)) == "provider.person" and not LinkedIdentity.objects.exists()


def test_two_administrators_link_an_official(ada: Person, provider: Loopback) -> None:
    """One asks by the subject of the provider's list, another confirms: only then it signs in."""
    me = {}
    for role in ("system-administrator", "security-administrator"):
        person = register_person(actor=SYSTEM, login=role, name="管理员")
        grant(actor=SYSTEM, person=person.pk, actions=ROLES[role])
        me[role] = principal_of(person)
    asking, deciding = me.values()
    row = recovery.ask(actor=asking, person=ada, kind="identity", subject="official-7", reason="核对名册")
    assert code_of(come_back(visitor(), provider)) == "provider.unlinked"
    recovery.confirm(actor=deciding, recovery=row)
    assert come_back(visitor(), provider).status_code == 302 and count_unread(principal_of(ada)) == 2
    again = recovery.ask(actor=asking, person=ada, kind="identity", subject="official-8", reason="x")
    assert refusal(lambda: recovery.confirm(actor=deciding, recovery=again)) == "provider.taken"  # one for each person


def test_links_that_are_refused(linked: Person, provider: Loopback) -> None:
    bob = register_person(actor=SYSTEM, login="bob", name="乙")
    mine = Proved(provider.issuer, "official-7", False)
    assert refusal(lambda: link_own(actor=principal_of(bob), proved=mine)) == "provider.taken"
    assert refusal(lambda: link_own(actor=SYSTEM, proved=mine)) == "provider.owner"
    code = LinkedIdentity.objects.get().code
    assert refusal(lambda: unlink(actor=principal_of(bob), code=code)) == "grants.denied"
    admin = register_person(actor=SYSTEM, login="admin", name="管理员")
    grant(actor=SYSTEM, person=admin.pk, actions=ROLES["system-administrator"])
    me = principal_of(admin)
    assert refusal(lambda: link_official(actor=me, person=bob, subject="x", reason="y")) == "grants.together"
    deactivate_person(actor=SYSTEM, person=bob, reason="离职")
    closed = refusal(lambda: link_official(actor=SYSTEM, person=bob, subject="x", reason="y"))
    assert closed == "people.person.inactive"
    unlink(actor=me, code=code)
    assert not LinkedIdentity.objects.exists()


def test_a_closed_account_stays_closed(linked: Person, provider: Loopback) -> None:
    deactivate_person(actor=SYSTEM, person=linked, reason="离职")
    assert code_of(come_back(visitor(), provider)) == "provider.unlinked"


def test_an_official_needs_two_factors_there_or_here(linked: Person, provider: Loopback, settings: Any) -> None:
    unit = Unit.objects.create(slug="fgw", kind="department")
    appoint(actor=SYSTEM, person=linked, unit=unit, role="处长", valid_from=date(2020, 1, 1))
    settings.TWO_FACTORS = True
    weak, strong = visitor(), visitor()
    come_back(weak, provider)
    assert weak.get("/")["Location"] == "/account/factors/"
    provider.lies = {"amr": ["pwd", "mfa"]}
    come_back(strong, provider)
    assert strong.get("/account/").status_code == 200 and weak.get("/account/").status_code == 302


def test_signing_out_leads_to_the_way_out_of_the_provider(linked: Person, provider: Loopback) -> None:
    client = visitor()
    come_back(client, provider)
    assert client.post("/accounts/logout/")["Location"] == "/accounts/provider/left/"
    assert client.get("/account/").status_code == 403 and Session.objects.get().ended_why == "signed out"
    page = client.get("/accounts/provider/left/")
    found = next(part for part in page.content.decode().split('"') if part.startswith(f"{provider.issuer}/out?"))
    query = parse_qs(urlsplit(found.replace("&amp;", "&")).query)
    assert query["client_id"] == [CLIENT] and query["post_logout_redirect_uri"] == ["https://qilian.example/"]
    assert jwt.decode(query["id_token_hint"][0], options={"verify_signature": False})["sub"] == "official-7"
    provider.discovery = {"end_session_endpoint": ""}
    cache.clear()
    assert "/out?" not in client.get("/accounts/provider/left/").content.decode()
    assert signed_in().post("/accounts/logout/")["Location"] == "/"  # who came with a password


def test_a_link_on_another_site_signs_nobody_in(linked: Person, provider: Loopback) -> None:
    for site, place in (("cross-site", "/accounts/login/"), ("same-site", "/accounts/login/")):
        assert visitor().get(GO, headers={"sec-fetch-site": site})["Location"] == place
    assert visitor().get(GO, headers={"sec-fetch-site": "same-origin"})["Location"].startswith(provider.issuer)


def test_no_stranger_address_is_followed(linked: Person, provider: Loopback) -> None:
    assert come_back(visitor(), provider, f"{GO}?next=https://evil.example/")["Location"] == "/"


def test_who_came_through_the_provider_proves_himself_there_again(linked: Person, provider: Loopback) -> None:
    client = visitor()
    come_back(client, provider)
    later = clock.now() + timedelta(minutes=16)
    with clock.allow_standing(), clock.standing_at(later):
        place = client.get("/account/email/")["Location"]
        page = client.get(place).content.decode()
        assert "用统一身份认证验证" in page
        start = f"{GO}?next=/account/email/"
        provider.lies = {"exp": int(later.timestamp()) + 300}
        assert "prompt=login" in client.get(start)["Location"]
        assert code_of(come_back(client, provider, start)) == "provider.again"  # it did not ask him again
        provider.lies |= {"auth_time": int(later.timestamp())}
        provider.subject = "somebody-else"
        assert code_of(come_back(client, provider, start)) == "provider.unlinked"
        provider.subject = "official-7"
        key = client.session.session_key
        assert come_back(client, provider, start)["Location"] == "/account/email/"
        assert client.session.session_key != key and client.get("/account/email/").status_code == 200

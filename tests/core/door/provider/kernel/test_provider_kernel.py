"""Discovery, the question, and each claim that is not believed, without a network."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from qilian.core.door.provider.kernel import (
    Asked,
    Proved,
    Provider,
    believe,
    challenge,
    code_of,
    is_safe,
    question,
    read_discovery,
)
from qilian.core.values.text import Refusal

ISSUER, NOW = "https://id.example/realm", 1_800_000_000
DOCUMENT = {
    "issuer": ISSUER,
    "authorization_endpoint": f"{ISSUER}/authorize",
    "token_endpoint": f"{ISSUER}/token",
    "jwks_uri": f"{ISSUER}/keys",
}
PROVIDER = Provider(ISSUER, f"{ISSUER}/authorize", f"{ISSUER}/token", f"{ISSUER}/keys")
ASKED = Asked("state-1", "nonce-1", "v" * 43, "signin", "/", NOW - 30)
CLAIMS = {"iss": ISSUER, "aud": "qilian", "sub": "s-1", "nonce": "nonce-1", "exp": NOW + 300, "iat": NOW}


def refusal(call: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as refused:
        call()
    return refused.value.code


def believed(asked: Asked = ASKED, strong: tuple[str, ...] = (), **claims: Any) -> Proved:
    told = {name: value for name, value in {**CLAIMS, **claims}.items() if value is not None}
    return believe(told, asked, client="qilian", now=NOW, strong_acr=strong)


def test_a_discovery_document_is_read() -> None:
    assert read_discovery(DOCUMENT, ISSUER) == PROVIDER
    more = {
        **DOCUMENT,
        "end_session_endpoint": f"{ISSUER}/out",
        "authorization_response_iss_parameter_supported": True,
        "token_endpoint_auth_methods_supported": ["client_secret_post"],
    }
    wanted = replace(PROVIDER, end_session=f"{ISSUER}/out", names_itself=True, basic=False)
    assert read_discovery(more, ISSUER) == wanted


@pytest.mark.parametrize(
    "wrong",
    [
        {"issuer": f"{ISSUER}/"},
        {"issuer": "https://evil.example"},
        {"token_endpoint": "http://id.example/token"},
        {"jwks_uri": None},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"end_session_endpoint": "http://id.example/out"},
    ],
)
def test_documents_of_others_and_unsafe_addresses_are_refused(wrong: dict[str, object]) -> None:
    assert refusal(lambda: read_discovery({**DOCUMENT, **wrong}, ISSUER)) == "provider.discovery"


def test_plain_http_is_for_this_machine_only() -> None:
    assert is_safe("http://localhost:1") and is_safe("http://[::1]:1/") and not is_safe("ftp://127.0.0.1/")


def test_the_challenge_is_that_of_the_standard() -> None:
    """RFC 7636, appendix B."""
    assert challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk") == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


def test_the_question_names_state_nonce_and_challenge() -> None:
    query = parse_qs(urlsplit(question(PROVIDER, ASKED, client="qilian", answer_to="https://q.example/a")).query)
    assert query == {
        "response_type": ["code"],
        "scope": ["openid"],
        "client_id": ["qilian"],
        "redirect_uri": ["https://q.example/a"],
        "state": ["state-1"],
        "nonce": ["nonce-1"],
        "code_challenge": [challenge("v" * 43)],
        "code_challenge_method": ["S256"],
    }
    odd = replace(PROVIDER, authorization=f"{ISSUER}/authorize?realm=qh")
    again = question(odd, replace(ASKED, purpose="again"), client="qilian", answer_to="x")
    assert again.startswith(f"{ISSUER}/authorize?realm=qh&") and "prompt=login&max_age=0" in again


def test_an_answer_belongs_to_its_question() -> None:
    assert code_of(ASKED, {"state": "state-1", "code": "c"}, PROVIDER, NOW) == "c"
    assert code_of(ASKED, {"state": "state-1", "code": "c", "iss": ISSUER}, PROVIDER, NOW) == "c"


@pytest.mark.parametrize(
    ("asked", "answer", "provider", "code"),
    [
        (None, {"state": "state-1", "code": "c"}, PROVIDER, "provider.state"),
        (ASKED, {"state": "state-2", "code": "c"}, PROVIDER, "provider.state"),
        (ASKED, {"state": "名", "code": "c"}, PROVIDER, "provider.state"),
        (ASKED, {"code": "c"}, PROVIDER, "provider.state"),
        (replace(ASKED, at=NOW - 601), {"state": "state-1", "code": "c"}, PROVIDER, "provider.state"),
        (replace(ASKED, at=NOW + 1), {"state": "state-1", "code": "c"}, PROVIDER, "provider.state"),
        (ASKED, {"state": "state-1", "code": "c", "iss": "https://evil.example"}, PROVIDER, "provider.state"),
        (ASKED, {"state": "state-1", "code": "c"}, replace(PROVIDER, names_itself=True), "provider.state"),
        (ASKED, {"state": "state-1", "error": "access_denied"}, PROVIDER, "provider.declined"),
        (ASKED, {"state": "state-1"}, PROVIDER, "provider.declined"),
    ],
)
def test_answers_that_do_not(asked: Asked | None, answer: dict[str, str], provider: Provider, code: str) -> None:
    assert refusal(lambda: code_of(asked, answer, provider, NOW)) == code


def test_what_is_believed() -> None:
    assert believed() == Proved(ISSUER, "s-1", False)
    assert believed(exp=NOW - 59) and believed(iat=NOW + 60) and believed(nbf=NOW + 60)
    assert believed(aud=["qilian"]) and believed(aud=["qilian", "other"], azp="qilian") and believed(azp="qilian")
    assert believed(replace(ASKED, purpose="again"), auth_time=ASKED.at - 60)


@pytest.mark.parametrize(
    ("claims", "code"),
    [
        ({"nonce": "nonce-2"}, "nonce"),
        ({"nonce": 7}, "nonce"),
        ({"nonce": None}, "nonce"),
        ({"exp": NOW - 60}, "expired"),
        ({"exp": "soon"}, "expired"),
        ({"exp": True}, "expired"),
        ({"exp": None}, "expired"),
        ({"iat": NOW + 61}, "early"),
        ({"nbf": NOW + 61}, "early"),
        ({"aud": ["qilian", "other"]}, "party"),
        ({"azp": "other"}, "party"),
        ({"sub": ""}, "subject"),
        ({"sub": 7}, "subject"),
        ({"sub": "x" * 256}, "subject"),
    ],
)
def test_what_is_not(claims: dict[str, object], code: str) -> None:
    assert refusal(lambda: believed(**claims)) == f"provider.{code}"


def test_who_was_not_asked_again_has_not_proved_himself_again() -> None:
    again = replace(ASKED, purpose="again")
    assert refusal(lambda: believed(again)) == "provider.again"
    assert refusal(lambda: believed(again, auth_time=ASKED.at - 61)) == "provider.again"


def test_two_factors_are_what_the_provider_says_in_the_standard_words_or_ours() -> None:
    assert believed(amr=["pwd", "mfa"]).strong and not believed(amr=["pwd"]).strong and not believed(amr="mfa").strong
    assert believed(strong=("level2",), acr="level2").strong and not believed(strong=("level2",), acr="level1").strong
    assert not believed(acr="").strong

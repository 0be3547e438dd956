"""What is asked of an identity provider, and which answers are believed; pure.

OpenID Connect Core 1.0 (3.1.2 authorization code flow, 3.1.3.7 ID token), Discovery 1.0, RFC 7636 (PKCE, S256),
RFC 9207 (issuer in the answer), RFC 8176 (amr); OWASP ASVS 5.0: 6.8 and 10.5.
"""

import base64
import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal
from urllib.parse import urlencode, urlsplit

from qilian.core.values.text import Refusal, Text

Purpose = Literal["signin", "again", "link"]
SCOPE: Final = "openid"
LEEWAY: Final = 60  # seconds that two clocks may differ
PATIENCE: Final = 600  # seconds a person may take at the provider
_PLACES: Final = ("authorization_endpoint", "token_endpoint", "jwks_uri", "end_session_endpoint")
_LOOPBACK: Final = ("127.0.0.1", "localhost", "::1")
_AGAIN: Final = Text("请重新点“统一身份认证”登录。", "Begin again with the button of the identity provider.")


@dataclass(frozen=True, slots=True)
class Provider:
    """An identity provider as its discovery document describes it."""

    issuer: str
    authorization: str
    token: str
    keys: str
    end_session: str = ""
    names_itself: bool = False
    basic: bool = True


@dataclass(frozen=True, slots=True)
class Asked:
    """What is kept in the browser's session until the answer comes: it is good for one answer."""

    state: str
    nonce: str
    verifier: str
    purpose: Purpose
    after: str
    at: int
    person: int | None = None


@dataclass(frozen=True, slots=True)
class Proved:
    """Who the provider says it is: the subject within the issuer, and whether more than one factor was shown."""

    issuer: str
    subject: str
    strong: bool


def read_discovery(data: Mapping[str, Any], issuer: str) -> Provider:
    """Read a discovery document; Refusal `provider.discovery` when it is another issuer's or names unsafe addresses."""
    start, token, keys, end = (str(data.get(name, "")) for name in _PLACES)
    if data.get("issuer") != issuer or not all(map(is_safe, (issuer, start, token, keys, end or issuer))):
        message = Text("统一身份认证的配置文件不可信。", "The provider's discovery document is not to be trusted.")
        remedy = Text("请管理员核对 QILIAN_OIDC_ISSUER。", "Let an administrator check QILIAN_OIDC_ISSUER.")
        raise Refusal("provider.discovery", message, where="issuer", remedy=remedy)
    ways = data.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
    named = data.get("authorization_response_iss_parameter_supported") is True
    return Provider(issuer, start, token, keys, end, named, "client_secret_basic" in ways)


def is_safe(address: str) -> bool:
    """Whether an address is https, or on this very machine.

    >>> is_safe("https://id.example"), is_safe("http://127.0.0.1:7/x"), is_safe("http://id.example"), is_safe("")
    (True, True, False, False)
    """
    parts = urlsplit(address)
    return bool(parts.hostname) and (
        parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)
    )


def challenge(verifier: str) -> str:
    """The PKCE challenge of a verifier (RFC 7636, 4.2, S256)."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")


def question(provider: Provider, asked: Asked, *, client: str, answer_to: str) -> str:
    """The address to which the browser goes; whoever proves himself again is asked by the provider anew."""
    query = {
        "response_type": "code",
        "scope": SCOPE,
        "client_id": client,
        "redirect_uri": answer_to,
        "state": asked.state,
        "nonce": asked.nonce,
        "code_challenge": challenge(asked.verifier),
        "code_challenge_method": "S256",
        **({"prompt": "login", "max_age": "0"} if asked.purpose == "again" else {}),
    }
    mark = "&" if "?" in provider.authorization else "?"
    return f"{provider.authorization}{mark}{urlencode(query)}"


def code_of(asked: Asked | None, answer: Mapping[str, str], provider: Provider, now: int) -> str:
    """The code of an answer that belongs to what was asked.

    Refusals: `provider.state` (nothing asked, another browser, too late, another issuer), `provider.declined`.
    """
    state, issuer = answer.get("state", ""), answer.get("iss", "")
    ours = asked is not None and hmac.compare_digest(asked.state.encode(), state.encode())
    right = issuer == provider.issuer if issuer or provider.names_itself else True
    if asked is None or not ours or not right or not 0 <= now - asked.at <= PATIENCE:
        message = Text("这次登录的答复对不上，或等得太久。", "This answer belongs to no question of this browser.")
        raise Refusal("provider.state", message, where="state", remedy=_AGAIN)
    if answer.get("error") or not answer.get("code"):
        message = Text("统一身份认证没有通过。", "The identity provider did not let you in.")
        raise Refusal("provider.declined", message, where="provider", remedy=_AGAIN)
    return answer["code"]


def believe(claims: Mapping[str, Any], asked: Asked, *, client: str, now: int, strong_acr: Sequence[str]) -> Proved:
    """Check the claims of an ID token whose signature, issuer and audience were verified.

    Refusals: `provider.nonce`, `provider.expired`, `provider.early`, `provider.party` (issued to another client),
    `provider.subject`, `provider.again` (not proved anew).
    """
    nonce = claims.get("nonce")
    if not isinstance(nonce, str) or not hmac.compare_digest(nonce.encode(), asked.nonce.encode()):
        raise _wrong("nonce", "答复不属于这次登录。", "The answer belongs to another sign-in.")
    if now >= _moment(claims, "exp") + LEEWAY:
        raise _wrong("expired", "答复已经过期。", "The answer has expired.")
    if _moment(claims, "iat") > now + LEEWAY or _moment(claims, "nbf", 0) > now + LEEWAY:
        raise _wrong(
            "early", "答复的时间在将来，请核对服务器时钟。", "The answer is from the future: check the clocks."
        )
    audience, party = claims.get("aud"), claims.get("azp")
    if (isinstance(audience, list) and len(audience) > 1 and party is None) or party not in (None, client):
        raise _wrong("party", "答复是发给别的系统的。", "The answer was issued to another system.")
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= 255:
        raise _wrong("subject", "答复没有身份标识。", "The answer names nobody.")
    if asked.purpose == "again" and _moment(claims, "auth_time", 0) < asked.at - LEEWAY:
        raise _wrong("again", "统一身份认证没有重新核实您。", "The provider did not ask you again.")
    methods = claims.get("amr")
    several = isinstance(methods, list) and "mfa" in methods
    return Proved(str(claims["iss"]), subject, several or claims.get("acr") in strong_acr)


def _moment(claims: Mapping[str, Any], name: str, absent: int | None = None) -> int:
    """A moment in seconds since 1970; what is no number is refused like one that is over."""
    value = claims.get(name, absent)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _wrong("expired", "答复没有有效的时间。", "The answer has no valid moment.")
    return int(value)


def _wrong(what: str, zh: str, en: str) -> Refusal:
    return Refusal(f"provider.{what}", Text(zh, en), where="id_token", remedy=_AGAIN)

"""Signatures of ID tokens by PyJWT: RS256 and ES256 only, the key chosen by its name."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import jwt

ALGORITHMS: Final = ("RS256", "ES256")
_KINDS: Final = {"RS256": "RSA", "ES256": "EC"}
_OURS: Final[jwt.types.Options] = {
    "require": ["exp", "iat", "iss", "aud", "sub", "nonce"],
    "verify_exp": False,
    "verify_iat": False,
    "verify_nbf": False,
}
"""Moments are checked against the house's clock (`kernel.believe`)."""


class UnknownKeyError(ValueError):
    """No key of the provider has the name that a token gives: it may have turned its keys."""


def verified(token: str, keys: Sequence[Mapping[str, Any]], *, issuer: str, client: str) -> Mapping[str, Any]:
    """The claims of a token that one of these keys has signed for this client.

    ValueError for any other: unsigned, another algorithm, a broken signature, another issuer or audience, a claim
    missing; UnknownKeyError when the key is not among them.
    """
    try:
        header = jwt.get_unverified_header(token)
        algorithm, name = header.get("alg"), header.get("kid")
        if algorithm not in ALGORITHMS:
            raise ValueError("algorithm")
        fit = [key for key in keys if key.get("kty") == _KINDS[algorithm] and key.get("use", "sig") == "sig"]
        named = fit if name is None and len(fit) == 1 else [key for key in fit if name and key.get("kid") == name]
        if not named:
            raise UnknownKeyError("kid")
        key = jwt.PyJWK(dict(named[0]), algorithm).key
        claims: Mapping[str, Any] = jwt.decode(
            token,
            key,
            algorithms=[algorithm],
            audience=client,
            issuer=issuer,
            options=_OURS,
        )
    except jwt.PyJWTError as wrong:
        raise ValueError(type(wrong).__name__) from wrong
    return claims

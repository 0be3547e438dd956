"""One request to a provider: JSON only, no redirects, five seconds, a quarter of a megabyte at most."""

import base64
import json
from collections.abc import Mapping
from typing import Any, Final
from urllib.error import HTTPError
from urllib.parse import quote, urlencode, urlsplit

from django.conf import settings

from qilian.core.machine.calls.api import call, inside

_PATIENCE: Final = 5.0


class DeclinedError(ValueError):
    """The provider answered that it does not want to (HTTP 400 or 401)."""


def fetch(address: str) -> Mapping[str, Any]:
    """GET a JSON object; OSError when it cannot be had."""
    return _ask(address, None, {"Accept": "application/json"})


def exchange(address: str, fields: Mapping[str, str], *, client: str, secret: str, basic: bool) -> Mapping[str, Any]:
    """POST a form with the client's secret (RFC 6749, 2.3.1); OSError, or DeclinedError when the code is not taken."""
    headers = {"Accept": "application/json", "Content-Type": "application/x-www-form-urlencoded"}
    if basic:
        pair = f"{quote(client, safe='')}:{quote(secret, safe='')}"
        headers["Authorization"] = "Basic " + base64.b64encode(pair.encode()).decode()
    else:
        fields = {**fields, "client_id": client, "client_secret": secret}
    data = urlencode(fields).encode()
    return _ask(address, data, headers)


def _ask(address: str, sent: bytes | None, headers: Mapping[str, str]) -> Mapping[str, Any]:
    """Ask the host of the issuer, which the keeper named, a public one, or one that he declared (QILIAN_INSIDE)."""
    named = inside([*settings.INSIDE, urlsplit(settings.OIDC_ISSUER).hostname or ""])
    try:
        data = json.loads(call(address, allowed=named, patience=_PATIENCE, data=sent, headers=headers))
    except HTTPError as error:
        error.close()
        if error.code in (400, 401):
            raise DeclinedError(str(error.code)) from error
        raise OSError(f"HTTP {error.code}") from error
    except ValueError as error:
        raise OSError(f"{type(error).__name__}: {error}") from error
    if not isinstance(data, dict):
        raise OSError("no JSON object")
    return data

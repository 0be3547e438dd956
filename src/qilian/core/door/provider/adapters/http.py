"""One request to a provider: JSON only, no redirects, five seconds, a quarter of a megabyte at most."""

import base64
import json
import urllib.request
from collections.abc import Mapping
from http.client import HTTPException
from typing import Any, Final
from urllib.error import HTTPError
from urllib.parse import quote, urlencode

_PATIENCE: Final = 5.0
_LONGEST: Final = 256 * 1024


class DeclinedError(ValueError):
    """The provider answered that it does not want to (HTTP 400 or 401)."""


def fetch(address: str) -> Mapping[str, Any]:
    """GET a JSON object; OSError when it cannot be had."""
    return _ask(urllib.request.Request(address, headers={"Accept": "application/json"}))


def exchange(address: str, fields: Mapping[str, str], *, client: str, secret: str, basic: bool) -> Mapping[str, Any]:
    """POST a form with the client's secret (RFC 6749, 2.3.1); OSError, or DeclinedError when the code is not taken."""
    headers = {"Accept": "application/json", "Content-Type": "application/x-www-form-urlencoded"}
    if basic:
        pair = f"{quote(client, safe='')}:{quote(secret, safe='')}"
        headers["Authorization"] = "Basic " + base64.b64encode(pair.encode()).decode()
    else:
        fields = {**fields, "client_id": client, "client_secret": secret}
    data = urlencode(fields).encode()
    return _ask(urllib.request.Request(address, data=data, headers=headers, method="POST"))


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_asked: object) -> None:
        """Decline: the answer then counts as an error."""


_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirect())


def _ask(request: urllib.request.Request) -> Mapping[str, Any]:
    try:
        with _opener.open(request, timeout=_PATIENCE) as answer:
            data = json.loads(answer.read(_LONGEST))
    except HTTPError as error:
        error.close()
        if error.code in (400, 401):
            raise DeclinedError(str(error.code)) from error
        raise OSError(f"HTTP {error.code}") from error
    except (HTTPException, ValueError) as error:
        raise OSError(f"{type(error).__name__}: {error}") from error
    if not isinstance(data, dict):
        raise OSError("no JSON object")
    return data

"""One request: the name is looked up once, every address it gives is judged, and that very one is connected to.

So a name that leads elsewhere at the second look (DNS rebinding) gains nothing, and no answer leads on.
"""

import http.client
import socket
import ssl
import urllib.request
from collections.abc import Mapping
from functools import partial
from typing import Any, Final

from .kernel import Inside, is_open

_MOST: Final = 256 * 1024


def call(
    address: str,
    *,
    allowed: Inside,
    patience: float,
    data: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    most: int = _MOST,
) -> bytes:
    """GET an address, or POST `data` to it; return at most `most` bytes of the answer.

    OSError when it cannot be had: no answer within `patience` seconds, any status but 2xx (`HTTPError`, with its code),
    a redirect, no HTTP at all, or an address in a private network that `allowed` does not name.
    """
    opener = urllib.request.OpenerDirector()  # with what stands here only: the usual one reads files too
    for handler in (_Plain(allowed), _Sealed(allowed), *(each() for each in _JUDGING)):
        opener.add_handler(handler)
    try:
        request = urllib.request.Request(address, data=data, headers=dict(headers or {}))
        with opener.open(request, timeout=patience) as answer:
            return bytes(answer.read(most))
    except (http.client.HTTPException, ValueError) as error:
        raise OSError(f"{type(error).__name__}: {error}") from error


def connected(host: str, port: int, timeout: float | None, allowed: Inside) -> socket.socket:
    """Connect to the first address of a host that answers; OSError when one of them may not be called."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    places = [str(where[0]) for *_, where in found]
    closed = [each for each in places if not is_open(each, allowed, host=host)]
    if closed:
        raise OSError(f"{host}: {closed[0]} lies in a private network, and QILIAN_INSIDE does not name it")
    problem: OSError | None = None
    for family, kind, protocol, _, where in found:
        link = socket.socket(family, kind, protocol)
        try:
            link.settimeout(timeout)
            link.connect(where)
        except OSError as error:
            problem = error
            link.close()
        else:
            return link
    raise problem or OSError(f"{host}: no address")


class _Connection(http.client.HTTPConnection):
    def __init__(self, host: str, *, allowed: Inside, **more: Any) -> None:
        super().__init__(host, **more)
        self.allowed = allowed

    def connect(self) -> None:
        """Connect to an address that was judged."""
        self.sock = connected(self.host, self.port, self.timeout, self.allowed)


class _SealedConnection(_Connection):
    default_port = http.client.HTTPS_PORT

    def connect(self) -> None:
        """The same, with TLS to the host's own name."""
        super().connect()
        self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)


class _Plain(urllib.request.HTTPHandler):
    def __init__(self, allowed: Inside) -> None:
        super().__init__()
        self.allowed = allowed

    def http_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        """Open by a connection of ours."""
        return self.do_open(partial(_Connection, allowed=self.allowed), req)


class _Sealed(urllib.request.HTTPSHandler):
    def __init__(self, allowed: Inside) -> None:
        super().__init__()
        self.allowed = allowed

    def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        """Open by a connection of ours, with TLS."""
        return self.do_open(partial(_SealedConnection, allowed=self.allowed), req)


_JUDGING: Final = (
    urllib.request.HTTPErrorProcessor,
    urllib.request.HTTPDefaultErrorHandler,
    urllib.request.UnknownHandler,
)
"""Every status but 2xx is an error, a redirect too; every scheme but http and https as well."""

"""Calling out against servers on this machine: closed unless named, no redirect, the judged address and no other."""

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.error import HTTPError

import pytest

from qilian.core.machine.calls.api import Inside, call, inside
from qilian.core.machine.calls.calling import connected

HERE = inside(["127.0.0.1"])


class _Answering(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        """Answer, lead elsewhere, or say no."""
        self.server.asked.append(self.path)  # type: ignore[attr-defined] # our own server, below
        status = {"/away": 302, "/no": 403}.get(self.path, 200)
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "/secret")
        self.end_headers()
        self.wfile.write(b"x" * 2_000)

    def do_POST(self) -> None:
        """The same."""
        self.do_GET()

    def log_message(self, *_said: Any) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[ThreadingHTTPServer]:
    made = ThreadingHTTPServer(("127.0.0.1", 0), _Answering)
    vars(made)["asked"] = []
    threading.Thread(target=made.serve_forever, daemon=True).start()
    yield made
    made.shutdown()
    made.server_close()


def asked(server: ThreadingHTTPServer) -> list[str]:
    found: list[str] = vars(server)["asked"]
    return found


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "127.1", "2130706433", "0"])
def test_no_spelling_of_this_machine_is_called(server: ThreadingHTTPServer, host: str) -> None:
    with pytest.raises(OSError, match=r"private network|[Nn]ame|address"):
        call(f"http://{host}:{server.server_port}/secret", allowed=Inside(), patience=2)
    assert asked(server) == []


def test_what_was_named_is_called_once_and_no_redirect_is_followed(server: ThreadingHTTPServer) -> None:
    base = f"http://127.0.0.1:{server.server_port}"
    assert call(f"{base}/", allowed=HERE, patience=2, most=10) == b"x" * 10
    assert len(call(f"{base}/", allowed=HERE, patience=2, data=b"{}")) == 2_000
    for path, status in (("/away", 302), ("/no", 403)):
        with pytest.raises(HTTPError) as caught:
            call(base + path, allowed=HERE, patience=2)
        assert caught.value.code == status
        caught.value.close()
    assert asked(server) == ["/", "/", "/away", "/no"]


def test_a_name_with_one_private_address_is_closed_and_looked_up_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rebinding: the second look would give this machine; there is none."""
    looks: list[str] = []

    def look(host: str, port: int, **_more: Any) -> list[Any]:
        looks.append(host)
        public = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("1.1.1.1", port))
        private = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))
        return [public, private]

    monkeypatch.setattr(socket, "getaddrinfo", look)
    with pytest.raises(OSError, match=r"127\.0\.0\.1 lies in a private network"):
        connected("rebinding.example", 80, 1.0, Inside())
    assert looks == ["rebinding.example"]


@pytest.mark.parametrize("address", ["file:///etc/hostname", "ftp://127.0.0.1/x", "gopher://x", "data:,x", "nothing"])
def test_only_http_is_spoken(address: str) -> None:
    with pytest.raises(OSError):
        call(address, allowed=HERE, patience=1)

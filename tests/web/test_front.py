"""The front of the web over real connections: slow ones cost nobody anything, and what is odd is answered."""

import asyncio
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from tests.house.source import ROOT

from qilian.core.machine.processes.api import birth, wait_until
from qilian.web.cli import beating, parts
from qilian.web.cli.supervisor import end_silent
from qilian.web.front import THREADS, Front

SLOW_BODY = b"POST /slow HTTP/1.1\r\nHost: x\r\nContent-Length: 90000\r\n\r\nabcd"
SLOW_HEAD = b"GET /slow HTTP/1.1\r\nHost: "


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of the small application, served with the very command of the house."""
    var = tmp_path_factory.mktemp("var")
    (var / "keys").mkdir()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        found = int(free.getsockname()[1])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("QILIAN_VAR", str(var))
        *command, _house = parts.processes("demo", "127.0.0.1", found)[0].command
        path = os.pathsep.join((str(ROOT), str(ROOT / "src")))
        environment = {**os.environ, "PYTHONPATH": path}
    with subprocess.Popen([*command, "tests.web.fronted:front"], env=environment) as server:
        try:
            assert wait_until(lambda: answers(found), 60, step=0.1)
            yield found
        finally:
            server.terminate()
            server.wait(20)


def answers(port: int) -> bool:
    try:
        return ask(port, "/").status == 200
    except OSError:
        return False


def ask(
    port: int, path: str, body: bytes | None = None, *, method: str = "", **headers: str
) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request(method or ("POST" if body else "GET"), path, body, headers)
    answer = connection.getresponse()
    answer.content = answer.read()  # type: ignore[attr-defined] # read whole, before the connection goes
    connection.close()
    return answer


def told(answer: http.client.HTTPResponse) -> Any:
    return json.loads(answer.content)  # type: ignore[attr-defined] # set by `ask`


def opened(port: int, sent: bytes) -> socket.socket:
    found = socket.create_connection(("127.0.0.1", port), timeout=30)
    found.sendall(sent)
    return found


def heard(connection: socket.socket) -> bytes:
    """All that comes until the other side closes."""
    chunks = []
    while chunk := connection.recv(65536):
        chunks.append(chunk)
    return b"".join(chunks)


def test_a_request_arrives_as_it_was_sent(port: int) -> None:
    answer = ask(
        port, "/%E7%94%B2%2F?q=%E4&r=1", b"text", **{"Content-Type": "text/plain", "X_Forwarded_For": "6.6.6.6"}
    )
    found = told(answer)
    assert found["PATH_INFO"].encode("latin-1").decode() == "/甲/" and found["QUERY_STRING"] == "q=%E4&r=1"
    assert (found["REQUEST_METHOD"], found["body"], found["CONTENT_LENGTH"]) == ("POST", "text", "4")
    assert (found["CONTENT_TYPE"], found["REMOTE_ADDR"]) == ("text/plain", "127.0.0.1")
    assert found["HTTP_HOST"] == f"127.0.0.1:{port}" and found["SERVER_PORT"] == str(port)
    assert "HTTP_X_FORWARDED_FOR" not in found, "a header with an underscore passes for no other"
    assert answer.headers.get_all("Set-Cookie") == ["a=1", "b=2"]


def test_several_headers_of_a_name_are_one(port: int) -> None:
    head = b"POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nCookie: a=1\r\nCookie: b=2\r\nX-A: 1\r\nX-A: 2\r\n"
    found = json.loads(heard(opened(port, head + b"Content-Length: 0\r\n\r\n")).partition(b"\r\n\r\n")[2])
    assert (found["HTTP_COOKIE"], found["HTTP_X_A"]) == ("a=1; b=2", "1, 2")


def test_a_file_is_sent_whole_and_a_fault_is_told(port: int) -> None:
    sent = ask(port, "/file")
    assert sent.content == (ROOT / "tests/web/fronted.py").read_bytes()  # type: ignore[attr-defined] # set by `ask`
    assert sent.headers.get_all("Content-Length") == [str(len(sent.content))]  # type: ignore[attr-defined] # set by `ask`
    assert ask(port, "/file", method="HEAD").content == b""  # type: ignore[attr-defined] # set by `ask`
    assert ask(port, "/broken").status == 500


@pytest.mark.parametrize("sent", [SLOW_BODY, SLOW_HEAD, b""], ids=["body", "head", "nothing"])
def test_slow_connections_cost_nobody_anything(port: int, sent: bytes) -> None:
    """Four of them stopped the whole web once; here each process has as many as it has threads a hundred times over."""
    slow = [opened(port, sent) for _ in range(200 * (os.cpu_count() or 2))]
    try:
        for _ in range(20):
            assert ask(port, "/", b"x").status == 200
    finally:
        for each in slow:
            each.close()


def test_who_is_too_slow_is_told_and_cut_off(port: int) -> None:
    body, head = opened(port, SLOW_BODY), opened(port, SLOW_HEAD)
    assert heard(body).startswith(b"HTTP/1.1 408 ")
    assert not heard(head)
    drop = opened(port, SLOW_BODY)
    with pytest.raises(OSError, match=r"Broken pipe|reset"):  # one byte now and then is no body either
        for _ in range(100):
            drop.sendall(b"x")
            time.sleep(0.2)


def test_what_is_too_large_is_refused_before_it_is_sent(port: int) -> None:
    announced = opened(port, b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100001\r\n\r\n")
    assert announced.recv(100).startswith(b"HTTP/1.1 413 ")


def test_half_a_body_is_none(port: int) -> None:
    """Whoever breaks off has sent nothing: neither of a body whose length he said, nor of one in chunks."""
    broken = opened(port, SLOW_BODY)
    broken.shutdown(socket.SHUT_WR)
    assert heard(broken).startswith((b"HTTP/1.1 400 ", b""))
    chunks = opened(port, b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\n")
    assert chunks.recv(100).startswith(b"HTTP/1.1 411 ")
    assert not any("abcd" in told(ask(port, "/seen"))["seen"] for _ in range(20)), "of whatever process"


def test_a_process_that_is_stopped_is_ended_and_no_other(tmp_path: Path) -> None:
    """Who shows no life for long is killed, whatever he does: here he stands still as by a signal."""
    program = [sys.executable, "-c", "import time; time.sleep(600)"]
    children = [subprocess.Popen(program, start_new_session=True) for _ in range(2)]
    try:
        stopped, stranger = children
        for mark in (str(stopped.pid), str(stranger.pid), str(os.getpid()), "999999999"):
            (tmp_path / mark).touch()
            os.utime(tmp_path / mark, ns=(0, 0))
        stopped.send_signal(signal.SIGSTOP)
        late = beating.PATIENCE + 1
        assert beating.silent(tmp_path, stopped.pid, now=late - 2) == []
        assert beating.silent(tmp_path, stopped.pid, now=late) == [stopped.pid]
        assert not (tmp_path / "999999999").exists(), "the mark of one who is gone"
        assert end_silent(tmp_path, stopped.pid) == [stopped.pid]
        assert stopped.wait(20) == -signal.SIGKILL and stranger.poll() is None
    finally:
        for each in children:
            each.kill()
            each.wait(20)


def test_nobody_is_silent_where_no_sign_can_be_written(tmp_path: Path) -> None:
    mark = tmp_path / "gone" / str(os.getpid())
    assert beating.silent(mark.parent, os.getpgid(0), now=1e9) == []
    assert birth(os.getpid()) is not None


class Said:
    """What the server would send, as the front hands it over (RSGI)."""

    def __init__(self) -> None:
        self.status = 0

    def response_bytes(self, status: int, _fields: object, _content: bytes) -> None:
        self.status = status


SCOPE = SimpleNamespace(
    method="GET", path="/", query_string="", server="127.0.0.1:80", client="127.0.0.1:9", http_version="1.1",
    scheme="http", headers={},
)  # fmt: skip


def busy(beats: Path | None = None) -> tuple[Front, threading.Event, threading.Semaphore]:
    """A front whose application waits until it is let go, and tells of each thread that runs it."""
    go, running = threading.Event(), threading.Semaphore(0)

    def wait(_environ: dict[str, Any], start_response: Any) -> list[bytes]:
        running.release()
        go.wait(30)
        start_response("200 OK", [])
        return [b"x"]

    return Front(wait, most=100, beats=beats), go, running


def test_who_comes_when_too_many_wait_is_asked_to_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qilian.web.front.WAITING_MAX", 3)
    front, go, running = busy()

    async def crowd() -> list[int]:
        loop = asyncio.get_running_loop()
        front.__rsgi_init__(loop)
        said = [Said() for _ in range(THREADS + 4)]
        first = [asyncio.ensure_future(front.__rsgi__(SCOPE, each)) for each in said[:THREADS]]
        for _ in first:
            await loop.run_in_executor(None, running.acquire)
        rest = [asyncio.ensure_future(front.__rsgi__(SCOPE, each)) for each in said[THREADS:]]
        await rest[-1]
        go.set()
        await asyncio.gather(*first, *rest)
        front.__rsgi_del__(loop)
        return [each.status for each in said]

    assert asyncio.run(crowd()) == [*[200] * (THREADS + 3), 503]


def test_a_process_whose_threads_are_long_taken_shows_no_life(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qilian.web.front.BEAT", 0.01)
    monkeypatch.setattr("qilian.web.front.STUCK", 0.05)
    front, go, running = busy(tmp_path)
    mark = tmp_path / str(os.getpid())

    async def crowd() -> None:
        loop = asyncio.get_running_loop()
        front.__rsgi_init__(loop)
        await until(lambda: mark.exists())
        asked = [asyncio.ensure_future(front.__rsgi__(SCOPE, Said())) for _ in range(THREADS + 1)]
        for _ in range(THREADS):
            await loop.run_in_executor(None, running.acquire)
        await asyncio.sleep(0.2)  # the last one has waited for longer than is well
        last = mark.stat().st_mtime_ns
        await asyncio.sleep(0.2)
        assert mark.stat().st_mtime_ns == last
        go.set()
        await asyncio.gather(*asked)
        await until(lambda: mark.stat().st_mtime_ns > last)
        front.__rsgi_del__(loop)
        await asyncio.sleep(0.1)  # ten beats that must not come any more

    asyncio.run(crowd())
    assert not mark.exists(), "who ends in order leaves no mark"


async def until(done: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not done():
            await asyncio.sleep(0.01)

"""The front of each web process: whoever connects costs a thread only from the moment his request is whole.

Connections are the server's (granian, RSGI): it closes one that sends no whole head in time, and one that idles. Here
bodies arrive, each at a pace of its own and no slower than `SLOWEST`; then one of few threads runs Django (WSGI), and
what it answers goes to the server whole, which sends it however slowly it is read. So a thousand slow connections take
a thousand small buffers and no thread. A process whose threads are all busy for too long stops to beat (`watching.py`).
"""

import asyncio
import logging
import os
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, Any, Final, NamedTuple

from qilian.core.values.text import Text, whole

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
Fields = list[tuple[str, str]]

THREADS: Final = 2
"""Threads of a process that run Django: one computes while the other waits for the database."""
QUIET: Final = 20.0
"""Seconds in which nothing of a body may arrive, and what each has at first."""
SLOWEST: Final = 4096
"""Bytes of a body that earn one more second; who sends slower than that is not served."""
HELD_MAX: Final = 1 << 30
"""Bytes of all bodies together that wait in one process; whoever comes after that is asked to come again."""
WAITING_MAX: Final = 500
"""Requests that wait for a thread of one process; whoever comes after that is asked to come again."""
STUCK: Final = 60.0
"""Seconds that a request waits for a thread, after which the process says no more that it is well."""
BEAT: Final = 2.0
"""Seconds between two signs of life."""
_IN_MEMORY: Final = 1 << 16
_LOG: Final = logging.getLogger("qilian.front")
_SLOW = Text("请求没有按时发完，请重试。", "The request did not arrive in time; try again.")
_CUT = Text("请求没有发完。", "The request broke off.")
_UNMEASURED = Text("请求须先说明长度（Content-Length）。", "A request says its length first (Content-Length).")
_LARGE = Text("请求太大。", "The request is too large.")
_BUSY = Text("系统正忙，请稍后重试。", "The system is busy; try again in a moment.")
_BROKEN = Text("系统出错，请稍后重试。", "Something broke; try again in a moment.")


class _Refused(Exception):
    """A request that never reaches Django: the status of its answer and a sentence."""

    def __init__(self, status: int, message: Text) -> None:
        super().__init__(message.en)
        self.status, self.message = status, message


class _Answer(NamedTuple):
    """What Django answered: a file by its path, where it is one that stays, else all of its bytes."""

    status: int
    fields: Fields
    content: bytes
    path: str = ""


class _Lent:
    """A file that Django wants sent (`wsgi.file_wrapper`, PEP 3333)."""

    def __init__(self, file: IO[bytes], size: int = 1 << 16) -> None:
        self.file, self.size = file, size

    def __iter__(self) -> "_Lent":
        return self

    def __next__(self) -> bytes:
        chunk = self.file.read(self.size)
        if not chunk:
            raise StopIteration
        return chunk

    def close(self) -> None:
        """Close the file, and with it the answer of Django."""
        self.file.close()

    @property
    def path(self) -> str:
        """Where it lies, when it lies somewhere, is meant from its beginning, and is not a passing one."""
        name = getattr(self.file, "name", None)
        if not isinstance(name, str) or hasattr(self.file, "delete") or self.file.tell():
            return ""
        return name if Path(name).is_absolute() and Path(name).is_file() else ""


class Front:
    """A WSGI application as the server calls it (RSGI); `beats` is the folder in which its process shows its life."""

    def __init__(self, wsgi: Wsgi, *, most: int, beats: Path | None = None, quiet: float = QUIET) -> None:
        self._wsgi, self._most, self._beats, self._quiet = wsgi, most, beats, quiet
        self._held, self._tickets = 0, count()
        self._waiting: dict[int, float] = {}
        self._pool: ThreadPoolExecutor | None = None
        self._next_beat: asyncio.TimerHandle | None = None

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._pool = ThreadPoolExecutor(THREADS, "request")
        if self._beats is not None:
            self._beats.mkdir(parents=True, exist_ok=True)
            self._next_beat = loop.call_later(0, self._beat, loop, self._beats / str(os.getpid()))

    def __rsgi_del__(self, _loop: asyncio.AbstractEventLoop) -> None:
        if self._pool is not None:
            self._pool.shutdown()
        if self._next_beat is not None:
            self._next_beat.cancel()  # else a last beat could leave a mark behind of a process that is no more
        if self._beats is not None:
            (self._beats / str(os.getpid())).unlink(missing_ok=True)

    async def __rsgi__(self, scope: Any, protocol: Any) -> None:
        with SpooledTemporaryFile(max_size=_IN_MEMORY) as body:
            try:
                size = await self._receive(scope, protocol, body)
                answer = await self._run(_environ(scope, body, size))
            except _Refused as refused:
                answer = _said(refused.status, refused.message)
            except OSError:  # no room for the body, or nobody there any more
                _LOG.warning("a body could not be received", exc_info=True)
                answer = _said(503, _BUSY)
            except Exception:
                _LOG.exception("an answer could not be made")
                answer = _said(500, _BROKEN)
        if answer.path:
            protocol.response_file(answer.status, answer.fields, answer.path)
        else:
            protocol.response_bytes(answer.status, answer.fields, answer.content)

    async def _receive(self, scope: Any, protocol: Any, body: IO[bytes]) -> int:
        """Take a body in, at its pace; return its size.

        A length must be said: of a body in chunks the server does not tell whether it was sent to its end or broke off,
        and half a form is none.
        """
        headers = scope.headers
        if "transfer-encoding" in headers:
            raise _Refused(411, _UNMEASURED)
        announced = whole(headers.get("content-length", "0"), 15)
        if announced is None or announced > self._most:
            raise _Refused(413, _LARGE)
        if not announced:
            return 0
        size, loop = 0, asyncio.get_running_loop()
        began = loop.time()
        try:
            async with asyncio.timeout_at(began + self._quiet) as patience:
                async for chunk in protocol:
                    size += len(chunk)
                    self._hold(len(chunk))
                    body.write(chunk)
                    patience.reschedule(self._quiet + min(loop.time(), began + size / SLOWEST))
        except TimeoutError:
            raise _Refused(408, _SLOW) from None
        finally:
            self._held -= size
        if size != announced:
            raise _Refused(400, _CUT)
        body.seek(0)
        return size

    def _hold(self, more: int) -> None:
        self._held += more
        if self._held > HELD_MAX:
            raise _Refused(503, _BUSY)

    async def _run(self, environ: dict[str, Any]) -> _Answer:
        """Let a thread run Django, in the order in which requests became whole."""
        if len(self._waiting) >= WAITING_MAX:
            raise _Refused(503, _BUSY)
        ticket, loop = next(self._tickets), asyncio.get_running_loop()
        self._waiting[ticket] = time.monotonic()
        return await loop.run_in_executor(self._pool, self._called, environ, ticket)

    def _called(self, environ: dict[str, Any], ticket: int) -> _Answer:
        """Run Django in this thread, to the end of its answer: its connection to the database is the thread's."""
        del self._waiting[ticket]
        begun: list[Any] = []

        def start(status: str, fields: Sequence[tuple[str, str]], _error: Any = None) -> None:
            begun[:] = int(status[:3]), list(fields)

        made = self._wsgi(environ, start)
        try:
            path = made.path if isinstance(made, _Lent) else ""
            content = b"" if path else b"".join(made)
        finally:
            close = getattr(made, "close", None)
            if close is not None:
                close()
        status, fields = begun
        return _Answer(status, fields, content, path)

    def _beat(self, loop: asyncio.AbstractEventLoop, mark: Path) -> None:
        """Show life, unless somebody has waited too long; the mark's time is that of the machine's steady clock."""
        now = time.monotonic()
        if now - min(self._waiting.copy().values(), default=now) < STUCK:
            try:
                mark.touch()
                os.utime(mark, ns=(int(now * 1e9),) * 2)
            except OSError:
                _LOG.warning("no sign of life could be written", exc_info=True)
        self._next_beat = loop.call_later(BEAT, self._beat, loop, mark)


def _environ(scope: Any, body: IO[bytes], size: int) -> dict[str, Any]:
    """A request as WSGI has it (PEP 3333): texts of bytes, one value for each header."""
    host, _, port = scope.server.rpartition(":")
    found: dict[str, Any] = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path.encode().decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_NAME": host.strip("[]"),
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": body,
        "wsgi.errors": _Errors(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        "wsgi.file_wrapper": _Lent,
    }
    for name, value in scope.headers.items():
        if "_" not in name:  # else X_Forwarded_For would pass for the header of a proxy
            key = f"HTTP_{name.upper().replace('-', '_')}"
            between = "; " if name == "cookie" else ", "
            found[key] = f"{found[key]}{between}{value}" if key in found else value
    found["CONTENT_TYPE"] = found.pop("HTTP_CONTENT_TYPE", "")
    found["CONTENT_LENGTH"] = str(size)
    found.pop("HTTP_CONTENT_LENGTH", None)
    return found


class _Errors:
    """Where a WSGI application may write what went wrong: our own log."""

    def write(self, text: str) -> None:
        """Log a line."""
        _LOG.error(text.rstrip("\n"))

    def flush(self) -> None:
        """Do nothing: the log is written at once."""


def _said(status: int, message: Text) -> _Answer:
    content = f"{message.zh}\n{message.en}\n".encode()
    fields = [("content-type", "text/plain; charset=utf-8"), ("connection", "close")]
    return _Answer(status, [*fields, *([("retry-after", "10")] if status == 503 else [])], content)

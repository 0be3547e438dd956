"""A small application behind the house's front, for tests that need real connections and no house."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from qilian.web.front import Front

SEEN: list[str] = []


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Tell what came, and the bodies that came before; `/file` sends this file, `/broken` breaks."""
    path, body = environ["PATH_INFO"], environ["wsgi.input"].read()
    SEEN.append(body.decode("latin-1"))
    if path == "/file":
        file = Path(__file__)
        start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(file.stat().st_size))])
        lent: Iterable[bytes] = environ["wsgi.file_wrapper"](file.open("rb"))
        return lent
    if path == "/broken":
        raise ValueError("broken")
    texts = {name: value for name, value in environ.items() if isinstance(value, str)}
    start_response("200 OK", [("Content-Type", "application/json"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")])
    return [json.dumps({**texts, "body": body.decode("latin-1"), "seen": SEEN}).encode()]


front = Front(application, most=100_000, quiet=2.0)

"""A small application behind the house's front, for tests that need real connections and no house."""

import json
import os
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from qilian.web.front import Front


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Tell what came; `/file` sends this file, `/sleep` takes a while, `/broken` breaks."""
    path, body = environ["PATH_INFO"], environ["wsgi.input"].read()
    if path == "/file":
        file = Path(__file__)
        start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(file.stat().st_size))])
        lent: Iterable[bytes] = environ["wsgi.file_wrapper"](file.open("rb"))
        return lent
    if path == "/broken":
        raise ValueError("broken")
    if path == "/sleep":
        time.sleep(0.5)
    texts = {name: value for name, value in environ.items() if isinstance(value, str)}
    start_response("200 OK", [("Content-Type", "application/json"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")])
    return [json.dumps({**texts, "body": body.decode("latin-1"), "process": os.getpid()}).encode()]


front = Front(application, most=100_000, quiet=2.0)

"""The language that is being spoken: a context variable, set by the request and by the command line."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

LANGUAGES = ("zh", "en")
_language: ContextVar[str] = ContextVar("language", default="zh")


def current_language() -> str:
    """Return the language of this request or command, `zh` or `en`."""
    return _language.get()


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak one language for the length of a block; anything but `en…` is Chinese, the source language."""
    token = _language.set("en" if language.lower().startswith("en") else "zh")
    try:
        yield
    finally:
        _language.reset(token)

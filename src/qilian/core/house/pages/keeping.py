"""What is the same for every reader until something is written: kept by all that it was made from."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from hashlib import sha256
from threading import Lock
from typing import Generic, TypeVar

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response

T = TypeVar("T")


class Kept(Generic[T]):
    """A bounded store within one process; what was not asked for the longest goes first.

    The key says everything that the value depends on: codes of versions, the day, the language, how many facts were
    written. So nothing is ever out of date, and nothing has to be thrown away when something changes.

    >>> kept = Kept[str](2)
    >>> [kept.get(number, lambda: f"made {number}") for number in (1, 2, 1, 3)]
    ['made 1', 'made 2', 'made 1', 'made 3']
    >>> kept.get(1, lambda: "anew"), kept.get(2, lambda: "anew")
    ('made 1', 'anew')
    """

    def __init__(self, most: int) -> None:
        self._most, self._values, self._alone = most, OrderedDict[Hashable, T](), Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what is kept under a key, else make it; two threads may make the same at once, and one is kept."""
        with self._alone:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]
        made = make()
        with self._alone:
            self._values[key] = made
            while len(self._values) > self._most:
                self._values.popitem(last=False)
        return made


class KeptJson:
    """JSON texts that are written once for each key, and answered with an ETag: who has the text gets 304."""

    def __init__(self, most: int) -> None:
        self._texts = Kept[tuple[bytes, str]](most)

    def answer(self, request: HttpRequest, key: Hashable, write: Callable[[], bytes]) -> HttpResponseBase:
        """Answer a request with the text that is kept under a key, else written now."""
        body, tag = self._texts.get(key, lambda: _tagged(write()))
        headers = {"ETag": tag, "Cache-Control": "no-cache"}
        response = HttpResponse(body, content_type="application/json; charset=utf-8", headers=headers)
        return get_conditional_response(request, etag=tag, response=response) or response


def _tagged(body: bytes) -> tuple[bytes, str]:
    return body, f'"{sha256(body).hexdigest()[:32]}"'

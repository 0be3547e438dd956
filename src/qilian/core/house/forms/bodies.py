"""What programs send: JSON (RFC 8259) whose texts the database can hold."""

import json
import math
import re
from collections.abc import Iterator
from typing import Any, Final

from django.http import HttpRequest
from ninja.parser import Parser

_HALF: Final = re.compile("[\ud800-\udfff]")


class Body(Parser):
    """JSON (RFC 8259) whose texts the database can hold: no NaN, nothing endless, no zero character, no half pair."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        """Return the body, which is UTF-8 whatever it declares; ValueError for what is none (HTTP 400)."""
        try:
            found = json.loads(request.body.decode(), parse_constant=_no_number, parse_float=_finite)
        except RecursionError:
            raise ValueError("nested too deeply") from None
        for text in _texts(found):
            if "\x00" in text or (not text.isascii() and _HALF.search(text)):
                raise ValueError("U+0000 or half of a surrogate pair")
        if not isinstance(found, dict | list):
            raise ValueError(type(found).__name__)
        return found  # type: ignore[return-value] # operations that take lists get one


def _texts(value: object) -> Iterator[str]:
    """Every text of a JSON value, names included."""
    waiting = [value]
    while waiting:
        match waiting.pop():
            case str(text):
                yield text
            case dict(members):
                waiting += [*members, *members.values()]
            case list(items):
                waiting += items


def _finite(written: str) -> float:
    """A number with a fraction or a power, which must not be beyond all that there are: 1e999."""
    number = float(written)
    if math.isinf(number):
        raise ValueError(written[:40])
    return number


def _no_number(written: str) -> float:
    raise ValueError(written)


BODY: Final = Body()

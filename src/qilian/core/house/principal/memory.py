"""What is asked again and again within one request, such as the actor's permits, is read once and then remembered."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

T = TypeVar("T")
_memory: ContextVar[dict[Hashable, Any] | None] = ContextVar("memory", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """Remember for the length of a block: a request. Outside of one, in jobs and commands, nothing is remembered."""
    token = _memory.set({})
    try:
        yield
    finally:
        _memory.reset(token)


def remembered(key: Hashable, read: Callable[[], T]) -> T:
    """Return what was read before under a key in this request, else read it now."""
    memory = _memory.get()
    if memory is None:
        return read()
    if key not in memory:
        memory[key] = read()
    found: T = memory[key]
    return found


def forget() -> None:
    """Remember nothing of what was read so far: called by whoever changes it."""
    memory = _memory.get()
    if memory is not None:
        memory.clear()

"""The collector of cyclic garbage is paused while a large batch is booked."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

LARGE = 500
"""From how many transfers on it pays."""


@contextmanager
def gc_paused(transfers: int) -> Iterator[None]:
    """Pause the collector of cyclic garbage while a block books so many transfers, if they are many.

    A batch makes a dozen tuples for each transfer and not one cycle; the collector, which counts what is made, would
    walk through all of them again and again: a third of the processor's time. Threads that book at the same time do
    not mind who of them starts it again.
    """
    if transfers < LARGE or not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()

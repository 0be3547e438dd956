"""Group commit: transfers that threads of one process want at the same time share one transaction and one flush.

Nobody is answered before the common commit. Whoever comes while a group is being written waits for the next one; one of
them writes for all.
"""

from dataclasses import dataclass, field
from threading import Condition, Lock

from django.db import connection

from qilian.core.house.principal import Principal
from qilian.core.values.text import Refusal
from qilian.engines.ledger.book.entries import Booked, Wanted
from qilian.engines.ledger.book.kernel import PASSED, refusal_of

from .booking import check_rights, post, submit_for

MOST = 1_000
"""How many transfers a group holds at most; the rest goes into the next."""
PATIENCE = 0.002
"""Seconds that a group waits for those who came the last time: less than a flush takes."""


def _wakeup() -> Lock:
    wakeup = Lock()
    wakeup.acquire()
    return wakeup


@dataclass(slots=True)
class _Ticket:
    actor: Principal
    wanted: Wanted
    wakeup: Lock = field(default_factory=_wakeup)  # locked while its owner waits; open: he is answered, or shall write
    answer: Booked | None = None
    error: BaseException | None = None

    @property
    def served(self) -> bool:
        return self.answer is not None or self.error is not None


class GroupCommit:
    """One queue of a process. Rights are checked in the caller's own thread; linked entries belong to `post`.

    Everybody waits on a lock of his own and is woken once: many that wake at once for
    each arrival spend their time so.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._enough = Condition(self._lock)
        self._waiting: list[_Ticket] = []
        self._writing, self._usual = False, 1

    def post(self, *, actor: Principal, entry: Wanted) -> Booked:
        """Book one transfer and return its answer after the commit. Refusals as for `post`.

        Inside an open transaction there is nothing to share: then it is booked there.
        """
        assert not entry.linked
        if connection.in_atomic_block:
            return post(actor=actor, entries=[entry])[0]
        check_rights(actor, [entry])
        ticket = _Ticket(actor, entry)
        if not self._first(ticket):
            ticket.wakeup.acquire()
        if not ticket.served:
            self._write()
        return _answer(ticket)

    def _first(self, ticket: _Ticket) -> bool:
        """Stand in line; whether nobody writes, so that it falls to this one."""
        with self._lock:
            self._waiting.append(ticket)
            if len(self._waiting) >= self._usual:
                self._enough.notify()
            first, self._writing = not self._writing, True
            return first

    def _write(self) -> None:
        """Write for oneself, who heads the line, and for whoever stands behind; wake them, and who writes next."""
        group = self._group()
        try:
            _serve(group)
        finally:
            self._leave(group)

    def _group(self) -> list[_Ticket]:
        """Wait a moment for as many as came last time: they have just been answered and are on their way."""
        with self._lock:
            self._enough.wait_for(lambda: len(self._waiting) >= self._usual, PATIENCE)
            group, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
            return group

    def _leave(self, group: list[_Ticket]) -> None:
        with self._lock:
            self._usual = len(group)
            after = self._waiting[:1]
            self._writing = bool(after)
        for each in (*group, *after):
            each.wakeup.release()


def _serve(group: list[_Ticket]) -> None:
    try:
        answers = submit_for([(each.actor, each.wanted) for each in group])
    except Refusal:
        _one_by_one(group)
    except BaseException as error:  # whatever ends the writer, nobody behind him waits for ever
        for each in group:
            each.error = error
    else:
        for each, answer in zip(group, answers, strict=True):
            each.answer = answer


def _one_by_one(group: list[_Ticket]) -> None:
    """Somebody's transfer cannot even be drafted: nobody else may suffer for it."""
    for each in group:
        try:
            each.answer = submit_for([(each.actor, each.wanted)])[0]
        except Exception as error:
            each.error = error


def _answer(ticket: _Ticket) -> Booked:
    if ticket.error is not None:
        raise ticket.error
    assert ticket.answer is not None
    if ticket.answer.result not in PASSED:
        raise refusal_of(ticket.answer.result, ticket.answer.key or "1")
    return ticket.answer

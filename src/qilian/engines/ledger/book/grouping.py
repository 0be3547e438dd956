"""Group commit: transfers that threads of one process want at the same time share one transaction and one flush.

Nobody is answered before the common commit. Whoever comes while a group is being written waits for the next one; one of
them writes for all.
"""

from dataclasses import dataclass
from threading import Condition

from django.db import connection

from qilian.core.principal import Principal
from qilian.core.text import Refusal

from .entries import Booked, Wanted
from .kernel import PASSED, refusal_of
from .services.booking import check_rights, post, submit_for

MOST = 1_000
"""How many transfers a group holds at most; the rest goes into the next."""
PATIENCE = 0.002
"""Seconds that a group waits for those who came the last time: less than a flush takes."""


@dataclass(slots=True)
class _Ticket:
    actor: Principal
    wanted: Wanted
    answer: Booked | None = None
    error: Exception | None = None

    @property
    def served(self) -> bool:
        return self.answer is not None or self.error is not None


class GroupCommit:
    """One queue of a process. Rights are checked in the caller's own thread; linked entries belong to `post`."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._waiting: list[_Ticket] = []
        self._writing, self._usual = False, 1

    def post(self, *, actor: Principal, entry: Wanted, vouched: bool = False) -> Booked:
        """Book one transfer and return its answer after the commit. Refusals as for `post`.

        Inside an open transaction there is nothing to share: then it is booked there.
        """
        assert not entry.linked
        if connection.in_atomic_block:
            return post(actor=actor, entries=[entry], vouched=vouched)[0]
        if not vouched:
            check_rights(actor, [entry])
        ticket = _Ticket(actor, entry)
        with self._changed:
            self._waiting.append(ticket)
            self._changed.notify_all()
        while not ticket.served:
            self._take_part(ticket)
        return _answer(ticket)

    def _take_part(self, ticket: _Ticket) -> None:
        """Wait until somebody has served the ticket, or write a group oneself."""
        group = self._group(ticket)
        if group:
            try:
                _serve(group)
            finally:
                self._leave(group)

    def _group(self, ticket: _Ticket) -> list[_Ticket]:
        """Wait until somebody has served the ticket (nothing returned), or return the group that is ours to write.

        Who writes waits a moment for as many as came last time: they have just been answered and are on their way.
        """
        with self._changed:
            self._changed.wait_for(lambda: ticket.served or not self._writing)
            if ticket.served:
                return []
            self._writing = True
            self._changed.wait_for(lambda: len(self._waiting) >= self._usual, PATIENCE)
            group, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
            return group

    def _leave(self, group: list[_Ticket]) -> None:
        with self._changed:
            self._writing, self._usual = False, len(group)
            self._changed.notify_all()


def _serve(group: list[_Ticket]) -> None:
    try:
        answers = submit_for([(each.actor, each.wanted) for each in group])
    except Refusal:
        _one_by_one(group)
    except Exception as error:
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

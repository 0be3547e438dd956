"""Group commit: transfers that threads of one process want at the same time share one transaction and one flush.

Nobody is answered before the common commit. Whoever comes while a group is being written waits in the next one; the
first of them to get its turn writes for all.
"""

from dataclasses import dataclass
from threading import Lock

from django.db import connection

from qilian.core.principal import Principal
from qilian.core.text import Refusal

from .entries import Booked, Wanted
from .kernel import PASSED, refusal_of
from .services.booking import check_rights, post, submit_for

MOST = 1_000
"""How many transfers a group holds at most; the rest goes into the next."""


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
        self._mutex, self._turn = Lock(), Lock()
        self._waiting: list[_Ticket] = []

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
        with self._mutex:
            self._waiting.append(ticket)
        with self._turn:
            if not ticket.served:
                self._serve()
        return _answer(ticket)

    def _serve(self) -> None:
        with self._mutex:
            group, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
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

"""Whose an item is, when it is due, and what a person may do with it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from qilian.core.values.text import Refusal, Text

Kind = Literal["person", "post", "pool", "party", "right"]
Light = Literal["", "green", "amber", "red", "blue"]
When = Literal["overdue", "today", "later"]


@dataclass(frozen=True, slots=True)
class Addressee:
    """Who an item waits for: a person, a post, all with a role in a unit, a party, or the holders of a right.

    >>> str(Addressee.post(3)), str(Addressee.pool("fgw", "reviewer"))
    ('post:3', 'pool:fgw/reviewer')
    """

    kind: Kind
    id: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"

    @classmethod
    def person(cls, key: int) -> "Addressee":
        """A person by primary key."""
        return cls("person", str(key))

    @classmethod
    def post(cls, key: int) -> "Addressee":
        """A post by primary key; the item goes with it when the post is handed over."""
        return cls("post", str(key))

    @classmethod
    def pool(cls, unit: str, role: str) -> "Addressee":
        """Everybody with a role in a unit (its slug); one of them claims the item."""
        return cls("pool", f"{unit}/{role}")

    @classmethod
    def party(cls, code: str) -> "Addressee":
        """Everybody who acts for a party (its public code); whoever comes first does it."""
        return cls("party", code)

    @classmethod
    def right(cls, action: str) -> "Addressee":
        """Everybody who may do an action where the item lies, whoever that is when it is read."""
        return cls("right", action)

    @property
    def shared(self) -> bool:
        """Whether several people see the item, and one of them may take it for himself."""
        return self.kind in ("pool", "right")

    @classmethod
    def parse(cls, written: str) -> "Addressee":
        """Read what `str` wrote; ValueError for anything else."""
        kind, _, identifier = written.partition(":")
        match kind:
            case "person" | "post" | "pool" | "party" | "right" if identifier:
                return cls(kind, identifier)
            case _:
                raise ValueError(f"not an addressee: {written!r}")


def when(due: datetime | None, *, now: datetime, tomorrow: datetime) -> When:
    """Group an item by its due moment: past, before the coming midnight, or later; without one it is later."""
    if due is None or due >= tomorrow:
        return "later"
    return "overdue" if due < now else "today"


def light_of(said: Light, due: datetime | None, now: datetime) -> Light:
    """The light to show: red once it is overdue, else what the source said (its clock knows pauses)."""
    return "red" if due is not None and due < now else said


def check_claim(addressee: Addressee, *, mine: bool) -> None:
    """Refuse to claim what does not wait for several people, or waits for others."""
    if not addressee.shared:
        raise Refusal(
            "inbox.claim.taken",
            Text("这件事已经有人认领。", "Somebody has already taken this."),
            where=str(addressee),
            remedy=Text("请从待办列表中选择另一件。", "Choose another item from the list."),
        )
    check_own(addressee, mine=mine)


def check_own(addressee: Addressee, *, mine: bool) -> None:
    """Refuse to act on what waits for somebody else."""
    if not mine:
        raise Refusal(
            "inbox.not_yours",
            Text("这件事不在您的待办之中。", "This does not wait for you."),
            where=str(addressee),
            remedy=Text("请返回“今日待办”。", "Go back to “Mine today”."),
        )


def check_open(done_at: datetime | None) -> None:
    """Refuse to move or claim what is done."""
    if done_at is not None:
        raise Refusal("inbox.done", Text("这件事已经办结。", "This is already done."))

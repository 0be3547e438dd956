"""The one error type of the house: what is wrong, where, and what to do."""

from collections.abc import Iterable, Sequence

from .text import Text


class Refusal(Exception):
    """A lawful no: kernels, verbs, pages, commands and the API raise only this for wrong input or missing right.

    `code` is stable and dotted (`plan.file.empty`); `where` names the field, line or row; `remedy` says what to do.
    `also` are the other things that are wrong with the same input: a person is told all of them at once.
    """

    def __init__(
        self,
        code: str,
        message: Text,
        *,
        where: str = "",
        remedy: Text | None = None,
        also: Sequence["Refusal"] = (),
    ) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.where = where
        self.remedy = remedy
        self.also = tuple(also)

    @property
    def every(self) -> tuple["Refusal", ...]:
        """This refusal and all that stand beside it, each alone, so that to gather them again doubles nothing."""
        alone = Refusal(self.code, self.message, where=self.where, remedy=self.remedy) if self.also else self
        return (alone, *(each for beside in self.also for each in beside.every))

    def __str__(self) -> str:
        parts = [str(self.message), str(self.remedy) if self.remedy else ""]
        return " ".join(part for part in parts if part)

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), self.code, self.message, self.where, self.remedy, self.also)


class Unfit(Refusal):
    """A refusal of what was sent to an address that is there: a code in it that names nothing is no page not found."""

    @classmethod
    def of(cls, refusal: Refusal, where: str = "") -> "Unfit":
        """The same refusal, said of what was sent; `where` names the member that is wrong."""
        place = where or refusal.where
        return cls(refusal.code, refusal.message, where=place, remedy=refusal.remedy, also=refusal.also)


def refuse_all(refusals: Iterable[Refusal]) -> None:
    """Raise what is wrong, all of it as one refusal in the order given; nothing happens where nothing is wrong."""
    found = [each for refusal in refusals for each in refusal.every]
    if found:
        first = found[0]
        raise Refusal(first.code, first.message, where=first.where, remedy=first.remedy, also=found[1:])


def _rebuild(
    kind: type[Refusal], code: str, message: Text, where: str, remedy: Text | None, also: tuple[Refusal, ...]
) -> Refusal:
    return kind(code, message, where=where, remedy=remedy, also=also)

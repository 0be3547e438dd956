"""The one error type of the house: what is wrong, where, and what to do."""

from .text import Text


class Refusal(Exception):
    """A lawful no: kernels, verbs, pages, commands and the API raise only this for wrong input or missing right.

    `code` is stable and dotted (`plan.file.empty`); `where` names the field, line or row; `remedy` says what to do.
    """

    def __init__(self, code: str, message: Text, *, where: str = "", remedy: Text | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.where = where
        self.remedy = remedy

    def __str__(self) -> str:
        parts = [str(self.message), str(self.remedy) if self.remedy else ""]
        return " ".join(part for part in parts if part)

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (self.code, self.message, self.where, self.remedy)


def _rebuild(code: str, message: Text, where: str, remedy: Text | None) -> Refusal:
    return Refusal(code, message, where=where, remedy=remedy)

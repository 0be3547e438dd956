"""A reference across engines: kind and id as text, never a foreign key upward."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ref:
    """A pointer to any record of the house, written `kind:id`.

    >>> str(Ref("spine.clause", "qinghai-2015/2.7.2"))
    'spine.clause:qinghai-2015/2.7.2'
    """

    kind: str
    id: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"

    @classmethod
    def parse(cls, written: str) -> "Ref":
        """Read `kind:id`; ValueError when there is no colon or either side is empty."""
        kind, _, identifier = written.partition(":")
        if not kind or not identifier:
            raise ValueError(f"not a reference: {written!r}")
        return cls(kind, identifier)

"""What reading of roles returns, and what it may know before: names, strings that are none, words of a house."""

from dataclasses import dataclass

from qilian.spine.language.api import Role, Span


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """Words that a person has to look at: where, what kind of doubt, and a sentence in Chinese."""

    span: Span
    kind: str
    message: str

    def as_json(self) -> dict[str, str | list[int]]:
        """Return the diagnostic as it stands in the JSON."""
        return {"span": list(self.span), "kind": self.kind, "message": self.message}


@dataclass(frozen=True, slots=True)
class Doubt:
    """Words of an annotation that could be read in two ways: the one taken and the other, with their evidence."""

    span: Span
    taken: str
    other: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A unit string in a role; `assumed` when no word gave the role; `star` is the mark at the name (*, ★), if any."""

    span: Span
    role: Role
    assumed: bool = False
    star: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What an annotation says; spans are relative to its first character; `asides` stand behind labels not of roles."""

    mentions: tuple[Mention, ...] = ()
    more: tuple[Span, ...] = ()
    open: bool = False
    persons: tuple[Span, ...] = ()
    times: tuple[Span, ...] = ()
    labelled: bool = False
    spoken: bool = False
    first_leads: bool = False
    following: bool = False
    dropped: tuple[Span, ...] = ()
    asides: tuple[Span, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    understood: bool = True


@dataclass(frozen=True, slots=True)
class Annotation:
    """Words that assign: `span` with its brackets, `inner` what was read, `form` how it is written.

    An annotation of the form `inside` stands in the words of its clause and divides nothing.
    """

    span: Span
    inner: Span
    reading: Reading
    form: str

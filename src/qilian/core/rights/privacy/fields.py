"""Fields for personal data in any table: a sealed value, and a blind index beside it where people search by it.

    phone = SealedField(kind="phone", blank=True)
    phone_index = BlindIndexField(of="phone")

Assign plain text; what is read is a `Sealed`, which writes itself as its mask wherever it lands: a page, a CSV, a log.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models.query_utils import DeferredAttribute

from qilian.core.values.text import Refusal

from .kernel import KINDS, mask
from .ring import blinded, opened, sealed


@dataclass(frozen=True, slots=True, repr=False)
class Sealed:
    """A sealed value: false when empty; as text it is its mask, never its content."""

    data: bytes
    kind: str
    column: str

    def __bool__(self) -> bool:
        return bool(self.data)

    def __str__(self) -> str:
        return mask(self.kind, unseal(self))

    def __repr__(self) -> str:
        return f"<sealed {self.column}>"


def unseal(value: Sealed) -> str:
    """Open a value for the house's own work (sending, comparing, matching), never for a reader: that is `reveal`.

    Refusals `privacy.damaged`, `privacy.key`.
    """
    return opened(value.data, column=value.column)


def readable(value: Sealed) -> str:
    """What a sealed column holds; "" where it is empty, or damaged: then it is told as a difference from the log."""
    try:
        return unseal(value) if value else ""
    except Refusal:
        return ""


if TYPE_CHECKING:
    _Field = models.Field[str | Sealed, Sealed]
    _CharField = models.CharField[str, str]
else:
    _Field, _CharField = models.Field, models.CharField


class _Attribute(DeferredAttribute):
    """Seals what is assigned at once, so that plain text never stays on a row."""

    field: "SealedField"

    def __set__(self, instance: models.Model, value: str | bytes | memoryview | Sealed) -> None:
        instance.__dict__[self.field.attname] = self.field.sealed(value)


class SealedField(_Field):
    """A text sealed at rest (`bytea`); `kind` is one of `privacy.KINDS` and says how it is masked and compared.

    It cannot be filtered or sorted by: search goes through a `BlindIndexField` and `matching`.
    """

    descriptor_class = _Attribute

    def __init__(self, *args: Any, kind: str = "text", **options: Any) -> None:
        assert kind in KINDS, kind
        self.kind = kind
        super().__init__(*args, **options)

    @property
    def place(self) -> str:
        """The column as envelopes are bound to it."""
        return f"{self.model._meta.db_table}.{self.name}"

    def get_internal_type(self) -> str:
        """Stored as bytes."""
        return "BinaryField"

    def deconstruct(self) -> tuple[str, str, Any, dict[str, Any]]:
        """Write the kind into migrations."""
        name, path, args, options = super().deconstruct()
        return name, path, args, {**options, "kind": self.kind}

    def sealed(self, value: str | bytes | memoryview | Sealed) -> Sealed:
        """Seal a text for this column; bytes are what the database holds."""
        if isinstance(value, Sealed) and value.column == self.place:
            return value
        text = unseal(value) if isinstance(value, Sealed) else value
        data = sealed(text.strip(), column=self.place) if isinstance(text, str) else bytes(text)
        return Sealed(data, self.kind, self.place)

    def from_db_value(self, value: bytes | memoryview | None, *_: object) -> Sealed:
        """Read a row's bytes; nothing is opened yet."""
        return Sealed(bytes(value or b""), self.kind, self.place)

    def get_default(self) -> str:
        """Empty unless given."""
        return ""

    def get_prep_value(self, value: Any) -> bytes:
        """Write the sealed bytes; a plain text is sealed first."""
        return self.sealed(value).data

    def get_lookup(self, lookup_name: str) -> Any:  # noqa: ARG002 — Django names it
        """No lookup: equal texts have different envelopes."""
        return None


class BlindIndexField(_CharField):
    """The blind index of a sealed field, written with it: 32 hexadecimal digits, empty for an empty value.

    A save with `update_fields` names both fields.
    """

    def __init__(self, *args: Any, of: str, **options: Any) -> None:
        self.of = of
        super().__init__(*args, **{"max_length": 32, "blank": True, "default": "", "db_index": True, **options})

    def deconstruct(self) -> tuple[str, str, Any, dict[str, Any]]:
        """Write the sealed field's name into migrations."""
        name, path, args, options = super().deconstruct()
        return name, path, args, {**options, "of": self.of}

    def index_of(self, row: models.Model) -> str:
        """The index of a row's value under today's key."""
        value: Sealed = getattr(row, self.of)
        return blinded(value.kind, unseal(value), column=value.column)

    def pre_save(self, model_instance: models.Model, add: bool) -> str:  # noqa: ARG002 — Django names it
        """Follow the sealed value."""
        index = self.index_of(model_instance)
        setattr(model_instance, self.attname, index)
        return index


def sealed_fields(model: type[models.Model]) -> list[SealedField]:
    """The sealed fields of a table."""
    return [field for field in model._meta.concrete_fields if isinstance(field, SealedField)]


def index_fields(model: type[models.Model]) -> list[BlindIndexField]:
    """The blind indices of a table."""
    return [field for field in model._meta.concrete_fields if isinstance(field, BlindIndexField)]

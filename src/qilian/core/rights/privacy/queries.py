"""Finding rows by personal values, and counting what is sealed with which key."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Count, F, Func, Q, QuerySet, Value

from qilian.core.house.principal import SYSTEM, acting
from qilian.core.log.events.api import Event
from qilian.core.values.text import Ref

from .fields import BlindIndexField, SealedField, index_fields, sealed_fields
from .kernel import MARK_BYTES
from .ring import candidates

REVEALED = "privacy.value.revealed"


def matching(model: type[models.Model], field: str, written: str) -> Q:
    """The condition that a sealed field equals a value, however it was written; nothing matches an empty value.

    The table has a `BlindIndexField(of=field)`; StopIteration when it has none, which is a defect.
    """
    index = next(each for each in index_fields(model) if each.of == field)
    sealed = model._meta.get_field(field)
    assert isinstance(sealed, SealedField)
    return Q(**{f"{index.name}__in": candidates(sealed.kind, written, column=sealed.place)})


def sealed_tables() -> Iterator[type[models.Model]]:
    """Every table that holds sealed values."""
    return (model for model in apps.get_models() if sealed_fields(model))


def under_other_keys(model: type[models.Model], current: str) -> QuerySet[Any]:
    """The rows of a table of which some value is sealed with another key than the current one, by primary key."""
    wanted, rows, old = b"\x01" + bytes.fromhex(current), model._default_manager.all(), Q()
    for field in sealed_fields(model):
        rows = rows.annotate(**{f"{field.name}_sealed_with": _mark(field)})
        old |= ~Q(**{f"{field.name}_sealed_with": wanted}) & ~Q(**{f"{field.name}_sealed_with": b""})
    return rows.filter(old).order_by("pk")


def values_by_key() -> Counter[str]:
    """How many values are sealed with each key, over all tables; read as the system, past every row policy."""
    found: Counter[str] = Counter()
    with acting(SYSTEM):
        for model in sealed_tables():
            for field in sealed_fields(model):
                marks = model._default_manager.annotate(sealed_with=_mark(field)).order_by().values_list("sealed_with")
                for mark, count in marks.annotate(count=Count("*")):
                    if mark:
                        found[bytes(mark)[1:].hex()] += count
    return found


def looks_at(ref: Ref) -> QuerySet[Event]:
    """Who looked at personal values of a record, the latest first: for the audit and for the person himself."""
    return Event.objects.filter(subject=str(ref), type=REVEALED).order_by("-at", "-pk")


def index_of(model: type[models.Model], field: str) -> BlindIndexField | None:
    """The blind index of a sealed field, if it has one."""
    return next((each for each in index_fields(model) if each.of == field), None)


def _mark(field: SealedField) -> Func:
    """The first bytes of a column: version and key."""
    cut = (Value(1), Value(MARK_BYTES))
    return Func(F(field.name), *cut, function="substring", output_field=models.BinaryField())

"""Which personal values may be looked at, and by whom: each room or engine says it of its own records."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models

from qilian.core.rights.grants.api import Scope
from qilian.core.values.text import Ref, Refusal, Text


def _anywhere(_row: Any) -> Scope:
    return Scope()


def _nobody(_row: Any) -> int | None:
    return None


def _nowhere(_row: Any) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Looking:
    """The personal values of one kind of record: who may look, at what, within which scope.

    `kind` is the record's Ref kind, found by its public `code`; `fields` are names and labels of sealed fields, or of
    plain ones that pages mask; `about` gives the person (primary key) whom a row is about: he needs no right for his
    own values; `url` leads back to the record.
    """

    kind: str
    model: type[models.Model]
    action: str
    fields: Mapping[str, Text]
    scope: Callable[[Any], Scope] = _anywhere
    about: Callable[[Any], int | None] = _nobody
    url: Callable[[Any], str] = _nowhere


_known: dict[str, Looking] = {}


def let_look(looking: Looking) -> None:
    """Say what may be looked at of a kind of record; the same kind from another table is a TypeError."""
    if _known.setdefault(looking.kind, looking).model is not looking.model:
        raise TypeError(f"{looking.kind} is registered twice")


def looking_at(ref: Ref, field: str) -> tuple[Looking, Any]:
    """Find what is asked for: the registration and the row; Refusal `privacy.unknown` (HTTP 404)."""
    looking = _known.get(ref.kind)
    if looking is not None and field in looking.fields:
        row = looking.model._default_manager.filter(code=ref.id).first()
        if row is not None:
            return looking, row
    message = Text("没有这项个人数据。", "There is no such personal value.")
    remedy = Text("请从记录页面进入。", "Come here from the record's page.")
    raise Refusal("privacy.unknown", message, where=field, remedy=remedy)

"""What every table shares: a public code, terms from day to day, and the marks that the database's rights come from."""

from datetime import date

from django.db import models
from django.db.models import Q

from qilian.core.values.text import public_code

from .cutting import SAMPLE, cut, taken
from .statements import copied, prepared

__all__ = ["SAMPLE", "Coded", "copied", "cut", "prepared", "running", "taken"]


class Coded(models.Model):
    """A row that the public may name: bigint inside, a random 128-bit code outside.

    A model may carry marks that `core.postgres` turns into rights of the application's role: `append_only = True`
    (UPDATE and DELETE are revoked), `kept = True` (DELETE is), `row_policy = "<SQL condition>"` (row-level security).
    """

    code = models.CharField(max_length=26, unique=True, default=public_code, editable=False)

    class Meta:
        abstract = True


def running(on: date, prefix: str = "") -> Q:
    """The condition that a term (`valid_from` to `valid_to`, both included, open when empty) runs on a day.

    `prefix` is the path to the row that has the term, such as `post__`.
    """
    ends = Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gte": on})
    return Q(**{f"{prefix}valid_from__lte": on}) & ends

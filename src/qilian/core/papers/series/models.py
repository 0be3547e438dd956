"""The last number of each series in a year."""

from django.db import models


class Series(models.Model):
    """The counter of a series in a year; its row is locked while a number is taken, so none is skipped."""

    name = models.CharField(max_length=140)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "core_series"
        constraints = [models.UniqueConstraint(fields=["name", "year"], name="core_series_once")]

    def __str__(self) -> str:
        return f"{self.name} {self.year}"

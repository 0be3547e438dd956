"""Days that are not what their weekday says, the notices of years, and the version that caches compare."""

from django.db import models
from django.db.models import Q

from qilian.core.values.text import public_code


class CalendarDay(models.Model):
    """A rule on one day of a region (empty: the whole country); days without a row follow the weekday rule."""

    region = models.CharField(max_length=6, blank=True)
    day = models.DateField()
    is_workday = models.BooleanField()
    name = models.CharField(max_length=60, blank=True)
    name_en = models.CharField(max_length=80, blank=True)
    source = models.CharField(max_length=200)
    provisional = models.BooleanField(default=False)

    class Meta:
        db_table = "core_calendar_day"
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(fields=["region", "day"], name="core_calendar_day_once"),
            models.CheckConstraint(condition=~Q(source=""), name="core_calendar_day_has_source"),
        ]


class CalendarYear(models.Model):
    """Where the rules of a year come from, and whether the official notice is still awaited."""

    region = models.CharField(max_length=6, blank=True)
    year = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=200)
    provisional = models.BooleanField()

    class Meta:
        db_table = "core_calendar_year"
        ordering = ["year"]
        constraints = [
            models.UniqueConstraint(fields=["region", "year"], name="core_calendar_year_once"),
            models.CheckConstraint(condition=~Q(source=""), name="core_calendar_year_has_source"),
        ]


class CalendarVersion(models.Model):
    """One row that counts the changes of all calendars: a process keeps what it loaded while number and mark stand.

    The mark is random: a number that was rolled back and given again to another change is not the same version.
    """

    number = models.PositiveIntegerField()
    mark = models.CharField(max_length=26, default=public_code)

    class Meta:
        db_table = "core_calendar_version"
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="core_calendar_version_one_row")]

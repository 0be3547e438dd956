"""Who watches what."""

from django.db import models

from qilian.core.who.people.models import Person


class Watch(models.Model):
    """A person watches a record until he says otherwise; nobody else sees that he does."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="watches")
    subject = models.CharField(max_length=160)  # Ref
    at = models.DateTimeField()

    class Meta:
        db_table = "core_watch"
        constraints = [models.UniqueConstraint(fields=["person", "subject"], name="core_watch_once")]

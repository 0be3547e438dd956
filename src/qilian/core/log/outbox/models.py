"""Why jobs failed: the queue itself (procrastinate's tables) keeps only that they did."""

from django.db import models


class JobFailure(models.Model):
    """One attempt at a job that failed: the error's kind, words and place, never the job's arguments."""

    append_only = True

    job = models.BigIntegerField()
    name = models.CharField(max_length=128)
    attempt = models.PositiveIntegerField()
    at = models.DateTimeField()
    error = models.CharField(max_length=600)

    class Meta:
        db_table = "core_job_failure"
        indexes = [models.Index(fields=["job", "id"])]

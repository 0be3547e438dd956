"""Links that were mailed, and what waits behind each."""

from django.db import models
from django.db.models import Q

from qilian.core.who.people.models import Person


class MailedLink(models.Model):
    """A link that works once: it opens an account (`signup`), sets a password, or proves another address (`email`).

    Of its code only a digest is kept, written when the mail goes out. A sign-up holds name and hashed password until
    its address is proved; the other two belong to a person.
    """

    purpose = models.CharField(max_length=8)
    email = models.CharField(max_length=254)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=80, blank=True)
    password = models.CharField(max_length=128, blank=True)
    language = models.CharField(max_length=8, default="zh")
    digest = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "core_mailed_link"
        constraints = [
            models.UniqueConstraint(fields=["digest"], condition=~Q(digest=""), name="core_mailed_link_digest")
        ]
        indexes = [
            models.Index(fields=["email", "purpose"], name="core_mailed_link_to"),
            models.Index(fields=["expires_at"], name="core_mailed_link_until"),
        ]

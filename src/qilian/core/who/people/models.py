"""People, their posts, and who deputises whom."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from qilian.core.house.tables import Coded
from qilian.core.rights.privacy.api import BlindIndexField, SealedField
from qilian.core.who.units.models import Unit


class PersonManager(BaseUserManager["Person"]):
    """Finds a person by the name he signs in with."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        """Return the person with this login, written in small or capital letters; of two alike the exact one."""
        alike = list(self.filter(login__iexact=username or "")[:2])
        return alike[0] if len(alike) == 1 else self.get(login=username)


class Person(Coded, AbstractBaseUser):
    """A natural person who can sign in: an official, someone who acts for a party, or an administrator."""

    login = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=80)
    name_pinyin = models.CharField(max_length=160, blank=True)
    email = models.EmailField(blank=True)
    phone = SealedField(kind="phone", blank=True)
    phone_index = BlindIndexField(of="phone")
    language = models.CharField(max_length=8, default="zh")
    is_active = models.BooleanField(default=True)
    first_password_until = models.DateTimeField(null=True, blank=True)  # set while another's word is his password
    created_at = models.DateTimeField()

    objects = PersonManager()
    USERNAME_FIELD = "login"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        db_table = "core_person"
        ordering = ["name_pinyin", "id"]

    def __str__(self) -> str:
        return self.name


class Post(Coded):
    """A person in a unit's section with a role, from a day to a day (last day included); open without `valid_to`."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="posts")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posts")
    section = models.CharField(max_length=80, blank=True)
    role = models.CharField(max_length=40)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    succeeded_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="predecessors"
    )

    class Meta:
        db_table = "core_post"
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="core_post_term_in_order"
            )
        ]
        indexes = [models.Index(fields=["person", "valid_from"]), models.Index(fields=["unit", "role"])]


class Deputy(Coded):
    """Somebody who acts in another's post for a term (代理), for a reason; the act stays on both names."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="deputies")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="deputising")
    valid_from = models.DateField()
    valid_to = models.DateField()
    reason = models.CharField(max_length=200)

    class Meta:
        db_table = "core_deputy"
        constraints = [
            models.CheckConstraint(condition=Q(valid_to__gte=F("valid_from")), name="core_deputy_term_in_order")
        ]

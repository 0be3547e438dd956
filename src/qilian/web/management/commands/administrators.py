"""`manage administrators`: the three administrators of a real database; their passwords are shown once."""

from django.core.management.base import BaseCommand

from qilian.web.administrators import make_administrators


class Command(BaseCommand):
    """Make the administrators; again is harmless and shows nothing."""

    help = "建立三名管理员 Make the three administrators"

    def handle(self, *_: object, **__: object) -> None:
        """Make them and show their passwords."""
        for login, password, role in make_administrators():
            self.stdout.write(f"{login}  {password}  {role}")

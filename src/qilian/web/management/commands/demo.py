"""`manage demo`: the demonstration province, as far as it is not there yet."""

from django.core.management.base import BaseCommand

from qilian.web.demo import fill


class Command(BaseCommand):
    """Fill the demonstration; again is harmless."""

    help = "载入演示数据 Fill the demonstration"

    def handle(self, *_: object, **__: object) -> None:
        """Fill it."""
        fill()

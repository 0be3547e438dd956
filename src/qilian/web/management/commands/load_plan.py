"""`manage load_plan`: regions, units and the plan's facts into any database; again is harmless."""

from django.core.management.base import BaseCommand

from qilian.web.province import load_province


class Command(BaseCommand):
    """Load the plan of QILIAN_PLAN."""

    help = "载入方案、单位和区划 Load the plan with its units and regions"

    def handle(self, *_: object, **__: object) -> None:
        """Load, and say what is in force now."""
        version = load_province()
        self.stdout.write(f"{version.plan.slug} v{version.number}")

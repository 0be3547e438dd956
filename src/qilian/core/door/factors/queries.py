"""Reading second factors: what a person has, whether he needs one, where his session stands."""

from django.conf import settings
from django.db.models import QuerySet

from qilian.core.rights.grants.api import actions_held, administers
from qilian.core.values import clock
from qilian.core.who.people.api import Person, held_by

from .kernel import RequiredStep, required_step
from .models import Factor, RecoveryCode


def factors_of(person: int) -> QuerySet[Factor]:
    """The factors that a person (primary key) has set up, the oldest first."""
    return Factor.objects.filter(person=person, confirmed_at__isnull=False).order_by("made_at", "pk")


def codes_left(person: int) -> int:
    """How many recovery codes are unused."""
    return RecoveryCode.objects.filter(person=person, used_at=None).count()


def is_required(person: Person) -> bool:
    """Whether a person must have a second factor: officials and administrators, where the house asks for it.

    QILIAN_TWO_FACTORS; source: GB/T 22239-2019 8.1.4.1 d, two kinds of authentication.
    """
    if not settings.TWO_FACTORS:
        return False
    today = clock.today()
    return held_by(person, on=today).exists() or administers(actions_held(person.pk, on=today))


def required_step_of(person: Person, *, shown: bool, elsewhere: bool = False) -> RequiredStep:
    """Where a session of a person stands: open, to show a factor, to change a first password, or to set a factor up."""
    has_factor = factors_of(person.pk).exists()
    first = person.first_password_until is not None
    required = not has_factor and not first and is_required(person)
    return required_step(
        has_factor=has_factor, required=required, shown=shown, first_password=first, elsewhere=elsewhere
    )

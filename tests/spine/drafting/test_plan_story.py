import pytest

from qilian.core.log.events.api import written
from qilian.core.who.people.api import Person
from qilian.spine.plan.api import PlanVersion, in_force, totals
from qilian.web.demo import FIGURES, PASSWORD, fill, logins

pytestmark = [pytest.mark.usefixtures("demonstration"), pytest.mark.django_db]


def test_the_demonstration_fills_once():
    counted = written().count(), Person.objects.count(), PlanVersion.objects.count()
    fill()
    assert (written().count(), Person.objects.count(), PlanVersion.objects.count()) == counted
    counts = totals(in_force())
    assert (counts.clauses, counts.duties, counts.units) == (60, 203, 34)
    assert [row["login"] for row in logins()] == [figure.login for figure in FIGURES]
    assert Person.objects.get(login="planner").check_password(PASSWORD)

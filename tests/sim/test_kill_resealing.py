"""The job that seals personal data anew is killed again and again: every value stays readable, none is done twice."""

import os
import random
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from qilian.core.log.keyring.api import ensure, turn
from qilian.core.rights.privacy.api import unseal
from qilian.core.rights.privacy.jobs import reseal
from qilian.core.rights.privacy.queries import under_other_keys, values_by_key
from qilian.core.rights.privacy.ring import path, ring
from qilian.core.values import clock
from qilian.core.who.people.api import Person

KILLS, PEOPLE, SEED = 4, 1_500, 20150102
VICTIM = Path(__file__).with_name("resealer_victim.py")


def kill_in_mid_batch(var: Path, chance: random.Random) -> int:
    """Let a worker run a moment, kill it, and return how many rows it said were committed."""
    database = connection.settings_dict
    command = [sys.executable, str(VICTIM), database["HOST"], database["NAME"]]
    environment = {**os.environ, "PYTHONPATH": "src", "DJANGO_SETTINGS_MODULE": "qilian.web.settings"}
    environment["QILIAN_VAR"] = str(var)
    victim = subprocess.Popen(command, env=environment, cwd=VICTIM.parents[2], stdout=subprocess.PIPE, text=True)
    assert victim.stdout is not None and victim.stdout.readline() == "ready\n"
    time.sleep(chance.uniform(0.005, 0.1))
    os.kill(victim.pid, signal.SIGKILL)
    said, _ = victim.communicate(timeout=30)
    return sum(int(line) for line in said.splitlines() if line.isdigit())


@pytest.mark.usefixtures("committing")
def test_a_killed_rotation_leaves_every_value_readable(settings: object, tmp_path: Path) -> None:
    settings.VAR = tmp_path
    ensure(path(), at=clock.now() - timedelta(days=90))
    numbers = {f"p{number}": f"138{number:08d}" for number in range(PEOPLE)}
    people = [Person(login=login, name=login, phone=phone, created_at=clock.now()) for login, phone in numbers.items()]
    Person.objects.bulk_create(people)
    turn(path(), at=clock.now())
    chance, said = random.Random(SEED), 0
    for _ in range(KILLS):
        said += kill_in_mid_batch(tmp_path, chance)
        time.sleep(0.3)  # the server notices the death and rolls back what was not committed
        assert under_other_keys(Person, ring().current).count() <= PEOPLE - said  # what it said is kept
        assert {row.login: unseal(row.phone) for row in Person.objects.all()} == numbers
    reseal()
    assert values_by_key() == {ring().current: PEOPLE}
    assert {row.login: unseal(row.phone) for row in Person.objects.all()} == numbers

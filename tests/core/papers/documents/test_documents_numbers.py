"""Eight issuers at once, some of whom change their minds: the numbers have no gap and none is given twice."""

import random
import threading

import pytest
from django.db import connection, transaction

from qilian.core.house.principal import SYSTEM
from qilian.core.papers.documents.api import Document, Sheet, issue
from qilian.core.papers.series.models import Series

ISSUERS, ROUNDS = 8, 12


class Abandoned(Exception):
    """An issuer changed his mind."""


def write(issuer: int, kept: list[str], failures: list[BaseException]) -> None:
    chance = random.Random(issuer)
    try:
        for number in range(ROUNDS):
            try:
                with transaction.atomic():
                    made = issue(actor=SYSTEM, sheet=Sheet(f"{issuer}-{number}"), unit="fgw", agency="青服务办")
                    if chance.random() < 0.3:
                        raise Abandoned
                kept.append(made.code)
            except Abandoned:
                continue
    except BaseException as failure:
        failures.append(failure)
    finally:
        connection.close()


@pytest.mark.usefixtures("committing")
def test_numbers_have_no_gap() -> None:
    kept: list[str] = []
    failures: list[BaseException] = []
    issuers = [threading.Thread(target=write, args=(number, kept, failures)) for number in range(ISSUERS)]
    for thread in issuers:
        thread.start()
    for thread in issuers:
        thread.join()
    assert failures == []
    serials = sorted(Document.objects.values_list("serial", flat=True))
    assert 0 < len(kept) < ISSUERS * ROUNDS
    assert serials == list(range(1, len(kept) + 1))
    assert set(Document.objects.values_list("code", flat=True)) == set(kept)
    assert Series.objects.get().last == len(kept)

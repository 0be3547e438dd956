"""Whatever the stories of a month lay before people leads to a page of this house."""

import pytest
from django.urls import resolve

from qilian.core.house.principal import SYSTEM, acting
from qilian.core.who.inbox.api import InboxItem
from qilian.core.who.notices.models import Notice

pytestmark = [pytest.mark.usefixtures("demonstration"), pytest.mark.django_db]


def test_every_item_and_notice_leads_somewhere() -> None:
    with acting(SYSTEM):
        items = dict(InboxItem.objects.order_by("pk").values_list("kind", "url"))
    notices = dict(Notice.objects.exclude(url="").order_by("pk").values_list("title_en", "url"))
    assert len(items) > 3 and len(notices) > 3
    for url in {*items.values(), *notices.values()}:
        resolve(url.partition("?")[0].partition("#")[0])


def test_what_two_people_decide_waits_for_the_second() -> None:
    """Each kind of proposal that the stories make was laid before somebody, and nothing decided still lies there."""
    with acting(SYSTEM):
        laid = set(InboxItem.objects.filter(addressee__startswith="right:").values_list("kind", flat=True))
        left = InboxItem.objects.filter(done_at=None, kind="parameters.value").count()
    assert {"parameters.value", "grades.method", "budgets.decision", "banking.resolution", "budgets.tranche"} <= laid
    assert left == 0

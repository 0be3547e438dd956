"""The coverage of the plan from three sources: the packs, the plan's facts, and the log."""

from dataclasses import replace

from django.conf import settings
from django.db import DatabaseError

from qilian.core.house.parts.api import kinds
from qilian.core.log.events.api import types
from qilian.core.log.figures.api import first_by_offer
from qilian.core.offers.offers.api import closed_paths
from qilian.core.offers.packs.api import packs

from .facts import PlanFacts, read_plan
from .kernel.coverage import Coverage, Evidence, coverage


def facts() -> PlanFacts:
    """Return the facts of the plan that this deployment runs (`QILIAN_PLAN`)."""
    return read_plan(settings.PLAN)


def evidence() -> dict[str, Evidence]:
    """Return by offer when it was first opened, used through a whole life, and stood in a released figure.

    An event type says with `proves` which of the three its events show; an offer without such events has no evidence,
    and one that is closed today is not open, whatever it was before.
    """
    found: dict[str, Evidence] = {}
    proving = {kind.name: kind.proves for kind in types().values() if kind.proves}
    for (offer, name), at in first_by_offer(sorted(proving)).items():
        known = found.get(offer, Evidence())
        before = getattr(known, proving[name])
        found[offer] = replace(known, **{proving[name]: min(at, before) if before else at})
    closed = closed_paths() if found else frozenset()
    return {offer: each for offer, each in found.items() if offer not in closed}


def declared() -> tuple[str, ...]:
    """Return the paths of all offers that the packs declare: with the evidence, all that the report is made from."""
    return tuple(pack.path(offer) for pack in packs() for offer in pack.offers)


def report(*, with_log: bool = True) -> Coverage:
    """Return the coverage; without the log every declared offer stays `declared`."""
    return coverage(packs(), facts().clauses, evidence() if with_log else {}, kinds())


def report_anywhere() -> tuple[Coverage, bool]:
    """Return the coverage and whether the log was read: the command line also works where no database runs."""
    try:
        return report(), True
    except DatabaseError:
        return report(with_log=False), False

"""Figures of a party, and the size class that follows from the latest of them."""

from datetime import date

from django.db import transaction

from qilian.core.house.principal import Principal
from qilian.core.log.events.api import emit
from qilian.core.values import clock
from qilian.core.values.money import Money
from qilian.core.values.text import Refusal, Text, refuse_all
from qilian.engines.registry.parties.books import industries, thresholds
from qilian.engines.registry.parties.events import FiguresRecorded
from qilian.engines.registry.parties.kernel.life import check_day, refuse_merged
from qilian.engines.registry.parties.kernel.sizes import Measured, Size, size_of
from qilian.engines.registry.parties.models import Party, PartyFigure

from .common import AMEND, locked, party_ref, registration_of, require_on


@transaction.atomic
def record_figures(
    *,
    actor: Principal,
    party: Party,
    on: date,
    employees: int | None = None,
    revenue: Money | None = None,
    assets: Money | None = None,
    source: str,
) -> Size:
    """Write down employees, revenue and total assets of a party on a day; return the class of that day.

    Those who act for the party may, and holders of `registry.amend`. Figures of the same day are replaced; the event
    keeps both. Refusals: `grants.denied`, `registry.party.merged`, `registry.day.future`, `registry.figures.none`,
    `.negative`, `.source`.
    """
    row = locked(party)
    if row.code not in actor.parties:
        require_on(actor, AMEND, row)
    refuse_merged(registration_of(row))
    check_day(on, clock.today())
    fen = {"revenue": revenue.fen if revenue else None, "assets": assets.fen if assets else None}
    _check(employees, tuple(fen.values()), source)
    values = {"employees": employees, **fen, "source": source.strip()}
    PartyFigure.objects.update_or_create(party=row, on=on, defaults=values)
    size = _class_on(row, Measured(on, employees, fen["revenue"], fen["assets"]))
    resize(row)
    row.save(update_fields=["size", "size_on"])
    body = FiguresRecorded(on, employees, fen["revenue"], fen["assets"], size.size, source.strip())
    emit(body, actor=actor, subject=party_ref(row), party=row.code, region=row.region[:6])
    return size


def resize(row: Party) -> None:
    """Set the class of a row (not saved) from its latest figures."""
    latest = PartyFigure.objects.filter(party=row).order_by("-on").first() if row.pk else None
    size = _class_on(row, measured(latest)) if latest else Size()
    row.size, row.size_on = size.size, latest.on if latest and size.size else None


def measured(row: PartyFigure) -> Measured:
    """Figures as the rules take them."""
    return Measured(row.on, row.employees, row.revenue, row.assets)


def size_on(row: Party, figures: PartyFigure) -> Size:
    """The class of a party by the figures of a day, or what is missing for it."""
    return _class_on(row, measured(figures))


def _class_on(row: Party, figures: Measured) -> Size:
    return size_of(industries().path(row.industry), figures, thresholds())


def _check(employees: int | None, fen: tuple[int | None, ...], source: str) -> None:
    values = [value for value in (employees, *fen) if value is not None]
    wrong = []
    if not values:
        message = Text("至少填写一项规模数据。", "Give at least one figure.")
        wrong.append(Refusal("registry.figures.none", message, where="employees"))
    if min(values, default=0) < 0:
        message = Text("规模数据不能为负。", "Figures are not below zero.")
        wrong.append(Refusal("registry.figures.negative", message, where="employees"))
    if not source.strip():
        message = Text("请写明数据来源。", "Say where the figures come from.")
        wrong.append(Refusal("registry.figures.source", message, where="source"))
    refuse_all(wrong)

"""Parties to pick from in any form: by name, pinyin, initials or code; what is merged leads to its survivor."""

from collections.abc import Iterable

from django.db.models import Q

from qilian.core.house.choices.api import Choice, Source
from qilian.core.house.principal import Principal
from qilian.core.house.tables import cut
from qilian.core.values.text import Text
from qilian.core.who.regions.api import region_title

from .books import simplified
from .kernel.codes import tidy_code, veiled
from .kernel.kinds import STATUSES
from .kernel.names import name_key
from .models import Party
from .queries import parties, search_parties, survivor_of

_MANY = 13  # what a picker shows, and one more that says there are others


def _fitting(_me: Principal, words: str) -> Iterable[Party]:
    """Public parties that fit some words, by pinyin; a natural person is found by his code alone."""
    rows = search_parties(words, parties().exclude(kind="citizen")).order_by("pinyin", "id")
    return cut(rows, 0, _MANY)[0]


def _named(_me: Principal, written: str) -> Iterable[Party]:
    """The parties that a code names, else those that bear exactly this name."""
    rows, code = Party.objects.select_related("merged_into"), tidy_code(written)
    coded = rows.filter(Q(uscc=code) & ~Q(uscc="") | Q(old_code=code) & ~Q(old_code="") | Q(code=written))
    found = list(coded[:4]) or list(
        parties().filter(name_key=name_key(written, simplified())).exclude(kind="citizen")[:4]
    )
    return {row.pk: row for row in map(survivor_of, found)}.values()


def _shown(row: Party) -> Choice:
    place, code = region_title(row.region) if row.region else Text("", ""), row.uscc or row.code
    state = Text("", "") if row.status == "active" else STATUSES[row.status]
    notes = [each for each in (Text(code, code), place, state) if each.zh]
    return Choice(code, row.name, Text(" · ".join(n.zh for n in notes), " · ".join(n.en for n in notes)))


PARTY_CHOICES = Source(
    name="party",
    title=Text("主体名册", "registered parties"),
    asks=Text("统一社会信用代码或登记的全称", "the unified social credit code or the whole registered name"),
    search=_fitting,
    exact=_named,
    shown=_shown,
    repeats=veiled,
)

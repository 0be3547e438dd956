"""Reading standards: the catalogue of a set, what holds today, who adopted what."""

from datetime import date

from django.db.models import Count, Q, QuerySet

from qilian.core.offers.offers.api import scope_of
from qilian.core.offers.packs.api import offer_at
from qilian.core.rights.grants.api import Scope
from qilian.core.values import clock
from qilian.core.values.text import Ref, Refusal, Text
from qilian.engines.registry.parties.api import Party

from .kernel.life import Term
from .models import Adoption, Standard
from .offering import Standards


def set_at(path: str) -> Standards:
    """The declared set at a path; Refusal `registry.standards.unknown` (HTTP 404)."""
    try:
        return offer_at(path, Standards)
    except KeyError:
        message = Text(f"没有“{path}”这套标准。", f"There is no set of standards “{path}”.")
        raise Refusal("registry.standards.unknown", message, where=path) from None


def standards_of(path: str) -> QuerySet[Standard]:
    """The catalogue of a set by number; `adopters` counts those whose declaration stands."""
    standing = Count("adoptions", filter=~Q(adoptions__state="withdrawn"))
    return Standard.objects.filter(offer=path).annotate(adopters=standing).order_by("number", "pk")


def holding(rows: QuerySet[Standard], on: date) -> QuerySet[Standard]:
    """Those of the rows that are in force on a day."""
    begun, lasting = Q(effective__isnull=True) | Q(effective__lte=on), Q(ended__isnull=True) | Q(ended__gt=on)
    return rows.filter(begun, lasting)


def in_status(rows: QuerySet[Standard], status: str, on: date) -> QuerySet[Standard]:
    """Those of the rows that are `current`, `upcoming` or `abolished` on a day."""
    if status == "current":
        return holding(rows, on)
    if status == "abolished":
        return rows.filter(ended__lte=on)
    return rows.filter(Q(ended__isnull=True) | Q(ended__gt=on), effective__gt=on)


def standard_by_code(path: str, code: str) -> Standard:
    """A standard of a set by its public code; Refusal `registry.standard.unknown` (HTTP 404)."""
    row = standards_of(path).filter(code=code).first()
    if row is None:
        raise Refusal("registry.standard.unknown", Text("目录里没有这项标准。", "No such standard."), where=code)
    return row


def adoptions_of(path: str) -> QuerySet[Adoption]:
    """All declarations in a set, the latest first."""
    rows = Adoption.objects.filter(standard__offer=path).select_related("standard", "party")
    return rows.order_by("-declared_at", "-pk")


def adoptions_by(party: Party) -> QuerySet[Adoption]:
    """All declarations of a party in every set, the latest first."""
    rows = Adoption.objects.filter(party=party).select_related("standard")
    return rows.order_by("-declared_at", "-pk")


def adoption_by_code(path: str, code: str) -> Adoption:
    """A declaration by its public code; Refusal `registry.adoption.unknown` (HTTP 404)."""
    row = adoptions_of(path).filter(code=code).first()
    if row is None:
        raise Refusal("registry.adoption.unknown", Text("没有这项声明。", "No such declaration."), where=code)
    return row


def counts() -> dict[str, tuple[int, int]]:
    """By path of the set: how many standards hold today, and how many declarations stand. Two queries."""
    rows = holding(Standard.objects.all(), clock.today()).order_by().values_list("offer").annotate(number=Count("pk"))
    standing = Adoption.objects.exclude(state="withdrawn").order_by()
    adopted = dict(standing.values_list("standard__offer").annotate(number=Count("pk")))
    return {offer: (number, adopted.get(offer, 0)) for offer, number in rows}


def term_of(row: Standard) -> Term:
    """From when to when a standard holds."""
    return Term(row.effective, row.ended)


def standard_ref(row: Standard) -> Ref:
    """A standard as the subject of events."""
    return Ref("registry.standard", row.code)


def adoption_ref(row: Adoption) -> Ref:
    """A declaration as the subject of events."""
    return Ref("registry.adoption", row.code)


def set_scope(path: str) -> Scope:
    """What grants compare for an act in a set."""
    return scope_of(path)

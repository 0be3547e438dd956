"""Who stands behind a party: ultimate controllers and effective shares, over holdings that may run in circles.

Control: more than half of the shares, counted together with everybody whom one controls, or control by agreement
(公司法 第二百六十五条). Effective share: a share of a share, added over all ways, exact where holdings are mutual.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

_PLACES = Decimal("0.00000001")
Shares = Mapping[str, Mapping[str, Fraction]]


@dataclass(frozen=True, slots=True)
class Stake:
    """Somebody holds a share (0 to 1) of a party, or controls it by agreement (`share` is None)."""

    holder: str
    held: str
    share: Decimal | None = None


@dataclass(frozen=True, slots=True)
class BeneficialOwners:
    """Who stands behind a party: controllers whom nobody controls, effective shares of all who are owned by nobody,
    and the parties that only control each other in a circle."""

    controllers: tuple[str, ...]
    shares: tuple[tuple[str, Decimal], ...]
    circle: tuple[str, ...]


def beneficial_owners(party: str, stakes: Iterable[Stake]) -> BeneficialOwners:
    """Compute controllers and effective shares of a party from the stakes of a day."""
    upward = _upward(party, tuple(stakes))
    names = sorted({name for stake in upward for name in (stake.holder, stake.held)} - {party})
    grip = {name: _controlled(name, upward) for name in names}
    above = [name for name in names if party in grip[name]]
    loose = [name for name in above if not any(name in grip[other] for other in above if other != name)]
    circle = () if loose else tuple(above)
    return BeneficialOwners(tuple(loose), _effective(party, upward), circle)


def over_subscribed(stakes: Iterable[Stake]) -> tuple[str, ...]:
    """The parties of which more than the whole is held."""
    total: dict[str, Decimal] = defaultdict(Decimal)
    for stake in stakes:
        total[stake.held] += stake.share or Decimal(0)
    return tuple(sorted(held for held, share in total.items() if share > 1))


def _upward(party: str, stakes: tuple[Stake, ...]) -> tuple[Stake, ...]:
    """The stakes in the party and, again and again, in those who hold them."""
    reached, edge = {party}, {party}
    while edge:
        edge = {stake.holder for stake in stakes if stake.held in edge} - reached
        reached |= edge
    return tuple(stake for stake in stakes if stake.held in reached)


def _controlled(name: str, stakes: tuple[Stake, ...]) -> frozenset[str]:
    """Everybody whom one controls, growing until nobody joins."""
    group, grown = {name}, True
    while grown:
        votes: dict[str, Decimal] = defaultdict(Decimal)
        for stake in stakes:
            if stake.holder in group and stake.held not in group:
                votes[stake.held] += Decimal("1") if stake.share is None else stake.share
        fresh = {held for held, share in votes.items() if share > Decimal("0.5")}
        group |= fresh
        grown = bool(fresh)
    return frozenset(group - {name})


def _effective(party: str, stakes: tuple[Stake, ...]) -> tuple[tuple[str, Decimal], ...]:
    held: dict[str, dict[str, Fraction]] = defaultdict(lambda: defaultdict(Fraction))
    for stake in stakes:
        if stake.share is not None:
            held[stake.held][stake.holder] += Fraction(stake.share)
    inner = sorted(held)
    owners = sorted({holder for row in held.values() for holder in row} - set(inner))
    found = {owner: _share(party, owner, inner, held) for owner in owners}
    ranked = sorted(found.items(), key=lambda pair: -pair[1])  # equal ones stay in the order of their names
    return tuple((owner, _decimal(share)) for owner, share in ranked if share)


def _share(party: str, owner: str, inner: list[str], held: Shares) -> Fraction:
    """Solve x(v) = direct(v) + Σ share(u of v)·x(u) over all parties that are held, by elimination in fractions.

    Nobody is held more than whole, so the diagonal serves as pivot; where it vanishes, a circle holds itself whole and
    nobody outside owns anything of it.
    """
    rows = [
        [Fraction(v == u) - held[v].get(u, Fraction(0)) for u in inner] + [held[v].get(owner, Fraction(0))]
        for v in inner
    ]
    for column, head in enumerate(rows):
        for place, row in enumerate(rows):
            if head[column] and place != column and row[column]:
                factor = row[column] / head[column]
                row[:] = [value - factor * first for value, first in zip(row, head, strict=True)]
    place = inner.index(party)
    diagonal = rows[place][place]
    return rows[place][-1] / diagonal if diagonal else Fraction(0)


def _decimal(share: Fraction) -> Decimal:
    return (Decimal(share.numerator) / Decimal(share.denominator)).quantize(_PLACES, rounding=ROUND_HALF_UP)

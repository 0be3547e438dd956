"""The plan at a glance for the home page, and what answers it: sections with counts, offers declared and awaited."""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from qilian.core.house.pages import Kept
from qilian.core.house.parts.api import kinds
from qilian.core.log.figures.api import so_far
from qilian.core.offers.packs.api import packs
from qilian.core.values.text import Text
from qilian.spine.coverage import api as coverage

from .models import Clause, NamedSystem, PlanVersion
from .queries import Totals, in_force, section_counts, totals


@dataclass(frozen=True, slots=True)
class SectionOverview:
    """One domain or measure: its pack's slug, and counts of clauses, duties, systems and offers."""

    id: str
    slug: str
    title: Text
    aim: Text
    tier: str
    clauses: int
    lead: int
    support: int
    systems: int
    offers: tuple[coverage.OfferRow, ...]

    @property
    def offers_declared(self) -> int:
        """Offers that are there, opened or not."""
        return len(self.offers) - self.offers_awaited

    @property
    def offers_awaited(self) -> int:
        """Offers that are not built yet."""
        return sum(offer.state is coverage.State.WAITING for offer in self.offers)

    @property
    def duties(self) -> int:
        """Lead and support together."""
        return self.lead + self.support

    @property
    def url(self) -> str:
        """The section as its users meet it; its clauses in the plan where no pack answers it."""
        return f"/{self.slug}/" if self.slug else f"/plan/#s-{self.id}"


@dataclass(frozen=True, slots=True)
class Overview:
    """The main plan's version in force, and all that it was made from (`Page.kept`)."""

    version: PlanVersion
    totals: Totals
    sections: tuple[SectionOverview, ...]
    drawn_from: tuple[Hashable, ...]


def overview() -> Overview | None:
    """The main plan at a glance; None before it is loaded.

    It is made anew when a fact of the plan or of a unit was written, and when an offer was opened, used or closed.
    """
    version = in_force()
    if version is None:
        return None
    evidence = coverage.evidence()
    drawn_from = (version.code, *so_far("spine.plan.", "units."), coverage.declared(), tuple(sorted(evidence.items())))
    return _OVERVIEWS.get(drawn_from, lambda: _overview(version, evidence, drawn_from))


_OVERVIEWS = Kept[Overview](4)


def _overview(
    version: PlanVersion, evidence: Mapping[str, coverage.Evidence], drawn_from: tuple[Hashable, ...]
) -> Overview:
    offers = _coverage(_clauses(version), evidence).offers
    slugs = {pack.section: pack.slug for pack in packs()}
    rows = []
    for count in section_counts(version):
        section, slug = count.section, slugs.get(count.section.sid, "")
        rows.append(
            SectionOverview(
                id=section.sid,
                slug=slug,
                title=section.title,
                aim=section.aim,
                tier=section.tier,
                clauses=count.clauses,
                lead=count.lead,
                support=count.support,
                systems=count.systems,
                offers=tuple(offer for offer in offers if offer.path.partition("/")[0] == slug),
            )
        )
    return Overview(version, totals(version), tuple(rows), drawn_from)


def coverage_of(version: PlanVersion) -> coverage.Coverage:
    """How far the packs answer a version of the main plan, clause by clause and system by system: two queries."""
    return _coverage(_clauses(version), coverage.evidence())


def _clauses(version: PlanVersion) -> Iterator[coverage.ClauseFact]:
    systems: dict[int, list[NamedSystem]] = {}
    for row in NamedSystem.objects.filter(clause__version=version):
        systems.setdefault(row.clause_id, []).append(row)
    clauses = Clause.objects.filter(version=version).select_related("section")
    return (_fact(clause, systems.get(clause.pk, ())) for clause in clauses)


def answers_to(
    clause: Clause, evidence: Mapping[str, coverage.Evidence]
) -> tuple[coverage.ClauseRow, tuple[coverage.SystemRow, ...]]:
    """The offers that answer one clause, and those that answer each system it names; reads prefetched systems."""
    report = _coverage([_fact(clause, clause.systems.all())], evidence)
    return report.clauses[0], report.systems


def _coverage(clauses: Iterable[coverage.ClauseFact], evidence: Mapping[str, coverage.Evidence]) -> coverage.Coverage:
    return coverage.coverage(packs(), clauses, evidence, kinds())


def _fact(clause: Clause, systems: Iterable[NamedSystem]) -> coverage.ClauseFact:
    named = tuple(coverage.System(row.name, row.kind, row.level) for row in systems)
    return coverage.ClauseFact(clause.cid, clause.section.sid, clause.summary, named)

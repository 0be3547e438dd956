"""Each check of packs by itself; the contract suite runs the same checks over the real packs and a set of wrecks."""

from dataclasses import dataclass
from typing import ClassVar

from hypothesis import given
from hypothesis import strategies as st

from qilian.core.house.parts.api import Finding
from qilian.core.offers.packs.api import Awaited, Cite, Offer, Pack
from qilian.core.values.text import Text
from qilian.spine.coverage.api import ClauseFact, System, plan_problems
from qilian.spine.coverage.kernel.checks import pack_problems

TITLE = Text("题", "Title")


@dataclass(frozen=True, kw_only=True)
class Shelf(Offer):
    """An offering with one field of its own to complain of."""

    kind: ClassVar[str] = "directory"
    rows: int = 0

    def problems(self) -> tuple[Finding, ...]:
        return () if self.rows else (Finding("empty-shelf", self.slug, TITLE),)


def pack(*awaits: Awaited, offers: tuple[Offer, ...] = (), slug: str = "logistics", section: str = "2.1") -> Pack:
    return Pack(section=section, slug=slug, title=TITLE, offers=offers, awaits=awaits)


def codes(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.code for finding in findings]


def test_a_pack_names_its_own_faults() -> None:
    wrong = pack(
        Awaited("wonder", "Ä", Text("", "x"), Cite("2.1.2"), also=("marvel",)),
        Awaited("hall", "same", TITLE, Cite("2.1.1")),
        Awaited("hall", "same", TITLE, ()),
        Awaited("hall", "away", TITLE, Cite("3.1.1")),
        offers=(Shelf(slug="s", title=TITLE, answers=Cite("2.1.1")),),
        slug="Logistics",
    )
    assert codes(pack_problems(wrong)) == [
        "slug",
        "slug-twice",
        "slug",
        "title",
        "kind",
        "kind",
        "no-cite",
        "home",
        "empty-shelf",
        "order",
    ]


@given(st.permutations(["2.1.1", "2.1.2", "2.1.3", "2.1.10"]))
def test_offers_follow_the_order_of_clauses(clauses: list[str]) -> None:
    shuffled = pack(*(Awaited("hall", f"h{index}", TITLE, Cite(clause)) for index, clause in enumerate(clauses)))
    assert codes(pack_problems(shuffled)) == ([] if clauses == ["2.1.1", "2.1.2", "2.1.3", "2.1.10"] else ["order"])


def test_packs_are_held_against_the_plan() -> None:
    clauses = (
        ClauseFact(
            "2.1.1", "2.1", TITLE, (System("物流园", "project", "named"), System("中心", "facility", "generic"))
        ),
        ClauseFact("2.2.1", "2.2", TITLE),
        ClauseFact("2.3.1", "2.3", TITLE),
    )
    packs = (
        pack(
            Awaited("directory", "stale", TITLE, Cite("2.1.1", "中心")),
            Awaited("hall", "unknown", TITLE, (Cite("2.1.1", "仓库"), Cite("2.1.9"), Cite("2.3.1"))),
            offers=(Shelf(slug="s", title=TITLE, answers=Cite("2.1.1"), rows=1),),
        ),
        pack(section="2.1"),
        pack(section="2.8", slug="other"),
    )
    found = plan_problems(packs, clauses, frozenset({"directory"}))
    assert [(finding.code, finding.where) for finding in found] == [
        ("pack-twice", "logistics"),
        ("section", "other"),
        ("section-twice", "2.1"),
        ("section-missing", "2.2"),
        ("section-missing", "2.3"),
        ("system", "logistics/unknown"),
        ("clause", "logistics/unknown"),
        ("stale-wait", "logistics/stale"),
        ("system-unanswered", "2.1.1 物流园"),
        ("clause-unanswered", "2.2.1"),
    ]
    assert "no-engine" in codes(plan_problems(packs, clauses, frozenset()))
    assert plan_problems([], [], frozenset()) == ()

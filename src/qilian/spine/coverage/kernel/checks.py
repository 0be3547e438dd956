"""What can be wrong with packs, alone and against the facts of a plan."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet

from qilian.core.house.parts.api import KINDS, Finding
from qilian.core.offers.packs.api import SLUG, Answer, Awaited, Cite, Pack
from qilian.core.values.text import Text
from qilian.spine.coverage.kernel.coverage import ClauseFact


def pack_problems(pack: Pack) -> tuple[Finding, ...]:
    """What is wrong with a pack by itself: slugs, titles, kinds, citations, order, and what each offer says."""
    answers: tuple[Answer, ...] = (*pack.offers, *pack.awaits)
    return (
        *_name_problems(pack.slug, pack.slug, pack.title),
        *(_repeated(pack, slug) for slug, count in Counter(each.slug for each in answers).items() if count > 1),
        *(finding for each in answers for finding in _answer_problems(pack, each)),
        *(finding for offer in pack.offers for finding in offer.problems()),
        *_order_problems(pack),
    )


def plan_problems(packs: Sequence[Pack], clauses: Iterable[ClauseFact], kinds: AbstractSet[str]) -> tuple[Finding, ...]:
    """What is wrong with all packs together against the clauses of the plan and the kinds that engines bring today."""
    known = {clause.id: clause for clause in clauses}
    return (
        *(finding for pack in packs for finding in pack_problems(pack)),
        *_shared_names(packs),
        *_section_problems(packs, known.values()),
        *(finding for pack in packs for finding in _citation_problems(pack, known)),
        *(finding for pack in packs for finding in _installed_problems(pack, kinds)),
        *_unanswered(packs, known.values()),
    )


def _name_problems(where: str, slug: str, title: Text) -> Iterator[Finding]:
    if not SLUG.fullmatch(slug):
        yield Finding(
            "slug",
            where,
            Text(f"短名“{slug}”只能用小写字母、数字和短横", f"“{slug}” must be lower case words and hyphens"),
        )
    if not (title.zh.strip() and title.en.strip()):
        yield Finding("title", where, Text("名称须有中文和英文", "the title must be given in Chinese and in English"))


def _repeated(pack: Pack, slug: str) -> Finding:
    return Finding("slug-twice", f"{pack.slug}/{slug}", Text("同一短名用了两次", "two offers share this slug"))


def _answer_problems(pack: Pack, answer: Answer) -> Iterator[Finding]:
    where = pack.path(answer)
    yield from _name_problems(where, answer.slug, answer.title)
    for kind in answer.kinds if isinstance(answer, Awaited) else (answer.kind,):
        if kind not in KINDS:
            yield Finding("kind", where, Text(f"没有“{kind}”这种服务项", f"there is no kind “{kind}”"))
    if not answer.cites:
        yield Finding("no-cite", where, Text("没有引用任何条", "it cites no clause"))
    elif answer.cites[0].section != pack.section:
        yield Finding(
            "home",
            where,
            Text("首个引用须是本章的条", f"its first citation must be a clause of section {pack.section}"),
        )


def _order_problems(pack: Pack) -> Iterator[Finding]:
    in_plan_order = [answer.slug for answer in pack.answers]
    written: tuple[Answer, ...]
    for written in (pack.offers, pack.awaits):
        slugs = [answer.slug for answer in written]
        if slugs != [slug for slug in in_plan_order if slug in slugs]:
            yield Finding("order", pack.slug, Text("服务项须按条的次序排列", "offers must follow the order of clauses"))


def _shared_names(packs: Sequence[Pack]) -> Iterator[Finding]:
    for slug, count in Counter(pack.slug for pack in packs).items():
        if count > 1:
            yield Finding("pack-twice", slug, Text("两个包用了同一短名", "two packs share this slug"))


def _section_problems(packs: Sequence[Pack], clauses: Iterable[ClauseFact]) -> Iterator[Finding]:
    sections = {clause.section for clause in clauses}
    answered = Counter(pack.section for pack in packs)
    for pack in packs:
        if pack.section not in sections:
            yield Finding(
                "section", pack.slug, Text(f"方案没有 {pack.section} 章", f"no section {pack.section} in the plan")
            )
    for section, count in answered.items():
        if count > 1:
            yield Finding("section-twice", section, Text("两个包回应同一章", "two packs answer this section"))
    for section in sorted(sections - answered.keys()):
        yield Finding("section-missing", section, Text("没有包回应这一章", "no pack answers this section"))


def _citation_problems(pack: Pack, known: dict[str, ClauseFact]) -> Iterator[Finding]:
    for answer in pack.answers:
        for cite in answer.cites:
            if cite.clause not in known:
                yield Finding("clause", pack.path(answer), Text(f"没有第 {cite.clause} 条", f"no clause {cite.clause}"))
            elif cite.system is not None and cite.system not in {each.name for each in known[cite.clause].systems}:
                yield _unknown_system(pack.path(answer), cite)


def _unknown_system(where: str, cite: Cite) -> Finding:
    return Finding(
        "system",
        where,
        Text(f"第 {cite.clause} 条没有列出“{cite.system}”", f"clause {cite.clause} does not list “{cite.system}”"),
    )


def _installed_problems(pack: Pack, kinds: AbstractSet[str]) -> Iterator[Finding]:
    for awaited in pack.awaits:
        if kinds >= set(awaited.kinds):
            yield Finding(
                "stale-wait",
                pack.path(awaited),
                Text("引擎已就位，不得再等待", "its engine is here: declare the offer"),
            )
    for offer in pack.offers:
        if offer.kind not in kinds:
            yield Finding(
                "no-engine", pack.path(offer), Text("引擎未就位，只能等待", "its engine is not here: await the offer")
            )


def _unanswered(packs: Sequence[Pack], clauses: Iterable[ClauseFact]) -> Iterator[Finding]:
    cites = {cite for pack in packs for answer in pack.answers for cite in answer.cites}
    cited = {cite.clause for cite in cites}
    for clause in clauses:
        if clause.id not in cited:
            yield Finding("clause-unanswered", clause.id, Text("没有服务项回应这一条", "no offer answers this clause"))
        for system in clause.systems:
            if Cite(clause.id, system.name) not in cites:
                yield Finding(
                    "system-unanswered",
                    f"{clause.id} {system.name}",
                    Text("没有服务项回应它", f"no offer answers this {system.level} system"),
                )

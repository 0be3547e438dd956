"""An ordinary month of a directory: opened, entries admitted, listed and published, one suspended, one gone.

One teller for all directories: names, attributes and grades are the samples that the pack lays beside its criteria.
"""

from collections.abc import Generator
from dataclasses import replace
from functools import partial
from random import Random
from typing import Any

from qilian.core.house.principal import Principal
from qilian.core.offers.offers.api import open_offer
from qilian.core.offers.stories.api import Scene, Story
from qilian.core.who.regions.api import province
from qilian.engines.registry.parties.api import (
    invented_party,
)

from .api import (
    Directory,
    DirectoryEntry,
    Sample,
    Subject,
    admit,
    directory_at,
    exit_entry,
    list_entry,
    publish,
    re_evaluate,
    restore,
    suspend,
)

Entering = Generator[Scene, Any, DirectoryEntry]
REGISTRAR, READER = "registrar", "reader"


def month(path: str, chance: Random) -> Story:
    """Live through the month of the directory at a path, as its official, the registrar and a reader.

    Two refusals belong to it: a reader opens nothing, and an entry that shows nothing is not admitted.
    """
    shape, keeper = directory_at(path), path.partition("/")[0]
    yield Scene(READER, lambda me: open_offer(actor=me, path=path), refused="grants.denied")
    yield Scene(keeper, lambda me: open_offer(actor=me, path=path), hours=2)
    entries: list[DirectoryEntry] = []
    for sample in shape.samples:
        subject = yield from _subject(shape, sample)
        if not entries:
            idle = partial(_admit, path=path, subject=subject, sample=sample, findings={})
            yield Scene(keeper, idle, refused="registry.entry.criteria")
        entries.append((yield from _entered(path, subject, sample, chance)))
    yield from _through_the_year(keeper, shape, entries, chance)


def crowd(path: str, count: int) -> Story:
    """Fill an open directory with so many public entries after the pattern of its first sample."""
    shape, chance = directory_at(path), Random(count)
    first = shape.samples[0]
    for number in range(count):
        name, code = f"{first.name}{count}之{number}", f"{first.identifier}-{count}-{number}"
        sample = replace(first, name=name, identifier=code, holder="")
        subject = yield from _subject(shape, sample)
        yield from _entered(path, subject, sample, chance)


def _through_the_year(keeper: str, shape: Directory, entries: list[DirectoryEntry], chance: Random) -> Story:
    """The first entry is suspended, restored and evaluated afresh; the last one leaves."""
    first, last = entries[0], entries[-1]
    yield Scene(keeper, lambda me: suspend(actor=me, entry=first, reason="年度材料逾期未报"), hours=8)
    yield Scene(keeper, lambda me: restore(actor=me, entry=first, reason="材料已补齐"), hours=16)
    findings = _findings(shape, first.attributes, chance)
    yield Scene(
        keeper,
        lambda me: re_evaluate(
            actor=me, entry=first, findings=findings, evidence="年度复评公告（演示）", grade=first.grade
        ),
        hours=4,
    )
    yield Scene(
        keeper, lambda me: exit_entry(actor=me, entry=last, exit="request", reason="业务调整，书面申请退出"), hours=6
    )


def _entered(path: str, subject: Subject, sample: Sample, chance: Random) -> Entering:
    """Admit, list and publish one entry; the entry goes back to the teller."""
    keeper, shape = path.partition("/")[0], directory_at(path)
    findings = _findings(shape, dict(sample.values), chance)
    row = yield Scene(keeper, partial(_admit, path=path, subject=subject, sample=sample, findings=findings))
    notice = f"关于公布{shape.title.zh}的公告（演示）"
    row = yield Scene(keeper, lambda me: list_entry(actor=me, entry=row, evidence=notice, grade=sample.grade), hours=2)
    listed: DirectoryEntry = yield Scene(keeper, lambda me: publish(actor=me, entry=row))
    return listed


def _admit(me: Principal, *, path: str, subject: Subject, sample: Sample, findings: dict[str, str]) -> DirectoryEntry:
    several = {spec.name for spec in directory_at(path).attributes if spec.kind == "choices"}
    attributes = {name: value.split(",") if name in several else value for name, value in sample.values.items()}
    return admit(actor=me, path=path, subject=subject, attributes=attributes, findings=findings)


def _subject(shape: Directory, sample: Sample) -> Generator[Scene, Any, Subject]:
    """The party or thing of a sample; an invented party is registered the first time it is met."""
    if shape.of_parties:
        party = yield from invented_party(sample.name, region=sample.region, category=sample.category)
        return Subject(party, region=party.region)
    holder = None
    if sample.holder:
        holder = yield from invented_party(sample.holder, region=sample.region, category=sample.category)
    region = sample.region or province()[0]
    return Subject(holder, sample.name, sample.identifier, region if shape.mapped else "")


def _findings(shape: Directory, values: dict[str, str], chance: Random) -> dict[str, str]:
    return {each.slug: f"申报材料第 {chance.randint(1, 40)} 页，经办人已核对原件" for each in shape.asked(values)}

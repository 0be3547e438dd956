"""Whole files of parties, set by set: checked row by row in memory, against the register in one piece, written by COPY.

The rows travel through a temporary table. One event stands for the batch of new parties; its digest covers the rows.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from itertools import islice
from os import urandom
from typing import Final

from django.db import transaction
from django.db.models import Max, Min

from qilian.core.house.principal import Principal
from qilian.core.log.events.api import Entry, emit, emit_many
from qilian.core.log.outbox.api import later_many
from qilian.core.papers.sheets.api import PROBLEMS_KEPT, Line, Problem, Report, Sheet, column_letter, match_header
from qilian.core.rights.grants.api import require
from qilian.core.values import clock
from qilian.core.values.text import Ref, Refusal, Text
from qilian.core.who.regions.api import regions
from qilian.engines.registry.parties.api import (
    FORM,
    INDUSTRY_EDITION,
    REGISTER,
    Facts,
    Party,
    PartyAmended,
    Read,
    Words,
    bigrams,
    books,
    differences,
    facts_of,
    key_of,
    party_ref,
    resize,
    row_reader,
    section_of,
    service_names,
    service_title,
    words,
    write_facts,
    write_keys,
)

from . import staging
from .events import PartiesImported

SHEET: Final = Sheet(
    slug="parties",
    title=Text("主体", "Parties"),
    form=FORM,
    key=("uscc", "old_code"),
    action=REGISTER,
    about=Text(
        "一行一个主体。没有登记过的代码新增；登记过的按文件补充和更改（空格不改，名称不改）。已注销、已并入的不收。",
        "One party a row. Unknown codes are registered; known parties take over what the file says (empty cells change "
        "nothing, names are changed on their pages). Closed and merged parties are not taken.",
    ),
)
_OCTAL, _CROCKFORD = b"01234567" * 32, b"0123456789abcdefghjkmnpqrstvwxyz" * 8
_AT_ONCE, _CHUNK = 10_000, 500
_Staged = tuple[int, str]


@dataclass(slots=True)
class _Found:
    """What a run through the rows of a file has found."""

    read: int = 0
    added: int = 0
    known: int = 0
    total: int = 0
    problems: list[Problem] = field(default_factory=list)
    digest: "hashlib._Hash" = field(default_factory=hashlib.sha256)

    def add(self, problems: Iterable[Problem]) -> None:
        """Count problems, and keep the first thousand."""
        for problem in problems:
            self.total += 1
            if len(self.problems) < PROBLEMS_KEPT:
                self.problems.append(problem)

    def report(self) -> Report:
        """The outcome for the page of imports."""
        return Report(self.read, (), tuple(sorted(self.problems, key=lambda problem: problem.row)), self.total)


class Parties:
    """The sheet of parties as the room of imports calls it."""

    def check(self, *, actor: Principal, lines: Iterable[Line]) -> Report:
        """Check a whole file without leaving a trace."""
        return examine(actor=actor, lines=lines)

    def apply(self, *, actor: Principal, lines: Iterable[Line], subject: Ref) -> int:
        """Register and amend all parties of a file."""
        return apply(actor=actor, lines=lines, subject=subject)


def examine(*, actor: Principal, lines: Iterable[Line]) -> Report:
    """Check a whole file without leaving a trace; every problem stands at its row and column.

    Beside the rules of a party: codes twice in the file, closed and merged parties, names that differ from the
    registered ones. Refusal `grants.denied`.
    """
    require(actor, REGISTER)
    with transaction.atomic():
        found = _staged(lines)
        transaction.set_rollback(True)
    return found.report()


@transaction.atomic
def apply(*, actor: Principal, lines: Iterable[Line], subject: Ref) -> int:
    """Register and amend all parties of a file in this transaction; `subject` is the import. Return how many rows.

    Pinyin and duplicates follow by the worker. Refusals: `grants.denied`; `registry.import.wrong` with the first
    problem that the check finds now; `registry.import.raced` when somebody registered one of them meanwhile.
    """
    require(actor, REGISTER)
    today, now, origin = clock.today(), clock.now(), str(subject)
    found = _staged(lines, lambda first, last: staging.insert_new(first, last, origin=origin, today=today, now=now))
    if found.total:
        first = found.report().problems[0]
        raise Refusal("registry.import.wrong", first.message, where=f"row {first.row}", remedy=first.remedy or None)
    changed = _amend(actor, staging.changed()) if found.known else 0
    if found.added + found.known != found.read:
        message = Text("导入期间有人登记了同样的代码。", "Somebody registered one of these codes meanwhile.")
        raise Refusal("registry.import.raced", message, remedy=Text("请重新导入。", "Import the file again."))
    emit(PartiesImported(found.added, changed, found.digest.hexdigest()), actor=actor, subject=subject)
    _follow_up(subject)
    return found.read


def _staged(lines: Iterable[Line], register: Callable[[int, int], int] | None = None) -> _Found:
    """Read a file into the staging table, its problems into what was found.

    While the database takes one piece and registers its new parties (`register`, with the numbers of the first and the
    last row), the next one is checked: the transaction ends well only when all of them were sound.
    """
    found, rows = _Found(), iter(lines)
    first = next((line for line in rows if any(cell.strip() for cell in line.cells)), None)
    if first is None:
        found.add([Problem(1, "", _NOTHING, Text("文件里没有数据。", "The file holds no rows."))])
        return found
    header = match_header(SHEET, first)
    found.add(header.problems)
    if not header.complete:
        return found
    divisions = [(name, code) for code, name in regions().values_list("code", "name")]
    read = row_reader(header.places, _known_words(divisions), books())
    staging.begin()
    for piece in _ahead(_pieces(_sound(rows, read, header.places, found))):
        staging.load(line for _, line in piece)
        if register is not None and not found.total:
            found.added += register(piece[0][0], piece[-1][0])
    if not found.read:
        found.add([Problem(first.number + 1, "", _NOTHING, Text("文件里没有数据。", "The file holds no rows."))])
    found.add(_doubles())
    if found.added < found.read:
        found.known = staging.find_known()
        found.add(_clashes())
    return found


def _ahead(pieces: Iterator[list[_Staged]]) -> Iterator[list[_Staged]]:
    """Yield pieces; a thread, which asks no database, makes the next one while the caller works on the one before."""
    with ThreadPoolExecutor(max_workers=1) as hand:
        coming = hand.submit(next, pieces, None)
        while piece := coming.result():
            coming = hand.submit(next, pieces, None)
            yield piece


def _pieces(staged: Iterator[_Staged]) -> Iterator[list[_Staged]]:
    while piece := list(islice(staged, _AT_ONCE)):
        yield piece


def _sound(
    rows: Iterable[Line], read: Callable[[Sequence[str]], Read], places: Mapping[str, int], found: _Found
) -> Iterator[_Staged]:
    """Check the rows one by one; yield number and line of what is to be staged, and note everything that is wrong."""
    codes = _fresh_codes()
    for line in rows:
        if not any(line.cells):
            continue
        found.read += 1
        row = read(line.cells)
        if row.refusals:
            found.add(_problems(line.number, row.refusals, places))
            continue
        found.digest.update("\x1f".join(line.cells).encode() + b"\n")
        facts = row.facts
        yield line.number, staging.copy_line(line.number, next(codes), _texts(facts), facts.established)


def _texts(facts: Facts) -> Sequence[str]:
    """The texts of staging.COLUMNS but the last, which is a day."""
    key = key_of(facts.name)
    keys = [key, key_of(facts.short)] if facts.short else [key]
    industry = facts.industry
    return (
        facts.kind,
        facts.uscc,
        facts.old_code,
        facts.name,
        facts.short,
        key,
        "\n".join(dict.fromkeys(keys)),
        staging.copy_array(bigrams(keys)),
        facts.address,
        key_of(facts.address) if facts.address else "",
        facts.region,
        industry,
        INDUSTRY_EDITION if industry else "",
        section_of(industry),
        facts.service,
        facts.ownership,
        facts.holding,
        staging.copy_array(facts.functions),
        facts.website,
    )


def _amend(actor: Principal, said: Mapping[int, Mapping[str, object]]) -> int:
    """Let known parties take over what the file says of them, each with its own event."""
    keys = list(said)
    for start in range(0, len(keys), _CHUNK):
        rows = list(Party.objects.select_for_update(of=("self",)).filter(pk__in=keys[start : start + _CHUNK]))
        entries = [_take_over(row, said[row.pk]) for row in rows]
        Party.objects.bulk_update(rows, _WRITTEN)
        emit_many(entries, actor=actor)
    return len(keys)


def _take_over(row: Party, said: Mapping[str, object]) -> Entry:
    before = facts_of(row)
    changes = {name: tuple(value) if isinstance(value, list) else value for name, value in said.items()}
    after = replace(before, **changes)  # type: ignore[arg-type] # the columns of staging.FACTS are those of Facts
    write_facts(row, after)
    write_keys(row, row.names.values_list("name", flat=True))
    resize(row)
    told = tuple(change for change in differences(before, after))
    return Entry(PartyAmended(told), party_ref(row), party=row.code, region=row.region[:6])


def _doubles() -> Iterator[Problem]:
    label = Text("统一社会信用代码", "Unified code")
    for row, first, code in staging.twice():
        message = Text(f"与第 {first} 行重复：代码都是“{code}”。", f"It repeats row {first}: the same code “{code}”.")
        yield Problem(row, "", label, message, Text("请删去其中一行。", "Delete one of the rows."))


def _clashes() -> Iterator[Problem]:
    for clash in staging.clashes():
        yield Problem.of_refusal(_why_not(clash), clash.row, title=Text("主体", "Party"))


def _why_not(clash: staging.Clash) -> Refusal:
    if clash.status == "merged":
        message = Text(
            f"“{clash.name}”已并入“{clash.survivor}”。", f"“{clash.name}” was merged into “{clash.survivor}”."
        )
        remedy = Text(f"请改用“{clash.survivor}”的代码。", f"Use the code of “{clash.survivor}”.")
        return Refusal("registry.party.merged", message, remedy=remedy)
    if clash.status == "closed":
        message = Text(f"“{clash.name}”已于 {clash.since} 注销。", f"“{clash.name}” was closed on {clash.since}.")
        remedy = Text("请删去这一行，或先恢复该主体。", "Delete the row, or have the party reopened first.")
        return Refusal("registry.party.closed", message, remedy=remedy)
    message = Text(
        f"该代码已登记为“{clash.name}”，文件里是“{clash.written}”。",
        f"This code is registered as “{clash.name}”; the file says “{clash.written}”.",
    )
    remedy = Text("名称请在主体页面变更。", "Names are changed on the party's page.")
    return Refusal("registry.import.name", message, remedy=remedy)


def _problems(row: int, refusals: Iterable[Refusal], places: Mapping[str, int]) -> Iterator[Problem]:
    labels = {spec.name: spec.label for spec in FORM.fields}
    for refusal in refusals:
        place = places.get(refusal.where)
        letter = "" if place is None else column_letter(place)
        yield Problem.of_refusal(refusal, row, letter=letter, title=labels.get(refusal.where))


def _known_words(divisions: list[tuple[str, str]]) -> Words:
    return words({code: service_title(code) for code in service_names()}, divisions)


def _fresh_codes() -> Iterator[str]:
    """Public codes as `core.text.public_code` makes them, a thousand at a time: 3 and 25 times 5 random bits each."""
    while True:
        firsts, others = urandom(1_000).translate(_OCTAL).decode(), urandom(25_000).translate(_CROCKFORD).decode()
        yield from (first + others[25 * place : 25 * place + 25] for place, first in enumerate(firsts))


def _follow_up(subject: Ref) -> None:
    """Pinyin of what was brought, in pieces that the worker does one after another; duplicates follow the event."""
    span = Party.objects.filter(origin=str(subject)).aggregate(first=Min("pk"), last=Max("pk"))
    if span["first"] is None:
        return
    starts = range(span["first"], span["last"] + 1, _PIECE)
    later_many("registry.pinyin_range", [{"first": start, "last": start + _PIECE - 1} for start in starts])


_NOTHING = Text("", "")
_PIECE = 2_000
_WRITTEN = [
    "kind",
    "uscc",
    "old_code",
    "short",
    "name_key",
    "names_key",
    "grams",
    "address",
    "address_key",
    "region",
    "industry",
    "industry_edition",
    "section",
    "service",
    "ownership",
    "holding",
    "functions",
    "website",
    "established",
    "size",
    "size_on",
]

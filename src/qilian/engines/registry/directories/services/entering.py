"""Admitting an entry, listing it with a number, re-evaluating and amending it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from qilian.core.house.forms.api import as_texts, check
from qilian.core.house.principal import Principal
from qilian.core.offers.offers.api import clause_of, scope_of, serving
from qilian.core.papers.series.api import next_number
from qilian.core.rights.grants.api import require
from qilian.core.values import clock
from qilian.core.values.text import Refusal, Text, fitting_text, refuse_all, required_text
from qilian.engines.registry.directories.events import EntryAdmitted, EntryAmended, EntryListed, EntryReEvaluated
from qilian.engines.registry.directories.kernel.life import EntryStatus, listed, re_evaluated, unmet
from qilian.engines.registry.directories.models import DirectoryEntry, DirectoryTerm
from qilian.engines.registry.directories.offering import Directory
from qilian.engines.registry.directories.queries import directory_at, status_of
from qilian.engines.registry.parties.api import Party, refuse_closed, registration_of

from .common import ADMIT, LIST, locked, settle, tell

Written = Mapping[str, str | Sequence[str]]

_EVIDENCE = Text("依据的文件", "document")


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom or what an entry is about: a party, or a thing by name and identifier with its holder where it has one."""

    party: Party | None = None
    name: str = ""
    identifier: str = ""
    region: str = ""


@transaction.atomic
def admit(
    *, actor: Principal, path: str, subject: Subject, attributes: Written, findings: Mapping[str, str]
) -> DirectoryEntry:
    """Admit a party or thing that shows every criterion of a directory; it is not listed yet.

    `findings` give by criterion the evidence that it is met. Refusals: `registry.directory.unknown`, `grants.denied`,
    `offers.closed`, `registry.entry.subject`, `registry.party.closed` and the like, those of forms,
    `registry.entry.criteria`, `registry.entry.twice`.
    """
    shape = directory_at(path)
    require(actor, ADMIT, scope_of(path, region=subject.region))
    serving(path)
    row = _entry(path, shape, subject)
    row.attributes = _read(shape, attributes)
    shown = _shown(shape, row.attributes, findings)
    _refuse_twice(row)
    row.save(force_insert=True)
    _note(row, "admission", findings=shown)
    tell(actor, row, EntryAdmitted(row.name, row.identifier, tuple(shown)))
    return row


@transaction.atomic
def list_entry(
    *, actor: Principal, entry: DirectoryEntry, evidence: str, grade: str = "", valid_from: date | None = None
) -> DirectoryEntry:
    """List an admitted entry from a day on (today unless given) on the evidence of a document; it gets its number.

    Refusals: `grants.denied`, `offers.closed`, `text.…`, `.state`, `.grade`.
    """
    row = locked(actor, LIST, entry)
    said = required_text(evidence, "evidence", _EVIDENCE)
    first = valid_from or clock.today()
    status = listed(status_of(row), directory_at(row.offer).terms, grade=grade, first=first)
    row.number = _number(row.offer, directory_at(row.offer).prefix, first.year)
    _note(row, "listing", status, evidence=said)
    return settle(actor, row, status, EntryListed(row.number, grade, first, status.valid_to, said))


@transaction.atomic
def re_evaluate(
    *,
    actor: Principal,
    entry: DirectoryEntry,
    findings: Mapping[str, str],
    evidence: str,
    grade: str = "",
    valid_from: date | None = None,
) -> DirectoryEntry:
    """Evaluate a listed or suspended entry afresh: every criterion again, a grade, a new term from a day on.

    Refusals: `grants.denied`, `offers.closed`, `text.…`, `.criteria`, `.state`, `.grade`,
    `.backwards`.
    """
    row = locked(actor, LIST, entry)
    shape, said, first = (
        directory_at(row.offer),
        required_text(evidence, "evidence", _EVIDENCE),
        valid_from or clock.today(),
    )
    before = status_of(row)
    status = re_evaluated(before, shape.terms, grade=grade, first=first)
    shown = _shown(shape, row.attributes, findings)
    row.reason = ""
    _note(row, "re-evaluation", status, findings=shown, evidence=said)
    body = EntryReEvaluated(row.number, grade, before.grade, first, status.valid_to, said)
    return settle(actor, row, status, body)


@transaction.atomic
def amend_entry(
    *, actor: Principal, entry: DirectoryEntry, attributes: Written, source: str, region: str | None = None
) -> DirectoryEntry:
    """Correct the facts of an entry that has not left, on the strength of a source.

    Refusals: `grants.denied`, `offers.closed`, `text.…`, `.state`, `.unchanged`, those of forms.
    """
    row = locked(actor, ADMIT, entry)
    said = required_text(source, "source", Text("变更的依据", "source of the change"))
    if row.state == "exited":
        raise Refusal("registry.entry.state", Text("条目已退出，不再变更。", "The entry has left: it is not amended."))
    wanted = _read(directory_at(row.offer), attributes)
    names = tuple(sorted(n for n in {*wanted, *row.attributes} if wanted.get(n) != row.attributes.get(n)))
    names += ("region",) if region is not None and region != row.region else ()
    if not names:
        raise Refusal("registry.entry.unchanged", Text("没有任何改动。", "Nothing is changed."))
    row.attributes, row.region = wanted, row.region if region is None else region
    return settle(actor, row, status_of(row), EntryAmended(row.number, names, said))


def _entry(path: str, shape: Directory, subject: Subject) -> DirectoryEntry:
    """The row of a subject, before its attributes are read."""
    name, identifier, region = " ".join(subject.name.split()), subject.identifier.strip(), subject.region
    if shape.of_parties:
        if subject.party is None:
            raise _no_subject("party", shape)
        name, identifier, region = subject.party.name, subject.party.uscc, region or subject.party.region[:6]
    elif not name or not identifier:
        raise _no_subject("identifier" if name else "name", shape)
    if subject.party is not None:
        refuse_closed(registration_of(subject.party))
    now = clock.now()
    return DirectoryEntry(
        offer=path,
        clause=clause_of(path),
        of_party=shape.of_parties,
        party=subject.party,
        name=fitting_text(name, "name", Text("名称", "name"), most=200),
        identifier=fitting_text(identifier, "identifier", shape.identifier or Text("代码", "identifier"), most=120),
        region=region,
        admitted_at=now,
        changed_at=now,
    )


def _no_subject(where: str, shape: Directory) -> Refusal:
    message = Text(f"没有写明是哪个{shape.noun.zh}。", f"It is not said which {shape.noun.en}.")
    words = {
        "party": Text(
            "请填写统一社会信用代码，先在主体登记里登记。", "Give its unified code; register it as a party first."
        ),
        "name": Text("请填写名称。", "Give its name."),
        "identifier": shape.identifier or Text("代码", "Identifier"),
    }
    return Refusal("registry.entry.subject", message, where=where, remedy=words[where])


def _read(shape: Directory, attributes: Written) -> dict[str, str]:
    checked = check(shape.form, attributes)
    refuse_all(checked.refusals)
    return as_texts(checked.values)


def _shown(shape: Directory, values: Mapping[str, str], findings: Mapping[str, str]) -> dict[str, str]:
    """The evidence for each criterion that is asked; the first refusal names all that is missing."""
    needed = [(each.slug, each.words) for each in shape.asked(values)]
    missing = unmet(needed, findings)
    if missing is not None:
        raise missing
    return {slug: fitting_text(findings[slug], f"findings.{slug}", words, most=500) for slug, words in needed}


def _refuse_twice(row: DirectoryEntry) -> None:
    subject = {"party": row.party} if row.of_party else {"identifier": row.identifier}
    found = DirectoryEntry.objects.filter(offer=row.offer, **subject).exclude(state="exited").first()
    if found is not None:
        raise Refusal(
            "registry.entry.twice",
            Text(f"“{row.name}”已经在这个名录里。", f"“{row.name}” stands in this directory already."),
            where=found.code,
            remedy=Text("请在原条目上办理复评或变更。", "Re-evaluate or amend the entry that is there."),
        )


def _note(
    row: DirectoryEntry,
    kind: str,
    status: EntryStatus | None = None,
    findings: Mapping[str, str] | None = None,
    evidence: str = "",
) -> None:
    now = status or EntryStatus()
    DirectoryTerm.objects.create(
        entry=row, kind=kind, grade=now.grade, valid_from=now.valid_from, valid_to=now.valid_to,
        findings=dict(findings or {}), evidence=evidence, decided_at=clock.now(),
    )  # fmt: skip


def _number(path: str, prefix: str, year: int) -> str:
    """The next number of a directory in a year, without gaps: its series is locked until the verb ends."""
    return f"{prefix}-{year}-{next_number(f'directory:{path}', year):04d}"

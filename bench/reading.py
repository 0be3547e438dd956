"""How much of plans is read right: exact, missed and invented units and figures, over fragments and cases.

Usage: python bench/reading.py [--told] [FOLDER ...]
A folder holds fragments (*.toml, as in tests/spine/compiler/kernel/fragments) or cases (NAME.txt beside
NAME.json, as in the folder beside the repository). Prints one JSON line for each folder: `annotations` are clauses for
which roles are known, `exact` those read whole, `missed` and `invented` are units; `indicators` are figures with their
whole name.
"""

import argparse
import json
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[0] = str(ROOT / "src")  # in place of this folder

from qilian.spine.compiled.api import CompiledClause, CompiledPlan  # noqa: E402 the repository's own code
from qilian.spine.compiler.api import KnownUnit, compile_plan  # noqa: E402 the repository's own code

FRAGMENTS = ROOT / "tests/spine/compiler/kernel/fragments"
CASES = ROOT.parent / "shared/testdata/cases/plan"
ROLES = ("lead", "support", "responsible")
Wanted = Mapping[str, Any]  # a fragment or a case: JSON or TOML as it came


def main() -> None:
    """Print the counts of every folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, default=[FRAGMENTS, CASES])
    parser.add_argument("--told", action="store_true", help="print what is not exact")
    options = parser.parse_args()
    for folder in options.folders:
        counts: Counter[str] = Counter()
        for wanted in read_folder(folder):
            counted, wrong = judged(wanted)
            counts += counted
            if options.told and wrong:
                print(wanted["name"], *wrong, sep="\n    ")
        print(json.dumps({"measure": f"reading_{folder.name}", **counts}))


def read_folder(folder: Path) -> Iterator[Wanted]:
    """Yield what a folder asks: each with `name`, `text`, and what is right."""
    for path in sorted(folder.glob("*.toml")):
        yield from tomllib.loads(path.read_text("utf-8"))["fragment"]
    for path in sorted(folder.glob("*.json")):
        yield {"name": path.stem, "text": path.with_suffix(".txt").read_text("utf-8"), **json.loads(path.read_bytes())}


def compiled(wanted: Wanted) -> CompiledPlan:
    """Compile a fragment with the units and the year that it names."""
    units = [KnownUnit(code, (name,)) for code, name in wanted.get("units", ())]
    return compile_plan(wanted["text"], units=units, start_year=wanted.get("start_year"))


def judged(wanted: Wanted) -> tuple[Counter[str], list[str]]:
    """Return the counts of one fragment and what is not as it should be, in words."""
    draft = compiled(wanted)
    counts: Counter[str] = Counter()
    wrong = [words for each in wanted.get("clauses", ()) for words in _clause(draft, each, counts)]
    wrong += list(_targets(draft, wanted, counts)) if "targets" in wanted else []
    for words in wanted.get("doubts", ()):
        counts["told"] += 1
        if not _told(draft, wanted["text"], words):
            counts["silent"] += 1
            wrong.append(f"silent: {words}")
    if "no_text" in wanted and any(wanted["no_text"] in clause.text for clause in draft.clauses):
        wrong.append(f"a clause holds {wanted['no_text']}")
    return counts, wrong


def _clause(draft: CompiledPlan, wanted: Wanted, counts: Counter[str]) -> Iterator[str]:
    counts["annotations"] += 1
    clause = _found(draft, wanted["has"].split("|"))
    asked = {(role, unit) for role in (*ROLES, "default") for unit in wanted.get(role, ())}
    if clause is None:
        counts["missed"] += len(asked)
        yield f"no clause: {wanted['has']}"
        return
    told = "default" in wanted
    written = [own for own in clause.assignments if not (told and own.origin == "default")]
    roles = {role: [own.unit for own in written if own.role == role] for role in ROLES}
    roles["default"] = [own.unit for own in clause.assignments if own.origin == "default"] if told else []
    given = {(role, unit) for role, units in roles.items() for unit in units}
    counts["missed"] += len(asked - given)
    counts["invented"] += len(given - asked)
    exact = all(roles[role] == list(wanted.get(role, ())) for role in roles)
    wrong = [f"{wanted['has']}: {roles}"] if not exact else []
    wrong += [f"{wanted['has']}: {name} {value}" for name, value in _more(clause, wanted)]
    counts["exact"] += not wrong
    yield from wrong


def _found(draft: CompiledPlan, has: list[str]) -> CompiledClause | None:
    by_text = (clause for clause in draft.clauses if any(words in clause.text for words in has))
    by_section = (clause for clause in draft.clauses if any(words in name for words in has for name in clause.section))
    return next(by_text, None) or next(by_section, None)


def _more(clause: CompiledClause, wanted: Wanted) -> Iterator[tuple[str, object]]:
    """Yield what else a fragment asks of a clause and does not get."""
    found: dict[str, object] = {
        "persons": list(clause.persons),
        "deadlines": [own.date for own in clause.deadlines],
        "resolution": [own.resolution for own in clause.assignments],
        "id_ends": clause.id.split(".")[-1],
    }
    yield from ((name, value) for name, value in found.items() if name in wanted and wanted[name] != value)


def _targets(draft: CompiledPlan, wanted: Wanted, counts: Counter[str]) -> Iterator[str]:
    given: list[Mapping[str, object]] = [target.as_json() for clause in draft.clauses for target in clause.targets]
    asked = wanted["targets"]
    counts["indicators"] += len(asked)
    keys = ("value", "unit") if wanted.get("values_only") else None
    left = list(given)
    for each in asked:
        same = [own for own in left if all(own.get(key) == each[key] for key in keys or each)]
        if same:
            counts["indicators_exact"] += 1
            left.remove(same[0])
        else:
            yield f"no target {each}"
    counts["indicators_invented"] += max(0, len(given) - len(asked))
    yield from (f"target {own['indicator']} {own['op']} {own['value']} {own['unit']}" for own in left)


def _told(draft: CompiledPlan, text: str, words: str) -> bool:
    start = text.index(words)
    spans = [own.span for clause in draft.clauses for own in clause.assignments]
    spans += [doubt.span for doubt in draft.diagnostics]
    return any(left < start + len(words) and start < right for left, right in spans)


if __name__ == "__main__":
    main()

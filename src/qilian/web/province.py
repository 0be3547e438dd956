"""What every database of a province begins with: its regions, its units, and its plan as facts."""

from hashlib import sha256
from pathlib import Path

from django.conf import settings

from qilian.core.rights.grants.api import SYSTEM
from qilian.core.values.text import Refusal
from qilian.core.who.regions.api import load_regions
from qilian.core.who.units.api import load_units
from qilian.core.work.decisions.api import define_decisions
from qilian.engines.registry.ratings.api import define_ratings
from qilian.spine.coverage.api import PlanFacts, read_plan
from qilian.spine.plan.api import PlanVersion, load_facts, load_words


def load_province() -> PlanVersion:
    """Load the folder QILIAN_PLAN, the packs' decisions, and the source from QILIAN_SOURCES where it lies unchanged.

    The parameters of ratings are defined with them. Again is harmless. Refusals: those of the lists.
    """
    folder: Path = settings.PLAN
    source = f"plan/{folder.name}"
    load_regions(actor=SYSTEM, text=_read(folder / "regions.csv"), source=source)
    load_units(actor=SYSTEM, text=_read(folder / "units.toml"), source=source)
    facts = read_plan(folder)
    version = load_facts(actor=SYSTEM, facts=facts)
    define_decisions(actor=SYSTEM)
    define_ratings(actor=SYSTEM)
    _load_source(version, facts)
    return version


def _load_source(version: PlanVersion, facts: PlanFacts) -> None:
    path: Path = settings.SOURCES / f"{facts.code}.txt"
    if not path.is_file() or sha256(path.read_bytes()).hexdigest() != facts.source_sha256:
        return
    try:
        load_words(actor=SYSTEM, version=version, text=_read(path))
    except Refusal as refusal:
        if refusal.code != "plan.words.loaded":
            raise


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")

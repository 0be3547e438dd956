"""The plan as every page needs it: sections for the menu, titles behind clause ids; from the plan's folder."""

from functools import lru_cache

from django.conf import settings

from qilian.core.values.text import Text
from qilian.spine.coverage.api import PlanFacts, SectionFact, read_plan


@lru_cache(maxsize=1)
def plan_facts() -> PlanFacts:
    """Read the facts of the deployment's plan once a process."""
    return read_plan(settings.PLAN)


def domains() -> list[SectionFact]:
    """The sections of chapter 二, the eleven domains."""
    return [section for section in plan_facts().sections if section.id.startswith("2.")]


def measures() -> list[SectionFact]:
    """The sections of chapter 三, the six policy measures."""
    return [section for section in plan_facts().sections if section.id.startswith("3.")]


def section_of(clause: str) -> Text | None:
    """Return the title of the section that a clause stands in, if the plan has it."""
    return _titles().get(clause) or _titles().get(clause.rpartition(".")[0])


def clause_url(clause: str) -> str:
    """Return the address of a clause in the plan; a section stands on the plan's first page."""
    return section_url(clause) if clause in _titles() else f"/plan/{clause}"


def section_url(section: str) -> str:
    """Return where the clauses of a section are listed."""
    return f"/plan/#s-{section}"


@lru_cache(maxsize=1)
def _titles() -> dict[str, Text]:
    return {section.id: section.title for section in plan_facts().sections}

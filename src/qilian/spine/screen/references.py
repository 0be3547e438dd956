"""What references to units, plans and versions point at."""

from qilian.core.log.sentences.api import Pointed, Reference, refer
from qilian.core.values import clock
from qilian.core.values.text import Text
from qilian.core.who.units.api import unit_names
from qilian.core.who.watching.api import CLAUSE
from qilian.spine.plan.api import Plan, PlanVersion, clause_url, in_force, main_plan


def explain() -> None:
    """Say it to the house, once."""
    refer(
        {
            "core.unit": Reference(Text("单位", "Unit"), _unit, lambda slugs: unit_names(slugs, on=clock.today())),
            CLAUSE: Reference(Text("条款", "Clause"), _clause),
            "spine.plan": Reference(Text("方案", "Plan"), _plan),
            "spine.version": Reference(Text("方案版本", "Version of a plan"), _version),
        }
    )


def _unit(slug: str) -> Pointed | None:
    name = unit_names([slug], on=clock.today()).get(slug)
    return Pointed(name, f"/units/{slug}/") if name else None


def _clause(key: str) -> Pointed | None:
    """A clause of the version in force, of the main plan or behind the short name of another."""
    slug, _, cid = key.rpartition("/")
    plan = Plan.objects.filter(slug=slug).first() if slug else main_plan()
    version = in_force(plan) if plan else None
    row = version.clauses.filter(cid=cid).select_related("section").first() if version else None
    if row is None or plan is None:
        return None
    where = row.section.title
    name = Text(f"第 {cid} 条（{where.zh}）", f"Clause {cid} ({where.en})")
    return Pointed(name, clause_url(plan, cid))


def _plan(slug: str) -> Pointed | None:
    row = Plan.objects.filter(slug=slug).first()
    return Pointed(row.title, row.url) if row else None


def _version(code: str) -> Pointed | None:
    row = PlanVersion.objects.select_related("plan").filter(code=code).first()
    if row is None:
        return None
    name = Text("{plan} 第 {number} 版", "{plan}, version {number}").filled(plan=row.plan.title, number=row.number)
    return Pointed(name, row.url)

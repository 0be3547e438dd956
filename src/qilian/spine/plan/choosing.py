"""Clauses to pick from, of the version in force of the main plan: by number, summary or words."""

from collections.abc import Iterable

from django.db.models import Q

from qilian.core.house.choices.api import Choice, Source
from qilian.core.house.principal import Principal
from qilian.core.values.text import Text

from .models import Clause
from .queries import in_force


def _clauses() -> Iterable[Clause]:
    version = in_force()
    return Clause.objects.filter(version=version) if version else Clause.objects.none()


def _fitting(_me: Principal, words: str) -> Iterable[Clause]:
    """The clauses whose number begins with the words, or whose summary or text has them, in the order of the plan."""
    version = in_force()
    has = Q(cid__startswith=words) | Q(summary_zh__contains=words) | Q(summary_en__icontains=words)
    return Clause.objects.filter(has | Q(words__text__contains=words), version=version) if version else ()


def _named(_me: Principal, written: str) -> Iterable[Clause]:
    """The clause of a number."""
    version = in_force()
    return Clause.objects.filter(version=version, cid=written.removeprefix("第").removesuffix("条")) if version else ()


def _shown(row: Clause) -> Choice:
    return Choice(row.cid, Text(f"第 {row.cid} 条", f"Clause {row.cid}"), row.summary)


CLAUSES = Source(
    name="clause",
    title=Text("方案各条", "clauses of the plan"),
    asks=Text("条的编号，如 2.7.2", "the number of a clause, such as 2.7.2"),
    search=_fitting,
    exact=_named,
    shown=_shown,
    gives=lambda row: row.cid,
)

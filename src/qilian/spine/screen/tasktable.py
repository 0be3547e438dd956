"""The task table 任务分工表 as values: what the PDF, the XLSX and the print page show alike."""

from dataclasses import dataclass
from datetime import date

from qilian.core.values import clock
from qilian.core.values.text import Text, current_language
from qilian.spine.plan.api import NOBODY, Clause, PlanVersion, clauses_with_duties, duties_of_unit, name_of
from qilian.spine.screen.models import Unit

COLUMNS = (
    Text("序号", "No."),
    Text("条", "Clause"),
    Text("任务", "Task"),
    Text("牵头单位", "Lead"),
    Text("配合单位", "Support"),
    Text("时限", "Deadline"),
)
RESPONSIBLE = Text("责任单位", "Responsible")
"""A column of its own, behind the leads, in tables of plans that make units responsible without making them lead."""
OURS = Text(
    "原文尚未载入：任务一栏是本系统的概括，不是方案原文。",
    "The tasks are our summaries, not the words of the plan.",
)


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One clause: its section, id, task, units and deadlines, each as a line of text."""

    section: str
    cid: str
    task: str
    lead: str
    support: str
    deadline: str
    responsible: str = ""


@dataclass(frozen=True, slots=True)
class TaskTable:
    """A whole table with its title, in the language that was spoken when it was made."""

    title: str
    subtitle: str
    note: str
    columns: tuple[str, ...]
    rows: tuple[TaskRow, ...]
    made_on: date
    slug: str

    def cells(self, row: TaskRow) -> list[str]:
        """The cells of a row behind its number, one for each column."""
        more = [row.responsible] if len(self.columns) > len(COLUMNS) else []
        return [row.cid, row.task, row.lead, *more, row.support, row.deadline]


def task_table(version: PlanVersion, unit: Unit | None = None) -> TaskTable:
    """Make the table of a version, or of the clauses on which a unit has a duty, in the current language."""
    clauses = clauses_with_duties(version)
    if unit is not None:
        own = duties_of_unit(unit, version).values("clause")
        clauses = clauses.filter(pk__in=own)
    found = list(clauses)
    rows = tuple(_row(clause, version.plan.names_on) for clause in found)
    columns = (*COLUMNS[:4], RESPONSIBLE, *COLUMNS[4:]) if any(row.responsible for row in rows) else COLUMNS
    name = name_of(unit, version.plan.names_on) if unit else NOBODY
    return TaskTable(
        title=str(Text(f"{name.zh}任务分工表", f"{name.en}: task table" if unit else "Task table")),
        subtitle=str(_subtitle(version)),
        note="" if all(hasattr(row, "words") and task_of(row) == row.words.text for row in found) else str(OURS),
        columns=tuple(str(column) for column in columns),
        rows=rows,
        made_on=clock.today(),
        slug="-".join(part for part in (version.plan.slug, f"v{version.number}", unit.slug if unit else "") if part),
    )


def file_name(table: TaskTable, ending: str) -> str:
    """The name under which a table is downloaded."""
    return f"{table.slug}-tasks.{ending}"


def task_of(clause: Clause) -> str:
    """The words of a clause where they are loaded, else our summary; in English our summary where there is one."""
    in_words = hasattr(clause, "words") and not (current_language() == "en" and clause.summary_en)
    return clause.words.text if in_words else str(clause.summary)


def _subtitle(version: PlanVersion) -> Text:
    title = version.plan.title
    return Text(f"《{title.zh}》第 {version.number} 版", f"{title.en}, version {version.number}")


def _row(clause: Clause, on: date) -> TaskRow:
    return TaskRow(
        section=f"{clause.section.sid} {clause.section.title}",
        cid=clause.cid,
        task=task_of(clause),
        lead=_names(clause, "lead", on),
        support=_names(clause, "support", on),
        deadline=str(Text("、", ", ")).join(row.text for row in clause.deadlines.all()),
        responsible=_names(clause, "responsible", on),
    )


def _names(clause: Clause, role: str, on: date) -> str:
    """Chinese tables carry the names as the document writes them; English ones the English names."""
    comma = str(Text("，", "; "))
    return comma.join(
        str(Text(duty.raw, name_of(duty.unit, on).en)) for duty in clause.duties.all() if duty.role == role
    )

"""What a reader of a case is told of what was written in it: an office all, an applicant what is meant for him.

Drafts and opinions among officials are theirs (政府信息公开条例 第十六条); why more is asked of the applicant and why
the case ended as it did is his (行政许可法 第三十二条, 第三十八条).
"""

from collections.abc import Callable, Collection, Mapping, Sequence

from qilian.core.house.forms.api import FieldSpec
from qilian.core.house.principal import current_principal
from qilian.core.log.events.api import Event
from qilian.core.values.text import Text

from .models import Case, CaseStep
from .queries import applicants, procedure_of_case
from .rights import only_asks
from .words import node_title


def fields_told(row: Case) -> Sequence[FieldSpec]:
    """The fields of the application and of the steps; to an applicant those of his own steps."""
    procedure, own = procedure_of_case(row), only_asks(current_principal(), row)
    nodes = [node for node in procedure.graph.nodes.values() if not own or any(who.applicant for who in node.by)]
    forms = [node.form for node in nodes if node.form]
    return [spec for form in (procedure.form, *forms) for spec in form.fields]


def data_told(row: Case) -> dict[str, object]:
    """What was written in the fields; to an office also what tables decided, to an applicant his own words."""
    if not only_asks(current_principal(), row):
        return dict(row.data)
    names = {spec.name for spec in fields_told(row)}
    return {name: value for name, value in row.data.items() if name in names}


def opinions_told(row: Case, steps: Sequence[CaseStep]) -> Collection[int]:
    """The numbers of the steps whose opinion the reader is told: his own, what asks him for more, what ended it."""
    if not only_asks(current_principal(), row):
        return {each.number for each in steps}
    own = [each for each in steps if applicants(each.performer)]
    done = [each for each in steps if each.kind == "task" and each.done_at and each.state == "done"]
    last = max(done, key=lambda each: (each.done_at, each.number), default=None) if row.state == "ended" else None
    return {each.number for each in own} | {each.source for each in own} | ({last.number} if last else set())


def note_of(row: Case, deeds: Mapping[str, Text]) -> Callable[[Event], str]:
    """Words beside an event of a case: which step, how it ended; of a deed its name, to an office with the reason."""
    own = only_asks(current_principal(), row)

    def note(event: Event) -> str:
        said: Mapping[str, str] = event.data
        if "deed" in said:
            title = str(deeds.get(said["deed"]) or deeds[said["deed"].partition("/")[0]])
            return "：".join(filter(None, (title, "" if own else said["reason"])))
        node = str(node_title(row, said["node"])) if "node" in said else ""
        return "：".join(filter(None, (node, said.get("outcome") or said.get("result", ""))))

    return note

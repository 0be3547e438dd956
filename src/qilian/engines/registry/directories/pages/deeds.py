"""What officials do with an entry, as a table: the noun in the address, the form, the verb."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict

from qilian.core.house.forms.api import FieldSpec, read, screen_fields, written_in
from qilian.core.house.pages import Field
from qilian.core.house.principal import Principal
from qilian.core.values.text import Text
from qilian.engines.registry.directories.kernel.life import EXITS
from qilian.engines.registry.directories.models import DirectoryEntry
from qilian.engines.registry.directories.offering import Directory
from qilian.engines.registry.directories.queries import standing_of
from qilian.engines.registry.directories.services.common import ADMIT, EXIT, LIST, PUBLISH, SUSPEND
from qilian.engines.registry.directories.services.entering import amend_entry, list_entry, re_evaluate
from qilian.engines.registry.directories.services.standing import exit_entry, publish, restore, suspend, withdraw

Sent = QueryDict
Fields = Callable[[Directory, DirectoryEntry, Mapping[str, str]], tuple[Field, ...]]
FIRST_DAY = FieldSpec("valid_from", Text("起始日", "First day"), "date", required=False)
_TODAY = Text("不填即今天。", "Empty is today.")


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing to do with an entry in some states; `fields` are what is asked, `run` calls the verb."""

    title: Text
    action: str
    states: tuple[str, ...]
    fields: Fields
    run: Callable[[Principal, DirectoryEntry, Directory, Sent], object]
    published: bool | None = None
    dangerous: bool = False

    def fits(self, row: DirectoryEntry, today: date) -> bool:
        """Whether it can be done with the entry as it stands; a suspension does not end after the term."""
        over = self.run is _restore and standing_of(row).expired(today)
        return row.state in self.states and self.published in (None, row.published) and not over


def criterion_fields(shape: Directory, sent: Mapping[str, str], errors: Mapping[str, Text]) -> tuple[Field, ...]:
    """A place for the evidence of each criterion; one that is asked only of some entries may stay empty."""
    return tuple(
        Field(
            f"criterion-{each.slug}",
            Text(f"条件：{each.words.zh}", f"Criterion: {each.words.en}"),
            "textarea",
            sent.get(f"criterion-{each.slug}", ""),
            required=each.when is None,
            hint=Text(
                f"依据：{each.source}。写明满足条件的材料。", f"Source: {each.source}. State what shows that it is met."
            ),
            error=errors.get(f"criterion-{each.slug}", ""),
        )
        for each in shape.criteria
    )


def findings_in(shape: Directory, sent: Mapping[str, str]) -> dict[str, str]:
    """The evidence by criterion, as sent."""
    return {each.slug: sent.get(f"criterion-{each.slug}", "") for each in shape.criteria}


def texts(sent: QueryDict) -> dict[str, str]:
    """What was sent, one text for each name."""
    return {name: str(sent.get(name, "")) for name in sent}


def first_day(sent: Mapping[str, str]) -> date | None:
    """The first day of a term as sent; Refusal `forms.date`."""
    day = read(FIRST_DAY, sent.get("valid_from", ""))
    return day if isinstance(day, date) else None


def _nothing(_shape: Directory, _row: DirectoryEntry, _sent: Mapping[str, str]) -> tuple[Field, ...]:
    return ()


def _reason(_shape: Directory, _row: DirectoryEntry, sent: Mapping[str, str]) -> tuple[Field, ...]:
    return (Field("reason", Text("理由", "Reason"), value=sent.get("reason", "")),)


def _ending(shape: Directory, row: DirectoryEntry, sent: Mapping[str, str]) -> tuple[Field, ...]:
    ground = Text("退出情形", "Ground")
    choice = Field("exit", ground, "choice", sent.get("exit", ""), choices=tuple(EXITS.items()))
    return (choice, *_reason(shape, row, sent))


def _term(shape: Directory, row: DirectoryEntry, sent: Mapping[str, str]) -> tuple[Field, ...]:
    grades = tuple((step.slug, step.title) for step in shape.grades)
    graded = Field("grade", Text("等级", "Grade"), "choice", sent.get("grade", row.grade), choices=grades)
    return (
        *((graded,) if grades else ()),
        Field("valid_from", FIRST_DAY.label, "date", sent.get("valid_from", ""), required=False, hint=_TODAY),
        Field("evidence", Text("依据的文件", "Document"), value=sent.get("evidence", ""), hint=_DOCUMENT),
    )


def _again(shape: Directory, row: DirectoryEntry, sent: Mapping[str, str]) -> tuple[Field, ...]:
    return (*_term(shape, row, sent), *criterion_fields(shape, sent, {}))


def _facts(shape: Directory, row: DirectoryEntry, sent: Mapping[str, str]) -> tuple[Field, ...]:
    written = {spec.name: sent.get(spec.name, row.attributes.get(spec.name, "")) for spec in shape.attributes}
    fields = screen_fields(shape.form, _split(shape, written))
    return (*fields, Field("source", Text("变更依据", "Source of the change"), value=sent.get("source", "")))


def _split(shape: Directory, written: Mapping[str, str]) -> dict[str, str | tuple[str, ...]]:
    several = {spec.name for spec in shape.attributes if spec.kind == "choices"}
    return {
        name: tuple(v for v in value.split(",") if v) if name in several else value for name, value in written.items()
    }


def _list(me: Principal, row: DirectoryEntry, _shape: Directory, sent: Sent) -> object:
    said = sent.get("evidence", "")
    return list_entry(
        actor=me, entry=row, evidence=said, grade=sent.get("grade", ""), valid_from=first_day(texts(sent))
    )


def _re_evaluate(me: Principal, row: DirectoryEntry, shape: Directory, sent: Sent) -> object:
    return re_evaluate(
        actor=me,
        entry=row,
        findings=findings_in(shape, texts(sent)),
        evidence=sent.get("evidence", ""),
        grade=sent.get("grade", ""),
        valid_from=first_day(texts(sent)),
    )


def _amend(me: Principal, row: DirectoryEntry, shape: Directory, sent: Sent) -> object:
    return amend_entry(actor=me, entry=row, attributes=written_in(shape.form, sent), source=sent.get("source", ""))


def _suspend(me: Principal, row: DirectoryEntry, _shape: Directory, sent: Sent) -> object:
    return suspend(actor=me, entry=row, reason=sent.get("reason", ""))


def _restore(me: Principal, row: DirectoryEntry, _shape: Directory, sent: Sent) -> object:
    return restore(actor=me, entry=row, reason=sent.get("reason", ""))


def _exit(me: Principal, row: DirectoryEntry, _shape: Directory, sent: Sent) -> object:
    return exit_entry(actor=me, entry=row, exit=sent.get("exit", ""), reason=sent.get("reason", ""))


def _publish(me: Principal, row: DirectoryEntry, _shape: Directory, _sent: Sent) -> object:
    return publish(actor=me, entry=row)


def _withdraw(me: Principal, row: DirectoryEntry, _shape: Directory, sent: Sent) -> object:
    return withdraw(actor=me, entry=row, reason=sent.get("reason", ""))


_DOCUMENT = Text("公告、通知或会议纪要的名称和文号。", "Title and number of the notice or minutes.")
DEEDS: Mapping[str, Deed] = {
    "listing": Deed(Text("列入", "List"), LIST, ("admitted",), _term, _list),
    "publication": Deed(Text("公开", "Publish"), PUBLISH, ("listed", "suspended"), _nothing, _publish, published=False),
    "re-evaluation": Deed(Text("复评", "Re-evaluate"), LIST, ("listed", "suspended"), _again, _re_evaluate),
    "restoration": Deed(Text("恢复", "Restore"), SUSPEND, ("suspended",), _reason, _restore),
    "amendment": Deed(Text("变更", "Amend"), ADMIT, ("admitted", "listed", "suspended"), _facts, _amend),
    "withdrawal": Deed(
        Text("撤下", "Withdraw from public"),
        PUBLISH,
        ("listed", "suspended", "exited"),
        _reason,
        _withdraw,
        published=True,
    ),
    "suspension": Deed(Text("暂停", "Suspend"), SUSPEND, ("listed",), _reason, _suspend, dangerous=True),
    "exit": Deed(
        Text("退出", "Let it exit"), EXIT, ("admitted", "listed", "suspended"), _ending, _exit, dangerous=True
    ),
}
"""By the noun that stands in the address, in the order in which an official meets them."""

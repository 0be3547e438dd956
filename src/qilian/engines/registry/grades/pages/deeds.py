"""What can be done with an evaluation, as a table: the noun in the address, who, in which state, the form, the verb."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from qilian.core.house.pages import Field
from qilian.core.house.principal import Principal
from qilian.core.rights.grants.api import allowed, require
from qilian.core.rules.scoring.api import Figure
from qilian.core.values.text import Text
from qilian.engines.registry.grades.kernel.life import Standing
from qilian.engines.registry.grades.models import Grading
from qilian.engines.registry.grades.queries import appeal_of, grading_scope, method_of, standing_of
from qilian.engines.registry.grades.services.appealing import appeal, decide_appeal
from qilian.engines.registry.grades.services.common import APPEAL, DECIDE, PUBLISH
from qilian.engines.registry.grades.services.running import publish_result, withdraw

from .reading import figure_in

Sent = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing to do: `fits` says when, `fields` what is asked, `run` calls the verb and returns what stands then."""

    title: Text
    action: str
    fits: Callable[[Standing], bool]
    fields: Callable[[Grading, Sent], tuple[Field, ...]]
    run: Callable[[Principal, Grading, Sent], Grading]
    dangerous: bool = False

    def ask(self, actor: Principal, row: Grading) -> None:
        """Let pass who may do it; Refusal `grants.denied`. Who acts for the party may appeal."""
        if not (self.action == APPEAL and row.party.code in actor.parties):
            require(actor, self.action, grading_scope(row))


def possible_for(row: Grading, me: Principal) -> list[tuple[str, Deed]]:
    """What the reader may do with an evaluation as it stands."""
    standing, scope = standing_of(row), grading_scope(row)
    own = row.party.code in me.parties
    return [
        (noun, deed)
        for noun, deed in DEEDS.items()
        if deed.fits(standing) and ((deed.action == APPEAL and own) or allowed(me, deed.action, scope))
    ]


def _nothing(_row: Grading, _sent: Sent) -> tuple[Field, ...]:
    return ()


def _reason(_row: Grading, sent: Sent) -> tuple[Field, ...]:
    return (Field("reason", Text("理由", "Reason"), value=sent.get("reason", "")),)


def _objection(row: Grading, sent: Sent) -> tuple[Field, ...]:
    choices = [(each.slug, each.title) for each in method_of(row.method).indicators]
    return (
        Field(
            "indicator",
            Text("针对哪一项", "Which indicator"),
            "choice",
            sent.get("indicator", ""),
            required=False,
            choices=choices,
            hint=Text("不选即针对整体。", "None means the whole."),
        ),
        Field("words", Text("理由", "Reason"), "textarea", sent.get("words", "")),
        Field("evidence", Text("证明材料", "Evidence"), value=sent.get("evidence", ""), required=False),
    )


def _answer(row: Grading, sent: Sent) -> tuple[Field, ...]:
    filed = appeal_of(row)
    hint = Text(filed.words, filed.words) if filed else None
    choices = (("upheld", Text("申诉成立，更正", "Upheld: correct it")), ("dismissed", Text("申诉不成立", "Dismissed")))
    return (
        Field("verdict", Text("答复", "Verdict"), "choice", sent.get("verdict", ""), choices=choices, hint=hint),
        Field("answer", Text("答复理由", "Answer"), "textarea", sent.get("answer", "")),
        Field(
            "values",
            Text("更正后的数值", "Right figures"),
            value=sent.get("values", ""),
            required=False,
            hint=Text("申诉成立时填写，多个数值用逗号分开。", "For an upheld appeal; several with commas."),
        ),
        Field("source", Text("数值来源", "Source of the figures"), value=sent.get("source", ""), required=False),
    )


def _publish(me: Principal, row: Grading, _sent: Sent) -> Grading:
    return publish_result(actor=me, grading=row)


def _withdraw(me: Principal, row: Grading, sent: Sent) -> Grading:
    return withdraw(actor=me, grading=row, reason=sent.get("reason", ""))


def _appeal(me: Principal, row: Grading, sent: Sent) -> Grading:
    said = {name: sent.get(name, "") for name in ("words", "indicator", "evidence")}
    appeal(actor=me, grading=row, **said)
    return row


def _decide(me: Principal, row: Grading, sent: Sent) -> Grading:
    upheld, values = sent.get("verdict") == "upheld", sent.get("values", "")
    corrected: Figure | None = figure_in(values, sent.get("source", ""), "values") if upheld and values else None
    return decide_appeal(actor=me, grading=row, upheld=upheld, answer=sent.get("answer", ""), corrected=corrected)


def _publishable(standing: Standing) -> bool:
    return standing.state == "computed" and not standing.appealed and (standing.answered or not standing.window)


DEEDS: Mapping[str, Deed] = {
    "answer": Deed(Text("答复申诉", "Answer the appeal"), DECIDE, lambda s: s.appealed, _answer, _decide),
    "publication": Deed(Text("公布", "Publish"), PUBLISH, _publishable, _nothing, _publish),
    "appeal": Deed(
        Text("申诉", "Appeal"),
        APPEAL,
        lambda s: s.state == "computed" and s.window and not (s.appealed or s.answered),
        _objection,
        _appeal,
    ),
    "withdrawal": Deed(
        Text("撤销", "Withdraw"), PUBLISH, lambda s: s.state in ("computed", "published"), _reason, _withdraw, True
    ),
}
"""By the noun that stands in the address. The worker ends grades behind their last day."""

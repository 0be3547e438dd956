"""What a decision says of a case, for programs: `POST /api/v1/decisions/<key>/evaluation`."""

from datetime import date

from django.http import HttpRequest
from ninja import Router, Schema

from qilian.core.rules.dmn.api import literal, readings
from qilian.core.values import clock

from .queries import table_at

router = Router(tags=["decisions"])


class Asked(Schema):
    """The inputs of a case by name, written as on the page, and the day whose version decides (today without one)."""

    inputs: dict[str, str]
    on: date | None = None


class Decided(Schema):
    """A result as FEEL text, the rules that matched, what failed, and the reasons in both languages."""

    result: str
    rules: list[int]
    problems: list[str]
    reasons_zh: list[str]
    reasons_en: list[str]


@router.post("/{key}/evaluation", response=Decided, summary="Decide one case; nothing is stored")
def post_evaluation(request: HttpRequest, key: str, asked: Asked) -> Decided:
    """Decide by the version of a day, open to everyone as the rule is; refusals as on the page."""
    table = table_at(key, asked.on or clock.today())
    decided = table.decide(readings(table, asked.inputs))
    reasons = decided.trace.sentences()
    return Decided(
        result=literal(decided.result),
        rules=list(decided.matched),
        problems=[str(each.message) for each in decided.diagnostics],
        reasons_zh=[each.zh for each in reasons],
        reasons_en=[each.en for each in reasons],
    )

"""A credit record, said once: the decision, the law of its display, its repair."""

from collections.abc import Sequence
from typing import Any

from qilian.core.house.forms.api import FieldSpec, Form
from qilian.core.house.pages import Crumb, Filter
from qilian.core.house.principal import Principal, current_principal
from qilian.core.offers.resource.api import Operation, Resource, Trait, Values
from qilian.core.rights.grants.api import possible, visible
from qilian.core.values import clock
from qilian.core.values.text import Text

from .kernel.display import CLASSES, missing
from .models import CreditRecord
from .queries import is_shown, law_of, record_by_code, record_ref, record_scope, records, repair_of, shown_records
from .services import APPLY, CLAUSE, DECIDE, RECORD, Decision, annul, ask_repair, correct, decide_repair, record_conduct
from .words import FILTERS, TITLE, left, sees_all, status


def _decision_of(values: Values) -> Decision:
    named = {name: values.get(name) or "" for name in ("document", "authority", "conduct", "severity", "beyond")}
    return Decision(
        **named, decided_on=values["decided_on"], needed=values["needed"], repairable=not values["forbidden"]
    )


_RECORDING = Form(
    "recording",
    Text("登记失信信息", "Enter a credit record"),
    (
        FieldSpec("party", Text("主体", "Party"), picks="party", length=120),
        FieldSpec("document", Text("文书号", "Number of the document"), length=120),
        FieldSpec("authority", Text("认定单位", "Authority"), length=200),
        FieldSpec("decided_on", Text("认定日期", "Decided"), "date"),
        FieldSpec("conduct", Text("失信行为", "Conduct"), "textarea", length=500),
        FieldSpec("severity", Text("类别", "Class"), "choice", choices=tuple((n, c.title) for n, c in CLASSES.items())),
        FieldSpec("needed", Text("轻微信息确有必要公示", "A minor one must be shown"), "boolean", required=False),
        FieldSpec("forbidden", Text("法律法规规定不可修复", "The law forbids repair"), "boolean", required=False),
        FieldSpec(
            "beyond",
            Text("未纠正的继续公示依据", "Rule that keeps uncorrected conduct on display"),
            required=False,
            length=300,
        ),
    ),
)
_PROOF = FieldSpec("evidence", Text("证明材料", "Proof"), length=300)
_PLEDGED = Text(
    "承诺所提交材料真实，并愿意公开接受监督。", "Pledge that everything is true, and accept that it is made public."
)
_REPAIR = Form(
    "repair",
    Text("申请信用修复", "Ask for repair"),
    (FieldSpec("pledge", Text("信用承诺", "Pledge"), "textarea", length=500, hint=_PLEDGED), _PROOF),
)
_CORRECTION = Form("correction", Text("登记已纠正", "Note the correction"), (_PROOF,))
_ANNULMENT = Form("annulment", Text("撤销记录", "Annul"), (FieldSpec("reason", Text("依据", "Ground"), length=300),))
_DECISION = Form(
    "decision",
    Text("决定修复申请", "Decide on the repair"),
    (
        FieldSpec(
            "decision",
            Text("决定", "Decision"),
            "choice",
            choices=(("granted", Text("同意修复", "Grant it")), ("refused", Text("不予修复", "Refuse it"))),
        ),
        FieldSpec("answer", Text("理由", "Reason"), "textarea", length=500),
    ),
)


def _rows(_me: Principal, _place: str) -> Any:
    """What the law shows today."""
    return shown_records(clock.today())


def all_records(me: Principal) -> Any:
    """All records of an official's divisions, those that are over too."""
    return visible(records(), me, RECORD)


def _every() -> tuple[Filter, ...]:
    """To officials the list may show what is over too."""
    if not possible(current_principal(), [RECORD]):
        return ()
    choices = (("yes", Text("含已撤下的", "Also what is over")),)
    return (Filter("every", Text("范围", "Extent"), lambda _rows, _said: all_records(current_principal()), choices),)


def _standing(row: CreditRecord) -> bool:
    return row.state == "standing"


def _asked(row: CreditRecord) -> bool:
    asked = repair_of(row)
    return asked is not None and asked.state == "asked"


def _lacking(row: CreditRecord) -> list[str]:
    """What a repair still needs, for those who may see it."""
    if not sees_all(current_principal(), row):
        return []
    return list(missing(law_of(row), clock.today(), pledge=repair_of(row) is not None, other=True))


def _repairs(row: CreditRecord) -> list[Any]:
    asked = repair_of(row) if sees_all(current_principal(), row) else None
    return [asked] if asked else []


def _crumbs(_at: CreditRecord | str) -> Sequence[Crumb]:
    return (Crumb(TITLE, RECORDS.home("")),)


_REPAIR_TRAITS: Sequence[Trait[Any]] = (
    Trait("state", Text("决定", "Decision"), lambda row: row.state, "code"),
    Trait("pledge", Text("信用承诺", "Pledge"), lambda row: row.pledge, "code"),
    Trait("evidence", Text("证明材料", "Proof"), lambda row: row.evidence, "code"),
    Trait("asked_at", Text("申请", "Asked"), lambda row: row.asked_at, "datetime"),
    Trait("decided_at", Text("决定时间", "Decided"), lambda row: row.decided_at, "datetime"),
    Trait("answer", Text("理由", "Reason"), lambda row: row.answer, "code"),
)
RECORDS: Resource[CreditRecord] = Resource(
    plural="credit-records", under="credit-records", row="record", title=TITLE, noun=Text("失信信息", "Credit record"),
    find=lambda _place, code: record_by_code(code), rows=_rows, seen=lambda me, row: is_shown(row) or sees_all(me, row),
    named=lambda row: row.party.name, ref=record_ref, scope=record_scope, crumbs=_crumbs, clause=lambda _row: CLAUSE,
    filters=lambda _place: (*FILTERS, *_every()),
    traits=(
        Trait("code", Text("公开编码", "Public code"), lambda row: row.code, "code", list=False, fact=False),
        Trait("name", Text("主体", "Party"), lambda row: row.party.name, leads=True, fact=False),
        Trait("party", Text("主体编码", "Code of the party"), lambda row: row.party.code, "code", list=False,
              fact=False),
        Trait("state", Text("状态", "State"), status, "status", plain=lambda row: row.state,
              list=lambda: bool(possible(current_principal(), [RECORD]))),
        Trait("severity", Text("类别", "Class"), lambda row: CLASSES[row.severity].title,
              plain=lambda row: row.severity, sort="severity"),
        Trait("document", Text("文书", "Document"), lambda row: row.document, fact=False),
        Trait("authority", Text("认定单位", "Authority"), lambda row: row.authority, fact=False),
        Trait("conduct", Text("失信行为", "Conduct"), lambda row: row.conduct, list=False, fact=False),
        Trait("decided_on", Text("认定日期", "Decided"), lambda row: row.decided_on, "date", sort="decided_on"),
        Trait("least_day", Text("最短公示期至", "Least period to"), lambda row: law_of(row).least_day, "date",
              list=False),
        Trait("last_day", Text("最长公示期至", "Longest period to"), lambda row: row.last_day, "date", sort="last_day"),
        Trait("left", Text("剩余", "Left"), left, list=False, json=False),
        Trait("corrected_on", Text("纠正日期", "Corrected on"), lambda row: row.corrected_on, "date", list=False,
              fact=False),
        Trait("missing", Text("修复还缺", "Missing for a repair"), _lacking, "codes"),
        Trait("repair", Text("修复申请", "Repair"), _repairs, "rows", of=_REPAIR_TRAITS),
    ),
    creation=Operation("recording", _RECORDING.title, RECORD, record_conduct, _RECORDING,
                       takes=lambda _place, values: {"party": values["party"], "decision": _decision_of(values)}),
    operations=(
        Operation("decision", _DECISION.title, DECIDE, decide_repair, _DECISION, when=_asked,
                  takes=lambda _row, values: {"granted": values["decision"] == "granted", "answer": values["answer"]}),
        Operation("repair", _REPAIR.title, APPLY, ask_repair, _REPAIR, own=lambda me, row: row.party.code in me.parties,
                  when=lambda row: _standing(row) and not _asked(row)),
        Operation("correction", _CORRECTION.title, RECORD, correct, _CORRECTION,
                  when=lambda row: _standing(row) and row.corrected_on is None),
        Operation("annulment", _ANNULMENT.title, RECORD, annul, _ANNULMENT, when=_standing, dangerous=True),
    ),
)  # fmt: skip

"""An ordinary month of credit: a decision is recorded, corrected, pledged and repaired; another is never shown."""

from datetime import timedelta
from functools import partial
from random import Random

from qilian.core.house.principal import Principal
from qilian.core.offers.stories.api import Scene, Story
from qilian.core.values import clock
from qilian.engines.registry.parties.api import Facts, Party, invented_code, register_party

from .api import CreditRecord, Decision, ask_repair, correct, decide_repair, record_conduct

REGISTRAR, OFFICER, WINDOW, REVIEWER, READER = "registrar", "creditor", "window", "reviewer", "reader"


def month(chance: Random) -> Story:
    """Live through it; repair is refused while the conduct is not corrected, and a reader records nothing."""
    code = invented_code(f"昆仑物资 {chance.randint(0, 999_999)}", region="630102")
    facts = Facts("", "昆仑物资贸易有限公司", code, region="630102")
    party: Party = yield Scene(REGISTRAR, lambda me: register_party(actor=me, facts=facts))
    minor = partial(_record, party=party, number=chance.randint(10, 99), severity="minor", days=5)
    yield Scene(READER, minor, refused="grants.denied")
    yield Scene(OFFICER, minor)
    fine = partial(_record, party=party, number=chance.randint(100, 999), severity="ordinary", days=120)
    record: CreditRecord = yield Scene(OFFICER, fine, hours=2)
    ask = partial(_ask, record=record)
    yield Scene(WINDOW, ask, hours=3, refused="registry.credit.conditions")
    proof = "缴款书和整改验收单（演示）"
    yield Scene(OFFICER, lambda me: correct(actor=me, record=record, evidence=proof), hours=7)
    yield Scene(WINDOW, ask, hours=4)
    answer = "最短公示期已满，罚款已缴，整改已验收，承诺已公开"
    yield Scene(REVIEWER, lambda me: decide_repair(actor=me, record=record, granted=True, answer=answer), hours=20)


def _record(me: Principal, *, party: Party, number: int, severity: str, days: int) -> CreditRecord:
    decision = Decision(
        document=f"（演示）青市监罚〔2026〕{number} 号",
        authority="省市场监管局（演示）",
        conduct="未按规定标示计量器具检定信息",
        decided_on=clock.today() - timedelta(days=days),
        severity=severity,
    )
    return record_conduct(actor=me, party=party, decision=decision)


def _ask(me: Principal, *, record: CreditRecord) -> object:
    pledge = "承诺所提交材料真实有效，今后守法经营，同意公开本承诺"
    return ask_repair(actor=me, record=record, pledge=pledge, evidence="申请表及附件（演示）")

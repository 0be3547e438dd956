"""An ordinary month of ratings: a firm and its agent rate each other; one rater dominates, one is set aside."""

from collections.abc import Generator, Iterable
from datetime import timedelta
from functools import partial
from random import Random
from typing import Any

from qilian.core.house.forms.api import Upload
from qilian.core.house.principal import Principal
from qilian.core.offers.stories.api import Scene, Story
from qilian.core.values import clock
from qilian.core.values.text import Ref
from qilian.core.work.parameters.api import ParameterValue, approve, parameters, propose
from qilian.engines.registry.contacts.api import Details
from qilian.engines.registry.parties.api import Facts, Party, invented_code, register_party
from qilian.engines.registry.representation.api import (
    Answer,
    Claim,
    Invitation,
    Mandate,
    accept,
    add_evidence,
    answer_claim,
    approve_claim,
    invite,
    register_myself,
    revoke,
    start_claim,
    submit_claim,
)

from .api import LIMITS, PRIORS, Rating, answer, open_engagements, put_aside, rate, withdraw

REGISTRAR, BOSS, AGENT, JUDGE, READER = "registrar", "boss", "operator", "reviewer", "reader"
PLANNER, DIRECTOR = "planner", "director"
_VALUES = {
    PRIORS: ("category,mean,weight", "*,3,10", "aftersales,3.5,20"),
    LIMITS: ("limit,value", "burst_count,5", "dominant_count,4", "dominant_share,50", "fresh_count,3"),
}
_AGENT = Details("苏小燕", "13800005678", "", "630000198503172044")
_PAPER = Upload("营业执照.pdf", b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n")
_SAID = ((5, "资料齐全，付款及时"), (5, "一如既往"), (4, "一处附件迟到"), (5, "很好"))


def month(chance: Random) -> Story:
    """Live through it. Refused by law: values without a second person, a stranger who rates, a thing rated twice."""
    yield from _published()
    code = invented_code(f"湖源企业 {chance.randint(0, 999_999)}", region="630102")
    facts = Facts("", "青海湖源企业服务有限公司", code, region="630102")
    firm: Party = yield Scene(REGISTRAR, lambda me: register_party(actor=me, facts=facts))
    yield from _claimed(firm)
    mandate: Mandate = yield Scene(AGENT, lambda me: register_myself(actor=me, details=_AGENT, region="630102"))
    agent = mandate.party
    given: list[Rating] = []
    for stars, words in _SAID:
        served: Mandate = yield from _engaged(firm)
        given.append((yield Scene(AGENT, partial(_rate, rated=firm, stars=stars, words=words), hours=5)))
        if served is not None and len(given) == 1:
            yield from _answered(firm, agent, given[0])
        over = partial(revoke, mandate=served, reason="委托事项办结")
        yield Scene(BOSS, lambda me, over=over: over(actor=me), hours=2)  # type: ignore[misc] # the default binds
    why = "同一委托关系反复评分，只计首次"
    yield Scene(JUDGE, lambda me: put_aside(actor=me, rating=given[1], reason=why), hours=6)
    yield Scene(AGENT, lambda me: withdraw(actor=me, rating=given[3], reason="误评"), hours=1)


def _published() -> Story:
    """The priors by category and the limits of alarms are published by two people before anybody rates."""
    for key, lines in _VALUES.items():
        value: ParameterValue = yield Scene(PLANNER, partial(_propose, key=key, lines=lines), hours=3)
        yield Scene(PLANNER, partial(_approve, value=value), refused="grants.denied")
        yield Scene(DIRECTOR, partial(_approve, value=value), hours=5)


def _propose(me: Principal, *, key: str, lines: Iterable[str]) -> ParameterValue:
    row, today = parameters().get(key=key), clock.today()
    return propose(
        actor=me, parameter=row, written="\n".join(lines), valid_from=today, source="演示办法第 6 条（模拟）"
    )


def _approve(me: Principal, *, value: ParameterValue) -> ParameterValue:
    return approve(actor=me, value=value)


def _answered(firm: Party, agent: Party, row: Rating) -> Story:
    """The firm answers and rates back; the agent may not rate the same thing twice, nor a stranger at all."""
    yield Scene(BOSS, lambda me: answer(actor=me, rating=row, words="感谢评价，欢迎继续合作"), hours=2)
    yield Scene(BOSS, partial(_rate, rated=agent, stars=4, words="办理细致"))
    evidence = Ref("core.event", str(row.event_id))
    again = partial(rate, evidence=evidence, rater=agent, rated=firm, stars=1)
    yield Scene(AGENT, lambda me: again(actor=me), refused="registry.rating.used")
    yield Scene(READER, lambda me: again(actor=me), refused="registry.party.stranger")


def _claimed(firm: Party) -> Generator[Scene, Any, None]:
    claim: Claim = yield Scene(BOSS, lambda me: start_claim(actor=me, party=firm))
    yield Scene(BOSS, lambda me: answer_claim(actor=me, claim=claim, answer=Answer("legal")))
    yield Scene(BOSS, lambda me: add_evidence(actor=me, claim=claim, upload=_PAPER))
    yield Scene(BOSS, lambda me: submit_claim(actor=me, claim=claim))
    yield Scene(REGISTRAR, lambda me: approve_claim(actor=me, claim=claim, note="证照相符"), hours=4)


def _engaged(firm: Party) -> Generator[Scene, Any, Mandate]:
    """The firm invites its agent, who accepts: what they rate each other for."""
    row: Invitation = yield Scene(BOSS, partial(_invite, firm=firm), hours=6)
    mandate: Mandate = yield Scene(AGENT, lambda me: accept(actor=me, invitation=row), hours=2)
    return mandate


def _invite(me: Principal, *, firm: Party) -> Invitation:
    return invite(actor=me, party=firm, login=AGENT, valid_to=clock.today() + timedelta(days=20), note="代办年报")


def _rate(me: Principal, *, rated: Party, stars: int, words: str) -> Rating:
    event, rater = open_engagements(me, rated)[0]
    evidence = Ref("core.event", str(event.pk))
    return rate(actor=me, evidence=evidence, rater=rater, rated=rated, stars=stars, words=words)

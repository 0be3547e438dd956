"""Cases on PostgreSQL: clocks, desks, rights and facts of what offices do every day."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.engines.casework.conftest import HEAD, PATH, UNIT
from tests.support.browsers import signed_in
from tests.support.refusals import code_of, refused, refused_with

from qilian.core.house.principal import SYSTEM, Principal, acting
from qilian.core.log.events.api import written
from qilian.core.offers.offers.api import close_offer, open_offer
from qilian.core.rights.grants.api import Scope, grant
from qilian.core.time.clocks.api import open_clock
from qilian.core.values import clock
from qilian.core.who.inbox.api import waiting_for
from qilian.core.who.notices.api import notices_of
from qilian.core.who.people.api import Person, appoint, principal_of, register_person
from qilian.core.who.units.models import Unit
from qilian.engines.casework.flow import jobs
from qilian.engines.casework.flow.models import Case
from qilian.engines.casework.flow.queries import as_case, case_ref, seen_cases, step_ref, steps_of
from qilian.engines.casework.flow.services import doing, extending, opening, steering, waking
from qilian.engines.casework.items.api import ItemVersion, item_at, propose_version, publish_version, version_in_force
from qilian.engines.registry.parties.api import Party
from qilian.engines.registry.representation.api import Mandate
from qilian.engines.registry.representation.services.giving import give

LINE = """
  受理: {en: Accept, by: 窗口@承办, limit: 5 工作日, extend: 5 工作日, next: {受理: 审核, 补正: 补正, 不予受理: 退件}}
  补正: {en: Supplement, by: 申请人, pause: [补正材料, supplement], next: 受理}
  审核: {en: Review, by: 经办@承办, next: 公示, form: [{name: 核实意见, en: Finding}]}
  公示: {en: Notice, wait: {time: 5 工作日}, next: 决定}
  决定: {en: Decide, by: 负责人@承办, next: {准予: 办结, 不予: 退件}}
  办结: {en: Done, end: 准予变更, granted: 是}
  退件: {en: Refused, end: 不予变更}
"""
SIGNED = """
  受理: {en: Accept, by: 窗口@承办, next: 会签}
  会签: {en: Sign, by: [甲@qh-a, 乙@qh-b, 丙@qh-c], quorum: 2/3, next: {同意: 办结, 不同意: 退件}}
  办结: {en: Done, end: 准予变更, granted: 是}
  退件: {en: Refused, end: 不予变更}
"""
CALLING = """
  评审: {en: Panel, call: fee-review, next: {过: 办结, 否: 退件}}
  办结: {en: Done, end: 准予变更, granted: 是}
  退件: {en: Refused, end: 不予变更}
"""
CALLED = """steps:
  审: {en: Review, by: 经办@承办, next: {通过: 过, 不通过: 否}}
  过: {en: Passed, end: 通过, granted: 是}
  否: {en: Failed, end: 不通过}
"""
DATA = {"变更事项": "住所", "注册资本": "1000000"}
Acting = tuple[Party, Principal]
pytestmark = pytest.mark.moment("2026-11-24T10:00")


@pytest.fixture(autouse=True)
def as_the_house(db: None) -> Iterator[None]:
    """What a test reads, it reads as the house: what the database shows to whom is a test of its own."""
    for slug in "abcefg":
        Unit.objects.create(slug=f"qh-{slug}", kind="department", region="630000")
    with acting(SYSTEM):
        yield


@pytest.fixture
def operator(firm: Callable[..., Party], somebody: Callable[..., Principal]) -> tuple[Party, Principal]:
    """A firm and who acts for it."""
    party, person = firm(1), Person.objects.get(pk=somebody("operator").person)
    give(actor=SYSTEM, mandate=Mandate(person=person, party=party, role="operator", valid_from=clock.today()))
    return party, principal_of(person)


def apply(actor: Principal, party: Party) -> Case:
    return opening.open_case(actor=actor, path=PATH, party=party, data=DATA)


def called(keeper: Principal, somebody: Callable[..., Principal]) -> None:
    """Publish another item, for a procedure to call."""
    open_offer(actor=SYSTEM, path="fiscal/fee-review")
    text = HEAD.replace("变更登记", "收费审查") + CALLED
    row = propose_version(actor=keeper, path="fiscal/fee-review", text=text)
    publish_version(actor=somebody("second", "casework.publish"), version=row)


def number(case: Case, node: str, performer: str = "") -> int:
    steps = as_case(case, steps_of(case)).live
    return next(step.number for step in steps if step.node == node and performer in step.performer)


def do(actor: Principal, case: Case, node: str, outcome: str = "完成", performer: str = "", **more: object) -> Case:
    found = number(case, node, performer)
    return doing.complete(actor=actor, case=case, step=found, outcome=outcome, **more)  # type: ignore[arg-type] # by name


def whole(case: Case) -> Any:
    found = open_clock(case_ref(case), "case")
    assert found is not None
    return found


def titles(me: Principal) -> list[str]:
    with acting(me):
        return [item.title_zh for item in waiting_for(me)]


def test_a_firm_applies_and_the_office_finds_it(
    publish: Callable[[str], ItemVersion], keeper: Principal, operator: Acting, somebody: Callable[..., Principal]
) -> None:
    publish(LINE)
    party, agent = operator
    case = apply(agent, party)
    assert case.number == "630000-2026-000001" and case.state == "open" and case.unit == UNIT
    assert whole(case).due_day == date(2026, 12, 15), "fifteen work days"
    assert titles(keeper) == [f"受理：{case.title}"] and titles(agent) == []
    stranger = somebody("stranger", "casework.handle", region="632800")
    for me, seen in ((agent, 1), (keeper, 1), (stranger, 0), (somebody("nobody"), 0)):
        assert seen_cases(me, PATH).count() == seen
    with acting(somebody("blind")):
        assert not Case.objects.exists(), "the database itself shows it to nobody without a right"
        assert code_of(lambda: doing.claim(actor=agent, case=case, step=1)) == "casework.case.unknown"
    assert refused(lambda: doing.claim(actor=agent, case=case, step=1)).code == "casework.step.denied"


def test_what_is_wrong_with_an_application_is_told_at_once(
    publish: Callable[[str], ItemVersion], keeper: Principal, operator: Acting, somebody: Callable[..., Principal]
) -> None:
    party, agent = operator
    assert (
        code_of(lambda: opening.open_case(actor=agent, path="market/none", party=party, data=DATA))
        == "casework.item.unknown"
    )
    open_offer(actor=SYSTEM, path="fiscal/fee-review")
    early = lambda: opening.open_case(actor=agent, path="fiscal/fee-review", party=party, data={})  # noqa: E731
    assert code_of(early) == "casework.item.unpublished"
    publish(LINE)
    wrong = refused(
        lambda: opening.open_case(actor=agent, path=PATH, party=party, data={"注册资本": "很多", "别的": "1"})
    )
    assert {each.where for each in wrong.every} >= {"变更事项", "注册资本"}
    refused_with("casework.party.missing", lambda: opening.open_case(actor=keeper, path=PATH, data=DATA))
    refused_with("registry.party.stranger", lambda: apply(somebody("other"), party))
    close_offer(actor=SYSTEM, path=PATH, reason="停办")
    refused_with("offers.closed", lambda: apply(agent, party))


def test_a_supplement_stops_the_clock_and_goes_to_the_applicant(
    publish: Callable[[str], ItemVersion], keeper: Principal, operator: Acting
) -> None:
    publish(LINE)
    party, agent = operator
    case = do(keeper, apply(agent, party), "受理", "补正", opinion="缺章程")
    assert whole(case).state == "paused" and titles(agent) == [f"补正：{case.title}"]
    with clock.allow_standing(), clock.standing_at(clock.now() + timedelta(days=7)):
        case = do(agent, case, "补正")
        assert whole(case).state == "running" and whole(case).due_day == date(2026, 12, 22)
        case = do(keeper, case, "受理", "不予受理")
    assert (case.state, case.end, case.granted) == ("ended", "退件", False)
    assert open_clock(case_ref(case), "case") is None and titles(keeper) == []
    told = notices_of(agent).first()
    assert told is not None and "不予变更" in told.title_zh


def test_a_case_is_walked_to_its_end_with_its_notice(
    publish: Callable[[str], ItemVersion], keeper: Principal, operator: Acting
) -> None:
    publish(LINE)
    case = do(keeper, apply(operator[1], operator[0]), "受理", "受理")
    first = step_ref(case, 1)
    assert open_clock(first, "task") is None, "the step's own clock ended with it"
    refused_with("forms.required", lambda: do(keeper, case, "审核"))
    case = do(keeper, case, "审核", data={"核实意见": "属实"})
    assert case.data["核实意见"] == "属实"
    wait = number(case, "公示")
    assert code_of(lambda: waking.end_wait(actor=keeper, case=case, step=wait)) == "casework.wait.early"
    refused_with("casework.wait.none", lambda: waking.end_wait(actor=keeper, case=case, step=1))
    jobs.wake(case.pk, 1)
    with clock.allow_standing(), clock.standing_at(clock.now() + timedelta(days=12)):
        jobs.wake(case.pk, wait)
        jobs.wake(case.pk, wait)  # a job may run twice
        case.refresh_from_db()
        case = do(keeper, case, "决定", "准予")
    assert case.granted and case.closed_at is not None
    closed = written().filter(type="casework.case.closed").get()
    assert closed.data["granted"] is True and closed.data["late"] is False


def test_who_holds_the_role_does_the_step_and_nobody_else(
    publish: Callable[[str], ItemVersion], keeper: Principal, operator: Acting, somebody: Callable[..., Principal]
) -> None:
    publish(LINE)
    unit = Unit.objects.create(slug=UNIT, kind="department", region="630000")
    row = register_person(actor=SYSTEM, login="window", name="窗口员")
    post = appoint(actor=SYSTEM, person=row, unit=unit, role="窗口", valid_from=date(2020, 1, 1))
    grant(actor=SYSTEM, post=post.pk, actions=("casework.handle",))
    window, handler = principal_of(row), somebody("handler", "casework.handle")
    case = apply(operator[1], operator[0])
    assert titles(window) == [f"受理：{case.title}"] and titles(handler) == [] and titles(keeper) == []
    refused_with("casework.step.denied", lambda: do(handler, case, "受理", "受理"))
    case = doing.claim(actor=window, case=case, step=1)
    assert case.steps.get(number=1).holder_id == row.pk
    refused_with("casework.step.denied", lambda: doing.claim(actor=keeper, case=case, step=1))
    case = doing.release(actor=window, case=case, step=1)
    refused_with("casework.person", lambda: doing.claim(actor=SYSTEM, case=case, step=1))
    case = do(window, case, "受理", "受理")
    assert titles(handler) == [f"审核：{case.title}"], "nobody has the role of the next step: whoever handles does it"


def test_countersigns_returns_and_hands(
    publish: Callable[[str], ItemVersion], keeper: Principal, operator: Acting
) -> None:
    publish(SIGNED)
    case = do(keeper, apply(operator[1], operator[0]), "受理")
    case = do(keeper, case, "会签", "不同意", "甲", opinion="有异议")
    assert case.state == "open", "one who disagrees neither ends it nor sends it back"
    who = {"actor": keeper, "case": case}
    refused_with(
        "text.missing", lambda: doing.send_back(**who, step=number(case, "会签", "乙"), to="上一步", reason=" ")
    )
    case = doing.send_back(**who, step=number(case, "会签", "乙"), to="上一步", reason="材料不全")
    assert [step.node for step in as_case(case, steps_of(case)).tasks] == ["受理"]
    case = do(keeper, case, "受理")
    step = number(case, "会签", "甲")
    refused_with("casework.performer", lambda: doing.reassign(**who, step=step, performer="某人", reason="x"))
    nowhere = {**who, "step": step, "performer": "经办@qh-none", "reason": "x"}
    refused_with("casework.performer.unit", lambda: doing.reassign(**nowhere))
    case = doing.reassign(**who, step=step, performer="戊@qh-e", reason="换人")
    case = doing.delegate(**who, step=number(case, "会签", "乙"), performer="己@qh-f", reason="出差")
    case = do(keeper, case, "会签", "同意", "己", opinion="建议同意")
    lent = case.steps.get(number=number(case, "会签", "乙"))
    assert lent.opinion == "建议同意", "who lent it reads what the other says"
    case = do(keeper, case, "会签", "同意", "乙")
    last = max(each.number for each in steps_of(case) if each.state == "done")
    case = doing.take_back(**who, step=last)
    assert case.steps.get(number=last).done_by is None and case.steps.get(number=last).opinion == ""
    refused_with("casework.step.others", lambda: doing.take_back(**who, step=number(case, "会签", "丙")))
    case = doing.add_signer(
        **who, step=number(case, "会签", "丙"), performer="庚@qh-g", where="beside", reason="请法制"
    )
    case = doing.remove_signer(**who, step=number(case, "会签", "庚"), reason="不需要")
    for performer in ("乙", "丙"):
        case = do(keeper, case, "会签", "同意", performer)
    assert (case.state, case.end) == ("ended", "办结")
    deeds = [event.data["deed"] for event in written().filter(type="casework.case.deed").order_by("pk")]
    assert deeds == ["return", "reassignment", "delegation", "taking-back", "signer/beside", "removal"]
    assert titles(keeper) == []


def test_a_case_is_steered(
    publish: Callable[[str], ItemVersion], keeper: Principal, operator: Acting, somebody: Callable[..., Principal]
) -> None:
    publish(LINE)
    party, agent = operator
    other, case = somebody("chief", "casework.*"), apply(agent, party)
    refused_with("grants.denied", lambda: steering.suspend(actor=agent, case=case, reason="x"))
    case = steering.suspend(actor=keeper, case=case, reason="诉讼")
    assert whole(case).state == "paused"
    refused_with("flow.suspended", lambda: do(keeper, case, "受理", "受理"))
    case = steering.resume(actor=keeper, case=case, reason="诉讼终结")
    case = do(keeper, case, "受理", "受理")
    asked = extending.ask_extension(actor=keeper, case=case, value=5, reason="复杂")
    again = lambda: extending.ask_extension(actor=other, case=case, value=1, reason="x")  # noqa: E731
    refused_with("casework.extension.waiting", again)
    refused_with("approvals.oneself", lambda: extending.grant_extension(actor=keeper, extension=asked))
    before = whole(case).due_day
    assert any(each.startswith("待批准：延期") for each in titles(other))
    extending.grant_extension(actor=other, extension=asked)
    assert whole(case).due_day > before
    held = whole(case).extensions.get()
    assert (held.requester, held.approver) == (keeper.ref, other.ref), "who asked is who asked"
    second = extending.ask_extension(actor=keeper, case=case, value=1, reason="仍复杂")
    assert extending.refuse_extension(actor=other, extension=second, reason="不必").answer == "不必"
    third = extending.ask_extension(actor=keeper, case=case, value=1, reason="再议")
    assert extending.withdraw_extension(actor=keeper, extension=third).state == "withdrawn"
    case = steering.jump(actor=keeper, case=case, step=number(case, "审核"), to="决定", reason="无需公示")
    case = steering.terminate(actor=keeper, case=case, reason="主体注销")
    assert (case.state, case.reason) == ("terminated", "主体注销")
    late = lambda: extending.ask_extension(actor=other, case=case, value=5, reason="x")  # noqa: E731
    refused_with("casework.clock", late)
    case = steering.reopen(actor=keeper, case=case, at="决定", reason="法院裁定")
    assert case.state == "open" and case.closed_at is None and whole(case).state == "running"
    case = steering.withdraw(actor=agent, case=case, reason="不办了")
    assert case.state == "withdrawn" and titles(keeper) == []


def test_a_called_case_is_opened_once_and_lets_its_caller_go_on(
    publish: Callable[[str], ItemVersion], keeper: Principal, operator: Acting, somebody: Callable[..., Principal]
) -> None:
    called(keeper, somebody)
    publish(CALLING)
    case = apply(operator[1], operator[0])
    jobs.call(case.pk, 1)
    jobs.call(case.pk, 1)
    child = case.called.get()
    assert child.party == operator[0] and child.data == {"变更事项": "住所", "注册资本": child.data["注册资本"]}
    do(keeper, child, "审", "不通过")
    jobs.wake(case.pk, 1)
    case.refresh_from_db()
    assert (case.state, case.end) == ("ended", "退件")


def test_what_a_case_waits_for_is_received_by_who_handles_it(
    publish: Callable[[str], ItemVersion], keeper: Principal, operator: Acting
) -> None:
    publish("""
  函询: {en: Ask, wait: {message: 复函}, next: 决定}
  决定: {en: Decide, by: 负责人@承办, next: 办结}
  办结: {en: Done, end: 准予变更, granted: 是}
""")
    case = apply(operator[1], operator[0])
    refused_with("grants.denied", lambda: waking.receive(actor=operator[1], case=case, message="复函"))
    refused_with("casework.message", lambda: waking.receive(actor=keeper, case=case, message="别的"))
    office = signed_in(keeper, "zh")
    assert "收到回复" in office.get(f"/{PATH}/cases/{case.code}/").content.decode()
    sent = office.post(f"/{PATH}/cases/{case.code}/receipt/", {"message": "复函", "note": "省函〔2026〕3号"})
    assert sent.status_code == 302
    case.refresh_from_db()
    assert [step.node for step in as_case(case, steps_of(case)).tasks] == ["决定"]
    refused_with("casework.message", lambda: waking.receive(actor=keeper, case=case, message="复函"))


def test_what_comes_while_a_case_is_suspended_is_not_lost(
    publish: Callable[[str], ItemVersion], keeper: Principal, operator: Acting
) -> None:
    """A wait whose time is over, or a called case that ended, is looked at again when the case goes on."""
    publish("""
  公示: {en: Notice, wait: {time: 5 工作日}, next: 决定}
  决定: {en: Decide, by: 负责人@承办, limit: 3 工作日, next: 办结}
  办结: {en: Done, end: 准予变更, granted: 是}
""")
    case = steering.suspend(actor=keeper, case=apply(operator[1], operator[0]), reason="诉讼")
    wait = open_clock(step_ref(case, 1), "wait")
    assert wait is not None and wait.state == "paused", "the time of a notice stands still too"
    with clock.allow_standing(), clock.standing_at(clock.now() + timedelta(days=30)):
        jobs.wake(case.pk, 1)
        case = steering.resume(actor=keeper, case=case, reason="诉讼终结")
        jobs.wake(case.pk, 1)
        assert [step.node for step in as_case(case, steps_of(case)).live] == ["公示"], "its days are not over"
        waiting = ProcrastinateJob.objects.filter(task_name="casework.wake", args__case=case.pk)
        assert waiting.count() >= 3, "the worker looks again when they are"
    with clock.allow_standing(), clock.standing_at(clock.now() + timedelta(days=60)):
        jobs.wake(case.pk, 1)
    case.refresh_from_db()
    assert [step.node for step in as_case(case, steps_of(case)).tasks] == ["决定"]


def test_an_item_without_an_extension_grants_none(
    publish: Callable[[str], ItemVersion], keeper: Principal, operator: Acting, somebody: Callable[..., Principal]
) -> None:
    publish(LINE)
    version = propose_version(actor=keeper, path=PATH, text=HEAD.replace(", extend: 10 工作日", "") + f"steps:{LINE}")
    publish_version(actor=somebody("third", "casework.publish"), version=version)
    asked = extending.ask_extension(actor=keeper, case=apply(operator[1], operator[0]), value=1, reason="复杂")
    chief = somebody("chief", "casework.steer")
    refused_with("casework.extension.none", lambda: extending.grant_extension(actor=chief, extension=asked))


def test_a_called_case_that_was_withdrawn_decides_nothing(
    publish: Callable[[str], ItemVersion], keeper: Principal, operator: Acting, somebody: Callable[..., Principal]
) -> None:
    called(keeper, somebody)
    publish(CALLING)
    case = apply(operator[1], operator[0])
    jobs.wake(case.pk, 1)  # nothing is called yet
    jobs.call(case.pk, 1)
    steering.withdraw(actor=operator[1], case=case.called.get(), reason="不办了")
    jobs.wake(case.pk, 1)
    case.refresh_from_db()
    assert case.state == "open" and titles(keeper)[0].startswith("子流程没有正常办结")
    case = steering.jump(actor=keeper, case=case, step=1, to="退件", reason="子流程已撤回")
    assert case.end == "退件" and titles(keeper) == []


def test_a_condition_is_looked_at_whenever_something_is_done(
    publish: Callable[[str], ItemVersion], keeper: Principal, operator: Acting
) -> None:
    publish("""
  并: {en: Fork, fork: [核资, 达标], join: 合}
  核资: {en: Check, by: 经办@承办, next: 合, form: [{name: 实缴, en: Paid, kind: money}]}
  达标: {en: Reached, wait: {until: 实缴 > 100}, next: 公告}
  公告: {en: Announce, by: 经办@承办, next: 合}
  合: {en: Join, by: 经办@承办, next: 办结}
  办结: {en: Done, end: 准予变更, granted: 是}
""")
    case = apply(operator[1], operator[0])
    refused_with("forms.unknown", lambda: do(keeper, case, "核资", data={"实缴": "1", "别的": "2"}))
    case = do(keeper, case, "核资", data={"实缴": "500"})
    assert [step.node for step in as_case(case, steps_of(case)).tasks] == ["公告"]
    refused_with("forms.unknown", lambda: do(keeper, case, "公告", data={"实缴": "1"}))


def test_a_version_names_only_what_the_house_knows(keeper: Principal, publish: Callable[[str], ItemVersion]) -> None:
    steps = """steps:
  审: {en: Review, by: 经办@qh-none, next: 分}
  分: {en: Class, decide: no.table, next: {甲: 叫}, else: 叫}
  叫: {en: Call, call: nothing, next: 再叫}
  再叫: {en: Again, call: registration-change, next: {办结: 完, 别的: 完}}
  完: {en: Done, end: 完, granted: 是}
"""
    publish(LINE)
    found = refused(lambda: propose_version(actor=keeper, path=PATH, text=HEAD + steps))
    assert [each.code.removeprefix("casework.item.") for each in found.every] == ["unit", "decision", "call", "ends"]


def test_a_running_case_keeps_the_version_it_began_with(
    publish: Callable[[str], ItemVersion], keeper: Principal, operator: Acting
) -> None:
    first = publish(LINE)
    case = apply(operator[1], operator[0])
    second = publish(SIGNED)
    assert version_in_force(PATH, clock.today()) == second and case.version == first
    assert do(keeper, case, "受理", "受理").version == first
    past = {"text": f"{HEAD}steps:{LINE}", "valid_from": date(2020, 1, 1)}
    refused_with("casework.item.backwards", lambda: propose_version(actor=keeper, path=PATH, **past))
    bad = refused(lambda: propose_version(actor=keeper, path=PATH, text=f"{HEAD}steps: {{}}"))
    assert bad.code.startswith("procedures.") and item_at(PATH).unit == UNIT


def test_an_applicant_and_an_official_on_pages_and_by_programs(
    publish: Callable[[str], ItemVersion], keeper: Principal, operator: Acting
) -> None:
    publish(LINE)
    party, agent = operator
    firm_side, office = signed_in(agent, "zh"), signed_in(keeper, "zh")
    guide = firm_side.get(f"/{PATH}/").content.decode()
    assert "承诺时限" in guide and "15 个工作日" in guide and f"/{PATH}/application/" in guide
    wrong = firm_side.post(f"/{PATH}/application/", {"party": party.code})
    assert wrong.status_code == 422 and "变更事项" in wrong.content.decode()
    sent = firm_side.post(f"/{PATH}/application/", {"party": party.code, **DATA})
    assert sent.status_code == 302
    page = firm_side.get(sent["location"]).content.decode()
    assert "剩" in page and "受理" in page
    case = Case.objects.get()
    assert firm_side.post(f"/{PATH}/cases/{case.code}/completion/", {"step": "1", "outcome": "受理"}).status_code == 403
    done = office.post(f"/{PATH}/cases/{case.code}/completion/", {"step": "1", "outcome": "受理", "opinion": "齐全"})
    assert done.status_code == 302 and "齐全" in office.get(sent["location"]).content.decode()
    address = f"/api/v1/{PATH}/cases/{case.code}"
    assert office.get(address).json()["state"] == "open"
    body = {"step": "2", "outcome": "完成", "data": {"核实意见": "属实"}}
    answer = office.post(f"{address}/completion", body, content_type="application/json")
    assert answer.status_code == 200, answer.content
    assert [each["node"] for each in answer.json()["steps"]] == ["受理", "审核", "公示"]
    assert "核实意见" in office.get(address).json()["data"] and "核实意见" not in firm_side.get(address).json()["data"]
    told = firm_side.get(sent["location"]).content.decode()
    assert "住所" in told and "齐全" not in told and "属实" not in told
    assert firm_side.get("/items/?q=变更").status_code == 200


def test_an_applicant_is_told_what_is_asked_of_him_and_why_it_ended_so(
    publish: Callable[[str], ItemVersion], keeper: Principal, operator: Acting
) -> None:
    publish(LINE)
    party, agent = operator
    case = do(keeper, apply(agent, party), "受理", "补正", opinion="缺章程")
    case = do(keeper, do(agent, case, "补正", opinion="已附"), "受理", "受理", opinion="内部意见")
    case = doing.send_back(actor=keeper, case=case, step=number(case, "审核"), to="申请人", reason="住所不清")
    side, office, address = signed_in(agent, "zh"), signed_in(keeper, "zh"), f"/{PATH}/cases/{case.code}/"
    told, known = side.get(address).content.decode(), office.get(address).content.decode()
    every = ("缺章程", "已附", "内部意见", "住所不清")
    assert [each in told for each in every] == [True, True, False, True]
    assert all(each in known for each in every)
    assert "退回：住所不清" in known and "退回：住所不清" not in told, "what officials say to each other is not his"
    case = do(keeper, do(agent, case, "申请人修改"), "受理", "不予受理", opinion="不属本机关")
    assert case.state == "ended" and "不属本机关" in side.get(address).content.decode()


def test_who_did_a_step_for_another_unit_finds_the_case_again(
    publish: Callable[[str], ItemVersion], keeper: Principal, operator: Acting
) -> None:
    publish(SIGNED)
    row = register_person(actor=SYSTEM, login="second", name="乙员")
    post = appoint(actor=SYSTEM, person=row, unit=Unit.objects.get(slug="qh-b"), role="乙", valid_from=date(2020, 1, 1))
    grant(actor=SYSTEM, post=post.pk, actions=("casework.handle",), scope=Scope(unit="qh-b"))
    second, address = principal_of(row), f"/{PATH}/cases/"
    case = do(keeper, apply(operator[1], operator[0]), "受理")
    side = signed_in(second, "zh")
    assert titles(second) == [f"会签：{case.title}"] and side.get(f"{address}{case.code}/").status_code == 200
    do(second, case, "会签", "同意", "乙")
    assert titles(second) == [] and list(seen_cases(second, PATH)) == [case]
    assert side.get(f"{address}{case.code}/").status_code == 200


def test_who_has_several_steps_says_which_and_gives_what_it_asks(
    publish: Callable[[str], ItemVersion], keeper: Principal, operator: Acting
) -> None:
    publish("""
  并: {en: Fork, fork: [甲, 乙], join: 合}
  甲: {en: One, by: 经办@承办, next: 合, form: [{name: 甲意见, en: First}]}
  乙: {en: Two, by: 经办@承办, next: 合, form: [{name: 乙意见, en: Second}]}
  合: {en: Join, by: 经办@承办, next: 办结}
  办结: {en: Done, end: 准予变更, granted: 是}
""")
    case, office = apply(operator[1], operator[0]), signed_in(keeper, "zh")
    here, second = f"/{PATH}/cases/{case.code}/completion/", number(case, "乙")
    assert office.post(here, {"step": str(second), "outcome": "完成"}).status_code == 422
    sent = {"step": str(second), "outcome": "完成", f"data_{second}-乙意见": "可以"}
    assert office.post(here, sent).status_code == 302
    case.refresh_from_db()
    assert case.data["乙意见"] == "可以" and "甲意见" not in case.data


def test_a_list_of_cases_asks_the_database_as_often_for_many(
    publish: Callable[[str], ItemVersion], keeper: Principal, firm: Callable[..., Party]
) -> None:
    publish(LINE)
    for each in range(3, 15):
        apply(keeper, firm(each))
    with CaptureQueriesContext(connection) as queries:
        assert signed_in(keeper).get(f"/{PATH}/cases/").status_code == 200
    assert len(queries) <= 40

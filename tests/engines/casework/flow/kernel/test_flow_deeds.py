"""What offices do every day, one scenario each, on the pure flow."""

from collections.abc import Callable
from typing import Any

import pytest

from qilian.core.values.text import Refusal
from qilian.engines.casework.flow import kernel as flow
from qilian.engines.casework.flow.kernel import AMEND, Case, Situation
from qilian.engines.casework.procedures.api import APPLICANT, Graph, read_procedure

HEAD = """
procedure: 试
en: Try
kind: 许可
level: 省级
target: [法人]
limit: {promised: 15 工作日}
form:
  - {name: 金额, en: Amount, kind: decimal}
  - {name: 经办, en: Handlers}
steps:
"""


def graph(steps: str) -> Graph:
    return read_procedure(HEAD + steps).graph


def here(**data: Any) -> Situation:
    return Situation(data, lambda node: str(data.get(node.slug, "")), "fgw")


class Office:
    """A case under somebody's hands, whose open tasks are named by node and performer."""

    def __init__(self, steps: str, **data: Any) -> None:
        self.graph, self.at = graph(steps), here(**data)
        self.case = flow.opened(self.graph, self.at)

    def task(self, node: str, performer: str = "") -> int:
        return next(s.number for s in self.case.tasks if s.node == node and performer in s.performer)

    def do(self, node: str, outcome: str = "完成", performer: str = "") -> "Office":
        step = self.task(node, performer)
        self.case = flow.complete(self.graph, self.case, self.at, step=step, outcome=outcome)
        return self

    def back(self, node: str, to: str, straight: bool = False, performer: str = "") -> "Office":
        step = self.task(node, performer)
        self.case = flow.send_back(self.graph, self.case, self.at, step=step, to=to, straight=straight)
        return self

    @property
    def waits(self) -> list[str]:
        return [f"{s.node}:{s.performer}" if s.performer else s.node for s in self.case.tasks]


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as caught:
        act()
    assert caught.value.message.zh and caught.value.message.en
    return caught.value.code


LINE = """
  受理: {by: 窗口@承办, next: {受理: 审核, 不予受理: 退件}}
  审核: {by: 经办@fgw, next: 决定}
  决定: {by: 负责人@fgw, next: {准予: 办结, 不予: 退件}}
  办结: {end: 准予, granted: 是}
  退件: {end: 不予}
"""
FORK = """
  受理: {by: 窗口@承办, next: 并联}
  并联: {fork: [环评, 消防], join: 汇总}
  环评: {by: 经办@hb, next: 环评复核}
  环评复核: {by: 科长@hb, next: 汇总}
  消防: {by: 经办@xf, next: 汇总}
  汇总: {by: 经办@fgw, next: 办结}
  办结: {end: 准予}
"""


def signing(rule: str, by: str = "[甲@a, 乙@b, 丙@c]") -> str:
    return f"""
  受理: {{by: 窗口@承办, next: 会签}}
  会签: {{by: {by}, quorum: {rule}, next: {{同意: 办结, 不同意: 退件}}}}
  办结: {{end: 准予}}
  退件: {{end: 不予}}
"""


def test_a_line_ends_where_its_outcomes_lead() -> None:
    office = Office(LINE)
    assert office.waits == ["受理:窗口@fgw"]
    office.do("受理", "受理").do("审核").do("决定", "准予")
    assert (office.case.state, office.case.end, office.case.live) == ("ended", "办结", ())
    assert refused(lambda: Office(LINE).do("受理", "再说")) == "flow.outcome"
    assert refused(lambda: flow.complete(office.graph, office.case, office.at, step=1, outcome="受理")) == "flow.closed"
    assert refused(lambda: Office(LINE).case[9]) == "flow.step"


@pytest.mark.parametrize(("amount", "node"), [(10, "小额"), (500, "大额"), (None, "大额")])
def test_a_route_takes_the_first_condition_that_holds(amount: int | None, node: str) -> None:
    office = Office(
        """
  分流: {route: [{when: 金额 < 100, to: 小额}], else: 大额}
  小额: {by: 经办@fgw, next: 完}
  大额: {by: 处长@fgw, next: 完}
  完: {end: 完}
""",
        金额=amount,
    )
    assert office.waits[0].startswith(node)


def test_a_decision_leads_by_its_result_and_refuses_an_unknown_one() -> None:
    steps = """
  分类: {decide: x.y, next: {甲: 审核}}
  审核: {by: 经办@fgw, next: 完}
  完: {end: 完}
"""
    assert Office(steps, 分类="甲").waits == ["审核:经办@fgw"]
    assert refused(lambda: Office(steps, 分类="乙")) == "flow.decision"
    assert Office(steps.replace("next: {甲: 审核}}", "next: {甲: 审核}, else: 完}"), 分类="乙").case.end == "完"


def test_a_fork_closes_when_all_branches_are_done() -> None:
    office = Office(FORK).do("受理")
    assert office.waits == ["环评:经办@hb", "消防:经办@xf"]
    office.do("消防").do("环评")
    assert office.waits == ["环评复核:科长@hb"]
    assert office.do("环评复核").waits == ["汇总:经办@fgw"]
    assert office.do("汇总").case.state == "ended"


def test_an_end_within_a_branch_ends_everything() -> None:
    office = Office(
        FORK.replace("环评: {by: 经办@hb, next: 环评复核}", "环评: {by: 经办@hb, next: {过: 环评复核, 否: 办结}}")
    )
    office.do("受理").do("环评", "否")
    assert office.case.end == "办结" and office.case.live == ()


def test_a_choice_takes_every_way_that_holds_or_goes_on() -> None:
    steps = """
  择: {choose: [{when: 金额 > 10, to: 甲}, {when: 金额 > 100, to: 乙}], join: 合}
  甲: {by: 经办@a, next: 合}
  乙: {by: 经办@b, next: 合}
  合: {by: 经办@c, next: 完}
  完: {end: 完}
"""
    assert Office(steps, 金额=500).waits == ["甲:经办@a", "乙:经办@b"]
    assert Office(steps, 金额=50).do("甲").waits == ["合:经办@c"]
    assert Office(steps, 金额=1).waits == ["合:经办@c"]
    assert Office(steps.replace("join: 合}", "else: 乙, join: 合}"), 金额=1).waits == ["乙:经办@b"]


def test_branches_that_pass_by_themselves_close_the_fork_once() -> None:
    office = Office("""
  并: {fork: [甲, 乙], join: 合}
  甲: {route: [{when: true, to: 合}], else: 合}
  乙: {route: [{when: false, to: 合}], else: 合}
  合: {by: 经办@c, next: 完}
  完: {end: 完}
""")
    assert office.waits == ["合:经办@c"]


@pytest.mark.parametrize(
    ("rule", "said", "end"),
    [
        ("全部", "甲同意 乙同意 丙同意", "办结"),
        ("全部", "甲不同意", "退件"),
        ("任一", "乙同意", "办结"),
        ("任一", "甲不同意 乙不同意 丙不同意", "退件"),
        ("2", "甲不同意 乙同意 丙同意", "办结"),
        ("2", "甲不同意 乙不同意", "退件"),
        ("2/3", "甲同意 丙同意", "办结"),
        ("'60%'", "甲不同意 乙同意 丙同意", "办结"),
        ("{need: '2', on_reject: 等待}", "甲不同意 乙不同意 丙同意", "退件"),
        ("{need: 任一, veto: [甲]}", "甲不同意", "退件"),
        ("{need: '3', weights: {甲: '2'}}", "甲同意 丙同意", "办结"),
        ("{need: '2/3', on_reject: 退回}", "乙不同意", "退件"),
    ],
)
def test_a_countersign_is_settled_by_its_rule(rule: str, said: str, end: str) -> None:
    """会签 或签 票签 一票否决: a disagreement in a ratio neither kills nor jumps."""
    office = Office(signing(rule)).do("受理")
    words = said.split()
    for each in words[:-1]:
        office.do("会签", each[1:], each[0])
        assert office.case.state == "open"
    office.do("会签", words[-1][1:], words[-1][0])
    assert (office.case.end, office.case.live) == (end, ())


def test_a_sequential_countersign_asks_one_after_the_other() -> None:
    office = Office(signing("{need: 全部, order: 顺序}")).do("受理")
    for performer in ("甲@a", "乙@b", "丙@c"):
        assert office.waits == [f"会签:{performer}"]
        office.do("会签", "同意")
    assert office.case.end == "办结"


def test_signers_come_from_the_data_and_never_from_nothing() -> None:
    """动态构建: an expression names them; who is named twice signs once."""
    steps = signing("全部", "[=经办]")
    office = Office(steps, 经办=["甲@a", "乙@承办", "甲@a"]).do("受理")
    assert office.waits == ["会签:甲@a", "会签:乙@fgw"]
    assert Office(steps, 经办="丁@d").do("受理").waits == ["会签:丁@d"]
    assert refused(lambda: Office(steps, 经办=[]).do("受理")) == "flow.performers"
    assert refused(lambda: Office(steps, 经办=3).do("受理")) == "flow.performers"


def test_send_back_to_the_step_before_needs_no_edge() -> None:
    office = Office(LINE).do("受理", "受理").do("审核").back("决定", "上一步")
    assert office.waits == ["审核:经办@fgw"]
    assert office.do("审核").waits == ["决定:负责人@fgw"]
    assert refused(lambda: Office(LINE).back("受理", "上一步")) == "flow.back.first"


def test_send_back_to_any_step_and_straight_on() -> None:
    """退回任意; 重审后直达: what lies between is not done again."""
    office = Office(LINE).do("受理", "受理").do("审核").back("决定", "受理", straight=True)
    assert office.waits == ["受理:窗口@fgw"]
    assert office.do("受理", "受理").waits == ["决定:负责人@fgw"]
    assert refused(lambda: office.back("决定", "办结")) == "flow.back.unknown"


def test_send_back_to_the_applicant() -> None:
    office = Office(LINE).do("受理", "受理").back("审核", APPLICANT)
    assert office.waits == [f"{AMEND}:{APPLICANT}"]
    assert refused(lambda: office.back(AMEND, "上一步")) == "flow.back.first"
    assert office.do(AMEND).waits == ["受理:窗口@fgw"]
    office.do("受理", "受理").back("审核", APPLICANT, straight=True).do(AMEND)
    assert office.waits == ["审核:经办@fgw"]


def test_sending_back_a_countersign_cancels_the_others() -> None:
    office = Office(signing("全部")).do("受理").do("会签", "同意", "甲").back("会签", "上一步", performer="乙")
    assert office.waits == ["受理:窗口@fgw"]
    assert office.do("受理").waits == ["会签:甲@a", "会签:乙@b", "会签:丙@c"], "everybody signs anew"


def test_sending_back_out_of_a_fork_cancels_it_and_within_it_leaves_the_others() -> None:
    office = Office(FORK).do("受理").do("环评").back("环评复核", "上一步")
    assert office.waits == ["消防:经办@xf", "环评:经办@hb"]
    assert refused(lambda: office.back("消防", "受理", straight=True)) == "flow.back.straight"
    office.back("消防", "受理")
    assert office.waits == ["受理:窗口@fgw"]
    office = Office(FORK).do("受理").do("环评").do("环评复核").do("消防")
    assert refused(lambda: office.back("汇总", "环评")) == "flow.back.inside"
    assert office.back("汇总", "受理").waits == ["受理:窗口@fgw"]


def test_sent_back_it_lies_with_the_person_who_did_it() -> None:
    office = Office(LINE).do("受理", "受理")
    office.case = flow.claim(office.case, step=office.task("审核"), person="ada")
    office.do("审核").back("决定", "上一步")
    assert [step.holder for step in office.case.tasks] == ["ada"]


def test_what_was_done_is_taken_back_while_nobody_touched_what_came() -> None:
    office = Office(FORK).do("受理")
    assert refused(lambda: flow.take_back(office.graph, office.case, step=1)) == "flow.touched", "a fork was opened"
    line = Office(LINE).do("受理", "受理")
    line.case = flow.take_back(line.graph, line.case, step=1)
    assert line.waits == ["受理:窗口@fgw"]
    line.do("受理", "受理")
    line.case = flow.claim(line.case, step=line.task("审核"), person="ada")
    assert refused(lambda: flow.take_back(line.graph, line.case, step=1)) == "flow.touched"
    assert refused(lambda: flow.take_back(line.graph, line.case, step=line.task("审核"))) == "flow.touched"


def test_a_vote_that_is_taken_back_leaves_the_others_as_they_are() -> None:
    office = Office(signing("全部")).do("受理").do("会签", "同意", "甲")
    first = next(s.number for s in office.case.steps.values() if s.performer == "甲@a")
    office.case = flow.take_back(office.graph, office.case, step=first)
    assert office.waits == ["会签:甲@a", "会签:乙@b", "会签:丙@c"]


def test_a_vote_is_taken_back_until_the_countersign_is_settled() -> None:
    office = Office(signing("{need: 全部, order: 顺序}")).do("受理").do("会签", "同意", "甲")
    first = next(s.number for s in office.case.steps.values() if s.performer == "甲@a")
    office.case = flow.take_back(office.graph, office.case, step=first)
    assert office.waits == ["会签:甲@a"]
    office.do("会签", "同意").do("会签", "同意").do("会签", "同意")
    assert office.case.end == "办结"
    office = (
        Office(signing("任一").replace("办结: {end: 准予}", "办结: {by: 经办@a, next: 退件}"))
        .do("受理")
        .do("会签", "同意", "甲")
    )
    first = next(s.number for s in office.case.steps.values() if s.performer == "甲@a" and s.state == "done")
    assert refused(lambda: flow.take_back(office.graph, office.case, step=first)) == "flow.touched"


def test_withdraw_terminate_suspend_resume_and_wake_again() -> None:
    """撤销 终止 中止 恢复 唤醒."""
    office = Office(FORK).do("受理")
    halted = flow.suspend(office.case)
    assert refused(lambda: flow.complete(office.graph, halted, office.at, step=3, outcome="完成")) == "flow.suspended"
    assert refused(lambda: flow.suspend(halted)) == "flow.suspended"
    assert flow.resume(halted) == office.case
    assert refused(lambda: flow.resume(office.case)) == "flow.not_suspended"
    over = flow.terminate(office.graph, halted)
    assert (over.state, over.live) == ("terminated", ())
    gone = flow.withdraw(office.graph, office.case)
    assert gone.state == "withdrawn" and refused(lambda: flow.withdraw(office.graph, gone)) == "flow.closed"
    again = flow.reopen(office.graph, gone, office.at, at="汇总")
    assert again.state == "open" and [step.node for step in again.tasks] == ["汇总"]
    assert refused(lambda: flow.reopen(office.graph, again, office.at, at="汇总")) == "flow.live"
    assert refused(lambda: flow.reopen(office.graph, gone, office.at, at="没有")) == "flow.jump.unknown"
    assert refused(lambda: flow.reopen(office.graph, gone, office.at, at="消防")) == "flow.jump.inside"


def test_jump_leaves_the_fork_or_stays_in_it() -> None:
    def jumped(to: str) -> Case:
        office = Office(FORK).do("受理")
        return flow.jump(office.graph, office.case, office.at, step=office.task("环评"), to=to)

    assert [step.node for step in jumped("汇总").tasks] == ["汇总"]
    assert [step.node for step in jumped("环评复核").tasks] == ["消防", "环评复核"]
    assert refused(lambda: jumped("没有")) == "flow.jump.unknown"
    office = Office(FORK)
    assert refused(lambda: flow.jump(office.graph, office.case, office.at, step=1, to="环评")) == "flow.jump.inside"


def test_reassign_delegate_and_hand_on() -> None:
    """转办 委派 离职转办 认领: what is delegated comes back to who lent it."""
    office = Office(LINE)
    office.case = flow.claim(office.case, step=1, person="ada")
    assert refused(lambda: flow.claim(office.case, step=1, person="bob")) == "flow.taken"
    office.case = flow.release(office.case, step=1)
    office.case = flow.reassign(office.case, step=1, performer="窗口@b")
    assert refused(lambda: flow.reassign(office.case, step=1, performer="窗口@b")) == "flow.same"
    office.case = flow.delegate(office.case, step=1, performer="专员@c")
    assert refused(lambda: flow.delegate(office.case, step=1, performer="专员@d")) == "flow.lent"
    assert office.waits == ["受理:专员@c"]
    assert office.do("受理", "受理").waits == ["受理:窗口@b"], "it comes back"
    assert office.case[1].outcome == "受理", "with what the other would say"
    office.case = flow.delegate(office.case, step=1, performer="专员@c")
    office.case = flow.hand_on(
        flow.hand_on(office.case, performer="窗口@b", to="窗口@z"), performer="专员@c", to="专员@y"
    )
    assert office.waits == ["受理:专员@y"] and office.case[1].lender == "窗口@z"


def add(office: Office, node: str, performer: str, where: Any, by: str = "") -> None:
    office.case = flow.add(office.graph, office.case, step=office.task(node, by), performer=performer, where=where)


def test_add_a_signer_before_beside_and_after() -> None:
    """前加签 并加签 后加签."""
    office = Office(LINE).do("受理", "受理")
    add(office, "审核", "专家@x", "before")
    assert office.waits == ["审核:专家@x"]
    add(office, "审核", "专家@w", "before")
    assert office.waits == ["审核:专家@w"]
    office.do("审核").do("审核")
    assert office.waits == ["审核:经办@fgw"]
    add(office, "审核", "副处长@fgw", "after")
    assert office.do("审核").waits == ["审核:副处长@fgw"]
    assert office.do("审核").waits == ["决定:负责人@fgw"]
    add(office, "决定", "分管@fgw", "beside")
    office.do("决定", "准予", "负责人")
    assert office.case.state == "open" and office.do("决定", "准予").case.end == "办结"
    office = Office(LINE).do("受理", "受理").do("审核")
    add(office, "决定", "分管@fgw", "beside")
    assert office.do("决定", "不予", "分管").case.end == "退件", "who signs beside must say the same"


def test_add_and_remove_in_a_countersign() -> None:
    """加签 减签: the rule counts those who sign now; one always remains."""
    office = Office(signing("全部")).do("受理")
    add(office, "会签", "丁@d", "beside", "甲")
    add(office, "会签", "顾问@e", "before", "乙")
    for by in ("甲", "丙", "丁"):
        office.do("会签", "同意", by)
    office.do("会签", "完成", "顾问")
    assert office.waits == ["会签:乙@b"], "an adviser has no vote"
    with pytest.raises(Refusal) as caught:
        add(office, "会签", "戊@f", "after")
    assert caught.value.code == "flow.add.after"
    office.case = flow.remove(office.graph, office.case, office.at, step=office.task("会签"))
    assert office.case.end == "办结"
    office = Office(signing("全部", "[甲@a, 乙@b]")).do("受理")
    office.case = flow.remove(office.graph, office.case, office.at, step=office.task("会签", "乙"))
    assert (
        refused(lambda: flow.remove(office.graph, office.case, office.at, step=office.task("会签")))
        == "flow.remove.last"
    )


def test_who_was_added_before_or_after_can_be_removed() -> None:
    office = Office(LINE).do("受理", "受理")
    add(office, "审核", "专家@x", "before")
    office.case = flow.remove(office.graph, office.case, office.at, step=office.task("审核"))
    assert office.waits == ["审核:经办@fgw"]
    add(office, "审核", "副处长@fgw", "after")
    after = next(step.number for step in office.case.live if step.follows)
    office.case = flow.remove(office.graph, office.case, office.at, step=after)
    assert office.do("审核").waits == ["决定:负责人@fgw"]
    assert refused(lambda: add(office, "决定", "负责人@fgw", "before")) == "flow.same"
    office.back("决定", APPLICANT)
    assert refused(lambda: add(office, AMEND, "x@y", "beside")) == "flow.add.amend"


def test_removing_a_signer_removes_who_signs_before_him() -> None:
    office = Office(signing("全部")).do("受理")
    add(office, "会签", "顾问@e", "before", "乙")
    held = next(step.number for step in office.case.live if step.performer == "乙@b")
    office.case = flow.remove(office.graph, office.case, office.at, step=held)
    assert office.waits == ["会签:甲@a", "会签:丙@c"]


def test_waits_end_by_time_message_condition_and_a_called_case() -> None:
    """定时 触发 子流程."""
    steps = """
  公示: {wait: {time: 10 工作日}, next: 回执}
  回执: {wait: {message: 回执到达}, next: 达标}
  达标: {wait: {until: 金额 > 10}, next: 评审}
  评审: {call: 专家评审, next: {通过: 完, 不通过: 否}}
  完: {end: 完}
  否: {end: 否}
"""
    office = Office(steps, 金额=1)
    wake: Callable[..., Case] = lambda **how: flow.wake(office.graph, office.case, office.at, **how)  # noqa: E731
    assert [step.node for step in office.case.live] == ["公示"] and office.waits == []
    assert wake(message="别的") == office.case
    office.case = wake(step=1)
    office.case = wake(message="回执到达")
    assert [step.node for step in office.case.live] == ["达标"]
    office.at = here(金额=11)
    office.case = wake()
    assert [step.node for step in office.case.live] == ["评审"]
    assert wake(step=4, outcome="不通过").end == "否" and wake(step=4, outcome="通过").end == "完"
    assert wake(step=4, outcome="别的") == office.case, "no way is guessed for an end that is not drawn"
    jumped = flow.jump(office.graph, office.case, office.at, step=4, to="否")
    assert jumped.end == "否", "an official leads it on"
    assert (
        Office(steps.replace("公示: {wait: {time: 10 工作日}, next: 回执}", "公示: {wait: {until: true}, next: 回执}"))
        .case.live[0]
        .node
        == "回执"
    )
    assert (
        Office(steps.replace("  公示", "  先: {call: 备案, waits: 否, next: 公示}\n  公示")).case.live[0].node == "公示"
    ), "asynchronous"


def test_gateways_in_a_circle_are_refused() -> None:
    office = """
  甲: {route: [{when: 金额 > 1, to: 乙}], else: 丙}
  乙: {wait: {until: 金额 > 1}, next: 甲}
  丙: {end: 完}
"""  # lint cannot know that the condition holds already
    assert refused(lambda: Office(office, 金额=2)) == "flow.circle"
    assert Office(office, 金额=1).case.state == "ended"


def test_changes_tell_what_is_new_over_and_moved() -> None:
    office = Office(LINE)
    before = office.case
    office.do("受理", "受理")
    told = flow.changes(before, office.case)
    assert [(c.step.node, c.opened, c.closed, c.moved) for c in told] == [
        ("受理", False, True, False),
        ("审核", True, False, False),
    ]
    moved = flow.reassign(office.case, step=2, performer="x@y")
    assert [c.moved for c in flow.changes(office.case, moved)] == [True]
    told_of: list[tuple[Any, str, Any]] = [(before.state, before.end, before.steps.values())]
    told_of += [
        (case.state, case.end, [c.step for c in flow.changes(was, case)])
        for was, case in ((before, office.case), (office.case, moved))
    ]
    assert flow.replayed(told_of) == moved


def test_the_applicant_does_his_own_steps() -> None:
    """补正: the step is drawn, and is the applicant's."""
    office = Office(LINE.replace("受理: 审核, ", "受理: 审核, 补正: 补正, ") + "  补正: {by: 申请人, next: 受理}\n")
    assert office.do("受理", "补正").waits == [f"补正:{APPLICANT}"]
    assert office.do("补正").waits == ["受理:窗口@fgw"]


def test_several_sign_after_and_one_of_them_is_removed() -> None:
    office = Office(LINE).do("受理", "受理")
    for performer in ("甲@a", "乙@b", "丙@c"):
        add(office, "审核", performer, "after", "经办")
    first = next(step.number for step in office.case.live if step.performer == "甲@a")
    office.case = flow.remove(office.graph, office.case, office.at, step=first)
    assert office.do("审核").waits == ["审核:乙@b"]
    office.case = flow.remove(office.graph, office.case, office.at, step=office.task("审核"))
    assert office.waits == ["审核:丙@c"], "who comes after him signs now"
    office.case = flow.remove(office.graph, office.case, office.at, step=office.task("审核"))
    assert office.waits == ["决定:负责人@fgw"], "nobody is left: it goes on as the first one said"


def test_handing_on_touches_only_the_steps_of_one_performer() -> None:
    office = Office(FORK).do("受理")
    office.case = flow.hand_on(office.case, performer="经办@hb", to="副手@hb")
    assert office.waits == ["环评:副手@hb", "消防:经办@xf"]


def test_a_message_that_ends_the_case_ends_the_other_waits_too() -> None:
    office = Office("""
  并: {fork: [甲, 乙], join: 合}
  甲: {wait: {message: 撤销}, next: 否}
  乙: {wait: {message: 撤销}, next: 合}
  合: {by: 经办@c, next: 完}
  完: {end: 完}
  否: {end: 否}
""")
    office.case = flow.wake(office.graph, office.case, office.at, message="撤销")
    assert office.case.end == "否" and office.case.live == ()


def test_who_signs_after_signs_after_all_who_sign_beside() -> None:
    office = Office(LINE).do("受理", "受理")
    add(office, "审核", "副处长@fgw", "after")
    add(office, "审核", "同事@fgw", "beside", "经办")
    office.do("审核", performer="经办")
    assert office.waits == ["审核:同事@fgw"]
    assert office.do("审核").waits == ["审核:副处长@fgw"]
    assert office.do("审核").waits == ["决定:负责人@fgw"]


def test_nobody_signs_beside_or_after_who_signs_before() -> None:
    office = Office(LINE).do("受理", "受理")
    add(office, "审核", "专家@x", "before")
    for where in ("beside", "after"):
        assert refused(lambda where=where: add(office, "审核", "另@y", where)) == "flow.add.before"
    waiting = next(step.number for step in office.case.live if step.state == "waiting")
    assert refused(lambda: flow.reassign(office.case, step=waiting, performer="x@y")) == "flow.done"


def test_the_step_before_is_one_that_an_office_did() -> None:
    office = Office(LINE).do("受理", "受理").back("审核", APPLICANT, straight=True).do(AMEND)
    assert office.back("审核", "上一步").waits == ["受理:窗口@fgw"], "not the applicant's amendment"


def test_what_a_table_decided_is_a_name_for_the_conditions_behind_it() -> None:
    steps = """
  分类: {decide: x.y, next: {甲: 分流, 乙: 分流}}
  分流: {route: [{when: 分类 = "甲", to: 一}], else: 二}
  一: {by: 经办@a, next: 完}
  二: {by: 经办@b, next: 完}
  完: {end: 完}
"""
    assert Office(steps, 分类="甲").waits == ["一:经办@a"] and Office(steps, 分类="乙").waits == ["二:经办@b"]


def test_what_was_lent_comes_back_and_is_told_apart() -> None:
    office = Office(LINE)
    lent = flow.delegate(office.case, step=1, performer="专员@c")
    back = flow.complete(office.graph, lent, office.at, step=1, outcome="受理")
    assert [each.returned for each in flow.changes(lent, back)] == [True]
    assert [each.returned for each in flow.changes(office.case, lent)] == [False]
    waits = Office("""
  候: {wait: {message: 函}, next: 完}
  完: {end: 完}
""")
    assert refused(lambda: flow.claim(waits.case, step=1, person="ada")) == "flow.done", "a wait is nobody's task"

"""What the styleguide shows: every shape, full and empty, made of the plan's own clauses and sections."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from qilian.core.house.pages import (
    NOT_A_RECORD,
    Action,
    Column,
    Crumb,
    Empty,
    Fact,
    Field,
    Filter,
    Head,
    ListPage,
    Proof,
    RecordPage,
    Section,
    Shape,
    Status,
    StepForm,
    Table,
    TimelineEntry,
)
from qilian.core.values import clock
from qilian.core.values.money import Money
from qilian.core.values.quantity import Quantity
from qilian.core.values.text import Refusal, Text
from qilian.spine.coverage.api import ClauseFact

from .plan import clause_url, plan_facts, section_of

HERE = Text("组件样式", "Style guide")
STATES = (
    Status(Text("正常", "On track"), "green"),
    Status(Text("临期", "Soon due"), "amber"),
    Status(Text("逾期", "Overdue"), "red"),
    Status(Text("办结", "Done"), "blue"),
    Status(Text("未开始", "Not begun"), "grey"),
)
_CONTINUE = Text("继续", "Continue")
_STEPS = (
    Crumb(Text("选择服务", "Choose"), "/styleguide/"),
    Crumb(Text("填写情况", "Describe")),
    Crumb(Text("核对", "Check answers")),
    Crumb(Text("提交", "Send")),
)
_SERVICES = (
    ("testing", Text("检验检测", "Inspection and testing")),
    ("logistics", Text("现代物流", "Modern logistics")),
    ("finance", Text("现代金融", "Modern finance")),
)
_NOTHING = Empty(
    Text(
        "还没有条目。载入方案后，这里按节列出每一条。", "No clauses yet. Once a plan is loaded, they are listed here."
    ),
    Action(Text("查看方案", "Go to the plan"), "/plan/", primary=True),
)


def clauses() -> list[ClauseFact]:
    """Every clause of the deployment's plan."""
    return list(plan_facts().clauses)


def columns() -> list[Column]:
    """One column of each kind."""
    return [
        Column("id", Text("条", "Clause"), lambda row: row.id, "code", url=lambda row: clause_url(row.id)),
        Column("section", Text("节", "Section"), lambda row: section_of(row.section) or row.section, sort="section"),
        Column("summary", Text("提要", "Summary"), lambda row: row.summary),
        Column("systems", Text("点名的系统", "Named systems"), lambda row: len(row.systems), "number", sort="systems"),
        Column("money", Text("金额", "Amount"), _amount, "number", unit=Text("元", "CNY"), sort="money"),
        Column("state", Text("状态", "State"), _state, "status", sort="state"),
        Column("due", Text("到期", "Due"), _due, "date", sort="due"),
    ]


def full_list() -> ListPage:
    """A list with filters, sorting, pages and CSV."""
    filters = (
        Filter(
            "section", Text("节", "Section"), _of_section, [(each.id, each.title) for each in plan_facts().sections]
        ),
        Filter("words", Text("提要中的词", "Words in the summary"), _with_words),
    )
    return ListPage(_head(Text("列表", "List")), clauses(), columns(), _NOTHING, filters, page_size=20)


def empty_list() -> ListPage:
    """A list without rows."""
    return ListPage(_head(Text("空列表", "Empty list")), [], columns(), _NOTHING)


def record() -> RecordPage:
    """A record with facts, tables, paragraphs and a timeline."""
    clause = clauses()[0]
    actions = (
        Action(Text("签收", "Acknowledge"), "/styleguide/", primary=True),
        Action(Text("打印件", "Printed form"), "/styleguide/"),
        Action(Text("撤销", "Withdraw"), "/styleguide/", dangerous=True),
    )
    sections = (
        Section(Text("说明", "About"), paragraphs=(clause.summary,)),
        Section(Text("数字", "Figures"), facts=_facts()),
        Section(Text("同节各条", "Clauses of the section"), table=Table(columns(), clauses()[:4])),
        Section(Text("意见", "Opinions"), table=Table(columns(), [], _NOTHING)),
    )
    return RecordPage(_head(Text("记录", "Record"), clause, _facts(), actions), sections, _timeline())


def empty_record() -> RecordPage:
    """A record of which nothing is known yet."""
    return RecordPage(
        _head(Text("空记录", "Empty record")), (Section(table=Table(columns(), [], _NOTHING)),), NOT_A_RECORD
    )


def form() -> StepForm:
    """One thing at a time, for the public."""
    return StepForm(_head(Text("分步表单", "Step form")), _public_fields(), _CONTINUE, steps=_STEPS, step=1)


def wrong_form() -> StepForm:
    """The same form after wrong input: a summary, and each error beside its field."""
    late = Refusal(
        "sample.date.past",
        Text("日期已经过去。", "The date has passed."),
        where="day",
        remedy=Text("请填今天以后的日期。", "Enter a day from tomorrow on."),
    )
    missing = Refusal("sample.service.empty", Text("请选一种服务。", "Choose a service."), where="service")
    return StepForm(
        _head(Text("有误的表单", "Form with errors")),
        _public_fields(),
        _CONTINUE,
        refusals=(missing, late),
        steps=_STEPS,
    )


def dense_form() -> StepForm:
    """Many fields on one page, for officials."""
    fields = (
        Field("name", Text("事项名称", "Title"), value=plan_facts().title),
        Field("unit", Text("牵头单位", "Lead unit"), "choice", choices=_SERVICES),
        Field("amount", Text("金额", "Amount"), "money", value=Money.yuan("1234567.89")),
        Field("count", Text("数量", "Count"), "integer", value=12, unit=Text("家", "firms")),
        Field("share", Text("占比", "Share"), "decimal", value=Decimal("12.5"), unit=Text("%", "%"), required=False),
        Field("day", Text("到期", "Due"), "date", value=_due(clauses()[0])),
        Field("mail", Text("邮箱", "E-mail"), "email", required=False),
        Field("note", Text("说明", "Note"), "textarea", required=False),
    )
    return StepForm(_head(Text("密集表单", "Dense form")), fields, Text("保存", "Save"), dense=True)


PAGES: Mapping[str, Callable[[], Shape]] = {
    "list": full_list,
    "list-empty": empty_list,
    "record": record,
    "record-empty": empty_record,
    "form": form,
    "form-errors": wrong_form,
    "form-dense": dense_form,
}


def _public_fields() -> tuple[Field, ...]:
    return (
        Field("service", Text("您需要哪种服务？", "Which service do you need?"), "choice", choices=_SERVICES),
        Field(
            "needs",
            Text("还需要什么？", "What else do you need?"),
            "choices",
            value=["report"],
            required=False,
            choices=(("report", Text("书面报告", "A written report")), ("visit", Text("上门", "A visit"))),
        ),
        Field(
            "day", Text("哪一天？", "Which day?"), "date", value=date(2015, 3, 1), hint=Text("工作日", "A working day")
        ),
        Field("proof", Text("证明材料", "Evidence"), "file", accept=".pdf,.docx", required=False),
        Field("true", Text("以上内容属实。", "The above is true."), "boolean"),
    )


def _head(
    title: Text, clause: ClauseFact | None = None, facts: tuple[Fact, ...] = (), actions: tuple[Action, ...] = ()
) -> Head:
    crumbs = (Crumb(HERE, "/styleguide/"), Crumb(title))
    return Head(title, crumbs, clause.id if clause else "", clause.summary if clause else "", facts, actions)


def _facts() -> tuple[Fact, ...]:
    return (
        Fact(Text("状态", "State"), STATES[0]),
        Fact(Text("到期", "Due"), clock.today() + timedelta(days=20)),
        Fact(Text("投资", "Investment"), Money.yuan("1234567.89")),
        Fact(Text("仓储", "Storage"), Quantity.of("12500", "平方米")),
        Fact(
            Text("牵头", "Lead"),
            Text("2 个单位", "2 units"),
            url="/units/",
            note=Text("其中 1 个集体", "1 is a collective"),
        ),
        Fact(Text("办结", "Done"), None),
    )


def _timeline() -> tuple[TimelineEntry, ...]:
    now = clock.now()
    proof = Proof(1042, "9f2c6b0d4e1a77c3", "")
    return (
        TimelineEntry(now - timedelta(days=9), Text("交办", "Assigned"), "省政府办公厅", "", proof),
        TimelineEntry(now - timedelta(days=8), Text("签收", "Acknowledged"), "省发展改革委", "按期办理。", proof),
        TimelineEntry(
            now - timedelta(hours=2), Text("反馈", "Reported"), "省发展改革委", proof=Proof(None, "b7d0c5518e2f")
        ),
    )


def _of_section(rows: Sequence[ClauseFact], section: str) -> Sequence[ClauseFact]:
    return [row for row in rows if row.section == section]


def _with_words(rows: Sequence[ClauseFact], words: str) -> Sequence[ClauseFact]:
    return [row for row in rows if words.lower() in f"{row.summary.zh} {row.summary.en}".lower()]


def _amount(row: ClauseFact) -> Money | None:
    return Money.yuan(12_345 * len(row.summary.zh)) if row.systems else None


def _state(row: ClauseFact) -> Status:
    return STATES[len(row.summary.zh) % len(STATES)]


def _due(row: ClauseFact) -> date:
    return clock.today() + timedelta(days=len(row.summary.en))

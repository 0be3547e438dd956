"""The demonstration province: the plan, invented people who can sign in, and an ordinary month by the stories."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache, partial
from importlib import import_module

from django.contrib.auth.hashers import make_password

from qilian.core.house.parts.api import parts
from qilian.core.offers.packs.api import offers
from qilian.core.offers.stories.api import Cast, Teller, tell_once
from qilian.core.rights.grants.api import ROLES, SYSTEM, Scope, grant
from qilian.core.values import clock
from qilian.core.values.text import Text
from qilian.core.who.people.api import Person, appoint, principal_of, register_person
from qilian.core.who.units.api import units
from qilian.domains import PACKS

from .province import load_province

SEED = 2015
MONTH_DAYS = 30
PASSWORD = "qilian-2015-demo"
"""One word for all invented people, printed by `up` and shown on the sign-in page of the demonstration only."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One invented person: login, name, what he is, his rights (his own, or of his post), his post, and his pack.

    `within` are rights that count in his own unit alone, such as to book.
    """

    login: str
    name: str
    title: Text
    actions: tuple[str, ...] = ()
    unit: str = ""
    role: str = ""
    pack: str = ""
    within: tuple[str, ...] = ()


BOOKS = ("ledger.post",)
KEEPERS = ("offers.open", "directories.*", "standards.*", "grades.*", "casework.*")
"""What the official of a section may do with its offers."""


def _keeper(pack: str, name: str, unit: str, of: Text) -> Figure:
    """The official who keeps the offers of one section of the plan; his login is the section's word."""
    title = Text(f"{{title}}（{of.zh}）", f"{{title}} ({of.en})")
    section = next(each.title for each in PACKS if each.slug == pack)
    return Figure(pack, name, title.filled(title=section), KEEPERS, unit, "服务项管理", pack)


FIGURES = (
    Figure("sysadmin", "韩志远", Text("系统管理员", "System administrator"), ROLES["system-administrator"]),
    Figure("secadmin", "马文静", Text("安全管理员", "Security administrator"), ROLES["security-administrator"]),
    Figure("auditor", "祁明亮", Text("审计管理员", "Audit administrator"), ROLES["audit-administrator"]),
    Figure(
        "planner",
        "李春晓",
        Text("省发展改革委，起草方案", "Development and Reform Commission, drafts plans"),
        ("plan.draft", "parameters.propose"),
        "qh-fgw",
        "方案起草",
    ),
    Figure(
        "director",
        "周建国",
        Text(
            "省服务业发展领导小组，发布方案、登记决定", "Leading Group for Services, publishes plans, records decisions"
        ),
        (
            "plan.draft",
            "plan.publish",
            "plan.decide",
            "units.edit",
            "parameters.propose",
            "parameters.approve",
            "access.break",
            "casework.publish",
            "casework.steer",
        ),
        "qh-fwyldxz",
        "办公室主任",
    ),
    Figure("liaison", "才让卓玛", Text("省工业和信息化厅联络员", "Liaison of Industry and IT"), (), "qh-gxt", "联络员"),
    Figure("liaison2", "王海燕", Text("省商务厅联络员", "Liaison of Commerce"), (), "qh-swt", "联络员"),
    Figure(
        "budgeter",
        "马晓云",
        Text("省财政厅预算处，下达和承诺预算", "Department of Finance, appropriates and commits budgets"),
        (
            *("budgets.view", "budgets.open", "budgets.appropriate", "budgets.propose", "budgets.approve"),
            *("budgets.commit", "budgets.confirm", "ledger.view", "ledger.open"),
            *("banking.view", "banking.open", "banking.import", "banking.propose", "banking.approve"),
            *("banking.order", "banking.receive", "banking.reveal"),
        ),
        "qh-czt",
        "预算处经办",
        within=BOOKS,
    ),
    Figure(
        "treasurer",
        "赵启明",
        Text("省财政厅国库处，批准和拨付", "Department of Finance, approves and pays"),
        (
            *("budgets.view", "budgets.approve", "budgets.pay", "ledger.view"),
            *("banking.view", "banking.propose", "banking.approve", "banking.release"),
        ),
        "qh-czt",
        "国库处经办",
    ),
    Figure(
        "registrar",
        "雷延军",
        Text("省市场监管局，登记主体、审核认领", "Market Regulation, registers parties and reviews claims"),
        ("registry.*",),
        "qh-scjgj",
        "主体登记",
    ),
    Figure("boss", "马占海", Text("企业法定代表人", "Legal representative of a firm")),
    Figure("operator", "苏小燕", Text("企业经办人", "Operator of a firm")),
    Figure("reader", "石磊", Text("企业读者，没有任何权限", "Reader from a firm, without any right")),
    Figure(
        "bookkeeper",
        "赵明霞",
        Text("省财政厅国库处，管账户和账本", "Department of Finance, keeps accounts and the ledger"),
        ("ledger.*",),
        "qh-czt",
        "账户管理",
        within=BOOKS,
    ),
    Figure(
        "pallets",
        "马成林",
        Text("省商务厅，管托盘循环共用池", "Commerce, keeps the pallet pool"),
        ("ledger.assets", "ledger.open", "ledger.view"),
        "qh-swt",
        "托盘池管理",
        within=BOOKS,
    ),
    Figure(
        "reviewer",
        "谢雅琴",
        Text(
            "省市场监管局，复核评价方法、信用修复和评分", "Market Regulation, reviews grades, credit repair and ratings"
        ),
        ("grades.approve", "credit.decide", "ratings.judge"),
        "qh-scjgj",
        "评价复核",
    ),
    Figure(
        "creditor",
        "石占明",
        Text("省市场监管局，登记失信信息", "Market Regulation, enters credit records"),
        ("credit.record",),
        "qh-scjgj",
        "信用监管",
    ),
    Figure(
        "window",
        "罗松",
        Text("省政务服务大厅窗口，代录书面申诉和申请", "Service hall window, writes down paper appeals"),
        ("grades.appeal", "credit.apply"),
        "qh-scjgj",
        "窗口",
    ),
    _keeper("logistics", "马晓军", "qh-swt", Text("省商务厅", "Commerce")),
    _keeper("finance", "陈玉兰", "qh-wjrb", Text("省委金融办", "Finance Office")),
    _keeper("information", "扎西东周", "qh-gxt", Text("省工业和信息化厅", "Industry and IT")),
    _keeper("ecommerce", "张海燕", "qh-swt", Text("省商务厅", "Commerce")),
    _keeper("consulting", "何建平", "qh-fgw", Text("省发展改革委", "Development and Reform Commission")),
    _keeper("environment", "索南多杰", "qh-sthjt", Text("省生态环境厅", "Ecology and Environment")),
    _keeper("testing", "刘志强", "qh-scjgj", Text("省市场监管局", "Market Regulation")),
    _keeper("research", "杨慧敏", "qh-kjt", Text("省科技厅", "Science and Technology")),
    _keeper("talent", "卓玛措", "qh-rst", Text("省人力资源社会保障厅", "Human Resources")),
    _keeper("aftersales", "白云飞", "qh-swt", Text("省商务厅", "Commerce")),
    _keeper("outsourcing", "冶秀英", "qh-swt", Text("省商务厅", "Commerce")),
    _keeper("fiscal", "贺永胜", "qh-czt", Text("省财政厅", "Finance")),
    _keeper("credit", "田文华", "qh-wjrb", Text("省委金融办", "Finance Office")),
    _keeper("market", "王志远", "qh-scjgj", Text("省市场监管局", "Market Regulation")),
    _keeper("innovation", "桑杰加", "qh-kjt", Text("省科技厅", "Science and Technology")),
    _keeper("clusters", "康晓霞", "qh-fgw", Text("省发展改革委", "Development and Reform Commission")),
    _keeper("statistics", "蒋国栋", "qh-tjj", Text("省统计局", "Statistics")),
)


ADMINISTRATORS = Text("三名管理员", "The three administrators")
FIRMS = Text("企业的人", "People of firms")
OFFICIALS = Text("委办厅局", "Officials")
SECTIONS = Text("各章的服务项管理员", "Keepers of each section's offers")


def logins() -> Iterator[Mapping[str, str]]:
    """Everybody who can sign in to the demonstration, as the sign-in page and `up` show him."""
    for figure in FIGURES:
        group = _group(figure)
        yield {
            "login": figure.login,
            "password": PASSWORD,
            "name": figure.name,
            "zh": figure.title.zh,
            "en": figure.title.en,
            "group_zh": group.zh,
            "group_en": group.en,
        }


def _group(figure: Figure) -> Text:
    if figure.pack:
        return SECTIONS
    if figure.unit:
        return OFFICIALS
    return ADMINISTRATORS if figure.actions else FIRMS


def fill() -> None:
    """Fill the demonstration as far as it is not filled: a second call adds nothing.

    Province, people and grants begin a month ago, when the stories begin; every part's story is told once.
    """
    start = clock.now() - timedelta(days=MONTH_DAYS)
    cast = enter(start)
    for name, teller in tales():
        tell_once(name, teller, seed=SEED, start=start, cast=cast)


def story_names() -> tuple[str, ...]:
    """The names of all stories, in their order, without reading one."""
    kinds = [kind for part in parts() for kind in part.tellers]
    return (
        *(part.name for part in parts() if part.story),
        *(f"offer:{path}" for kind in kinds for path in offers(kind)),
    )


def tales() -> Iterator[tuple[str, Teller]]:
    """Every story that this house can tell, by name: of parts, and of each declared offer by its kind's one teller."""
    for part in parts():
        if part.story:
            yield part.name, import_module(part.story).month
    tellers = {kind: module for part in parts() for kind, module in part.tellers.items()}
    for kind, module in tellers.items():
        for path in offers(kind):
            yield f"offer:{path}", partial(import_module(module).month, path)


def enter(start: datetime) -> Cast:
    """Enter the province and its people as of a moment, so that nothing is told before it was there."""
    with clock.allow_standing(), clock.standing_at(start):
        load_province()
    return cast_from(start)


def cast_from(start: datetime) -> Cast:
    """Enter the figures as far as they are not entered, with their posts and rights from a moment on.

    Return who acts behind a login: with the posts he holds at the moment of the scene.
    """
    with clock.allow_standing(), clock.standing_at(start):
        people = {figure.login: _person(figure) for figure in FIGURES}
    return lambda login: principal_of(people[login])


@lru_cache(maxsize=1)
def _hashed() -> str:
    """The one word of all invented people, hashed once: each hash is a third of a second by intent."""
    return make_password(PASSWORD)


def _phone(figure: Figure) -> str:
    """A number that nobody has: the exchange 0000 is not given out."""
    return f"1380000{1000 + FIGURES.index(figure)}"


def _person(figure: Figure) -> Person:
    person = Person.objects.filter(login=figure.login).first()
    if person is not None:
        return person
    person = register_person(actor=SYSTEM, login=figure.login, name=figure.name, phone=_phone(figure))
    Person.objects.filter(pk=person.pk).update(password=_hashed())
    if figure.unit:
        unit = units().get(slug=figure.unit)
        post = appoint(actor=SYSTEM, person=person, unit=unit, role=figure.role, valid_from=clock.today())
        if figure.actions:
            scope = Scope(offer=f"{figure.pack}/" if figure.pack else "")
            grant(actor=SYSTEM, actions=figure.actions, post=post.pk, scope=scope, reason="演示")
        if figure.within:
            grant(actor=SYSTEM, actions=figure.within, post=post.pk, scope=Scope(unit=figure.unit), reason="演示")
    elif figure.actions:
        grant(actor=SYSTEM, actions=figure.actions, person=person.pk, reason="演示")
    return person

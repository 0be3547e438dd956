"""The titles of the columns of a statement: what each bank calls them, and which row of a file they are.

What every bank may say stands in `COMMON`; the words of one bank are data (`banks/*.toml`, each with its source), so
that another bank is another file. From the holder's side 借方 and 支出 go out, 贷方 and 收入 come in. A word in
brackets tells the side of an amount (交易金额(收入)); a unit (元) and an English translation in square brackets are no
part of a title.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from qilian.core.values.text import Text

MONEY = ("out", "in", "amount", "balance")
FIELDS = (
    *("day", *MONEY, "side", "currency", "name", "account", "party", "payer_name", "payer_account", "payee_name"),
    *("payee_account", "own", "summary", "purpose", "serial", "voucher", "reference", "status", "method"),
)
_TEXTS, _CHOSEN = ("summary", "purpose"), ("day", *MONEY, "side", "currency")
_TRANSLATION = re.compile(r"\[[^\[\]]*\]")
_UNIT = re.compile(r"[(/](?:单位:?)?[+-]?(?:人民币元|人民币|元|圆|cny|rmb|yuan)\)?(?=$|\()")
_BRACKET = re.compile(r"(.+?)\(([^()]*)\)")
_SIDES: Mapping[str, str] = {
    **dict.fromkeys(("收入", "贷", "贷方", "存入", "转入", "收", "来账", "汇入", "credit", "in", "+"), "in"),
    **dict.fromkeys(
        ("支出", "支取", "借", "借方", "取出", "转出", "支", "付", "往账", "汇出", "debit", "out", "-"), "out"
    ),
}


@dataclass(frozen=True)
class Heads:
    """How one bank titles the columns of its statements.

    `names` holds the titles of each field, the one to be preferred first; `other` are titles of columns that are known
    and not needed. `minus`: what goes out is written with a minus. `loose`: its maker says that rows may not make the
    sums beside them.
    """

    bank: Text
    names: Mapping[str, Sequence[str]]
    other: Sequence[str] = ()
    minus: bool = False
    loose: bool = False
    titles: dict[str, tuple[str, int]] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        """Turn the names around: from title to field and rank."""
        for name, written in self.names.items():
            for rank, each in enumerate(written):
                self.titles.setdefault(title_of(each), (name, rank))
        for each in self.other:
            self.titles.setdefault(title_of(each), ("other", 0))

    def problems(self) -> list[str]:
        """What is wrong with the data: a field that does not exist, a title that means two things."""
        named = [*self.names.items(), ("other", self.other)]
        said = {(title_of(each), name) for name, written in named for each in written}
        twice = sorted(title for title, count in Counter(title for title, _ in said).items() if count > 1)
        return [f"no field: {name}" for name in self.names if name not in FIELDS] + [f"twice: {each}" for each in twice]


@dataclass(frozen=True, slots=True)
class Layout:
    """What the columns of one file are: the place of each field, and of every column of words.

    `unread` are titles of columns that are known and not needed, `unknown` those that nobody knows; `twice` are the
    titles of each field that two columns claim with equal right; `width` counts the columns that have a title.
    """

    heads: Heads
    places: Mapping[str, int]
    texts: tuple[int, ...]
    unread: tuple[str, ...]
    unknown: tuple[str, ...]
    twice: Mapping[str, tuple[str, ...]]
    minus: bool
    width: int


def title_of(written: str) -> str:
    """A title as all writers of it agree: no width, case, blanks, translation or unit.

    >>> title_of("借方发生额/元（支取）"), title_of("交易金额[ Trade Amount ]"), title_of("收入金额（+元）")
    ('借方发生额(支取)', '交易金额', '收入金额')
    """
    text = "".join(unicodedata.normalize("NFKC", written[:200]).casefold().split()).strip("\ufeff'`\"#*:")
    return _UNIT.sub("", _TRANSLATION.sub("", text))


def layout_of(cells: Sequence[str], banks: Sequence[Heads] = ()) -> Layout | None:
    """The layout when a row is the titles of a statement: it names a day and a column of money; else None.

    The bank whose own words tell most of the titles is taken; `COMMON` tells the rest.
    """
    titles = [title_of(cell) for cell in cells]
    heads = max((COMMON, *banks), key=lambda bank: sum(title in bank.titles for title in titles))
    found: dict[str, list[tuple[int, int]]] = {}  # by field: rank and place
    unread, unknown = [], []
    for place, title in enumerate(titles):
        name, rank = _field_of(title, heads)
        if name == "other":
            unread.append(cells[place].strip())
        elif name:
            found.setdefault(name, []).append((rank, place))
        elif title:
            unknown.append(cells[place].strip())
    places = {name: min(each)[1] for name, each in found.items()}
    if "day" not in places or not set(MONEY) & places.keys():
        return None
    _drop_single_amount(places)
    texts = tuple(sorted(place for name in _TEXTS for _, place in found.get(name, ())))
    read = {*places.values(), *texts}
    unread += [cells[place].strip() for each in found.values() for _, place in each if place not in read]
    twice = {name: equal for name in _CHOSEN if name in places and (equal := _equals(found[name], cells))}
    minus = heads.minus or ("out" in places and "-元" in unicodedata.normalize("NFKC", cells[places["out"]]))
    width = max(place for place, title in enumerate(titles) if title) + 1
    return Layout(heads, places, texts, tuple(unread), tuple(unknown), twice, minus, width)


def layout_below(upper: Sequence[str], lower: Sequence[str], banks: Sequence[Heads] = ()) -> Layout | None:
    """The layout of titles in two rows, the lower of which says the sides of an amount above it; else None."""
    sides = {place: _SIDES.get(title_of(cell)) for place, cell in enumerate(lower) if cell.strip()}
    if not sides or None in sides.values():
        return None
    cells = [*upper, *[""] * (max(sides) + 1 - len(upper))]
    for place in sorted(sides, reverse=True):
        above = next((cells[left] for left in range(place, -1, -1) if cells[left].strip()), "")
        cells[place] = f"{title_of(above)}({title_of(lower[place])})"
    return layout_of(cells, banks)


def _drop_single_amount(places: dict[str, int]) -> None:
    """With a column for each side, a third of amounts and one of sides say nothing new."""
    if "in" in places and "out" in places:
        for name in ("amount", "side"):
            places.pop(name, None)


def _equals(columns: Sequence[tuple[int, int]], cells: Sequence[str]) -> tuple[str, ...]:
    """The titles that claim one field with equal right: there is nothing to choose between them."""
    best = min(columns)[0]
    equal = [cells[place].strip() for rank, place in columns if rank == best]
    return tuple(equal) if len(equal) > 1 else ()


def _field_of(title: str, heads: Heads) -> tuple[str, int]:
    """Field and rank of a title, in the words of the bank, else of everybody; the field is empty when nobody knows."""
    name, rank = _looked_up(title, heads)
    bracketed = None if name else _BRACKET.fullmatch(title)
    if bracketed is None:
        return name, rank
    base, inside = bracketed.groups()
    name, rank = _looked_up(base, heads)
    side = _SIDES.get(inside)
    if name == "amount" and side:
        return side, rank
    if name in ("in", "out"):
        return (name, rank) if side == name else ("", 0)
    return ("", 0) if name in MONEY else (name, rank)


def _looked_up(title: str, heads: Heads) -> tuple[str, int]:
    """A title in the words of the bank; everybody's come after them, and prefer no column of money to another."""
    if title in heads.titles and heads is not COMMON:
        return heads.titles[title]
    name, rank = COMMON.titles.get(title, ("", 0))
    return name, 100 if name in MONEY else 100 + rank


COMMON = Heads(
    Text("通用", "any bank"),
    {
        "day": (
            *("交易日期", "记账日期", "入账日期", "日期", "交易日", "记账日", "发生日期", "date", "bookingdate"),
            *("transactiondate", "交易时间", "入账时间", "记账时间", "发生时间", "交易日期时间"),
        ),
        "out": (
            *("借方发生额", "借方金额", "支出金额", "支出", "支取金额", "转出金额", "转出", "取出", "付款金额", "借方"),
            *("借", "支取", "debit", "debitamount", "paidout", "withdrawal"),
        ),
        "in": (
            *("贷方发生额", "贷方金额", "收入金额", "收入", "存入金额", "转入金额", "转入", "存入", "收款金额", "贷方"),
            *("贷", "credit", "creditamount", "paidin", "deposit"),
        ),
        "amount": ("交易金额", "发生额", "发生金额", "金额", "收支金额", "收支", "amount", "transactionamount"),
        "side": (
            *(
                "借贷标志",
                "借贷",
                "借贷方向",
                "收支标志",
                "收/支",
                "借/贷",
                "收支方向",
                "收支类型",
                "收支状况",
                "收入/支出",
            ),
            *("汇出汇入", "交易方向", "debitcredit", "debit/credit"),
        ),
        "balance": (
            *("余额", "账户余额", "帐户余额", "交易后余额", "本次余额", "当前余额", "联机余额", "账户结余"),
            *("balance", "runningbalance"),
        ),
        "currency": ("币种", "货币", "币别", "交易币种", "交易货币", "currency"),
        "name": (
            *(
                "对方户名",
                "对方名称",
                "对方账户名称",
                "对方账户名",
                "对方账号名称",
                "对方单位名称",
                "对方单位",
                "对方姓名",
            ),
            *("对手户名", "对方帐户名称", "对方帐户名", "对方帐号名称", "交易对方", "counterparty"),
        ),
        "account": (
            *(
                "对方账号",
                "对方帐号",
                "对方账户",
                "对方帐户",
                "对方卡号",
                "对方卡号/账号",
                "对手账号",
                "counterpartyaccount",
            ),
        ),
        "party": ("对方信息", "对手信息", "对方账号与户名", "对方户名/账号", "对方账号/户名", "交易对手"),
        "payer_name": ("付款人名称", "付款人户名", "付款账户名", "付款方名称", "付款方户名"),
        "payer_account": ("付款人账号", "付款账号", "付款方账号"),
        "payee_name": ("收款人名称", "收款人户名", "收款账户名", "收款方名称", "收款方户名"),
        "payee_account": ("收款人账号", "收款账号", "收款方账号"),
        "own": ("本方账号", "本方帐号", "本单位账号", "查询账号", "账号", "帐号", "卡号"),
        "summary": (
            "摘要",
            "交易摘要",
            "业务摘要",
            "摘要内容",
            "附言",
            "交易附言",
            "客户附言",
            "description",
            "narrative",
        ),
        "purpose": ("用途", "交易用途", "备注", "备注信息", "purpose", "remarks"),
        "serial": (
            *(
                "流水号",
                "交易流水号",
                "核心流水号",
                "交易流水",
                "主机交易流水号",
                "柜员流水号",
                "账户明细编号-交易流水号",
            ),
            *("序号流水", "交易参考号", "日志号", "serial"),
        ),
        "voucher": ("凭证号", "凭证号码", "凭证代号", "支票号"),
        "reference": ("业务参考号", "客户参考号", "企业流水号", "客户业务编号", "订单号", "商户订单号", "reference"),
        "status": ("交易状态", "当前状态", "状态"),
        "method": ("支付方式", "收/付款方式"),
    },
    (
        *("序号", "交易名称", "业务类型", "交易类型", "交易渠道", "渠道", "凭证种类", "凭证类型", "起息日", "起息日期"),
        *("对方开户行", "对方开户机构", "对方行名", "对方行号", "对方银行", "对方行名称", "开户行", "开户机构", "户名"),
        *(
            "账户名称",
            "交易网点",
            "网点名称",
            "交易地点",
            "交易柜员",
            "柜员号",
            "钞汇标志",
            "钞/汇",
            "个性化信息",
            "汇率",
            "可用余额",
        ),
    ),
)
"""The words that any bank may use."""

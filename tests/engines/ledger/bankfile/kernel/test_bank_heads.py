"""Statements with the titles that each bank writes: what goes out goes out, whatever the column is called."""

from datetime import date

import pytest

from qilian.core.papers.sheets.api import read_csv
from qilian.core.values.text import Text
from qilian.engines.ledger.bankfile import kernel
from qilian.engines.ledger.bankfile.heads import banks
from qilian.engines.ledger.bankfile.kernel import COMMON, Checking, Entry, Heads, Wanted, layout_of

NUMBER = "6228480000012345678"


def read(text: str, number: str = NUMBER) -> tuple[list[Entry], Checking]:
    checking = Checking(Wanted(number))
    return list(checking.run(kernel.read_statement_csv(read_csv(text.encode("gb18030")), banks()))), checking


def told(checking: Checking) -> list[str]:
    return [problem.message.zh for problem in checking.problems]


def moved(text: str, number: str = NUMBER) -> list[int]:
    entries, checking = read(text, number)
    assert checking.clean, told(checking)
    return [entry.fen for entry in entries]


ICBC = (
    '明细查询文件下载\n\n卡号: 6228****5678,"卡别名: "\n\n'
    "交易日期,摘要,交易场所,钞/汇,交易金额(收入),交易金额(支出),交易币种,记账金额(收入),记账金额(支出),记账币种,余额,"
    "对方户名,对方账户\n"
    '2026-11-03     \t,"消费    \t","某店\t",钞\t,"-  \t","-  \t",-   \t," \t","13.40 \t",人民币 \t,"986.60 \t",'
    '"某支付公司 \t","1234****9876 \t",\n'
    '2026-11-02     \t,"汇入    \t","  \t",钞\t,"-  \t","-  \t",-   \t,"500.00 \t"," \t",人民币 \t,"1,000.00 \t",'
    '"李四 \t","1234****9876 \t",\n'
    ' \n人民币合计,,,,,,,"500.00   \t","13.40   \t",\n'
)


def test_what_was_booked_is_read_and_not_what_was_traded() -> None:
    entries, checking = read(ICBC)
    assert checking.clean and [entry.fen for entry in entries] == [-1_340, 50_000]
    assert (entries[0].name, entries[0].account, entries[0].currency) == ("某支付公司", "1234****9876", "CNY")
    assert (checking.opening, checking.closing, checking.backward) == (50_000, 98_660, True)
    assert "交易金额(收入)" in checking.notes[0].message.zh, "a column that is not needed is named"
    wrong = ICBC.replace('"13.40   \t",\n', '"13.41   \t",\n')
    assert told(read(wrong)[1]) == ["支出合计对不上：文件写 13.41，按行计算是 13.40。"]


@pytest.mark.parametrize(
    "head",
    [
        "交易金额(收入),交易金额(支出)",
        "交易金额（收入）,交易金额（支出）",
        "金额(贷方),金额(借方)",
        "贷方发生额/元(收入),借方发生额/元(支取)",
        "收入金额(元),支出金额(元)",
        "贷,借",
        "存入金额,支取金额",
        "Credit Amount,Debit Amount",
        "收入[ In ],支出[ Out ]",
    ],
)
def test_the_side_stands_in_the_title(head: str) -> None:
    text = (
        f"交易日期,{head},余额\n2026-11-02,500.00,,1500.00\n2026-11-03,,120.00,1380.00\n2026-11-03,0.00,5.00,1375.00\n"
    )
    assert moved(text) == [50_000, -12_000, -500]


@pytest.mark.parametrize(
    ("head", "named"),
    [
        ("进账,出账", ["进账", "出账"]),
        ("收入(支出),支出(收入)", ["收入(支出)", "支出(收入)"]),
        ("金额(美元),转出额", ["金额(美元)", "转出额"]),
    ],
)
def test_a_head_that_nobody_knows_is_named_and_never_clean(head: str, named: list[str]) -> None:
    _, checking = read(f"交易日期,{head},余额\n2026-11-02,500.00,,1500.00\n")
    assert not checking.clean and f"认不出这些列名：{'、'.join(named)}。" in told(checking)
    _, none = read("划拨日,甲,乙,丙\n2026-11-02,500.00,,1500.00\n")
    assert told(none) == ["没有找到表头。", "最像表头的一行写着：划拨日、甲、乙、丙。"]


def test_a_column_that_nobody_knows_is_told_and_one_of_money_refused_where_nothing_proves_the_rest() -> None:
    _, checking = read("交易日期,收入,支出,余额,网点星级\n2026-11-02,500.00,,1500.00,五\n")
    assert checking.clean and checking.notes[0].message.zh == "认不出、没有读的列：网点星级。"
    remark = "收入：1笔 5.00元,\n支出：0笔 0.00元,\n"
    _, bare = read(f"{remark}交易时间,收/支,金额,手续费\n2026-11-02,收入,5.00,1.00\n")
    assert told(bare) == ["认不出这些列名：手续费。"]


@pytest.mark.parametrize(
    ("head", "row", "titles"),
    [
        ("日期,收入,支出,余额,余额", "2026-11-02,5.00,,5.00,6.00", "余额、余额"),
        ("日期,收入金额,收入,支出,余额", "2026-11-02,5.00,7.00,,5.00", "收入金额、收入"),
        ("日期,金额,发生额,余额", "2026-11-02,5.00,7.00,5.00", "金额、发生额"),
        ("交易日期,交易日期,收入,支出,余额", "2026-11-02,2026-11-03,5.00,,5.00", "交易日期、交易日期"),
    ],
)
def test_a_column_that_stands_twice_is_refused(head: str, row: str, titles: str) -> None:
    _, checking = read(f"{head}\n{row}\n")
    assert any(titles in message for message in told(checking)), told(checking)


def test_a_balance_that_moves_without_an_amount_is_a_contradiction() -> None:
    zero = "日期,收入,支出,余额\n2026-11-02,5.00,,5.00\n2026-11-03,0.00,0.00,3.00\n2026-11-04,1.00,,4.00\n"
    _, checking = read(zero)
    assert told(checking) == ["余额接不上：应为 5.00，写的是 3.00，相差 -2.00。"]
    still = zero.replace(",3.00\n", ",5.00\n").replace(",4.00\n", ",6.00\n")
    assert moved(still) == [500, 100]
    backward = "日期,收入,支出,余额\n2026-11-04,1.00,,6.00\n2026-11-03,0.00,0.00,5.00\n2026-11-02,5.00,,5.00\n"
    assert moved(backward) == [100, 500]


CCB = (
    "账号,账户名称,交易时间,借方发生额/元(支取),贷方发生额/元(收入),余额,币种,对方户名,对方账号,记账日期,摘要,凭证号\n"
    "{0},某办公室,20261102 09:10:11,0.00,500.00,1500.00,人民币元,青海甲公司,6300020000000002,20261102,货款,12345678\n"
    "{0},某办公室,20261103 10:10:11,120.00,0.00,1380.00,人民币元,青海乙公司,6300030000000003,20261103,运费,00000000\n"
)


def test_a_row_names_its_own_account() -> None:
    entries, checking = read(CCB.format(NUMBER))
    assert checking.clean and [entry.fen for entry in entries] == [50_000, -12_000]
    assert (entries[0].summary, entries[1].summary, entries[0].own) == ("货款 12345678", "运费", NUMBER)
    _, other = read(CCB.format("6228480000087654321"))
    assert told(other) == ["这是 …4321 的对账单，不是 …5678 的。"] and other.others == 2
    mixed = CCB.format(NUMBER) + "6228480000087654321,别处,20261103,1.00,0.00,9.00,人民币元,丙,1,20261103,费,\n"
    entries, both = read(mixed)
    assert both.clean and len(entries) == 2 and both.others == 1
    assert both.notes[-1].message.zh == "有 1 笔属于别的账户或币种，没有读入。"


BOC = (
    "查询账号[ Inquirer account number ]|{0}|\n"
    "借方发生总笔数[ Total Numbers of Debited Payments ]|1|\n"
    "借方发生总额[ Total Debit Amount of Payments ]|4,000.00|\n"
    "贷方发生总笔数[ Total Numbers of Credited Payments ]|1|\n贷方发生总额[ Total Credit Amount of Payments ]|5.00|\n"
    "交易类型[ Transaction Type ]|付款人账号[ Debit Account No. ]|付款人名称[ Payer's Name ]|"
    "收款人账号[ Payee's Account Number ]|收款人名称[ Payee's Name ]|交易日期[ Transaction Date ]|"
    "交易货币[ Trade Currency ]|交易金额[ Trade Amount ]|交易后余额[ After-transaction balance ]|"
    "交易流水号[ Transaction reference number ]|\n"
    "往账|{0}|某公司|6300020000000002|甲公司|20261101|CNY|-4000.00|+428.32|109585237086|\n"
    "来账|6300030000000003|乙公司|{0}|某公司|20261102|CNY|5.00|+433.32|109585237087|\n"
)


def test_payer_and_payee_say_who_is_on_the_other_side() -> None:
    entries, checking = read(BOC.format(NUMBER))
    assert checking.clean, told(checking)
    assert [(each.fen, each.name, each.account) for each in entries] == [
        (-400_000, "甲公司", "6300020000000002"),
        (500, "乙公司", "6300030000000003"),
    ]
    assert [each.serial for each in entries] == ["109585237086", "109585237087"]
    short = BOC.format(NUMBER).replace("|1|\n贷方发生总额", "|3|\n贷方发生总额")
    assert told(read(short)[1]) == ["收入笔数对不上：文件写 3，按行计算是 1。"]
    odd = BOC.format(NUMBER).replace("|1|\n借方发生总额", "|1²|\n借方发生总额")
    assert told(read(odd)[1]) == ["“1²”不是笔数。"]


def test_what_goes_out_may_be_written_with_a_minus_and_the_balances_tell() -> None:
    head = "日期,借贷标志,金额,余额\n"
    habit = head + "2026-11-02,贷,500.00,1500.00\n2026-11-03,借,-120.00,1380.00\n2026-11-03,借,-80.00,1300.00\n"
    assert moved(habit) == [50_000, -12_000, -8_000]
    taken_back = head + "2026-11-02,贷,500.00,1500.00\n2026-11-03,借,-120.00,1620.00\n"
    assert moved(taken_back) == [50_000, 12_000]
    columns = (
        "发生时间,收入金额(+元),支出金额(-元),账户余额(元)\n"
        "2026-11-02,100.00,0.00,100.00\n2026-11-02,0.00,-0.60,99.40\n"
    )
    assert moved(columns) == [10_000, -60]
    assert moved(columns + "2026-11-03,0.00,0.40,99.80\n") == [10_000, -60, 40], "the habit turned takes back"
    alone = "日期,借贷标志,金额,余额\n2026-11-03,借,-120.00,1380.00\n"
    assert moved(alone) == [12_000], "one line proves neither: a minus takes back"


def test_sides_are_told_in_two_languages() -> None:
    text = (
        "序号,交易日期,借贷,交易金额,余额,对方户名\n1,2026-11-02,贷 Cr,500.00,1500.00,甲\n"
        "2,2026-11-03,借 Dr,120.00,1380.00,乙\n人民币合计,,,,,\n"
    )
    assert moved(text) == [50_000, -12_000]
    _, checking = read(text.replace("借 Dr", "借 Cr"))
    assert told(checking)[0] == "认不出“借 CR”是收还是支。"


@pytest.mark.parametrize(
    ("party", "name", "account"),
    [
        ("某中心1111111111", "某中心", "1111111111"),
        ("张三 66666666666666", "张三", "66666666666666"),
        ("6217***5678/李四", "李四", "6217***5678"),
        ("12341234123412341", "", "12341234123412341"),
        ("国网电力有限公司", "国网电力有限公司", ""),
        ("--", "", ""),
    ],
)
def test_name_and_account_in_one_cell_are_told_apart(party: str, name: str, account: str) -> None:
    entries, _ = read(f"记账日期,货币,交易金额,联机余额,交易摘要,对手信息\n2026-11-02,CNY,-5.00,95.00,转账,{party}\n")
    assert (entries[0].name, entries[0].account) == (name, account)


def test_every_row_is_accounted_for() -> None:
    text = (
        f"某银行\n账号：{NUMBER}\n\n日期,收入,支出,余额\n2026-11-02,5.00,,5.00\n小计,5.00,,\n日期,收入,支出,余额\n"
        "2026-11-03,0.00,,5.00\n\n温馨提示：请核对。\n合计,5.00,0.00,\n"
    )
    entries, checking = read(text)
    assert checking.clean and len(entries) == 1
    assert dict(checking.left) == {"before": 2, "blank": 2, "head": 2, "sums": 2, "zero": 1, "text": 1}


def test_a_row_that_is_wider_than_its_titles_is_told() -> None:
    wide = "日期,收入,支出,余额,摘要\n2026-11-02,5.00,,5.00,货款,第二格\n"
    _, checking = read(wide)
    assert checking.clean and checking.notes[-1].message.zh == "有 1 行的内容比表头多出几格（最后是第 2 行）。"
    split = "收入：1笔 1.00元\n支出：0笔 0.00元\n交易时间,收/支,金额,备注\n2026-11-02,收入,1,234.00,x\n"
    _, unproven = read(split)
    assert "有 1 行的内容比表头多出几格（最后是第 4 行）。" in told(unproven)


def test_the_words_of_every_bank_are_sound_and_a_wrong_file_is_told() -> None:
    assert len(banks()) == 11 and all(bank.problems() == [] for bank in (*banks(), COMMON))
    wrong = Heads(Text("某行", "a bank"), {"day": ("交易日期",), "colour": ("余额",)}, ("交易日期",))
    assert wrong.problems() == ["no field: colour", "twice: 交易日期"]


def test_a_title_is_a_head_only_with_a_day_and_money() -> None:
    assert layout_of(("摘要", "余额", "对方户名")) is None and layout_of(("交易日期", "摘要")) is None
    found = layout_of(("交易日期", "收入", "支出", "余额", "", "对方账号(卡号)"))
    assert found is not None and found.places["account"] == 5 and found.width == 6


def test_an_overdraft_and_a_day_out_of_reach() -> None:
    assert moved("日期,收入,支出,余额\n2026-11-02,,5.00,-5.00\n") == [-500]
    for day in ("0001-01-01", "9999-12-31", "1979-12-31", "2200-01-01", "19791231"):
        _, checking = read(f"日期,收入,支出,余额\n{day},5.00,,5.00\n")
        assert told(checking) == [f"“{day}”不是日期。"]
    assert read("日期,收入,支出,余额\n2199-12-31,5.00,,5.00\n")[0][0].day == date(2199, 12, 31)


def test_a_number_of_five_thousand_digits_is_no_amount() -> None:
    _, checking = read(f"日期,收入,支出,余额\n2026-11-02,{'9' * 5000},,5.00\n")
    assert told(checking) == [f"“{'9' * 30}”不是金额。"]
    _, remark = read(f"期初余额：{'9' * 5000}\n日期,收入,支出,余额\n2026-11-02,5.00,,5.00\n")
    assert told(remark) == [f"“{'9' * 30}”不是金额。"]


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        ("交易日期,摘要,发生额,,余额", ",,借方,贷方,"),
        ("交易日期,摘要,交易金额(元),,余额", ",,支出,收入"),
        ("交易日期,余额,发生额", ",,借方,贷方"),
    ],
)
def test_titles_may_stand_in_two_rows(upper: str, lower: str) -> None:
    rows = {5: "2026-11-02,货款,,500.00,1500.00\n2026-11-03,运费,120.00,,1380.00\n", 3: "2026-11-02,1500.00,,500.00\n"}
    entries, checking = read(f"某银行\n{upper}\n{lower}\n{rows[len(upper.split(','))]}")
    assert checking.clean, told(checking)
    assert [each.fen for each in entries][:1] == [50_000] and checking.left["head"] == 2


def test_a_row_of_data_below_the_titles_is_no_second_row_of_them() -> None:
    assert moved("日期,收入,支出,余额\n2026-11-02,5.00,,5.00\n") == [500]
    assert not read("日期,收入,支出,余额\n")[1].clean
    assert moved("日期,收入,支出,余额\n,,,\n2026-11-02,5.00,,5.00\n") == [500]


def test_a_row_of_the_table_may_name_the_balance_before_and_after() -> None:
    rows = "2026-11-02,货款,500.00,,1500.00\n2026-11-03,运费,,120.00,1380.00\n"
    head = "日期,摘要,收入,支出,余额\n"
    sums = "本月合计,,500.00,120.00,\n共计,,500.00,120.00,\n"
    text = f"{head},上期结余,,,1000.00\n{rows}2026-11-03,期末余额,,,1380.00\n{sums}"
    assert moved(text) == [50_000, -12_000]
    assert told(read(text.replace("上期结余,,,1000", "期初余额,,,1001"))[1]) == [
        "期初余额对不上：文件写 1,001.00，按行计算是 1,000.00。"
    ]
    assert told(read(text.replace("期末余额,,,1380", "期末余额,,,1381"))[1])[0].startswith("期末余额对不上")
    assert told(read(f"{head}2026-11-02,期初余额,5.00,,5.00\n")[1]) == [], "a row with an amount is a row"
    assert told(read(f"{head}2026-11-02,期初余额,,,x\n{rows}")[1])[0] == "“x”不是金额。"


def test_the_currency_and_the_unit_that_a_remark_names_are_not_passed_over() -> None:
    table = "日期,收入,支出,余额\n2026-11-02,500.00,,1500.00\n"
    assert moved(f"币种：人民币 单位：元\n{table}") == [50_000] and moved(f"币种：全部\n{table}") == [50_000]
    assert told(read(f"币种：美元\n{table}")[1]) == ["这是 USD 的对账单，不是 CNY 的。"]
    assert told(read(f"单位：万元\n{table}")[1]) == ["金额以万元为单位，须以元为单位。"]
    assert "认不出这些列名：余额(万元)。" in told(read("日期,收入,支出,余额(万元)\n2026-11-02,5.00,,5.00\n")[1])


def test_an_amount_beside_one_column_of_money_is_not_passed_over() -> None:
    _, checking = read("日期,交易金额,收入,余额\n2026-11-02,5.00,5.00,5.00\n")
    assert told(checking) == ["缺少“借方发生额（支出）”这一列。"]

"""Bills of WeChat and Alipay: no balance, but counts and sums of both sides; fund bills of merchants with balances."""

from qilian.core.papers.sheets.api import read_csv
from qilian.engines.ledger.bankfile import kernel
from qilian.engines.ledger.bankfile.heads import banks
from qilian.engines.ledger.bankfile.kernel import Checking, Entry, Wanted

NUMBER = "20880000000000000156"
WECHAT = (
    "微信支付账单明细,,,,,,,,,,\n微信昵称：[测试],,,,,,,,,,\n"
    ",,,,,,,,,,\n共5笔记录,,,,,,,,,,\n收入：1笔 0.35元,,,,,,,,,,\n"
    "支出：2笔 40.16元,,,,,,,,,,\n中性交易：1笔 2000.00元,,,,,,,,,,\n注：,,,,,,,,,,\n"
    "交易时间,交易类型,交易对方,商品,收/支,金额(元),支付方式,当前状态,交易单号,商户单号,备注\n"
    "2026-11-26 12:45:27,商户消费,某店,午餐,支出,¥28.16,某银行(1234),支付成功,3985734\t,129847129\t,/\n"
    "2026-11-24 10:10:11,微信红包,某人,/,收入,¥0.35,/,已存入零钱,3985735\t,129847130\t,/\n"
    "2026-11-23 18:03:35,扫二维码付款,某餐厅,晚餐,支出,¥12.00,零钱通,已转账,3985736,129847131,/\n"
    "2026-11-22 10:07:31,转入零钱通,/,/,/,¥2000.00,某银行(9876),支付成功,3985737,/,/\n"
    "2026-11-21 10:07:31,商户消费,某店,/,支出,¥9.00,零钱,交易关闭,3985738,/,/\n"
)


def read(text: str, number: str = NUMBER) -> tuple[list[Entry], Checking]:
    checking = Checking(Wanted(number))
    return list(checking.run(kernel.read_statement_csv(read_csv(text.encode()), banks()))), checking


def told(checking: Checking) -> list[str]:
    return [problem.message.zh for problem in checking.problems]


def test_a_bill_without_balances_is_proven_by_its_counts_and_sums() -> None:
    entries, checking = read(WECHAT)
    assert checking.clean and [each.fen for each in entries] == [-2_816, 35, -1_200]
    assert (checking.opening, checking.closing, checking.passed) == (None, None, 2)
    _, closed = read(WECHAT.replace("¥9.00,零钱,交易关闭", "¥九,零钱,交易关闭").replace("2026-11-21", "二十一日"))
    assert told(closed) == ["“二十一日 10:07:31”不是日期。", "笔数对不上：文件写 5，按行计算是 4。"]
    assert (checking.left["neutral"], checking.left["closed"]) == (1, 1)
    assert entries[0].summary == "午餐 某银行(1234)" and entries[0].serial == "3985734"
    assert checking.notes[-1].message.zh == "文件没有余额：不能核对它前后是否缺了别的对账单。"


def test_a_row_that_is_left_out_of_a_bill_is_found() -> None:
    lines = WECHAT.splitlines(keepends=True)
    _, checking = read("".join(lines[:-3] + lines[-2:]))
    assert told(checking) == [
        "笔数对不上：文件写 5，按行计算是 4。",
        "支出合计对不上：文件写 40.16，按行计算是 28.16。",
    ]
    _, bare = read("".join(lines[8:]))
    assert told(bare) == ["缺少“余额”这一列。"]


FUNDS = (
    "记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额(元),账户结余(元),资金变更提交申请人,备注,业务凭证号\n"
    "`2026-11-18 10:00:00,`42001,`F001,`普通支付,`交易,`收入,`100.00,`100.00,`,`,`P1\n"
    "`2026-11-18 10:01:00,`42001,`F002,`手续费,`手续费,`支出,`0.60,`99.40,`,`,`\n"
    "资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额\n`2.0,`1.0,`100.00,`1.0,`0.60\n"
)


def test_the_fund_bill_of_a_merchant_ends_with_a_table_of_sums() -> None:
    entries, checking = read(FUNDS)
    assert checking.clean and [(each.fen, each.balance) for each in entries] == [(10_000, 10_000), (-60, 9_940)]
    assert (entries[0].reference, entries[1].reference) == ("P1", "")
    _, wrong = read(FUNDS.replace("`0.60\n", "`0.61\n"))
    assert told(wrong) == ["支出合计对不上：文件写 0.61，按行计算是 0.60。"]
    _, count = read(FUNDS.replace("`2.0,`1.0", "`2.0,`１x"))
    assert told(count) == ["“1x”不是笔数。"]
    _, amount = read(FUNDS.replace("`100.00,`1.0", "`百,`1.0"))
    assert told(amount) == ["“百”不是金额。"]


RECEIPT = (
    "导出信息：\n共3笔记录\n收入：1笔 28.50元\n支出：1笔 16.54元\n不计收支：1笔 16.37元\n\n"
    "交易时间        ,交易分类  ,交易对方  ,对方账号  ,商品说明  ,收/支  ,金额  ,收/付款方式  ,"
    "交易状态  ,交易订单号  ,商家订单号 ,备注 ,\n"
    "2026-11-12 21:32:14 ,代付  ,某店  ,/  ,亲情卡 ,支出  ,49.74 ,某信用卡(7449) ,交易成功 ,2026110011\t,20230\t, ,\n"
    "2026-11-04 18:21:04 ,退款  ,某店  ,/  ,退款  ,不计收支 ,16.37 ,某信用卡(7449) ,退款成功 ,2026110012\t,20231\t, ,\n"
    "2026-11-02 10:17:29 ,转账  ,某人  ,x***@163.com ,转账 ,收入 ,28.50 ,余额 ,交易成功 ,2026110013\t, \t, ,\n"
)


def test_sums_that_their_maker_calls_loose_are_told_and_counts_are_not_loose() -> None:
    entries, checking = read(RECEIPT)
    assert checking.clean and [each.fen for each in entries] == [-4_974, 2_850]
    assert "支出合计：文件写 16.54，按行计算是 49.74；出具方声明两者可能不一致。" in [
        note.message.zh for note in checking.notes
    ]
    _, short = read(RECEIPT.replace("支出：1笔", "支出：3笔"))
    assert told(short) == ["支出笔数对不上：文件写 3，按行计算是 1。"]
    _, fewer = read(RECEIPT.replace("共3笔", "共9笔"))
    assert told(fewer) == ["笔数对不上：文件写 9，按行计算是 3。"]


def test_the_bill_of_a_merchant_has_remarks_before_and_after() -> None:
    text = (
        f"#支付宝账务明细查询\n#账号：[{NUMBER}]\n#-----账务明细列表----\n"
        "账务流水号,业务流水号,商户订单号,商品名称,发生时间,对方账号,收入金额(+元),支出金额(-元),账户余额(元),交易渠道,业务类型,备注\n"
        ""
        "1001\t,2001\t,3001\t,商品,2026-11-02 10:00:00,a(x@y.z),100.00,0.00,1100.00,支付宝,在线支付,\n"
        "1002\t,2002\t,3002\t,商品,2026-11-02 11:00:00,a(x@y.z),0.00,-0.60,1099.40,支付宝,收费,\n"
        "#-----账务明细列表结束----\n#支出合计：1笔，共-0.60元\n#收入合计：1笔，共100.00元\n"
    )
    entries, checking = read(text)
    assert checking.clean and [each.fen for each in entries] == [10_000, -60]
    _, other = read(text, "20880000000000009999")
    assert told(other) == ["这是 …0156 的对账单，不是 …9999 的。"]


def test_what_was_paid_is_read_and_not_what_was_ordered() -> None:
    text = (
        '美团交易账单明细\n""\n共：2笔记录\n支出：1笔 21.17元\n收入：1笔 20.00元\n不计收支：0笔 0.00元\n【列表】\n'
        "交易创建时间,交易成功时间,交易类型,订单标题,收/支,支付方式,订单金额,实付金额,交易单号,商家单号,备注\n"
        '2026-11-28 20:35:13,2026-11-28 20:35:25,支付,某茶 订单,支出,月付,¥22.30,¥21.17,"2502281\t","0_220\t",/\n'
        '2026-11-27 07:04:17,2026-11-27 07:04:18,退款,某券,收入,某卡(1875),¥20.00,¥20.00,"2502270\t","498\t",/\n'
    )
    entries, checking = read(text)
    assert checking.clean and [each.fen for each in entries] == [-2_117, 2_000]
    assert [each.serial for each in entries] == ["2502281", "2502270"]

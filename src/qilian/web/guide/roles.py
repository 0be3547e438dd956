"""What each role can do here, step by step: the words of the help pages; `docs/tutorial` tells the same as a story."""

from collections.abc import Sequence
from dataclasses import dataclass

from qilian.core.values.text import Text


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do: what, where, and what one sees then."""

    do: Text
    place: str
    sees: Text


@dataclass(frozen=True, slots=True)
class Guide:
    """The help of a role: its name in addresses, its title, who it is for, its steps, and whom to ask."""

    slug: str
    title: Text
    who: Text
    steps: Sequence[Step]
    asks: Text


_SIGNS = Text(
    "没有权限的页面会写明缺哪一项权限、找谁。",
    "A page that you may not open says which right is missing and whom to ask.",
)
GUIDES: Sequence[Guide] = (
    Guide(
        "visitors",
        Text("公众", "Everyone"),
        Text(
            "不用登录，就能读方案、查单位和企业、核验文件。",
            "Read the plan, look up units and firms, verify papers: without signing in.",
        ),
        (
            Step(
                Text("逐条读方案", "Read the plan clause by clause"),
                "/plan/",
                Text(
                    "每一条写着谁牵头、谁配合、有哪些服务。",
                    "Each clause names who leads, who supports, and which services answer it.",
                ),
            ),
            Step(
                Text("查一个单位的责任", "See what a unit is responsible for"),
                "/units/",
                Text("点单位名称，看它的全部责任。", "Press a unit's name: all of its duties."),
            ),
            Step(
                Text("查企业和机构", "Look up a firm or an institution"),
                "/parties/",
                Text("按名称、拼音或统一社会信用代码。", "By name, pinyin or unified code."),
            ),
            Step(
                Text("看名录", "Read the directories"),
                "/directories/",
                Text("谁在列、凭什么入选、何时到期。", "Who is listed, on what grounds, until when."),
            ),
            Step(
                Text("核验一份文件或凭据", "Verify a document or a receipt"),
                "/receipts/",
                Text(
                    "输入序号和摘要，页面说明是不是本系统出具的。",
                    "Give number and digest; the page says whether the house issued it.",
                ),
            ),
        ),
        Text(
            "要办事，先注册；企业的事由企业的人办。",
            "To do something, sign up first; a firm's affairs are done by its people.",
        ),
    ),
    Guide(
        "firms",
        Text("企业", "Firms"),
        Text("法定代表人和经办人。", "Legal representatives and the operators they name."),
        (
            Step(
                Text("注册一个账号", "Sign up"),
                "/accounts/signup/",
                Text("邮箱里的链接确认以后才能登录。", "The link in your mail confirms the account."),
            ),
            Step(
                Text("认领本企业", "Claim your firm"),
                "/representation/",
                Text(
                    "填统一社会信用代码，上传证明，送审；结果进通知。",
                    "Give the unified code, upload proof, submit; the outcome comes as a notice.",
                ),
            ),
            Step(
                Text("授权经办人", "Let an operator act"),
                "/representation/",
                Text("选定事项和期限，随时可以收回。", "Choose matters and a term; it can be taken back any time."),
            ),
            Step(
                Text("试算条件和类别", "Try conditions and classes"),
                "/decisions/",
                Text("填几个数，看适用哪条规则、为什么。", "Enter figures; see which rule applies and why."),
            ),
            Step(
                Text("看本企业的评价和信用信息", "See your grades and credit records"),
                "/grades/",
                Text(
                    "得分、依据、申诉和修复的入口都在记录页上。",
                    "Points, sources, appeal and repair stand on the record's page.",
                ),
            ),
            Step(
                Text("看通知", "Read your notices"),
                "/notices/",
                Text("最新的在最上面。", "The newest stand first."),
            ),
        ),
        _SIGNS,
    ),
    Guide(
        "officials",
        Text("单位工作人员", "Officials of a unit"),
        Text(
            "联络员和承办人：办待办、登记入选、答复申请。",
            "Liaisons and officers: work what waits, admit entries, answer requests.",
        ),
        (
            Step(
                Text("先看首页的“我的事项”和待办", "Begin with “my work” on the first page, and the inbox"),
                "/inbox/",
                Text("等您办的、到期的、退回的。", "What waits for you, what is due, what came back."),
            ),
            Step(
                Text("看本单位的全部责任", "See every duty of your unit"),
                "/units/",
                Text("牵头在前，配合在后，每条可点开。", "Leads first, then support; each can be opened."),
            ),
            Step(
                Text("在服务项里办理", "Work in an offer"),
                "/directories/",
                Text(
                    "登记入选、列入、公开、暂停、退出，每步都有理由和日志。",
                    "Admit, list, publish, suspend, let exit: each step with reason and log.",
                ),
            ),
            Step(
                Text("选单位、企业、条款时只管输入", "Wherever a field asks for a unit, firm or clause, just type"),
                "/parties/",
                Text(
                    "名称、拼音、代码都行；上下键选择，回车确定。",
                    "Name, pinyin or code; arrow keys choose, Enter takes.",
                ),
            ),
            Step(
                Text("查办理期限", "Look at the time limits"),
                "/clocks/",
                Text("绿、黄、红各是什么意思，写在每一行。", "What green, amber and red mean stands in each row."),
            ),
        ),
        _SIGNS,
    ),
    Guide(
        "planners",
        Text("方案起草和发布", "Drafting and publishing a plan"),
        Text("发展改革部门起草的人，领导小组发布的人。", "Who drafts at the planning commission, and who publishes."),
        (
            Step(
                Text("登记一份方案", "Enter a plan"),
                "/plans/registration/",
                Text("名称、发文机关、文号。", "Title, issuer, number."),
            ),
            Step(
                Text("上传原文", "Upload the document"),
                "/plans/",
                Text(
                    "系统读出条、单位、期限；拿不准的排成队列请您定。",
                    "The house reads clauses, units and dates; what is uncertain waits for you.",
                ),
            ),
            Step(
                Text("逐项处理队列", "Settle the queue"),
                "/plans/",
                Text(
                    "每项旁边是原文；选单位、改写、或写明理由略过。",
                    "The source stands beside each item: choose, correct, or pass over with a reason.",
                ),
            ),
            Step(
                Text("由另一个人发布", "Let another person publish"),
                "/plans/",
                Text(
                    "发布以后不再改动；新版本可以逐条比较。",
                    "A published version never changes; versions are compared clause by clause.",
                ),
            ),
            Step(
                Text("看落实情况", "See how far the plan is"),
                "/coverage/",
                Text("每一条：已声明、已开通、已使用、有凭据。", "Each clause: declared, opened, used, evidenced."),
            ),
        ),
        _SIGNS,
    ),
    Guide(
        "treasurers",
        Text("资金和账本", "Money and the ledger"),
        Text(
            "财政部门：下达、承诺、拨付、对账，两个人办。",
            "Finance: appropriate, commit, pay, reconcile; two people do it.",
        ),
        (
            Step(
                Text("在科目里承诺一笔钱", "Commit money of a line"),
                "/budgets/",
                Text(
                    "收款方从主体名册里选；没有登记的，写明名称和理由。",
                    "The payee is picked from the register; who is not registered needs a name and a reason.",
                ),
            ),
            Step(
                Text("条件满足以后拨付", "Pay when the condition is met"),
                "/budgets/",
                Text("确认验收的人不能自己拨付。", "Who confirms the result does not pay it."),
            ),
            Step(
                Text("提出调剂和年度结转", "Propose adjustments and the close of the year"),
                "/budgets/",
                Text(
                    "由另一个人批准，批准前看得到每个科目的变动。",
                    "Another person approves, and sees what changes in each line.",
                ),
            ),
            Step(
                Text("导入银行对账单", "Import a bank statement"),
                "/banking/",
                Text(
                    "对不上的逐笔提出处理，另一个人批准，直到差额为零。",
                    "Propose for what does not match, another approves, until nothing is left.",
                ),
            ),
            Step(
                Text("看试算平衡", "Look at the trial balance"),
                "/ledger/trial-balance/",
                Text("借贷必相等；不等时指出是哪一笔。", "Debits equal credits; where not, the transfer is named."),
            ),
        ),
        _SIGNS,
    ),
    Guide(
        "auditors",
        Text("监督和审计", "Auditors"),
        Text(
            "只看不办：从数字到事实，从事实到凭据。", "Read, never act: from a figure to facts, from facts to proofs."
        ),
        (
            Step(
                Text("看哪些条已有回应", "See which clauses are answered"),
                "/coverage/",
                Text("没有回应的写着原因。", "What is unanswered says why."),
            ),
            Step(
                Text("在事实日志里查一件事", "Find what happened in the log of events"),
                "/events/",
                Text("按类型、人、条、日期筛选。", "By type, person, clause and day."),
            ),
            Step(
                Text("核验一张凭据", "Verify a receipt"),
                "/receipts/",
                Text(
                    "页面画出从这件事到签名的路径；也可以下载程序自己验。",
                    "The page shows the path to the signature; a script verifies without us.",
                ),
            ),
            Step(
                Text("看谁有什么权限、为什么", "See who may do what, and why"),
                "/access/",
                Text("每项权限写明谁给的、期限和事由。", "Each right says who gave it, for how long and why."),
            ),
        ),
        _SIGNS,
    ),
    Guide(
        "administrators",
        Text("管理员", "Administrators"),
        Text(
            "系统管理员登记人员，安全管理员给权限，审计管理员看日志：三人分立。",
            "One registers people, one gives rights, one reads the log: three persons.",
        ),
        (
            Step(
                Text("登记人员", "Register a person"),
                "/people/registration",
                Text("给一次性的初始密码，本人登录后改掉。", "Hand out a first password, which its owner changes."),
            ),
            Step(
                Text("任职和交接", "Appoint and hand over"),
                "/people/",
                Text("权限给岗位，随岗位交接。", "Rights belong to posts and go over with them."),
            ),
            Step(
                Text("给一项权限", "Give a right"),
                "/access/new/",
                Text(
                    "选人或岗位，勾权限，限定单位、区划、服务项或条款。",
                    "Pick a person or post, tick rights, limit them to unit, division, offer or clause.",
                ),
            ),
            Step(
                Text("开通服务项", "Open an offer"),
                "/plan/",
                Text("在服务项页面开通；停用要写理由。", "On the offer's page; closing needs a reason."),
            ),
            Step(
                Text("看运行状态和后台任务", "See health and background jobs"),
                "/outbox/",
                Text("失败的任务写着原因，可以重试。", "A failed job says why, and can be run again."),
            ),
        ),
        _SIGNS,
    ),
)

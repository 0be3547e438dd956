"""Requests to open accounts, said once: what is asked for whom, and who confirms it."""

from collections.abc import Sequence

from qilian.core.house.pages import Crumb, Fact
from qilian.core.offers.resource.api import Resource, Trait
from qilian.core.values.text import Text
from qilian.core.work.approvals.api import decisions, traits

from .kernel import KINDS
from .models import Recovery
from .queries import by_code, may_see, rows_for
from .services import RECOVERY, confirm, ref_of, take_back, title_of, turn_down

TITLE = Text("账号恢复", "Account recovery")


def what_changes(row: Recovery) -> Sequence[Fact]:
    """What follows from confirming, for whoever decides."""
    follows = {
        "password": Text(
            "旧密码作废，所有登录退出；初始密码只给确认人看一次",
            "The old password ends, and all sessions; who confirms sees the new one once",
        ),
        "factors": Text(
            "验证器、通行密钥、恢复码全部作废，所有登录退出", "Apps, passkeys and recovery codes end, and all sessions"
        ),
        "identity": Text("这个统一身份以后可以登录此账号", "This identity signs in to the account from then on"),
    }
    return (
        Fact(Text("给谁", "For whom"), f"{row.person.name} · {row.person.login}"),
        Fact(Text("核实情况", "How it was made sure"), row.reason),
        Fact(Text("确认后", "What follows"), follows[row.kind]),
    )


RECOVERIES: Resource[Recovery] = Resource(
    plural="recoveries", row="recovery", title=TITLE, noun=Text("恢复申请", "Recovery"), under="recoveries",
    find=by_code, rows=rows_for, seen=lambda me, _row: may_see(me), named=title_of, ref=ref_of, scope=RECOVERY.scope,
    crumbs=lambda _at: (Crumb(TITLE, "/recoveries/"),),
    traits=(
        Trait("code", Text("公开编码", "Public code"), lambda row: row.code, "code", list=False, fact=False),
        Trait("person", Text("给谁", "For whom"), lambda row: row.person.name, leads=True),
        Trait("login", Text("登录名", "Login"), lambda row: row.person.login, "code"),
        Trait("kind", Text("办理什么", "What"), lambda row: KINDS[row.kind].title, plain=lambda row: row.kind),
        Trait("subject", Text("身份标识", "Subject"), lambda row: row.subject or None, list=False),
        Trait("reason", Text("核实情况", "How it was made sure"), lambda row: row.reason, list=False),
        *traits(),
        Trait("issued_at", Text("密码发放时间", "Password issued"), lambda row: row.issued_at, "datetime", list=False),
    ),
    operations=decisions(RECOVERY, approve=confirm, reject=turn_down, withdraw=take_back, title=Text("确认", "Confirm"),
                         facts=what_changes),
)  # fmt: skip

"""The command `unlock`: who is locked out, and letting him in again from the machine itself."""

import sys
from argparse import ArgumentParser
from collections.abc import Sequence

from qilian.core.house.principal import SYSTEM
from qilian.core.values import clock
from qilian.core.values.text import Refusal, Text

from .kernel import DOORS
from .models import SignInTries
from .queries import locked_now, locks_of
from .services import unlock

HELP = Text("查看并解除登录锁定（登录名或地址，--all 为全部）", "show locks and lift them (LOGIN or ADDRESS, or --all)")
_WHO = Text("登录名或网络地址；不写则只列出", "logins or addresses; without any the locks are listed")
_ALL = Text("解除全部锁定", "lift all locks")
_REASON = Text("事由，写入日志", "the reason, which stands in the log")


def main(arguments: Sequence[str]) -> int:
    """List what is locked, or lift the locks of logins and addresses. Refusal `signin.open` for one that has none."""
    reader = ArgumentParser(prog="./qilian unlock", description=str(HELP))
    reader.add_argument("who", nargs="*", metavar="LOGIN|ADDRESS", help=str(_WHO))
    reader.add_argument("--all", action="store_true", help=str(_ALL))
    reader.add_argument("--reason", default="在服务器上用命令解除", metavar="WORDS", help=str(_REASON))
    given = reader.parse_args(list(arguments))
    found = [_of(each) for each in given.who] or [list(locked_now())]
    if not any(found):
        _say(Text("没有锁定。", "Nothing is locked."))
    for rows in filter(None, found):
        if given.all or given.who:
            unlock(actor=SYSTEM, locks=rows, reason=given.reason)
            _say(Text("已解除：", "lifted:"))
        for row in rows:
            _say(_line(row))
    return 0


def _say(line: Text | str) -> None:
    sys.stdout.write(f"{line}\n")


def _of(written: str) -> list[SignInTries]:
    found = list(locks_of(written))
    if found:
        return found
    message = Text(f"“{written}”没有锁定。", f"“{written}” is not locked.")
    raise Refusal("signin.open", message, remedy=Text("./qilian unlock 列出全部锁定。", "./qilian unlock lists all."))


def _line(row: SignInTries) -> str:
    who = row.network if row.person is None else f"{row.person.login} {row.person.name}"
    assert row.until is not None
    return f"{who} · {DOORS[row.door]} · {row.until.astimezone(clock.SHANGHAI):%Y-%m-%d %H:%M}"

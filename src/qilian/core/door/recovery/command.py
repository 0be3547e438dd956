"""The command `recover`: when no administrator can confirm, the keeper of the machine lets somebody in."""

import sys
from argparse import ArgumentParser
from collections.abc import Sequence

from qilian.core.values.text import Refusal, Text
from qilian.core.who.people.api import Person

from .services import recover_here

HELP = Text(
    "在服务器上为一个登录名发放初始密码，或重置第二重验证（--factors）",
    "issue a first password to a login from the machine, or reset its factors (--factors)",
)


def main(arguments: Sequence[str]) -> int:
    """Issue a first password, printed once, or reset second factors. Refusal `recovery.login` for an unknown login."""
    reader = ArgumentParser(prog="./qilian recover", description=str(HELP))
    reader.add_argument("login", metavar="LOGIN")
    reader.add_argument("--factors", action="store_true", help=str(Text("重置第二重验证", "reset second factors")))
    reader.add_argument(
        "--reason", required=True, metavar="WORDS", help=str(Text("事由，写入日志", "why; the log keeps it"))
    )
    given = reader.parse_args(list(arguments))
    person = Person.objects.filter(login__iexact=given.login).first()
    if person is None:
        message = Text(f"没有登录名“{given.login}”。", f"There is no login “{given.login}”.")
        raise Refusal("recovery.login", message, where="LOGIN")
    word = recover_here(person=person, kind="factors" if given.factors else "password", reason=given.reason)
    done = Text("第二重验证已重置。", "The second factors were reset.")
    sys.stdout.write(f"{word or done}\n")
    return 0

"""How long a mailed link lives, which addresses are taken as a login, and what a first password looks like; pure.

OWASP ASVS 5.0: 6.4.1 (first passwords are random, expire and are changed), 6.4.3 (a forgotten password), 6.3.8 (the
same answer for known and unknown addresses).
"""

import hashlib
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final, Literal

from qilian.core.values.text import Refusal, Text

Purpose = Literal["signup", "password", "email"]

LIFETIMES: Final[Mapping[str, timedelta]] = {
    "signup": timedelta(hours=24),
    "password": timedelta(minutes=30),
    "email": timedelta(hours=24),
}
LEEWAY: Final = timedelta(minutes=5)
"""How far a clock may be put back, as time services do, without voiding a link."""
FIRST_PASSWORD: Final = timedelta(days=7)
KEPT: Final = timedelta(days=7)
"""How long a link that is over is kept, so that its owner reads why it opens nothing."""
CODE_BYTES: Final = 24  # 192 bits: a plain digest of the code may be kept (ASVS 5.0, 6.5.2)
_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another on paper
_GROUPS, _GROUP = 5, 4
_ADDRESS: Final = re.compile(r"[a-z0-9](?:[a-z0-9._+-]*[a-z0-9_+-])?@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}")
_LONGEST: Final = 64


def normal_address(written: str) -> str:
    """A mail address as it is kept and compared: without spaces around it, in small letters.

    Refusal `signup.email` for one that is not well formed or longer than a login may be.

    >>> normal_address(" Ada@Example.CN ")
    'ada@example.cn'
    """
    address = written.strip().lower()
    if len(address) > _LONGEST or ".." in address or not _ADDRESS.fullmatch(address):
        message = Text("电子邮箱的写法不对。", "The e-mail address is not well formed.")
        remedy = Text(
            "例如 zhang@example.cn，最长 64 个字符。", "Such as zhang@example.cn, with 64 characters at most."
        )
        raise Refusal("signup.email", message, where="email", remedy=remedy)
    return address


def digest(code: str) -> str:
    """What is kept of a mailed code."""
    return hashlib.sha256(code.strip().encode()).hexdigest()


def check_link(*, used: datetime | None, expires: datetime, now: datetime, lifetime: timedelta) -> None:
    """Refuse a link that was used or is too old: `signup.link.used`, `signup.link.expired`.

    One that ends later than its lifetime from now was made while the clock was wrong, and counts as too old.
    """
    if used is not None:
        message = Text("这个链接已经用过，每个链接只能用一次。", "This link was used already; each works once.")
        remedy = Text("已经办完的请直接登录，否则请重新申请。", "If you had finished, sign in; else ask for another.")
        raise Refusal("signup.link.used", message, where="code", remedy=remedy)
    if not now < expires <= now + lifetime + LEEWAY:
        message = Text("这个链接已经过期。", "This link has expired.")
        raise Refusal("signup.link.expired", message, where="code", remedy=Text("请重新申请。", "Ask for another."))


def unknown_link() -> Refusal:
    """The refusal of a link that this house did not send, or that another one has replaced."""
    message = Text("这个链接无效。", "This link is not valid.")
    remedy = Text(
        "请使用最近一封邮件中的完整链接，或重新申请。", "Use the whole link of the latest mail, or ask again."
    )
    return Refusal("signup.link.unknown", message, where="code", remedy=remedy)


def first_password(random_bytes: bytes) -> str:
    """A first password as it is read out or printed: five groups of four, about 99 bits of twenty random bytes.

    >>> first_password(bytes(range(20)))
    'abcd-efgh-jkmn-pqrs-tuvw'
    """
    assert len(random_bytes) == _GROUPS * _GROUP
    letters = "".join(_LETTERS[each % len(_LETTERS)] for each in random_bytes)
    return "-".join(letters[place : place + _GROUP] for place in range(0, len(letters), _GROUP))

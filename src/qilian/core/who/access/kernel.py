"""The rules of an emergency: how long, for what, how often."""

from collections.abc import Iterable, Sequence
from typing import Final

from qilian.core.values.text import Refusal, Text

HOURS_MAX: Final = 4
REASON_MIN: Final = 10
OPEN_MAX: Final = 3
NEVER: Final = frozenset({"access.break", "people.factors", "people.identities", "people.passwords"})
"""What opens other people's accounts, or further emergencies, waits for its ordinary holders."""


def check_emergency(*, actions: Sequence[str], hours: int, reason: str, running: int) -> None:
    """Refuse an emergency that is too long, too wide, without a reason, or one too many at the same time.

    Patterns are too wide: an emergency names what it is for.
    """
    if not 1 <= hours <= HOURS_MAX:
        message = Text(f"紧急授权为 1 至 {HOURS_MAX} 小时。", f"An emergency lasts 1 to {HOURS_MAX} hours.")
        raise Refusal("access.hours", message, where="hours")
    wide = [action for action in actions if action.endswith("*")]
    if wide or not actions:
        message = Text("请逐项选择要用的权限。", "Choose the rights that you need, one by one.")
        raise Refusal("access.actions", message, where="actions")
    if NEVER & set(actions):
        message = Text("打开他人账号的权限不能紧急启用。", "No emergency opens other people's accounts.")
        remedy = Text("请找系统管理员和安全管理员办理。", "Ask the system and the security administrator.")
        raise Refusal("access.accounts", message, where="actions", remedy=remedy)
    if len(reason) < REASON_MIN:
        message = Text(f"请写明事由，至少 {REASON_MIN} 字。", f"Say why, in at least {REASON_MIN} characters.")
        raise Refusal("access.reason", message, where="reason")
    if running >= OPEN_MAX:
        message = Text(f"同时最多 {OPEN_MAX} 项紧急授权。", f"There are {OPEN_MAX} emergencies at most at one time.")
        raise Refusal("access.many", message, remedy=Text("请先结束用不到的。", "End those that you no longer need."))


def sentence(actions: Iterable[Text]) -> Text:
    """Actions in one line, for notices and tables."""
    titles = tuple(actions)
    return Text("、".join(title.zh for title in titles), "; ".join(title.en for title in titles))

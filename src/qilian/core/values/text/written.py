"""Words that a person gave to a verb: made plain, and refused where they are missing or do not fit. Nothing is cut."""

import unicodedata
from typing import Final

from .refusal import Refusal
from .text import Text

MOST: Final = 300
"""Characters of a reason or a source, unless a verb says otherwise."""
_UNSEEN: Final = frozenset({"Cc", "Cs", "Co", "Cn"})
_TURNING: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""They make a line read in another order than it is written (Unicode bidirectional algorithm, UAX 9)."""


def required_text(written: str, where: str, what: Text, *, most: int = MOST) -> str:
    """Words that must be given, their spaces made plain. Refusals: `text.missing`, and those of `fitting_text`."""
    words = fitting_text(written, where, what, most=most)
    if not words:
        raise Refusal("text.missing", Text(f"请填写{what.zh}。", f"Give the {what.en}."), where=where)
    return words


def fitting_text(written: str, where: str, what: Text, *, most: int = MOST) -> str:
    """Words that may be left out, their spaces made plain. Refusals: `text.long`, `text.unseen` for control signs."""
    words = " ".join(written.split())
    if len(words) > most:
        message = Text(
            f"{what.zh}最多 {most} 字，现在有 {len(words)} 字。",
            f"The {what.en} has at most {most} characters; there are {len(words)}.",
        )
        raise Refusal(
            "text.long", message, where=where, remedy=Text("请缩短后再提交。", "Shorten it and send it again.")
        )
    if any(unicodedata.category(sign) in _UNSEEN or sign in _TURNING for sign in words):
        message = Text(f"{what.zh}里有看不见的控制字符。", f"The {what.en} has control characters that nobody sees.")
        raise Refusal("text.unseen", message, where=where, remedy=Text("请重新输入。", "Type it again."))
    return words

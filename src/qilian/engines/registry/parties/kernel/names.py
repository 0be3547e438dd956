"""Names of parties: how they are written, compared and found by fragments of two characters.

Chinese names have no words to index and PostgreSQL's trigrams find nothing of two characters; a name is therefore kept
with the set of its neighbouring pairs (bigrams), without those that nearly every name has.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from operator import add

from qilian.core.values.text import Refusal, Text

NAME_MAX = 120
_CJK = r"㐀-䶿一-鿿豈-﫿々〇"
_CHINESE = re.compile(f"[{_CJK}]")
_BLANK = re.compile(r"\s+")
_SPACE_INSIDE = re.compile(rf"[{_CJK}]\s+|\s+[{_CJK}]")
_PUNCTUATION = re.compile(r"[\s()\[\]{}<>《》〈〉「」【】\"'“”‘’·・•.,，。、;；:：/\\\-_—–&+*]+")
COMMON = frozenset(("有限", "限公", "公司", "限责", "责任", "任公"))


def tidy_name(written: str) -> str:
    """A name as it is kept: composed characters, brackets of Chinese full width, one blank between Latin words.

    Invisible characters (zero width, direction marks) go; blanks at the ends go; nothing else changes.
    """
    name = unicodedata.normalize("NFC", written).strip()
    if "  " in name or not name.isprintable():  # of all blanks only U+0020 is printable
        visible = "".join(character for character in name if unicodedata.category(character) != "Cf")
        name = _BLANK.sub(" ", visible).strip()
    if "(" in name and _CHINESE.search(name):
        name = name.translate(_TO_CHINESE)
    return name


def check_name(name: str, where: str = "name") -> Refusal | None:
    """What is wrong with a tidy name: `registry.name.empty`, `.long`, `.space` inside Chinese, `.control`."""
    if not name:
        return Refusal("registry.name.empty", Text("请填写名称。", "Enter the name."), where=where)
    if len(name) > NAME_MAX:
        message = Text(f"名称有 {len(name)} 字，最多 {NAME_MAX} 字。", f"The name has {len(name)} characters.")
        remedy = Text("请填写证照上的全称。", "Enter the full name on the certificate.")
        return Refusal("registry.name.long", message, where=where, remedy=remedy)
    if not name.isprintable():
        message = Text("名称里有控制字符。", "The name holds control characters.")
        return Refusal("registry.name.control", message, where=where, remedy=Text("请重新输入。", "Type it again."))
    if " " in name and _SPACE_INSIDE.search(name):
        closed = re.sub(rf"(?<=[{_CJK}]) +| +(?=[{_CJK}])", "", name)
        message = Text(f"名称中间有空格：“{name}”。", f"There is a blank inside the name: “{name}”.")
        remedy = Text(f"如无其他含义，请写作“{closed}”。", f"Unless it means something, write “{closed}”.")
        return Refusal("registry.name.space", message, where=where, remedy=remedy)
    return None


def name_key(name: str, simplified: Mapping[int, str] | None = None) -> str:
    """A name for comparing: half width, lower case, simplified, without blanks, brackets and marks.

    >>> name_key("青海（昆仑） 物流 有限公司"), name_key("ＡＢＣ Co., Ltd.")
    ('青海昆仑物流有限公司', 'abccoltd')
    """
    folded = unicodedata.normalize("NFKC", name).casefold()
    return _PUNCTUATION.sub("", folded.translate(simplified) if simplified else folded)


def bigrams(keys: Iterable[str]) -> list[str]:
    """The pairs of neighbouring characters of some keys, sorted, without the pairs that nearly every name has.

    >>> bigrams(["昆仑物流有限公司"])
    ['仑物', '昆仑', '流有', '物流']
    """
    pairs = {pair for key in keys for pair in map(add, key, key[1:])}
    return sorted(pairs - COMMON)


def masked_name(name: str) -> str:
    """A natural person's name for the public: the surname's first character and stars.

    >>> masked_name("才让卓玛"), masked_name("李春")
    ('才***', '李*')
    """
    return name[:1] + "*" * (len(name) - 1)


_TO_CHINESE = str.maketrans("()", "（）")

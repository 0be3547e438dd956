"""Names of parties in pinyin, by pypinyin's readings of words."""

from pypinyin import lazy_pinyin


def sounds_of(key: str) -> tuple[str, str]:
    """The pinyin of a name's key without tones, and the initials of its syllables; Latin letters stand as they are.

    >>> sounds_of("青海昆仑3d"), sounds_of("重庆银行")
    (('qinghaikunlun3d', 'qhkl3d'), ('chongqingyinhang', 'cqyh'))
    """
    syllables = lazy_pinyin(key)
    initials = "".join(part if part in key else part[:1] for part in syllables)
    return "".join(syllables).lower()[:240], initials.lower()[:120]

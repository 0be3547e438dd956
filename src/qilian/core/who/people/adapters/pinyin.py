"""Names in pinyin: pypinyin's readings, with those that only surnames have."""

from pypinyin import lazy_pinyin

# Readings that a character has as a surname only (姓氏异读); longer surnames first.
SURNAMES = {
    "万俟": ("mo", "qi"), "尉迟": ("yu", "chi"), "长孙": ("zhang", "sun"), "澹台": ("tan", "tai"),
    "单": ("shan",), "仇": ("qiu",), "解": ("xie",), "区": ("ou",), "查": ("zha",), "盖": ("ge",), "朴": ("piao",),
    "曾": ("zeng",), "缪": ("miao",), "乐": ("yue",), "冼": ("xian",), "种": ("chong",), "覃": ("qin",), "黑": ("he",),
    "秘": ("bi",), "折": ("she",), "员": ("yun",), "繁": ("po",), "逄": ("pang",), "召": ("shao",), "华": ("hua",),
    "任": ("ren",), "洗": ("xian",), "燕": ("yan",), "那": ("na",), "祭": ("zhai",), "隗": ("wei",), "卜": ("bu",),
}  # fmt: skip


def pinyin_of(name: str) -> str:
    """Return a name as one word of lower-case pinyin without tones, the key by which people are sorted and found.

    >>> pinyin_of("单学海"), pinyin_of("欧阳明"), pinyin_of("Tashi 扎西")
    ('shanxuehai', 'ouyangming', 'tashizhaxi')
    """
    letters = "".join(name.split())
    surname = next((known for known in SURNAMES if letters.startswith(known)), "")
    syllables = [*SURNAMES.get(surname, ()), *lazy_pinyin(letters[len(surname) :])]
    return "".join(syllables).lower()[:160]

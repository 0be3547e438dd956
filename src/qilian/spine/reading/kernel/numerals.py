"""Numbers as Word writes them: every format of ISO/IEC 29500-1 §17.18.59 that Chinese documents use.

Where a format knows no more signs (㊀…㊉, ①…⑳, 甲…癸) Word goes on in plain figures, and so does this.
"""

from collections.abc import Callable, Mapping

LARGEST = 32_767  # what Word counts to
_DIGITS = "〇一二三四五六七八九"
_CIRCLED_ZERO = "○一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_LEGAL_TRADITIONAL = "零壹貳參肆伍陸柒捌玖"
_LEGAL_JAPANESE = "〇壱弐参四伍六七八九"
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


def numeral(form: str, number: int) -> str | None:
    """Write a number in a format by its name; plain figures where the format ends, None for a format nobody knows.

    >>> [numeral(form, 21) for form in ("chineseCounting", "chineseCountingThousand", "decimalEnclosedCircle")]
    ['二十一', '二十一', '21']
    >>> [numeral("chineseCountingThousand", number) for number in (10, 101, 110, 1_010)]
    ['十', '一百零一', '一百一十', '一千零一十']
    """
    write = _FORMS.get(form)
    if write is None:
        return "" if form == "none" else None
    return (write(number) if 0 < number <= LARGEST else "") or str(number)


def _signs(signs: str) -> Callable[[int], str]:
    return lambda number: signs[number - 1] if number <= len(signs) else ""


def _sequence(first: str, count: int) -> str:
    return "".join(chr(ord(first) + step) for step in range(count))


def _digits(digits: str) -> Callable[[int], str]:
    return lambda number: "".join(digits[int(figure)] for figure in str(number))


def _counting(number: int, digits: str = _CIRCLED_ZERO) -> str:
    """Ten is 十 up to ninety-nine, from a hundred on figure by figure: 九十九, 一○○."""
    if number > 99:
        return _digits(digits)(number)
    tens, ones = divmod(number, 10)
    head = ("" if tens == 1 else digits[tens]) + "十" if tens else ""
    return head + (digits[ones] if ones else "")


def _thousands(digits: str, units: str, *, zero: str, bare: int) -> Callable[[int], str]:
    """Figures with their units; `zero` stands for a gap, so many `bare` units need no one before them."""

    def write(number: int) -> str:
        text, gap = "", ""
        figures = str(number)
        if len(figures) > len(units) + 1:
            return ""
        for place, figure in zip(range(len(figures) - 1, -1, -1), map(int, figures), strict=True):
            if figure:
                silent = figure == 1 and 0 < place <= bare and (bare > 1 or not text)
                text += gap + ("" if silent else digits[figure]) + ("", *units)[place]
            gap = "" if figure else zero
        return text

    return write


def _roman(number: int) -> str:
    text = ""
    for size, letters in _ROMAN:
        count, number = divmod(number, size)
        text += letters * count
    return text


def _letters(number: int) -> str:
    """A to Z, then AA, BB … as Word repeats them."""
    times, place = divmod(number - 1, 26)
    return chr(ord("A") + place) * (times + 1) if times < 30 else ""


def _ordinal(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _sexagenary(number: int) -> str:
    return _STEMS[(number - 1) % 10] + _BRANCHES[(number - 1) % 12] if number <= 60 else ""


def _full_width(number: int) -> str:
    return "".join(chr(ord("０") + int(figure)) for figure in str(number))


_CIRCLES = _sequence("①", 20)
_FORMS: Mapping[str, Callable[[int], str]] = {
    **dict.fromkeys(("decimal", "decimalHalfWidth", "cardinalText"), str),
    "numberInDash": lambda number: f"- {number} -",
    "decimalZero": lambda number: f"{number:02}",
    **dict.fromkeys(("decimalFullWidth", "decimalFullWidth2"), _full_width),
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": _letters,
    "lowerLetter": lambda number: _letters(number).lower(),
    **dict.fromkeys(("ordinal", "ordinalText"), _ordinal),
    **dict.fromkeys(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"), _signs(_CIRCLES)),
    "decimalEnclosedFullstop": _signs(_sequence("⒈", 20)),
    "decimalEnclosedParen": _signs(_sequence("⑴", 20)),
    "ideographEnclosedCircle": _signs(_sequence("㊀", 10)),
    "ideographTraditional": _signs(_STEMS),
    "ideographZodiac": _signs(_BRANCHES),
    "ideographZodiacTraditional": _sexagenary,
    **dict.fromkeys(("ideographDigital", "japaneseDigitalTenThousand", "koreanDigital2"), _digits(_DIGITS)),
    "taiwaneseDigital": _digits(_CIRCLED_ZERO),
    **dict.fromkeys(("chineseCounting", "taiwaneseCounting"), _counting),
    **dict.fromkeys(
        ("chineseCountingThousand", "taiwaneseCountingThousand"), _thousands(_DIGITS, "十百千", zero="零", bare=1)
    ),
    "japaneseCounting": _thousands(_DIGITS, "十百千", zero="", bare=3),
    "chineseLegalSimplified": _thousands(_LEGAL, "拾佰仟", zero="零", bare=0),
    "ideographLegalTraditional": _thousands(_LEGAL_TRADITIONAL, "拾佰仟", zero="零", bare=0),
    "japaneseLegal": _thousands(_LEGAL_JAPANESE, "拾百阡", zero="", bare=0),
}

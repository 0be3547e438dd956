"""Numbers as Word writes them; the right values are those of ISO/IEC 29500-1 §17.18.59 and of Word's own lists."""

import pytest

from qilian.spine.reading.kernel.numerals import LARGEST, numeral

CASES = [
    ("decimal", 12, "12"),
    ("decimalZero", 7, "07"),
    ("decimalZero", 12, "12"),
    ("decimalFullWidth", 12, "１２"),
    ("numberInDash", 3, "- 3 -"),
    ("ordinal", 1, "1st"),
    ("ordinal", 22, "22nd"),
    ("ordinal", 13, "13th"),
    ("ordinal", 4, "4th"),
    ("upperRoman", 1994, "MCMXCIV"),
    ("lowerRoman", 4, "iv"),
    ("upperLetter", 26, "Z"),
    ("upperLetter", 28, "BB"),
    ("lowerLetter", 3, "c"),
    ("upperLetter", 26 * 30 + 1, "781"),
    ("decimalEnclosedCircle", 1, "①"),
    ("decimalEnclosedCircleChinese", 20, "⑳"),
    ("decimalEnclosedCircle", 21, "21"),
    ("decimalEnclosedFullstop", 2, "⒉"),
    ("decimalEnclosedParen", 10, "⑽"),
    ("ideographEnclosedCircle", 10, "㊉"),
    ("ideographEnclosedCircle", 11, "11"),
    ("ideographTraditional", 1, "甲"),
    ("ideographTraditional", 10, "癸"),
    ("ideographTraditional", 11, "11"),
    ("ideographZodiac", 12, "亥"),
    ("ideographZodiacTraditional", 60, "癸亥"),
    ("ideographZodiacTraditional", 61, "61"),
    ("ideographDigital", 10, "一〇"),
    ("taiwaneseDigital", 10, "一○"),
    ("chineseCounting", 9, "九"),
    ("chineseCounting", 10, "十"),
    ("chineseCounting", 11, "十一"),
    ("chineseCounting", 20, "二十"),
    ("chineseCounting", 99, "九十九"),
    ("chineseCounting", 100, "一○○"),
    ("chineseCountingThousand", 10, "十"),
    ("chineseCountingThousand", 19, "十九"),
    ("chineseCountingThousand", 20, "二十"),
    ("chineseCountingThousand", 100, "一百"),
    ("chineseCountingThousand", 101, "一百零一"),
    ("chineseCountingThousand", 110, "一百一十"),
    ("chineseCountingThousand", 115, "一百一十五"),
    ("chineseCountingThousand", 1001, "一千零一"),
    ("chineseCountingThousand", 1010, "一千零一十"),
    ("chineseCountingThousand", 10000, "10000"),
    ("japaneseCounting", 11, "十一"),
    ("japaneseCounting", 101, "百一"),
    ("japaneseCounting", 1111, "千百十一"),
    ("chineseLegalSimplified", 3, "叁"),
    ("chineseLegalSimplified", 10, "壹拾"),
    ("chineseLegalSimplified", 105, "壹佰零伍"),
    ("ideographLegalTraditional", 6, "陸"),
    ("japaneseLegal", 2, "弐"),
    ("decimal", 0, "0"),
    ("chineseCounting", 0, "0"),
    ("upperRoman", LARGEST + 1, "32768"),
    ("none", 4, ""),
]


@pytest.mark.parametrize(("form", "number", "written"), CASES)
def test_a_number_is_written_as_word_writes_it(form: str, number: int, written: str) -> None:
    assert numeral(form, number) == written


def test_a_format_nobody_knows_is_told() -> None:
    assert numeral("hebrew1", 3) is None

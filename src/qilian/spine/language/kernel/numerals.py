"""Ordinals and numbers as plans write them: 二十六, 二〇一五, ③, ⑴, 26."""

import unicodedata

from qilian.core.values.text import whole

CHINESE = "〇零一二两三四五六七八九十百千"
_DIGITS = {"〇": 0, "零": 0, "两": 2} | {digit: value for value, digit in enumerate("一二三四五六七八九", start=1)}
_DIGITS |= {digit: value for value, digit in enumerate("壹贰叁肆伍陆柒捌玖", start=1)} | {"参": 3}
_PLACES = {"十": 10, "拾": 10, "百": 100, "千": 1000}


def integer(written: str) -> int:
    """Return the value of a written number: ASCII digits, an enclosed figure, Chinese numerals; 0 for none."""
    if written.isascii():
        return whole(written) or 0
    if len(written) == 1 and written not in _DIGITS and written not in _PLACES:
        return int(unicodedata.numeric(written, 0))
    if any(place in written for place in _PLACES):
        return _placed(written)
    return int("".join(str(_DIGITS.get(digit, 0)) for digit in written))


def _placed(written: str) -> int:
    total, digit = 0, 0
    for character in written:
        if character in _PLACES:
            total += (digit or 1) * _PLACES[character]
            digit = 0
        else:
            digit = _DIGITS.get(character, 0)
    return total + digit

"""Sets of characters that regular expressions name: categories and blocks of Unicode, and the escapes of XML Schema."""

import unicodedata
from collections.abc import Callable

Chars = Callable[[str], bool]
"""Whether a character belongs to a set."""

_FINE = {"L": "ultmo", "M": "nce", "N": "dlo", "P": "cdseifo", "Z": "slp", "S": "mcko", "C": "cfon"}
_CATEGORIES = frozenset(_FINE) | {letter + one for letter, fine in _FINE.items() for one in fine}
_BLOCKS = {
    "BasicLatin": (0x00, 0x7F),
    "Latin-1Supplement": (0x80, 0xFF),
    "LatinExtended-A": (0x100, 0x17F),
    "LatinExtended-B": (0x180, 0x24F),
    "IPAExtensions": (0x250, 0x2AF),
    "SpacingModifierLetters": (0x2B0, 0x2FF),
    "CombiningDiacriticalMarks": (0x300, 0x36F),
    "Greek": (0x370, 0x3FF),
    "GreekandCoptic": (0x370, 0x3FF),
    "Cyrillic": (0x400, 0x4FF),
    "Armenian": (0x530, 0x58F),
    "Hebrew": (0x590, 0x5FF),
    "Arabic": (0x600, 0x6FF),
    "Devanagari": (0x900, 0x97F),
    "Bengali": (0x980, 0x9FF),
    "Thai": (0xE00, 0xE7F),
    "Tibetan": (0xF00, 0xFFF),
    "HangulJamo": (0x1100, 0x11FF),
    "Mongolian": (0x1800, 0x18AF),
    "LatinExtendedAdditional": (0x1E00, 0x1EFF),
    "GreekExtended": (0x1F00, 0x1FFF),
    "GeneralPunctuation": (0x2000, 0x206F),
    "SuperscriptsandSubscripts": (0x2070, 0x209F),
    "CurrencySymbols": (0x20A0, 0x20CF),
    "LetterlikeSymbols": (0x2100, 0x214F),
    "NumberForms": (0x2150, 0x218F),
    "Arrows": (0x2190, 0x21FF),
    "MathematicalOperators": (0x2200, 0x22FF),
    "BoxDrawing": (0x2500, 0x257F),
    "GeometricShapes": (0x25A0, 0x25FF),
    "CJKRadicalsSupplement": (0x2E80, 0x2EFF),
    "CJKSymbolsandPunctuation": (0x3000, 0x303F),
    "Hiragana": (0x3040, 0x309F),
    "Katakana": (0x30A0, 0x30FF),
    "Bopomofo": (0x3100, 0x312F),
    "CJKUnifiedIdeographsExtensionA": (0x3400, 0x4DBF),
    "CJKUnifiedIdeographs": (0x4E00, 0x9FFF),
    "YiSyllables": (0xA000, 0xA48F),
    "HangulSyllables": (0xAC00, 0xD7AF),
    "PrivateUse": (0xE000, 0xF8FF),
    "CJKCompatibilityIdeographs": (0xF900, 0xFAFF),
    "HalfwidthandFullwidthForms": (0xFF00, 0xFFEF),
}


def property_set(name: str) -> Chars | None:
    """Return the set of `\\p{name}`: a category such as Lu, a block such as IsBasicLatin; None for an unknown one."""
    if name in _CATEGORIES:
        return lambda char: unicodedata.category(char).startswith(name)
    if name.startswith("Is") and (block := _BLOCKS.get(name[2:])):
        low, high = block
        return lambda char: low <= ord(char) <= high
    return None


def class_escape(letter: str) -> Chars | None:
    """Return the set of an escape of several characters: \\s \\d \\w \\i \\c and their complements."""
    inside = _ESCAPES.get(letter.lower())
    if inside is None or letter.islower():
        return inside
    return lambda char: not inside(char)


def one_of(char: str, folded: bool) -> Chars:
    """Return the set of one character; `folded` adds those with the same lower or upper case (XPath 7.6.1.1)."""
    if not folded:
        return lambda other: other == char
    lower, upper = char.lower(), char.upper()
    return lambda other: other.lower() == lower or other.upper() == upper


def _word(char: str) -> bool:
    return unicodedata.category(char)[0] not in "PZC"


def _initial(char: str) -> bool:
    return char in "_:" or unicodedata.category(char) in ("Lu", "Ll", "Lt", "Lo", "Nl")


def _name_part(char: str) -> bool:
    return char in "-._:·" or unicodedata.category(char) in ("Lu", "Ll", "Lt", "Lo", "Nl", "Lm", "Nd", "Mn", "Mc", "Me")


_ESCAPES: dict[str, Chars] = {
    "s": lambda char: char in " \t\n\r",
    "d": str.isdecimal,
    "w": _word,
    "i": _initial,
    "c": _name_part,
}

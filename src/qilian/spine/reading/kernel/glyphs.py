"""Glyphs: signs that only look like characters become the characters; the text keeps its length.

Kangxi radicals (U+2F00–2FD5), compatibility ideographs, forms of vertical writing and small forms have a decomposition
in the Unicode Character Database; radicals of the CJK supplement have their ideograph in EquivalentUnifiedIdeograph.
"""

import re
import unicodedata

_RANGES = "\u2f00-\u2fd5\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe4f\ufe50-\ufe6b"
_SUPPLEMENT = (
    "⺁厂⺄乙⺆冂⺇几⺈刀⺉刂⺊卜⺋㔾⺌小⺍小⺎尢⺏尣⺑尢⺒巳⺓幺⺔彑⺕彐⺖忄⺗心⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺟母⺠民⺡氵⺢氺"
    "⺣灬⺤爫⺥爫⺦丬⺧牛⺨犭⺩王⺪疋⺫目⺬示⺭礻⺮竹⺯糹⺰纟⺱罓⺲罒⺳网⺴网⺵网⺶羊⺷羊⺸羊⺹耂⺺聿⺻聿⺼月⺽臼⺾艹⺿艹⻀艹"
    "⻁虎⻂衤⻃覀⻄西⻅见⻆角⻇角⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑長⻒镸⻓长⻔门⻕阜⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食"
    "⻞飠⻟飠⻠饣⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱亀⻲龟⻳龟"
)
_LIKE = dict(zip(_SUPPLEMENT[::2], _SUPPLEMENT[1::2], strict=True)) | {"⼾": "户"}  # fonts draw 户 with its glyph
_GLYPH = re.compile(f"[{_RANGES}{''.join(_LIKE)}]")


def unified(text: str) -> str:
    """Return the text with glyphs replaced by the characters they stand for, one for one.

    >>> unified("⼆、⾰命⻓⻔，︵一︶")
    '二、革命长门，(一)'
    """
    return _GLYPH.sub(_character, text)


def _character(found: re.Match[str]) -> str:
    glyph = found.group()
    plain = _LIKE.get(glyph) or unicodedata.normalize("NFKC", glyph)
    return plain if len(plain) == 1 else glyph

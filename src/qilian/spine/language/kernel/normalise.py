"""Folding for matching: one character in, one character out, so that every span is a span of the source."""

import re
from collections.abc import Mapping

# Traditional forms of the characters that carry structure: role words, ordinals, dates, operators, unit suffixes.
# A whole table (an adapter builds it for the characters of one document) may be handed to fold() beside this one.
_TRADITIONAL = (
    "牽牵頭头單单門门責责負负實实協协參参與与領领導导聯联絡络時时進进節节間间點点務务項项條条關关機机構构區区縣县廳厅辦办會会"
    "處处級级職职組组員员鄉乡鎮镇國国總总隊队團团銀银業业學学體体監监檢检專专資资發发財财據据統统綜综數数網网場场臺台準准標标"
    "試试園园範范億亿萬万達达過过於于約约個个續续長长減减壓压縮缩擴扩佔占從从後后為为廣广開开設设動动產产創创術术電电運运衛卫"
    "環环經经濟济農农質质備备訊讯鐵铁兩两類类權权圖图築筑護护師师報报應应執执審审價价證证稅税貿贸劃划調调號号簡简稱称註注無无"
    "爭争圍围確确認认還还現现見见覽览該该這这話话誰谁華华區区陸陆將将聯联歷历書书東东結结給给組组織织維维紅红純纯緊紧"
)
_PUNCTUATION = {
    **{chr(code): chr(code - 0xFEE0) for code in range(0xFF10, 0xFF5B)},
    **dict(zip("()[]{},;:｛｝", "（）［］［］，；：［］", strict=True)),
    **dict(zip("﹙﹚〖〗﹝﹞｡､﹕∶﹔﹐﹑", "（）【】〔〕。、：：；，、", strict=True)),
    **dict(zip("．％～｜丨│－–—―‐‑○●•·", ".%~|||------〇···", strict=True)),
    **dict.fromkeys("\u3000\xa0\u200b\u200c\u200d\ufeff\u2002\u2003\u2009\u202f\x00", " "),
    **dict.fromkeys("\x0c\x1c\x1d\x1e\x85\u2028\u2029", "\n"),
    "：": "：",
    "；": "；",
    "［": "［",
    "］": "］",
    "？": "？",
}
_STOP = re.compile(
    r"(?<=[一-龥％%）］】”])(?<![一二三四五六七八九十])\.(?![\w.%])|(?<=[一-龥])(?<![一二三四五六七八九十])\.(?=[一-龥])"
)
"""A full stop of half width that ends a sentence: behind a word, and no ordinal, decimal or dotted line."""
_BAR = re.compile(r"(?<=[^\n|])\|(?=(?:牵头|责任|配合|主办|协办|承办|参与)(?:责任)?(?:单位|部门)：)")
"""A bar before a label divides a line as a semicolon does: …达到75%｜牵头单位：县工信局."""
_TABLE = str.maketrans(_PUNCTUATION | dict(zip(_TRADITIONAL[::2], _TRADITIONAL[1::2], strict=True)))


def fold(text: str, simplify: Mapping[int, int] | None = None) -> str:
    """Return the text with punctuation, width, spaces and script folded; the result has the same length.

    `simplify` maps code points to code points (traditional to simplified) and is applied first.
    """
    if simplify:
        text = text.translate(simplify)
    folded = text.replace("\r\n", " \n").replace("\r", "\n").translate(_TABLE)
    folded = _BAR.sub("；", folded) if "|" in folded else folded
    return _STOP.sub("。", folded) if "." in folded else folded

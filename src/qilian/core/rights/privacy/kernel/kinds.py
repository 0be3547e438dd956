"""Kinds of personal data: how each is compared (its normal form) and what a reader sees of it (its mask).

Masks show what people need to tell two records apart and hide what identifies or reaches the person. Our own choice in
the spirit of GB/T 35273-2020 (display restrictions): three and four digits of a mobile number, the last four of an
account, the county of an address, the surname.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from qilian.core.values.text import Text

_DIVISION = r"[^省市州盟县区旗路街道巷镇乡村号\d\s]{1,8}(?:自治区|(?<![小社园发])区|[省市州盟县旗])"
_COARSE = re.compile(rf"(?:{_DIVISION}){{1,3}}")
_STARS = "****"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind: what it is called, its normal form, its mask."""

    title: Text
    normal: Callable[[str], str]
    mask: Callable[[str], str]


def normal(kind: str, written: str) -> str:
    """The form in which two ways of writing the same value are equal; empty stays empty.

    >>> normal("phone", "+86 138-0000-5678"), normal("id_number", "63010119900101123x")
    ('13800005678', '63010119900101123X')
    """
    return KINDS[kind].normal(unicodedata.normalize("NFKC", written).strip())


def mask(kind: str, plain: str) -> str:
    """What a reader sees without a reason; empty stays empty.

    >>> mask("phone", "13800005678"), mask("name", "张三"), mask("account", "6222020200112233445")
    ('138****5678', '张*', '****3445')
    >>> mask("address", "青海省西宁市城中区长江路1号"), mask("email", "zhang@example.cn")
    ('青海省西宁市城中区****', 'z***@example.cn')
    """
    text = unicodedata.normalize("NFKC", plain).strip()
    return KINDS[kind].mask(text) if text else ""


def _compact(text: str) -> str:
    return re.sub(r"[\s\-()·]", "", text)


def _phone(text: str) -> str:
    digits = _compact(text)
    return re.sub(r"^(?:\+86|0086)", "", digits)


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _masked_phone(text: str) -> str:
    digits = _phone(text)
    return f"{digits[:3]}****{digits[-4:]}" if len(digits) >= 11 else _STARS


def _masked_id(text: str) -> str:
    number = _compact(text).upper()
    return f"{number[:4]}{'*' * (len(number) - 6)}{number[-2:]}" if len(number) >= 15 else _STARS


def _masked_name(text: str) -> str:
    letters = text.replace(" ", "")
    return letters[0] + "*" * (1 if letters.isascii() else max(1, min(len(letters) - 1, 3)))


def _masked_account(text: str) -> str:
    digits = _compact(text)
    return f"{_STARS}{digits[-4:]}" if len(digits) >= 8 else _STARS


def _masked_address(text: str) -> str:
    found = _COARSE.match(text)
    return f"{found[0] if found else ''}{_STARS}"


def _masked_email(text: str) -> str:
    name, at, domain = text.rpartition("@")
    return f"{name[0]}***@{domain}" if at and name else _STARS


def _hidden(_text: str) -> str:
    return _STARS


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "phone": Kind(Text("电话", "phone"), _phone, _masked_phone),
        "id_number": Kind(Text("证件号码", "identity number"), lambda text: _compact(text).upper(), _masked_id),
        "name": Kind(Text("姓名", "name"), _spaced, _masked_name),
        "account": Kind(Text("账号", "account"), _compact, _masked_account),
        "address": Kind(Text("地址", "address"), _spaced, _masked_address),
        "email": Kind(Text("电子邮箱", "e-mail"), str.lower, _masked_email),
        "text": Kind(Text("文字", "text"), _spaced, _hidden),
    }
)

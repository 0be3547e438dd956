"""Codes of parties: GB 32100-2015, the numbers it replaced (GS 15-2006, GB 11714-1997), and GB 11643-1999 for persons.

Categories 54, 55, 36, 82, 99 and departments G, J, Q came with later notices of the registration departments.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from operator import mul

from qilian.core.house.forms.api import power_of_ten
from qilian.core.values.text import Refusal, Text

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_VALUES = {character: value for value, character in enumerate(ALPHABET)}
_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
_CHECKING = (*_WEIGHTS, 1)
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_LOOKALIKES = {"O": "0", "I": "1", "Z": "2", "S": "5"}
_PROVINCES = frozenset(
    str(code)
    for first, last in ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (71, 71), (81, 83))
    for code in range(first, last + 1)
)
"""The first two digits of citizens' numbers (GB/T 2260; 83 for residents of Taiwan)."""
_SPACES = re.compile(r"[\s\-‐–—]+")

DEPARTMENTS: Mapping[str, Text] = {
    "1": Text("机构编制", "Staffing of public bodies"),
    "2": Text("外交", "Foreign affairs"),
    "3": Text("司法行政", "Justice"),
    "4": Text("文化", "Culture"),
    "5": Text("民政", "Civil affairs"),
    "6": Text("旅游", "Tourism"),
    "7": Text("宗教", "Religion"),
    "8": Text("工会", "Trade unions"),
    "9": Text("市场监管（工商）", "Market regulation"),
    "A": Text("中央军委改革和编制办公室", "Staffing of the armed forces"),
    "G": Text("公安", "Public security"),
    "J": Text("住房城乡建设", "Housing and construction"),
    "N": Text("农业农村", "Agriculture and rural affairs"),
    "Q": Text("侨联", "Overseas Chinese federation"),
    "Y": Text("其他", "Other"),
}
# The first two characters of a code: title, and the kind of party (kernel.kinds) that they stand for.
CATEGORIES: Mapping[str, tuple[Text, str]] = {
    "11": (Text("机关", "Government organ"), "organ"),
    "12": (Text("事业单位", "Public institution"), "institution"),
    "13": (Text("编办直接管理机构编制的群众团体", "Mass organisation"), "association"),
    "19": (Text("机构编制部门登记的其他机构", "Other body of public staffing"), "other"),
    "21": (Text("外国常驻新闻机构", "Resident foreign news bureau"), "other"),
    "29": (Text("外交部门登记的其他机构", "Other body of foreign affairs"), "other"),
    "31": (Text("律师执业机构", "Law firm"), "practice"),
    "32": (Text("公证处", "Notary office"), "practice"),
    "33": (Text("基层法律服务所", "Local legal service"), "practice"),
    "34": (Text("司法鉴定机构", "Forensic institution"), "practice"),
    "35": (Text("仲裁委员会", "Arbitration commission"), "practice"),
    "36": (Text("商事调解组织", "Commercial mediation body"), "practice"),
    "39": (Text("司法行政部门登记的其他机构", "Other body of justice"), "practice"),
    "41": (Text("外国在华文化中心", "Foreign cultural centre"), "other"),
    "49": (Text("文化部门登记的其他机构", "Other body of culture"), "other"),
    "51": (Text("社会团体", "Social association"), "association"),
    "52": (Text("民办非企业单位", "Private non-enterprise unit"), "association"),
    "53": (Text("基金会", "Foundation"), "association"),
    "54": (Text("村民委员会", "Villagers' committee"), "committee"),
    "55": (Text("居民委员会", "Residents' committee"), "committee"),
    "59": (Text("民政部门登记的其他机构", "Other body of civil affairs"), "association"),
    "61": (Text("外国旅游部门常驻代表机构", "Foreign tourism representation"), "other"),
    "62": (Text("港澳台旅游部门常驻代表机构", "HK, Macao, Taiwan tourism office"), "other"),
    "69": (Text("旅游部门登记的其他机构", "Other body of tourism"), "other"),
    "71": (Text("宗教活动场所", "Religious venue"), "other"),
    "72": (Text("宗教院校", "Religious school"), "other"),
    "79": (Text("宗教部门登记的其他机构", "Other body of religion"), "other"),
    "81": (Text("基层工会", "Local trade union"), "association"),
    "82": (Text("非法人工会组织", "Trade union without legal person"), "association"),
    "89": (Text("工会登记的其他机构", "Other trade-union body"), "association"),
    "91": (Text("企业", "Enterprise"), "enterprise"),
    "92": (Text("个体工商户", "Individual business"), "household"),
    "93": (Text("农民专业合作社", "Farmers' cooperative"), "cooperative"),
    "99": (Text("市场监管部门登记的其他机构", "Other body of market regulation"), "enterprise"),
    "A1": (Text("军队事业单位", "Institution of the armed forces"), "institution"),
    "A9": (Text("军队其他机构", "Other body of the armed forces"), "other"),
    "G1": (Text("境外非政府组织代表机构", "Representation of a foreign NGO"), "other"),
    "G9": (Text("公安部门登记的其他机构", "Other body of public security"), "other"),
    "J1": (Text("业主大会", "Owners' assembly"), "other"),
    "J9": (Text("住建部门登记的其他机构", "Other body of housing"), "other"),
    "N1": (Text("组级集体经济组织", "Collective of a villagers' group"), "collective"),
    "N2": (Text("村级集体经济组织", "Village collective"), "collective"),
    "N3": (Text("乡镇级集体经济组织", "Township collective"), "collective"),
    "N9": (Text("农业农村部门登记的其他机构", "Other body of rural affairs"), "collective"),
    "Q1": (Text("县级侨联组织", "County federation of overseas Chinese"), "association"),
    "Q2": (Text("乡镇级侨联组织", "Township federation of overseas Chinese"), "association"),
    "Q3": (Text("村级侨联组织", "Village federation of overseas Chinese"), "association"),
    "Q9": (Text("侨联其他组织", "Other federation of overseas Chinese"), "association"),
    "Y1": (Text("其他机构", "Other body"), "other"),
}


@dataclass(frozen=True, slots=True)
class Uscc:
    """A sound 统一社会信用代码 in its parts: who registered it, as what, where, and the subject's own code."""

    written: str

    @property
    def department(self) -> Text:
        """The registration department, of the first character."""
        return DEPARTMENTS[self.written[0]]

    @property
    def category(self) -> Text:
        """The category within the department, of the first two characters."""
        return CATEGORIES[self.written[:2]][0]

    @property
    def kind(self) -> str:
        """The kind of party that the category stands for."""
        return CATEGORIES[self.written[:2]][1]

    @property
    def region(self) -> str:
        """The division of the registering office (GB/T 2260) at the time of registration."""
        return self.written[2:8]

    @property
    def subject(self) -> str:
        """The subject's own code: nine characters, the former organisation code."""
        return self.written[8:17]

    @property
    def subject_agrees(self) -> bool:
        """Whether the inner check character of GB 11714 agrees; advisory: newer codes need not have one."""
        return organisation_check(self.subject[:8]) == self.subject[8]


def tidy_code(written: str) -> str:
    """A code as the standards write it: half width, upper case, without blanks and hyphens.

    >>> tidy_code(" ９１35 0100-m000100y43 ")
    '91350100M000100Y43'
    """
    if written.isascii() and written.isalnum():
        return written.upper()
    return _SPACES.sub("", unicodedata.normalize("NFKC", written)).upper()


def is_uscc(code: str) -> bool:
    """Whether a tidy code is sound: 18 characters of the alphabet, known category, digits of a division, check.

    One citizen's number in thirty-one has all that as well; a code that could be a person's is never one of a party.
    """
    if len(code) != 18 or code[:2] not in CATEGORIES or not code[2:8].isdecimal():
        return False
    try:
        total: int = sum(map(mul, map(_VALUES.__getitem__, code), _CHECKING))
    except KeyError:
        return False
    return total % 31 == 0 and not may_be_a_person(code)


def check_character(first_seventeen: str) -> str:
    """The eighteenth character of a code (GB 32100-2015, 附录 A: MOD 31, weights 3ⁱ⁻¹).

    >>> check_character("91350100M000100Y4")
    '3'
    """
    total = sum(_VALUES[character] * weight for character, weight in zip(first_seventeen, _WEIGHTS, strict=True))
    return ALPHABET[-total % 31]


def organisation_check(first_eight: str) -> str:
    """The ninth character of an organisation code (GB 11714-1997).

    >>> organisation_check("D2143569")
    'X'
    """
    total = sum(int(c, 36) * weight for c, weight in zip(first_eight, _ORGANISATION_WEIGHTS, strict=True))
    return "0123456789X0"[11 - total % 11]


def is_organisation_code(code: str) -> bool:
    """Whether a tidy code is a sound organisation code of nine characters."""
    return bool(re.fullmatch(r"[0-9A-Z]{8}[0-9X]", code)) and organisation_check(code[:8]) == code[8]


def is_registration_number(code: str) -> bool:
    """Whether a tidy code is a sound registration number of fifteen digits (GS 15-2006: ISO 7064 MOD 11,10)."""
    if not re.fullmatch(r"\d{15}", code):
        return False
    product = 10
    for digit in code[:14]:
        product = ((product + int(digit)) % 10 or 10) * 2 % 11
    return (product + int(code[14])) % 10 == 1


def is_identity_number(code: str) -> bool:
    """Whether a tidy code is a sound citizen's number (GB 11643-1999): a day that was, and ISO 7064 MOD 11-2."""
    if not re.fullmatch(r"[1-9]\d{16}[\dX]", code):
        return False
    if not _is_day(code[6:14]):
        return False
    total = sum(int(digit) * pow(2, 17 - place, 11) for place, digit in enumerate(code[:17]))
    return "10X98765432"[total % 11] == code[17]


def may_be_a_person(code: str) -> bool:
    """Whether a tidy code is a sound citizen's number of somebody born since 1900, in a province that gives them."""
    return code[6:8] in ("19", "20") and code[:2] in _PROVINCES and is_identity_number(code)


def shown(code: str) -> str:
    """A code as it may stand in a sentence: what may be a citizen's number, also an old or a mistyped one, is masked.

    >>> shown("110105194912310021"), shown("110105491231002"), shown("630102")
    ('110105************', '110105*********', '630102')
    """
    day = code[6:14] if len(code) == 18 else "19" + code[6:12]
    if re.fullmatch(r"\d{17}[\dX]|\d{15}", code) and _is_day(day):
        return code[:6] + "*" * (len(code) - 6)
    return code


def veiled(written: str) -> str:
    """What somebody wrote as it may be repeated to him: as it is, but what may be a citizen's number is masked.

    >>> veiled("青海昆仑"), veiled("110105 19491231 0021")
    ('青海昆仑', '110105************')
    """
    code = tidy_code(written)
    return written if shown(code) == code else shown(code)


def read_uscc(written: str, where: str = "uscc") -> Uscc:
    """Read a 统一社会信用代码 as people write it.

    Refusals say what is wrong and where: `registry.code.empty`, `.registration` (a number of fifteen digits),
    `.organisation` (an organisation code), `.power` (6.3E+17), `.length`, `.character`, `.identity` (a person's
    number), `.department`, `.category`, `.region`, `.check` with the position and the character the others ask for.
    """
    code = tidy_code(written)
    if is_uscc(code):
        return Uscc(code)
    if not code:
        message = Text("请填写统一社会信用代码。", "Enter the unified social credit code.")
        raise Refusal("registry.code.empty", message, where=where)
    _refuse_a_power(code, where)
    if len(code) != 18:
        raise _wrong_length(code, where)
    raise _wrong_character(code, where) or _wrong_part(code, where)


def read_old_code(written: str, where: str = "old_code") -> str:
    """Read a code from before 2015: fifteen digits or nine characters; Refusal `registry.old_code.form` or `.check`."""
    code = tidy_code(written)
    if is_registration_number(code) or is_organisation_code(code):
        return code
    _refuse_a_power(code, where)
    remedy = Text("请按旧证照核对。", "Compare it with the old certificate.")
    if re.fullmatch(r"\d{15}", code) or re.fullmatch(r"[0-9A-Z]{8}[0-9X]", code):
        message = Text(
            f"旧代码“{shown(code)}”的校验位不对。", f"The check digit of the old code “{shown(code)}” is wrong."
        )
        raise Refusal("registry.old_code.check", message, where=where, remedy=remedy)
    refuse_a_person(code, where)
    message = Text(
        f"“{shown(code)}”既不是 15 位注册号，也不是 9 位组织机构代码。",
        f"“{shown(code)}” is neither a registration number of 15 digits nor an organisation code of 9 characters.",
    )
    raise Refusal("registry.old_code.form", message, where=where, remedy=remedy)


def refuse_a_person(code: str, where: str) -> None:
    """Raise `registry.code.identity`, which never repeats the number, for a tidy code that is a citizen's number."""
    if is_identity_number(code):
        message = Text("这是公民身份号码，不是主体的代码。", "This is a citizen's number, not the code of a party.")
        remedy = Text("自然人没有统一社会信用代码。", "Natural persons have no unified code.")
        raise Refusal("registry.code.identity", message, where=where, remedy=remedy)


def _refuse_a_power(code: str, where: str) -> None:
    if power_of_ten(code):
        message = Text(
            f"“{code}”是表格软件改写的科学计数法，末尾的数字已经丢失。",
            f"“{code}” is a power of ten that a spreadsheet wrote: its last digits are lost.",
        )
        remedy = Text("请把这一列设为文本，重新填写全部数字。", "Make the column text and write out every digit.")
        raise Refusal("registry.code.power", message, where=where, remedy=remedy)


def read_identity_number(written: str, where: str = "identity") -> str:
    """Read a citizen's number; Refusal `registry.identity.wrong`, which never repeats the number."""
    code = tidy_code(written)
    if not is_identity_number(code):
        message = Text("公民身份号码不对。", "The citizen's identity number is wrong.")
        remedy = Text("请核对 18 位号码，末位可以是 X。", "Check its 18 characters; the last may be X.")
        raise Refusal("registry.identity.wrong", message, where=where, remedy=remedy)
    return code


def _is_day(digits: str) -> bool:
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return True


def _wrong_length(code: str, where: str) -> Refusal:
    if is_registration_number(code):
        return Refusal(
            "registry.code.registration",
            Text(
                f"“{shown(code)}”是 15 位工商注册号（旧）。",
                f"“{shown(code)}” is an old registration number of 15 digits.",
            ),
            where=where,
            remedy=Text(
                "“三证合一”后请填 18 位统一社会信用代码；旧号可填在“旧代码”。",
                "Enter the 18 characters of the unified code; the old number may stand under “old code”.",
            ),
        )
    if is_organisation_code(code):
        return Refusal(
            "registry.code.organisation",
            Text(f"“{code}”是 9 位组织机构代码（旧）。", f"“{code}” is an old organisation code of 9 characters."),
            where=where,
            remedy=Text(
                "它是统一社会信用代码的第 9 至 17 位；请填写全部 18 位。",
                "It is characters 9 to 17 of the unified code; enter all 18.",
            ),
        )
    message = Text(
        f"统一社会信用代码有 18 位，这里是 {len(code)} 位。",
        f"A unified code has 18 characters; these are {len(code)}.",
    )
    return Refusal("registry.code.length", message, where=where, remedy=_COMPARE)


def _wrong_character(code: str, where: str) -> Refusal | None:
    for place, character in enumerate(code, 1):
        if character not in _VALUES:
            meant = _LOOKALIKES.get(character)
            message = Text(
                f"第 {place} 位“{character}”不是统一社会信用代码用的字符。",
                f"Character {place}, “{character}”, is not used in unified codes.",
            )
            asked = Text(f"是不是“{meant}”？", f"Should it be “{meant}”?") if meant else _COMPARE
            return Refusal("registry.code.character", message, where=where, remedy=asked)
    return None


def _wrong_part(code: str, where: str) -> Refusal:
    refuse_a_person(code, where)
    if code[0] not in DEPARTMENTS:
        message = Text(
            f"第 1 位“{code[0]}”不是登记管理部门代码。", f"Character 1, “{code[0]}”, is no registration department."
        )
        return Refusal("registry.code.department", message, where=where, remedy=_COMPARE)
    if code[:2] not in CATEGORIES:
        name = DEPARTMENTS[code[0]]
        message = Text(
            f"第 2 位“{code[1]}”不是“{name.zh}”部门的机构类别。",
            f"Character 2, “{code[1]}”, is no category of {name.en}.",
        )
        return Refusal("registry.code.category", message, where=where, remedy=_COMPARE)
    if not code[2:8].isdecimal():
        message = Text(
            "第 3 至 8 位应为登记机关的行政区划码（数字）。", "Characters 3 to 8 are the digits of a division code."
        )
        return Refusal("registry.code.region", message, where=where, remedy=_COMPARE)
    expected = check_character(code[:17])
    message = Text(
        f"校验码不对：第 18 位是“{code[17]}”，按前 17 位应为“{expected}”。",
        f"The check character is wrong: character 18 is “{code[17]}”; the first 17 ask for “{expected}”.",
    )
    remedy = Text(
        "请对照证照核对全部 18 位，错的也可能是前面某一位。",
        "Compare all 18 characters with the certificate: any one of them may be the wrong one.",
    )
    return Refusal("registry.code.check", message, where=where, remedy=remedy)


_COMPARE = Text("请对照证照核对。", "Compare it with the certificate.")

"""How likely two records are one party: a score of 0 to 100 with its reasons. The machine never merges."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from operator import add

from qilian.core.values.text import Text

SUGGESTED_FROM = 60
_FORMS = (
    "集团股份有限公司",
    "集团有限责任公司",
    "集团有限公司",
    "股份有限公司",
    "有限责任公司",
    "有限公司",
    "股份公司",
    "总公司",
    "公司",
)
_END = re.compile("(?:" + "|".join(_FORMS) + ")$")
REASONS: Mapping[str, Text] = {
    "code": Text("主体标识码相同", "Same subject code"),
    "old_code": Text("旧代码相同", "Same old code"),
    "name": Text("名称相同", "Same name"),
    "core": Text("只差组织形式", "Same but for the legal form"),
    "similar": Text("名称相近", "Similar names"),
    "address": Text("地址相同", "Same address"),
    "phone": Text("电话相同", "Same phone"),
    "identity": Text("证件号码相同", "Same identity number"),
    "other_code": Text("统一社会信用代码不同", "Different unified codes"),
    "other_region": Text("所在地不同", "Different regions"),
}
_POINTS = {
    "identity": 100,
    "code": 80,
    "old_code": 80,
    "name": 60,
    "core": 50,
    "address": 25,
    "phone": 25,
    "other_code": -45,
    "other_region": -10,
}


@dataclass(frozen=True, slots=True)
class Profile:
    """What is compared of a party: codes, keys of all its names, key of the address, division, digests of phones."""

    uscc: str = ""
    old_code: str = ""
    names: tuple[str, ...] = ()
    address: str = ""
    region: str = ""
    phones: frozenset[str] = frozenset()
    identity: str = ""

    @property
    def subject(self) -> str:
        """The nine characters of the subject: inside the unified code, or the old organisation code."""
        return self.uscc[8:17] if self.uscc else self.old_code if len(self.old_code) == 9 else ""


@dataclass(frozen=True, slots=True)
class Likeness:
    """A score (0 to 100) and why: name of the reason and its points, in the order of REASONS."""

    score: int
    reasons: tuple[tuple[str, int], ...]

    @property
    def suggested(self) -> bool:
        """Whether a person should look at the pair."""
        return self.score >= SUGGESTED_FROM


def likeness(one: Profile, other: Profile) -> Likeness:
    """Compare two profiles.

    >>> likeness(Profile(names=("昆仑物流有限公司",)), Profile(names=("昆仑物流有限责任公司",))).reasons
    (('core', 50),)
    """
    points = dict(_codes(one, other))
    points |= _names(one, other)
    if one.address and one.address == other.address:
        points["address"] = _POINTS["address"]
    if one.phones & other.phones:
        points["phone"] = _POINTS["phone"]
    if one.region and other.region and not _nested(one.region, other.region):
        points["other_region"] = _POINTS["other_region"]
    reasons = tuple((name, points[name]) for name in REASONS if name in points)
    return Likeness(max(0, min(100, sum(points.values()))), reasons)


def core_key(key: str) -> str:
    """A key without its legal form, so that 有限公司 and 有限责任公司 compare as equal.

    >>> core_key("青海昆仑物流有限责任公司"), core_key("公司")
    ('青海昆仑物流', '公司')
    """
    return _END.sub("", key) or key


def similarity(one: str, other: str) -> int:
    """How alike two keys are in per cent: Dice's measure over the bigrams of what remains without the legal form."""
    first, second = core_key(one), core_key(other)
    if first == second:
        return 100
    mine, yours = _pairs(first), _pairs(second)
    total = len(mine) + len(yours)
    return 200 * len(mine & yours) // total if total else 0


def _codes(one: Profile, other: Profile) -> dict[str, int]:
    found: dict[str, int] = {}
    if one.identity and one.identity == other.identity:
        found["identity"] = _POINTS["identity"]
    if one.subject and one.subject == other.subject:
        found["code"] = _POINTS["code"]
    elif one.old_code and one.old_code == other.old_code:
        found["old_code"] = _POINTS["old_code"]
    elif one.uscc and other.uscc and one.uscc != other.uscc:
        found["other_code"] = _POINTS["other_code"]
    return found


def _names(one: Profile, other: Profile) -> dict[str, int]:
    if set(one.names) & set(other.names):
        return {"name": _POINTS["name"]}
    if {core_key(name) for name in one.names} & {core_key(name) for name in other.names}:
        return {"core": _POINTS["core"]}
    alike = [similarity(mine, yours) for mine in one.names for yours in other.names]
    close = [each for each in alike if each >= 60]
    return {"similar": max(close) * 45 // 100} if close else {}


def _nested(one: str, other: str) -> bool:
    first, second = (code[:6].rstrip("0") for code in (one, other))
    return first.startswith(second) or second.startswith(first)


def _pairs(key: str) -> frozenset[str]:
    return frozenset(map(add, key, key[1:]))

"""What a party says of itself, read and checked: the same rules for a form, a row of a file and the API."""

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from datetime import date

from qilian.core.values.text import Refusal, Text

from .codes import CATEGORIES, is_uscc, read_old_code, read_uscc, refuse_a_person, tidy_code
from .kinds import FUNCTIONS, HOLDINGS, KINDS, OWNERSHIPS, WITHOUT_USCC
from .names import check_name, masked_name, tidy_name

_REGION = re.compile(r"[1-9]\d{5}(\d{3}(\d{3})?)?")
_WEBSITE = re.compile(r"https?://[^\s/$.?#][^\s]*")


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of a party. `service` is a class of producer services as `edition/code`, such as `2015/05`."""

    kind: str
    name: str
    uscc: str = ""
    old_code: str = ""
    short: str = ""
    address: str = ""
    region: str = ""
    industry: str = ""
    service: str = ""
    ownership: str = ""
    holding: str = ""
    functions: tuple[str, ...] = ()
    website: str = ""
    established: date | None = None


@dataclass(frozen=True, slots=True)
class Books:
    """The lists that facts are checked against on a day: divisions, industries, producer services (`edition/code`)."""

    regions: Container[str]
    industries: Container[str]
    services: Container[str]
    on: date
    elsewhere: frozenset[str] = field(default=frozenset())  # beginnings of codes of provinces that are not loaded


def tidy(facts: Facts) -> Facts:
    """Facts as they are kept: codes without blanks in upper case, names composed, ends trimmed.

    An empty kind is taken from the unified code.
    """
    uscc = tidy_code(facts.uscc)
    kind = facts.kind or (CATEGORIES[uscc[:2]][1] if is_uscc(uscc) else "")
    return Facts(
        kind=kind,
        name=tidy_name(facts.name),
        uscc=uscc,
        old_code=tidy_code(facts.old_code) if kind != "foreign" else facts.old_code.strip(),
        short=tidy_name(facts.short),
        address=tidy_name(facts.address),
        region=facts.region.strip(),
        industry=facts.industry.strip().upper(),
        service=facts.service.strip(),
        ownership=facts.ownership,
        holding=facts.holding,
        functions=facts.functions,
        website=facts.website.strip(),
        established=facts.established,
    )


def check_facts(facts: Facts, books: Books) -> tuple[Refusal, ...]:
    """Everything that is wrong with tidy facts, each a sentence with its field in `where`."""
    found = [
        *_code_problems(facts),
        check_name(facts.name),
        check_name(facts.short, "short") if facts.short else None,
        _too_long(facts),
        _region_problem(facts.region, books),
        _unknown(facts.industry, books.industries, "industry", _INDUSTRY),
        _unknown(facts.service, books.services, "service", _SERVICE),
        _choice(facts.ownership, OWNERSHIPS, "ownership"),
        _choice(facts.holding, HOLDINGS, "holding"),
        *(_choice(name, FUNCTIONS, "functions") for name in facts.functions),
        _website_problem(facts.website),
        _day_problem(facts.established, books.on),
    ]
    return tuple(refusal for refusal in found if refusal is not None)


def _code_problems(facts: Facts) -> list[Refusal | None]:
    if facts.kind not in KINDS:
        return [_kind_problem(facts)]
    if facts.kind in WITHOUT_USCC:
        message = Text(
            f"{KINDS[facts.kind].zh}没有统一社会信用代码。", f"{KINDS[facts.kind].en}: there is no unified code."
        )
        person = _said(lambda code: refuse_a_person(tidy_code(code), "old_code"), facts.old_code)
        return [Refusal("registry.code.none", message, where="uscc") if facts.uscc else None, person, _unmasked(facts)]
    old = _said(read_old_code, facts.old_code) if facts.old_code else None
    if not facts.uscc and facts.old_code:
        return [old]
    if not is_uscc(facts.uscc):
        return [_said(read_uscc, facts.uscc), old]
    category, kind = CATEGORIES[facts.uscc[:2]]
    wrong = None
    if kind != facts.kind:
        wrong = Refusal(
            "registry.code.kind",
            Text(
                f"代码的前两位表示“{category.zh}”，与所选类别“{KINDS[facts.kind].zh}”不符。",
                f"The code begins as that of: {category.en}; the kind chosen is {KINDS[facts.kind].en}.",
            ),
            where="kind",
            remedy=Text("请改类别，或核对代码前两位。", "Change the kind, or check the first two characters."),
        )
    return [wrong, old]


def _unmasked(facts: Facts) -> Refusal | None:
    """A natural person's own name is kept sealed: what stands in the register, open to everybody, is a masked one."""
    if facts.kind != "citizen" or facts.name == masked_name(facts.name):
        return None
    message = Text("自然人公开的只有掩去的姓名。", "Of a natural person only a masked name is public.")
    remedy = Text("请用“登记自然人”。", "Use “Register a natural person”.")
    return Refusal("registry.citizen.name", message, where="kind", remedy=remedy)


def _kind_problem(facts: Facts) -> Refusal:
    wrong = _said(read_uscc, facts.uscc) if facts.uscc and not facts.kind else None
    if wrong is not None:
        return wrong
    names = "、".join(title.zh for title in KINDS.values())
    english = ", ".join(title.en for title in KINDS.values())
    said = Text("请选择主体类别。", "Choose the kind of party.")
    if facts.kind:
        said = Text(f"没有“{facts.kind}”这类主体。", f"There is no kind “{facts.kind}”.")
    remedy = Text(f"可选：{names}。", f"Choose one of: {english}.")
    return Refusal("registry.kind.wrong", said, where="kind", remedy=remedy)


def _said(read: object, written: str) -> Refusal | None:
    assert callable(read)
    try:
        read(written)
    except Refusal as refusal:
        return refusal
    return None


def _too_long(facts: Facts) -> Refusal | None:
    for where, value, most in (("address", facts.address, 200), ("old_code", facts.old_code, 40)):
        if len(value) > most:
            message = Text(f"有 {len(value)} 字，最多 {most} 字。", f"{len(value)} characters; {most} are the most.")
            return Refusal("registry.text.long", message, where=where)
    return None


def _region_problem(region: str, books: Books) -> Refusal | None:
    if not region or region in books.regions:
        return None
    if _REGION.fullmatch(region) and region[:2] in books.elsewhere:
        return None
    return Refusal(
        "registry.region.wrong",
        Text(f"没有行政区划“{region}”。", f"There is no division “{region}”."),
        where="region",
        remedy=Text("请填写六位行政区划代码，如 630102。", "Give the six digits of GB/T 2260, such as 630102."),
    )


def _unknown(code: str, known: Container[str], where: str, remedy: Text) -> Refusal | None:
    if not code or code in known:
        return None
    message = Text(f"分类里没有“{code}”。", f"The classification has no “{code}”.")
    return Refusal(f"registry.{where}.wrong", message, where=where, remedy=remedy)


def _choice(value: str, choices: Mapping[str, Text], where: str) -> Refusal | None:
    if not value or value in choices:
        return None
    names, english = "、".join(t.zh for t in choices.values()), ", ".join(t.en for t in choices.values())
    message = Text(f"没有“{value}”这个选项。", f"There is no choice “{value}”.")
    remedy = Text(f"可选：{names}。", f"Choose one of: {english}.")
    return Refusal("registry.choice.wrong", message, where=where, remedy=remedy)


def _website_problem(website: str) -> Refusal | None:
    if not website or (len(website) <= 200 and _WEBSITE.fullmatch(website)):
        return None
    message = Text("网址要以 http:// 或 https:// 开头。", "A web address begins with http:// or https://.")
    return Refusal("registry.website.form", message, where="website")


def _day_problem(day: date | None, today: date) -> Refusal | None:
    if day is None or day <= today:
        return None
    message = Text(f"成立日期 {day} 还没有到。", f"The day of establishment, {day}, is still to come.")
    return Refusal("registry.established.future", message, where="established")


_INDUSTRY = Text("请填写 GB/T 4754-2017 的代码，如 7452。", "Give a code of GB/T 4754-2017, such as 7452.")
_SERVICE = Text("请填写“版次/代码”，如 2015/05。", "Give edition and code, such as 2015/05.")

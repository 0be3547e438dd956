"""An ordinary month at the registry: parties registered, one claimed and delegated, a duplicate merged, one closed."""

from collections.abc import Generator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from random import Random
from typing import Any

from qilian.core.house.forms.api import Upload
from qilian.core.house.principal import Principal
from qilian.core.offers.stories.api import Scene, Story
from qilian.core.values import clock
from qilian.core.values.money import Money
from qilian.engines.registry.contacts.api import Details, add_contact
from qilian.engines.registry.duplicates.api import merge
from qilian.engines.registry.parties.api import (
    Facts,
    Party,
    amend,
    close,
    facts_of,
    invented_code,
    record_figures,
    register_party,
    rename,
)
from qilian.engines.registry.relations.api import relate

from .api import (
    Answer,
    Claim,
    Invitation,
    accept,
    add_evidence,
    answer_claim,
    approve_claim,
    invite,
    require_party,
    start_claim,
    submit_claim,
)

_FIRM = "青海昆仑检测技术服务有限公司"
# name, first two characters of the code, division, industry, functions, holding
_OTHERS = (
    ("青海祁连银行股份有限公司", "91", "630102", "6621", ("bank",), "state"),
    ("西宁惠农融资担保有限公司", "91", "630104", "7296", ("guarantor",), "state"),
    ("青海高原物流集团有限公司", "91", "630105", "5431", ("carrier",), "private"),
    ("格尔木枸杞种植专业合作社", "93", "632801", "0159", (), "collective"),
    ("互助县林川乡河欠村集体经济组织", "N2", "630223", "", (), "collective"),
    ("青海省计量科学研究所", "12", "630103", "7452", ("lab", "research"), ""),
    ("海东市职业技术学校", "12", "630202", "8336", ("school",), ""),
    ("青海朝阳物流园区管理有限公司", "91", "630105", "7211", ("park",), "state"),
    ("青海省物流与采购联合会", "51", "630103", "9521", (), ""),
    ("西宁市城东区金桥法律服务所", "33", "630102", "7231", ("consultant",), ""),
    ("德令哈市老马汽车维修部", "92", "632802", "8111", ("repairer",), "private"),
)
_PAPER = Upload("营业执照.pdf", b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n")


def month(chance: Random) -> Story:
    """Live through the month as registrar, legal representative, operator and reader.

    Four lawful refusals: a wrong check character, a stranger who acts, an expired mandate, a closed party claimed.
    """
    serial = chance.randrange(10_000, 90_000)
    day = clock.today() - timedelta(days=chance.randrange(400, 2_000))
    wanted = Facts(
        "",
        _FIRM,
        invented_code(f"{_FIRM}{serial}", region="630102"),
        short="昆仑检测",
        region="630102",
        industry="7452",
    )
    wanted = replace(wanted, service="2015/01", functions=("lab",), ownership="profit", established=day)
    wanted = replace(wanted, address="西宁市城东区昆仑东路88号", holding="private")
    wrong = replace(wanted, uscc=wanted.uscc[:17] + ("1" if wanted.uscc[17] != "1" else "2"))
    firm = yield Scene("registrar", lambda me: register_party(actor=me, facts=wanted))
    yield Scene("registrar", lambda me: register_party(actor=me, facts=wrong), refused="registry.code.check")
    others = yield from _registered(serial, day)
    yield from _related(firm, others)
    yield from _claimed(firm)
    yield from _delegated(firm)
    yield from _merged(firm, others[2])
    yield from _closed(others[-1])


def _registered(serial: int, day: date) -> Generator[Scene, Any, list[Party]]:
    found: list[Party] = []
    for name, head, region, industry, functions, holding in _OTHERS:
        facts = Facts(
            "", name, invented_code(f"{name}{serial}", region=region, category=head), region=region, industry=industry
        )
        facts = replace(facts, functions=functions, holding=holding, established=day)
        found.append((yield Scene("registrar", partial(_register, facts=facts))))
    return found


def _related(firm: Party, others: list[Party]) -> Story:
    carrier, park = others[2], others[7]
    first = clock.today() - timedelta(days=300)
    holds = partial(relate, kind="share", valid_from=first, source="公司章程")
    yield Scene("registrar", lambda me: holds(actor=me, holder=carrier, held=firm, share=Decimal("0.6")), hours=2)
    yield Scene("registrar", lambda me: holds(actor=me, holder=park, held=carrier, share=Decimal("0.51")))
    new_name = "青海昆仑检测认证有限公司"
    yield Scene("registrar", lambda me: rename(actor=me, party=firm, name=new_name), hours=3)


def _claimed(firm: Party) -> Story:
    yield Scene("operator", lambda me: require_party(me, firm), refused="registry.party.stranger")
    claim: Claim = yield Scene("boss", lambda me: start_claim(actor=me, party=firm))
    yield Scene("boss", lambda me: answer_claim(actor=me, claim=claim, answer=Answer("legal")))
    yield Scene("boss", lambda me: add_evidence(actor=me, claim=claim, upload=_PAPER))
    yield Scene("boss", lambda me: submit_claim(actor=me, claim=claim))
    yield Scene("registrar", lambda me: approve_claim(actor=me, claim=claim, note="证照相符"), hours=5)
    last = date(clock.today().year - 1, 12, 31)
    turnover = Money.yuan(Decimal(18_600_000))
    report = partial(record_figures, on=last, employees=120, revenue=turnover, source="企业年报")
    yield Scene("boss", lambda me: report(actor=me, party=firm))
    contact = Details("苏小燕", "13800005678", "suxy@example.cn")
    yield Scene("boss", lambda me: add_contact(actor=me, party=firm, role="contact", details=contact))


def _delegated(firm: Party) -> Story:
    yield from _invited(firm, days=6)
    site = replace(facts_of(firm), name="青海昆仑检测认证有限公司", website="https://kunlun-lab.example.cn")
    yield Scene("operator", lambda me: amend(actor=me, party=firm, facts=site), hours=3)
    yield Scene("operator", lambda me: require_party(me, firm), hours=60, refused="registry.mandate.expired")
    yield from _invited(firm, days=365)
    yield Scene("operator", lambda me: require_party(me, firm))


def _invited(firm: Party, *, days: int) -> Story:
    """The legal representative invites, the operator accepts: nobody else could, and nothing holds before."""
    row: Invitation = yield Scene("boss", partial(_invite, party=firm, days=days), hours=2)
    yield Scene("reader", lambda me: accept(actor=me, invitation=row), refused="grants.denied")
    yield Scene("operator", lambda me: accept(actor=me, invitation=row), hours=1)


def _merged(firm: Party, carrier: Party) -> Story:
    twin = Facts("enterprise", "青海高原物流集团有限责任公司", old_code="630100123456781", region=carrier.region)
    other = yield Scene("registrar", partial(_register, facts=twin), hours=4)
    yield Scene(
        "reader", lambda me: merge(actor=me, survivor=carrier, other=other, reason="x"), refused="grants.denied"
    )
    why = "旧注册号的记录，三证合一后为同一企业"
    yield Scene("registrar", lambda me: merge(actor=me, survivor=carrier, other=other, reason=why), hours=2)
    again = Facts("enterprise", "青海昆仑检测认证有限责任公司", old_code="630000007654327", region=firm.region)
    yield Scene("registrar", partial(_register, facts=replace(again, address="西宁市城东区昆仑东路88号")))


def _closed(shop: Party) -> Story:
    yield Scene("registrar", lambda me: close(actor=me, party=shop, reason="经营者申请注销"), hours=6)
    yield Scene("reader", lambda me: start_claim(actor=me, party=shop), refused="registry.party.closed")


def _register(me: Principal, *, facts: Facts) -> Party:
    return register_party(actor=me, facts=facts)


def _invite(me: Principal, *, party: Party, days: int) -> Invitation:
    until = clock.today() + timedelta(days=days)
    return invite(actor=me, party=party, login="operator", valid_to=until, note="日常办理")

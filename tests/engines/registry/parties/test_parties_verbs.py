"""Parties through their verbs: registered, amended, renamed, closed, related, merged; every refusal changes nothing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from tests.support.refusals import refused

from qilian.core.house.principal import SYSTEM, Principal
from qilian.core.log.events.api import events_of
from qilian.core.log.outbox.api import run_due
from qilian.core.values import clock
from qilian.core.values.money import Money
from qilian.core.values.text import Refusal
from qilian.engines.registry.parties.api import (
    Facts,
    Party,
    amend,
    close,
    facts_of,
    party_by_uscc,
    party_ref,
    record_figures,
    register_party,
    rename,
    reopen,
    search_parties,
    suspend,
)

pytestmark = pytest.mark.django_db
Firm = Callable[..., Party]
Somebody = Callable[..., Principal]


def happened(party: Party) -> list[str]:
    return [event.type.removeprefix("registry.") for event in events_of(party_ref(party)).order_by("id")]


def test_a_party_is_registered_with_everything_that_follows(firm: Firm) -> None:
    party = firm(1, "青海昆侖（檢測）有限公司", short="昆仑检测", established=date(2020, 5, 1))
    assert (party.kind, party.status, party.status_on, party.section) == ("enterprise", "active", date(2020, 5, 1), "M")
    assert party.name_key == "青海昆仑检测有限公司" and "昆仑" in party.grams
    event = events_of(party_ref(party)).get()
    assert (event.type, event.party, event.region) == ("registry.party.registered", party.code, "630102")
    run_due()
    party.refresh_from_db()
    assert (party.pinyin, party.initials) == ("qinghaikunlunjianceyouxiangongsi", "qhkljcyxgs")


def test_who_has_no_right_here_registers_nothing(somebody: Somebody, uscc: Callable[..., str]) -> None:
    facts = Facts("", "青海昆仑检测有限公司", uscc(1), region="630102")
    for actor in (somebody("ada"), somebody("bob", "registry.register", region="632800")):
        assert refused(lambda actor=actor: register_party(actor=actor, facts=facts)).code == "grants.denied"
    assert not Party.objects.exists()
    assert register_party(actor=somebody("eve", "registry.register", region="630100"), facts=facts).name == facts.name


def test_wrong_input_is_refused_with_its_sentence(firm: Firm, uscc: Callable[..., str]) -> None:
    first = firm(1)
    wrong = uscc(2)[:17] + ("0" if uscc(2)[17] != "0" else "1")
    for facts, code in (
        (Facts("", "乙公司", wrong), "registry.code.check"),
        (Facts("", "乙 公司", uscc(2)), "registry.name.space"),
        (Facts("", "乙公司", uscc(2), region="630199"), "registry.region.wrong"),
        (Facts("", "乙公司", first.uscc), "registry.code.taken"),
    ):
        assert refused(lambda facts=facts: register_party(actor=SYSTEM, facts=facts)).code == code
    close(actor=SYSTEM, party=first, reason="决议解散")
    taken = refused(lambda: register_party(actor=SYSTEM, facts=Facts("", "乙公司", first.uscc)))
    assert "已注销" in taken.message.zh and Party.objects.count() == 1


def test_the_database_refuses_what_the_rules_refuse(firm: Firm) -> None:
    party = firm(1)
    for change in ({"kind": "club"}, {"uscc": "short"}, {"status": "merged"}, {"name": ""}, {"size": "giant"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Party.objects.filter(pk=party.pk).update(**change)


def test_facts_are_amended_by_officials_and_partly_by_the_party_itself(firm: Firm, somebody: Somebody) -> None:
    party = firm(1)
    moved = replace(facts_of(party), address="西宁市城东区昆仑东路1号", region="630103")
    assert refused(lambda: amend(actor=somebody("ada"), party=party, facts=moved)).code == "grants.denied"
    own = Principal("person", person=somebody("bob").person, code="b", parties=(party.code,))
    assert refused(lambda: amend(actor=own, party=party, facts=moved)).code == "grants.denied"
    party = amend(actor=own, party=party, facts=replace(facts_of(party), website="https://example.cn"))
    party = amend(actor=somebody("eve", "registry.amend", region="630000"), party=party, facts=moved)
    assert party.region == "630103" and party.website == ""
    changes = events_of(party_ref(party)).order_by("-id")[0].data["changes"]
    assert "region: 630102 → 630103" in changes
    assert refused(lambda: amend(actor=SYSTEM, party=party, facts=facts_of(party))).code == "registry.amend.nothing"
    other = replace(facts_of(party), name="别的名字")
    assert refused(lambda: amend(actor=SYSTEM, party=party, facts=other)).code == "registry.amend.name"
    taken = replace(facts_of(party), uscc=firm(2).uscc)
    assert refused(lambda: amend(actor=SYSTEM, party=party, facts=taken)).code == "registry.code.taken"


def test_a_former_name_stays_and_is_found(firm: Firm) -> None:
    party, today = firm(1, "青海昆仑检测有限公司", established=date(2020, 1, 1)), clock.today()
    party = rename(actor=SYSTEM, party=party, name="青海玉珠峰检测有限公司", on=date(2025, 7, 1))
    assert [(n.name, n.valid_from, n.valid_to) for n in party.names.order_by("id")] == [
        ("青海昆仑检测有限公司", date(2020, 1, 1), date(2025, 6, 30))
    ]
    assert (party.name, party.name_since) == ("青海玉珠峰检测有限公司", date(2025, 7, 1))
    assert list(search_parties("昆仑")) == list(search_parties("玉珠")) == [party]
    again = party
    for name, on, code in (
        ("青海玉珠峰检测有限公司", today, "registry.rename.same"),
        ("丙公司", date(2025, 7, 1), "registry.rename.before"),
        ("丙公司", today + timedelta(days=1), "registry.day.future"),
        ("丙 公司", today, "registry.name.space"),
    ):
        refusal = refused(lambda name=name, on=on: rename(actor=SYSTEM, party=again, name=name, on=on))
        assert refusal.code == code


def test_a_party_rests_closes_and_reopens(firm: Firm, somebody: Somebody) -> None:
    party = firm(1, established=date(2020, 1, 1))
    assert refused(lambda: suspend(actor=somebody("ada"), party=party, reason="歇业")).code == "grants.denied"
    suspend(actor=SYSTEM, party=party, reason="歇业", on=date(2025, 1, 1))
    assert refused(lambda: suspend(actor=SYSTEM, party=party, reason="歇业")).code == "registry.party.state"
    reopen(actor=SYSTEM, party=party, reason="复业", on=date(2025, 2, 1))
    assert refused(lambda: close(actor=SYSTEM, party=party, reason=" ")).code == "registry.reason.empty"
    party = close(actor=SYSTEM, party=party, reason="决议解散", on=date(2025, 3, 1))
    assert (party.status, party.status_on) == ("closed", date(2025, 3, 1))
    assert happened(party) == ["party.registered", "party.suspended", "party.reopened", "party.closed"]


def test_figures_give_the_size_class_of_their_day(firm: Firm) -> None:
    party = firm(1, industry="3011")
    own = Principal("person", code="b", parties=(party.code,))
    size = record_figures(actor=own, party=party, on=date(2023, 12, 31), employees=300, source="年报")
    assert (size.size, size.missing) == ("", ("revenue",))
    more = {"revenue": Money.yuan(Decimal(20_000_000)), "source": "年报"}
    record_figures(actor=own, party=party, on=date(2024, 12, 31), employees=300, **more)
    party.refresh_from_db()
    assert (party.size, party.size_on) == ("medium", date(2024, 12, 31))
    record_figures(actor=own, party=party, on=date(2022, 12, 31), employees=1, revenue=Money(1), source="补报")
    party.refresh_from_db()
    assert party.size_on == date(2024, 12, 31), "older figures do not change the present class"
    party = amend(actor=SYSTEM, party=party, facts=replace(facts_of(party), industry="6621"))
    assert (party.size, party.size_on) == ("", None)
    for values, code in (
        ({"source": "年报"}, "registry.figures.none"),
        ({"employees": -1, "source": "年报"}, "registry.figures.negative"),
        ({"employees": 1, "source": " "}, "registry.figures.source"),
        ({"employees": 1, "source": "年报", "on": clock.today() + timedelta(days=1)}, "registry.day.future"),
    ):
        wanted = {"on": date(2024, 12, 31), **values}
        assert refused(lambda wanted=wanted: record_figures(actor=own, party=party, **wanted)).code == code
    stranger = Principal("person", code="c")
    act = lambda: record_figures(actor=stranger, party=party, on=date(2024, 1, 1), employees=1, source="x")  # noqa: E731 — one call
    assert refused(act).code == "grants.denied"


def test_search_by_fragment_code_sound_and_in_vain(firm: Firm) -> None:
    one = firm(1, "青海昆仑物流有限公司", short="昆仑速运")
    two = firm(2, "西宁物华检测技术股份有限公司")
    run_due()
    for words, expected in {
        "物流": [one],
        "流有": [one],
        "有限公司": [one, two],
        "昆仑 青海": [one],
        "速运": [one],
        "西": [two],
        "物": [],
        "崑崙": [one],
        "ＱＨＫＬ": [one],
        "xiningwuhua": [two],
        one.uscc[:12]: [one, two],
        one.uscc.lower(): [one],
        "没有": [],
        "（）": [],
    }.items():
        assert list(search_parties(words).order_by("id")) == expected, words
    with pytest.raises(Refusal) as caught:
        party_by_uscc("  ")
    assert caught.value.code == "registry.party.unknown"

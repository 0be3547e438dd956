"""Claims and mandates through their verbs, under row security, with every end that a mandate can have."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from qilian.core.house.principal import SYSTEM, Principal, acting
from qilian.core.log.events.api import Event, events_of
from qilian.core.papers.files.api import files_of, may_open
from qilian.core.values import clock
from qilian.core.values.text import Refusal
from qilian.core.who.inbox.api import waiting_for
from qilian.core.who.notices.api import Notice
from qilian.core.who.people.api import Person, principal_of
from qilian.engines.registry.parties.api import (
    Contact,
    Details,
    Party,
    close,
    contacts_of,
    merge,
    party_ref,
    reopen,
    suspend,
)
from qilian.engines.registry.representation.api import (
    Answer,
    Claim,
    Mandate,
    add_evidence,
    answer_claim,
    approve_claim,
    claim_by_code,
    claim_ref,
    claims_waiting,
    delegate,
    drop_evidence,
    my_claims,
    my_mandates,
    refuse_claim,
    register_myself,
    represented_by,
    require_party,
    return_claim,
    revoke,
    start_claim,
    submit_claim,
    withdraw_claim,
)

pytestmark = pytest.mark.django_db
Firm = Callable[..., Party]
Somebody = Callable[..., Principal]
LICENCE = b"%PDF-1.7\n1 0 obj\nendobj\ntrailer\n%%EOF\n"


def refused(act: Callable[[], object]) -> Refusal:
    before = Event.objects.count()
    with pytest.raises(Refusal) as caught, transaction.atomic():
        act()
    assert Event.objects.count() == before, "a refusal leaves no event"
    return caught.value


def evidence() -> SimpleUploadedFile:
    return SimpleUploadedFile("营业执照.pdf", LICENCE, "application/pdf")


def again(actor: Principal) -> Principal:
    """The same person a moment later, with whom he acts for by then."""
    return principal_of(Person.objects.get(pk=actor.person))


def claimed(actor: Principal, party: Party, role: str = "legal", until: date | None = None) -> Claim:
    claim = start_claim(actor=actor, code=party.uscc)
    answer_claim(actor=actor, claim=claim, answer=Answer(role, until))
    add_evidence(actor=actor, claim=claim, upload=evidence())
    return submit_claim(actor=actor, claim=claim)


@pytest.fixture
def represented(firm: Firm, somebody: Somebody, official: Principal) -> tuple[Party, Principal]:
    """A firm and its legal representative."""
    party, ada = firm(1), somebody("ada")
    approve_claim(actor=official, claim=claimed(ada, party))
    return party, again(ada)


def test_a_claim_from_its_code_to_the_mandate(firm: Firm, somebody: Somebody, official: Principal) -> None:
    party, ada = firm(1), somebody("ada")
    claim = start_claim(actor=ada, code=party.uscc.lower())
    assert start_claim(actor=ada, code=party.uscc) == claim, "an open claim is not begun twice"
    assert refused(lambda: submit_claim(actor=ada, claim=claim)).code == "registry.claim.role"
    answer_claim(actor=ada, claim=claim, answer=Answer("legal"))
    assert refused(lambda: submit_claim(actor=ada, claim=claim)).code == "registry.claim.evidence"
    wrong = add_evidence(actor=ada, claim=claim, upload=evidence())
    drop_evidence(actor=ada, claim=claim, code=wrong.code)
    use = add_evidence(actor=ada, claim=claim, upload=evidence())
    assert list(files_of(claim_ref(claim))) == [use] and may_open(official, use) and not may_open(somebody("bob"), use)
    submit_claim(actor=ada, claim=claim)
    with acting(official):
        assert [item.title_zh for item in waiting_for(official)] == [f"审核认领：{party.name}"]
    assert refused(lambda: answer_claim(actor=ada, claim=claim, answer=Answer("legal"))).code == "registry.claim.state"
    assert refused(lambda: approve_claim(actor=somebody("eve"), claim=claim)).code == "grants.denied"
    mandate = approve_claim(actor=official, claim=claim)
    assert (mandate.role, mandate.valid_from, mandate.valid_to) == ("legal", clock.today(), None)
    assert again(ada).parties == (party.code,) and f"party:{party.code}" in again(ada).speaks_for
    with acting(official):
        assert not waiting_for(official).exists()
    assert "已通过" in Notice.objects.get(person=ada.person).body_zh
    assert refused(lambda: start_claim(actor=again(ada), code=party.uscc)).code == "registry.claim.holds"
    kinds = [event.type for event in events_of(claim_ref(claim)).order_by("id") if event.type.startswith("registry")]
    assert kinds == ["registry.claim.started", "registry.claim.submitted", "registry.claim.decided"]


def test_a_claim_is_returned_completed_and_refused(firm: Firm, somebody: Somebody, official: Principal) -> None:
    party, ada = firm(1), somebody("ada")
    claim = claimed(ada, party, "operator", clock.today() + timedelta(days=30))
    assert refused(lambda: return_claim(actor=official, claim=claim, reason=" ")).code == "registry.claim.reason"
    return_claim(actor=official, claim=claim, reason="缺授权委托书")
    answer_claim(actor=ada, claim=claim, answer=Answer("operator", clock.today() + timedelta(days=60)))
    submit_claim(actor=ada, claim=claim)
    refuse_claim(actor=official, claim=claim, reason="委托书系伪造")
    assert again(ada).parties == () and not Mandate.objects.exists()
    assert refused(lambda: approve_claim(actor=official, claim=claim)).code == "registry.claim.state"
    second = start_claim(actor=ada, code=party.uscc)
    withdraw_claim(actor=ada, claim=second)
    assert second != claim and refused(lambda: withdraw_claim(actor=ada, claim=second)).code == "registry.claim.state"


def test_nobody_reviews_his_own_claim_or_touches_another(firm: Firm, somebody: Somebody, official: Principal) -> None:
    claim = claimed(official, firm(1))
    assert refused(lambda: approve_claim(actor=official, claim=claim)).code == "registry.claim.oneself"
    bob = somebody("bob")
    for act in (
        lambda: answer_claim(actor=bob, claim=claim, answer=Answer("legal")),
        lambda: add_evidence(actor=bob, claim=claim, upload=evidence()),
        lambda: withdraw_claim(actor=bob, claim=claim),
    ):
        assert refused(act).code == "grants.denied"


def test_what_cannot_be_claimed(firm: Firm, somebody: Somebody) -> None:
    ada, party, other = somebody("ada"), firm(1), firm(2)
    assert refused(lambda: start_claim(actor=Principal("anonymous"), code=party.uscc)).code == "grants.denied"
    assert refused(lambda: start_claim(actor=ada, code="91630102MA0000009X")).code == "registry.party.unknown"
    close(actor=SYSTEM, party=party, reason="解散")
    assert refused(lambda: start_claim(actor=ada, code=party.uscc)).code == "registry.party.closed"
    merge(actor=SYSTEM, survivor=firm(3), other=other, reason="重复")
    assert start_claim(actor=ada, code=other.uscc).party.name == firm_name(3)


def firm_name(number: int) -> str:
    return f"青海第{number}检测有限公司"


def test_row_security_lets_claims_be_read_by_few(firm: Firm, somebody: Somebody, official: Principal) -> None:
    ada = somebody("ada")
    claim = claimed(ada, firm(1))
    assert not Claim.objects.exists(), "a connection without a principal reads nothing"
    for reader, sees in ((ada, True), (official, True), (somebody("bob"), False), (SYSTEM, True)):
        with acting(reader):
            assert Claim.objects.filter(pk=claim.pk).exists() is sees
    with acting(ada):
        assert list(my_claims(ada.person or 0)) == [claim] and claim_by_code(claim.code) == claim
    with acting(official):
        assert list(claims_waiting()) == [claim]
    assert refused(lambda: claim_by_code(claim.code)).code == "registry.claim.unknown"


def test_a_representative_delegates_for_a_term(represented: tuple[Party, Principal], somebody: Somebody) -> None:
    party, ada = represented
    bob, today = somebody("bob"), clock.today()
    operator = Person.objects.get(pk=bob.person)
    late = today + timedelta(days=90)

    def give(actor: Principal, **more: object) -> Mandate:
        known = {"party": party, "person": operator, "valid_from": today, "valid_to": late, **more}
        return delegate(actor=actor, **known)

    assert refused(lambda: give(bob)).code == "registry.party.stranger"
    assert refused(lambda: give(ada, valid_to=None)).code == "registry.mandate.open"
    assert refused(lambda: give(ada, person=Person.objects.get(pk=ada.person))).code == "registry.mandate.oneself"
    mandate = give(ada)
    assert again(bob).parties == (party.code,)
    assert refused(lambda: give(ada)).code == "registry.mandate.twice"
    other = Person.objects.get(pk=somebody("eve").person)
    assert refused(lambda: give(again(bob), person=other)).code == "registry.mandate.operator"
    require_party(again(bob), party)
    assert list(my_mandates(bob.person or 0)) == [mandate]


def test_an_expired_mandate_says_when_it_ended_and_whom_to_ask(
    represented: tuple[Party, Principal], somebody: Somebody
) -> None:
    party, ada = represented
    bob, today = somebody("bob"), clock.today()
    person = Person.objects.get(pk=bob.person)
    mandate = delegate(actor=ada, party=party, person=person, valid_from=today, valid_to=today + timedelta(days=5))
    ended = today - timedelta(days=1)
    Mandate.objects.filter(pk=mandate.pk).update(valid_from=today - timedelta(days=9), valid_to=ended)
    assert again(bob).parties == ()
    expired = refused(lambda: require_party(again(bob), party))
    assert (
        expired.code == "registry.mandate.expired"
        and str(ended) in expired.message.zh
        and ada.name in str(expired.remedy)
    )


def test_mandates_end_by_revocation_closing_and_follow_a_merger(
    represented: tuple[Party, Principal], somebody: Somebody, firm: Firm, official: Principal
) -> None:
    party, ada = represented
    bob, today = somebody("bob"), clock.today()
    person = Person.objects.get(pk=bob.person)
    given = delegate(actor=ada, party=party, person=person, valid_from=today, valid_to=today + timedelta(days=5))
    assert refused(lambda: revoke(actor=somebody("eve"), mandate=given, reason="x")).code == "grants.denied"
    assert refused(lambda: revoke(actor=ada, mandate=given, reason=" ")).code == "registry.mandate.reason"
    suspend(actor=SYSTEM, party=party, reason="歇业")
    assert again(bob).parties == (party.code,)
    party.refresh_from_db()
    assert refused(lambda: require_party(again(bob), party)).code == "registry.party.suspended"
    close(actor=SYSTEM, party=party, reason="解散")
    assert again(bob).parties == again(ada).parties == ()
    party.refresh_from_db()
    assert refused(lambda: require_party(ada, party)).code == "registry.party.closed"
    reopen(actor=SYSTEM, party=party, reason="误注销")
    survivor = firm(7)
    merge(actor=SYSTEM, survivor=survivor, other=party, reason="重复")
    assert again(bob).parties == (survivor.code, party.code)
    require_party(again(bob), Party.objects.get(pk=party.pk))
    legal = Mandate.objects.get(person=ada.person)
    revoke(actor=official, mandate=legal, reason="变更法定代表人")
    assert again(ada).parties == again(bob).parties == (), "what it had delegated ends with it"
    assert refused(lambda: require_party(again(bob), survivor)).code == "registry.mandate.revoked"
    assert refused(lambda: revoke(actor=official, mandate=legal, reason="x")).code == "registry.mandate.over"


def test_a_person_gives_up_his_own_mandate(represented: tuple[Party, Principal]) -> None:
    party, ada = represented
    revoke(actor=ada, mandate=Mandate.objects.get(person=ada.person), reason="离职")
    assert again(ada).parties == ()
    assert refused(lambda: require_party(again(ada), party)).code == "registry.mandate.revoked"


def test_whom_one_acts_for_costs_one_query(firm: Firm, somebody: Somebody, official: Principal) -> None:
    ada = somebody("ada")
    for number in range(4):
        approve_claim(actor=official, claim=claimed(ada, firm(number)))
    with CaptureQueriesContext(connection) as queries:
        assert len(represented_by(ada.person or 0)) == 4
    assert len(queries) == 1


def test_a_person_becomes_a_party_of_his_own(somebody: Somebody, official: Principal) -> None:
    ada, bob = somebody("ada"), somebody("bob")
    me = Details("才让卓玛", "138 0000 5678", "", "11010519491231002x")
    wrong = Details("才让卓玛", "", "", "110105194912310021")
    assert refused(lambda: register_myself(actor=Principal("anonymous"), details=me)).code == "grants.denied"
    assert refused(lambda: register_myself(actor=ada, details=wrong)).code == "registry.identity.wrong"
    mandate = register_myself(actor=ada, details=me, region="630102")
    party = mandate.party
    assert (party.kind, party.name) == ("citizen", "才***") and again(ada).parties == (party.code,)
    assert refused(lambda: register_myself(actor=again(ada), details=me)).code == "registry.self.twice"
    assert refused(lambda: register_myself(actor=bob, details=me)).code == "registry.identity.taken"
    assert refused(lambda: start_claim(actor=bob, code=party.code)).code == "registry.party.unknown"
    for reader, sees in ((again(ada), True), (official, True), (bob, False)):
        with acting(reader):
            assert contacts_of(party).exists() is sees
    with acting(again(ada)):
        row = Contact.objects.get()
        assert (str(row.phone), row.role) == ("138****5678", "self") and "卓玛" not in repr(row.name)
    for event in events_of(party_ref(party)):
        assert "卓玛" not in str(event.data) and "1949" not in str(event.data)

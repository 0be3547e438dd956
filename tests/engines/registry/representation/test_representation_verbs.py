"""Claims and mandates through their verbs, under row security, with every end that a mandate can have."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.support.refusals import refused

from qilian.core.house.principal import SYSTEM, Principal, acting
from qilian.core.log.events.api import Event, events_of
from qilian.core.log.outbox.api import run_due
from qilian.core.papers.files.api import files_of, may_open
from qilian.core.values import clock
from qilian.core.who.inbox.api import waiting_for
from qilian.core.who.notices.api import Notice
from qilian.core.who.people.api import Person, principal_of
from qilian.engines.registry.contacts.api import Contact, Details, contacts_of
from qilian.engines.registry.duplicates.api import merge
from qilian.engines.registry.parties.api import Party, close, party_ref, reopen, suspend
from qilian.engines.registry.representation.api import (
    Answer,
    Claim,
    Invitation,
    Mandate,
    accept,
    add_evidence,
    answer_claim,
    approve_claim,
    claim_by_code,
    claim_ref,
    claims_waiting,
    decline,
    drop_evidence,
    invitation_ref,
    invitations_of,
    invitations_to,
    invite,
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
    take_back,
    withdraw_claim,
)
from qilian.engines.registry.representation.jobs import tell_again

pytestmark = pytest.mark.django_db
Firm = Callable[..., Party]
Somebody = Callable[..., Principal]
LICENCE = b"%PDF-1.7\n1 0 obj\nendobj\ntrailer\n%%EOF\n"


def evidence() -> SimpleUploadedFile:
    return SimpleUploadedFile("营业执照.pdf", LICENCE, "application/pdf")


def again(actor: Principal) -> Principal:
    """The same person a moment later, with whom he acts for by then."""
    return principal_of(Person.objects.get(pk=actor.person))


def claimed(actor: Principal, party: Party, role: str = "legal", until: date | None = None) -> Claim:
    claim = start_claim(actor=actor, party=party)
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
    claim = start_claim(actor=ada, party=party)
    assert start_claim(actor=ada, party=party) == claim, "an open claim is not begun twice"
    lacking = refused(lambda: submit_claim(actor=ada, claim=claim))
    assert [each.code for each in lacking.every] == ["registry.claim.role", "registry.claim.evidence"], "all at once"
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
    assert Notice.objects.get(person=ada.person).title_zh == f"认领已通过：{party.name}"
    assert refused(lambda: start_claim(actor=again(ada), party=party)).code == "registry.claim.holds"
    kinds = [event.type for event in events_of(claim_ref(claim)).order_by("id") if event.type.startswith("registry")]
    assert kinds == ["registry.claim.started", "registry.claim.submitted", "registry.claim.decided"]


def test_a_claim_is_returned_completed_and_refused(firm: Firm, somebody: Somebody, official: Principal) -> None:
    party, ada = firm(1), somebody("ada")
    claim = claimed(ada, party, "operator", clock.today() + timedelta(days=30))
    assert refused(lambda: return_claim(actor=official, claim=claim, reason=" ")).code == "text.missing"
    return_claim(actor=official, claim=claim, reason="缺授权委托书")
    assert Notice.objects.get(person=ada.person).title_zh == f"认领被退回，请补正：{party.name}"
    answer_claim(actor=ada, claim=claim, answer=Answer("operator", clock.today() + timedelta(days=60)))
    submit_claim(actor=ada, claim=claim)
    refuse_claim(actor=official, claim=claim, reason="委托书系伪造")
    assert again(ada).parties == () and not Mandate.objects.exists()
    assert refused(lambda: approve_claim(actor=official, claim=claim)).code == "registry.claim.state"
    second = start_claim(actor=ada, party=party)
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
    assert refused(lambda: start_claim(actor=Principal("anonymous"), party=party)).code == "grants.denied"
    close(actor=SYSTEM, party=party, reason="解散")
    assert refused(lambda: start_claim(actor=ada, party=party)).code == "registry.party.closed"
    merge(actor=SYSTEM, survivor=firm(3), other=other, reason="重复")
    assert start_claim(actor=ada, party=other).party.name == firm_name(3)


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


def invited(actor: Principal, party: Party, login: str = "bob", **more: object) -> Invitation:
    return invite(actor=actor, party=party, login=login, valid_to=clock.today() + timedelta(days=5), **more)


def events_since(number: int) -> list[tuple[str, dict[str, object]]]:
    return [(event.type, event.data) for event in Event.objects.filter(pk__gt=number).order_by("pk")]


def test_nobody_is_bound_before_he_accepts(represented: tuple[Party, Principal], somebody: Somebody) -> None:
    party, ada = represented
    bob, eve = somebody("bob"), somebody("eve")
    row = invited(ada, party, "BOB", note="投标")
    assert again(bob).parties == () and not Mandate.objects.filter(person=bob.person).exists()
    assert refused(lambda: accept(actor=eve, invitation=row)).code == "grants.denied"
    assert invitations_to(eve) == [] and invitations_to(bob) == [row] and list(invitations_of(party)) == [row]
    mandate = accept(actor=bob, invitation=row)
    assert (mandate.role, mandate.note, mandate.valid_from, mandate.giver.person_id) == (
        "operator",
        "投标",
        clock.today(),
        ada.person,
    )
    assert again(bob).parties == (party.code,) and list(my_mandates(bob.person or 0)) == [mandate]
    require_party(again(bob), party)
    assert invitations_to(bob) == [] and list(invitations_of(party)) == []
    assert Notice.objects.get(person=ada.person, title_zh__startswith="已接受").body_zh == "bob某（BOB）"
    for act in (accept, decline):
        assert refused(lambda act=act: act(actor=bob, invitation=row)).code == "registry.invitation.state"


def test_an_invitation_is_the_same_whether_or_not_anybody_signs_in_so(
    represented: tuple[Party, Principal], somebody: Somebody
) -> None:
    party, ada = represented
    bob, before = somebody("bob"), Event.objects.latest("pk").pk
    with CaptureQueriesContext(connection) as known:
        row = invited(ada, party, "bob")
    for_somebody, middle = events_since(before), Event.objects.latest("pk").pk
    with CaptureQueriesContext(connection) as unknown:
        invited(ada, party, "nobody")
    assert len(known) == len(unknown) and for_somebody == events_since(middle)
    assert [kind for kind, _ in for_somebody] == ["registry.invitation.made"] and "bob" not in str(for_somebody)
    assert not Notice.objects.filter(person=bob.person).exists(), "the worker tells, so that its time tells nothing"
    run_due()
    assert Notice.objects.get(person=bob.person).title_zh == f"“{party.name}”请您代为办理"
    with acting(bob):
        assert [item.title_zh for item in waiting_for(bob)] == [f"“{party.name}”请您代为办理"]
    tell_again(row.pk)
    assert Notice.objects.filter(person=bob.person).count() == 1, "told once"
    shown = [each.type for each in events_of(invitation_ref(row))]
    assert shown == ["registry.invitation.made"], "its history says nothing of who was told"
    decline(actor=bob, invitation=row)
    with acting(bob):
        assert not waiting_for(bob).exists()
    later = somebody("nobody")
    assert [each.login for each in invitations_to(later)] == ["nobody"], "who signs up later finds what waits for him"


def test_who_may_invite_whom_for_how_long(represented: tuple[Party, Principal], somebody: Somebody) -> None:
    party, ada = represented
    bob, today = somebody("bob"), clock.today()
    assert refused(lambda: invited(bob, party)).code == "registry.party.stranger"
    for login, code in (("ada", "registry.mandate.oneself"), (" ", "registry.invitation.login")):
        assert refused(lambda login=login: invited(ada, party, login)).code == code
    wrong = refused(lambda: invited(ada, party, valid_from=today - timedelta(days=1)))
    assert wrong.code == "registry.mandate.past"
    row = invited(ada, party)
    assert refused(lambda: invited(ada, party, "Bob")).code == "registry.invitation.twice"
    accept(actor=bob, invitation=row)
    assert refused(lambda: invited(ada, party)).code == "registry.mandate.twice"
    assert refused(lambda: invited(again(bob), party, "eve")).code == "registry.mandate.operator"
    waiting = invited(ada, party, "eve")
    assert refused(lambda: take_back(actor=again(bob), invitation=waiting)).code == "registry.mandate.operator"
    take_back(actor=ada, invitation=waiting)
    eve = somebody("eve")
    assert refused(lambda: accept(actor=eve, invitation=waiting)).code == "registry.invitation.state"


def test_what_is_accepted_too_late_is_refused(
    represented: tuple[Party, Principal], somebody: Somebody, firm: Firm, official: Principal
) -> None:
    party, ada = represented
    bob, eve = somebody("bob"), somebody("eve")
    row, other = invited(ada, party), invited(ada, party, "eve")
    Invitation.objects.filter(pk=row.pk).update(
        valid_from=clock.today() - timedelta(days=9), valid_to=clock.today() - timedelta(days=1)
    )
    assert invitations_to(bob) == []
    assert refused(lambda: accept(actor=bob, invitation=row)).code == "registry.invitation.lapsed"
    approve_claim(actor=official, claim=claimed(eve, party))
    assert refused(lambda: accept(actor=again(eve), invitation=other)).code == "registry.mandate.twice"
    joe, jim = somebody("joe"), somebody("jim")
    third, fourth = invited(ada, party, "joe"), invited(ada, party, "jim")
    Person.objects.filter(pk=ada.person).update(is_active=False)
    assert refused(lambda: accept(actor=joe, invitation=third)).code == "registry.invitation.giver", "account was shut"
    Person.objects.filter(pk=ada.person).update(is_active=True)
    own, past = Mandate.objects.filter(person=ada.person), clock.today() - timedelta(days=1)
    own.update(valid_from=past, valid_to=past)
    assert refused(lambda: accept(actor=joe, invitation=third)).code == "registry.invitation.giver"
    own.update(valid_to=None)
    close(actor=SYSTEM, party=party, reason="解散")
    assert refused(lambda: accept(actor=jim, invitation=fourth)).code == "registry.party.closed"
    party.refresh_from_db()
    reopen(actor=SYSTEM, party=party, reason="误注销")
    revoke(actor=official, mandate=Mandate.objects.get(person=ada.person), reason="变更")
    assert {each.state for each in Invitation.objects.all()} == {"withdrawn"}, "what it had invited to ends with it"


def test_of_two_logins_alike_the_exact_one_is_meant(represented: tuple[Party, Principal], somebody: Somebody) -> None:
    party, ada = represented
    small = somebody("bob")
    large = principal_of(Person.objects.create(login="BOB", name="BOB某", created_at=clock.now()))
    row = invited(ada, party, "BOB")
    assert invitations_to(small) == [] and invitations_to(large) == [row]
    assert refused(lambda: accept(actor=small, invitation=row)).code == "grants.denied"
    invited(ada, party, "Bob2")
    Person.objects.filter(pk=somebody("bob2").person).update(is_active=False)
    run_due()
    assert not Notice.objects.filter(person__login="bob2").exists()


def test_an_expired_mandate_says_when_it_ended_and_whom_to_ask(
    represented: tuple[Party, Principal], somebody: Somebody
) -> None:
    party, ada = represented
    bob, today = somebody("bob"), clock.today()
    mandate = accept(actor=bob, invitation=invited(ada, party))
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
    bob = somebody("bob")
    given = accept(actor=bob, invitation=invited(ada, party))
    assert refused(lambda: revoke(actor=somebody("eve"), mandate=given, reason="x")).code == "grants.denied"
    assert refused(lambda: revoke(actor=ada, mandate=given, reason=" ")).code == "text.missing"
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
    assert refused(lambda: start_claim(actor=bob, party=party)).code == "registry.claim.citizen"
    for reader, sees in ((again(ada), True), (official, True), (bob, False)):
        with acting(reader):
            assert contacts_of(party).exists() is sees
    with acting(again(ada)):
        row = Contact.objects.get()
        assert (str(row.phone), row.role) == ("138****5678", "self") and "卓玛" not in repr(row.name)
    for event in events_of(party_ref(party)):
        assert "卓玛" not in str(event.data) and "1949" not in str(event.data)

"""Ratings on PostgreSQL: what proves an engagement, one rating of each, answers, alarms, parameters, pages, JSON."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from tests.support.refusals import code_of

from qilian.core.house.principal import SYSTEM, Principal, acting
from qilian.core.log.events.api import Event, events_of, written
from qilian.core.offers.offers.api import open_offer
from qilian.core.rights.grants.api import Scope, grant
from qilian.core.values import clock
from qilian.core.values.text import Ref, Refusal
from qilian.core.who.inbox.api import count_waiting
from qilian.core.who.notices.api import count_unread
from qilian.core.who.people.api import Person, appoint, principal_of
from qilian.core.who.units.models import Unit
from qilian.core.work.parameters.api import Parameter, approve, propose
from qilian.engines.registry.contacts.api import Details
from qilian.engines.registry.parties.api import Party, close, party_ref
from qilian.engines.registry.ratings.api import (
    LIMITS,
    PRIORS,
    Rating,
    RatingFlag,
    answer,
    are_related,
    define_ratings,
    open_engagements,
    open_flags,
    put_aside,
    ranked,
    rate,
    rating_by_code,
    rating_ref,
    restore,
    settle,
    standing_of,
    tallies_of,
    took_part,
    withdraw,
)
from qilian.engines.registry.ratings.kernel.mean import STARS
from qilian.engines.registry.ratings.queries import priors_on
from qilian.engines.registry.relations.api import relate
from qilian.engines.registry.representation.api import Mandate, accept, invite, register_myself, revoke
from qilian.engines.registry.representation.services.mandates import give
from qilian.engines.registry.standards.api import Adoption, check_adoption, declare_adoption, load_catalogue, term_of

pytestmark = pytest.mark.django_db
JSON = "application/json"
SET = "ecommerce/ecommerce-standards"
Firm = Callable[..., Party]
Somebody = Callable[..., Principal]
Browser = Callable[[Principal], Client]


def again(actor: Principal) -> Principal:
    """The same person with the parties he acts for now."""
    return principal_of(Person.objects.get(pk=actor.person))


@pytest.fixture
def leads(somebody: Somebody) -> Callable[[str, Party], Principal]:
    """Make a person the legal representative of a party."""

    def make(login: str, party: Party) -> Principal:
        row = Person.objects.filter(login=login).first()
        actor = principal_of(row) if row else somebody(login)
        give(actor=SYSTEM, mandate=Mandate(person_id=actor.person, party=party, role="legal", valid_from=clock.today()))
        return again(actor)

    return make


@pytest.fixture
def checked(firm: Firm, somebody: Somebody) -> Callable[[Principal, Party], Event]:
    """Let the people of one party check that another follows a standard: the engagement between the two."""
    open_offer(actor=SYSTEM, path=SET)
    rows = [row for row in load_catalogue(actor=SYSTEM, path=SET) if term_of(row).status(clock.today()) == "current"]
    declared: dict[str, Adoption] = {}

    def make(checker: Principal, party: Party) -> Event:
        if party.code not in declared:
            declared[party.code] = declare_adoption(actor=SYSTEM, standard=rows[0], party=party, statement="x")
            grant(actor=SYSTEM, person=checker.person, actions=("standards.check",))
        check_adoption(actor=checker, adoption=declared[party.code], conforming=True, finding="x")
        return Event.objects.filter(type="registry.adoption.checked").latest("id")

    return make


def proof(event: Event) -> Ref:
    return Ref("core.event", str(event.pk))


@pytest.fixture
def pair(firm: Firm, leads: Callable[..., Principal]) -> tuple[Party, Principal, Party, Principal]:
    """A body that checks, and a firm that is checked, each with its legal representative."""
    body, customer = firm(1, "青海认证有限公司"), firm(2, "西宁制造有限公司")
    return body, leads("body", body), customer, leads("customer", customer)


def test_both_sides_of_a_check_rate_once(
    pair: tuple[Party, Principal, Party, Principal], checked: Callable[..., Event]
) -> None:
    body, checker, customer, client = pair
    event = checked(checker, customer)
    assert took_part(event) == {body.code, customer.code}
    assert open_engagements(client, body) == [(event, customer)] and open_engagements(checker, customer) == [
        (event, body)
    ]
    row = rate(actor=client, evidence=proof(event), rater=customer, rated=body, stars=5, words=" 很  专业 ")
    assert (row.category, row.offer, row.words) == ("ecommerce", SET, "很 专业")
    assert tallies_of(body)["ecommerce"].counts == (0, 0, 0, 0, 1) and open_engagements(client, body) == []
    assert standing_of(body, clock.today())["ecommerce"].mean == Decimal("3.18")  # (30 + 5) / 11
    rate(actor=checker, evidence=proof(event), rater=body, rated=customer, stars=4)
    twice = lambda: rate(actor=client, evidence=proof(event), rater=customer, rated=body, stars=1)  # noqa: E731
    assert code_of(twice) == "registry.rating.used"
    assert count_unread(checker) == 1, "the rated are told"
    answer(actor=checker, rating=row, words="谢谢")
    assert code_of(lambda: answer(actor=checker, rating=row, words="再谢")) == "registry.rating.answered"
    assert code_of(lambda: answer(actor=client, rating=row, words="x")) == "registry.party.stranger"
    assert code_of(lambda: withdraw(actor=checker, rating=row, reason="x")) == "registry.party.stranger"
    assert code_of(lambda: withdraw(actor=client, rating=row, reason=" ")) == "text.missing"
    withdraw(actor=client, rating=row, reason="误评")
    assert tallies_of(body) == {} and code_of(twice) == "registry.rating.used", "an engagement is rated once for ever"
    types = [each.type.rpartition(".")[2] for each in events_of(rating_ref(row))]
    assert types == ["given", "answered", "withdrawn"]


def test_what_proves_nothing(
    pair: tuple[Party, Principal, Party, Principal], checked: Callable[..., Event], firm: Firm
) -> None:
    body, checker, customer, client = pair
    event, other = checked(checker, customer), firm(3)
    deed = lambda **more: rate(  # noqa: E731 — one call with one thing changed
        **{"actor": client, "evidence": proof(event), "rater": customer, "rated": body, "stars": 5, **more}
    )
    registered = events_of(party_ref(body)).get(type="registry.party.registered")
    for wrong in (proof(registered), Ref("core.event", "0"), Ref("core.event", "x"), Ref("x", str(event.pk))):
        assert code_of(lambda wrong=wrong: deed(evidence=wrong)) == "registry.rating.evidence"
    assert code_of(lambda: deed(rated=other)) == "registry.rating.engagement"
    assert code_of(lambda: deed(rated=customer)) == "registry.rating.oneself"
    assert code_of(lambda: deed(rater=other)) == "registry.party.stranger"
    assert code_of(lambda: deed(stars=6)) == "registry.rating.stars"
    with pytest.raises(IntegrityError), transaction.atomic():
        row = deed()
        Rating.objects.filter(pk=row.pk).update(stars=9)
    close(actor=SYSTEM, party=body, reason="注销")
    body.refresh_from_db()
    assert code_of(deed) == "registry.party.closed"


def test_related_parties_do_not_rate_each_other(
    pair: tuple[Party, Principal, Party, Principal],
    checked: Callable[..., Event],
    firm: Firm,
    leads: Callable[..., Principal],
) -> None:
    body, checker, customer, client = pair
    event, holding, today = checked(checker, customer), firm(3), clock.today()
    deed = lambda: rate(actor=client, evidence=proof(event), rater=customer, rated=body, stars=5)  # noqa: E731
    assert not are_related(body, customer, today)
    first = today - timedelta(days=9)
    for held in (body, customer):
        relate(
            actor=SYSTEM, holder=holding, held=held, kind="share", valid_from=first, source="x", share=Decimal("0.6")
        )
    assert are_related(body, customer, today) and are_related(holding, customer, today)
    assert not are_related(body, customer, first - timedelta(days=1)), "relations have their days"
    assert code_of(deed) == "registry.rating.related"
    third = firm(4)
    assert not are_related(body, third, today)
    leads("body", third)
    assert are_related(body, third, today), "led by the same person"


def test_a_delegation_is_an_engagement_of_firm_and_agent(
    firm: Firm, leads: Callable[..., Principal], somebody: Somebody
) -> None:
    party, other = firm(1), firm(2)
    boss = leads("boss", party)
    leads("boss", other)
    person = somebody("agent")
    agent = register_myself(actor=person, details=Details("李春晓", identity="11010519491231002X")).party
    boss, today = again(boss), clock.today()
    asked = invite(actor=boss, party=party, login="agent", valid_to=today + timedelta(days=9))
    mandate = accept(actor=again(person), invitation=asked)
    acting = again(person)
    [(event, rater)] = open_engagements(acting, party)
    assert rater == agent and took_part(event) == {party.code, agent.code}, "the boss's other firm took no part"
    about_party = Event.objects.get(type="registry.mandate.given", subject=str(party_ref(party)), data__role="operator")
    deed = lambda which: rate(actor=acting, evidence=proof(which), rater=agent, rated=party, stars=4)  # noqa: E731
    assert code_of(lambda: deed(about_party)) == "registry.rating.evidence", "one delegation, two facts, one engagement"
    made = deed(event)
    assert made.category == "general"
    revoke(actor=boss, mandate=mandate, reason="x")
    back = rate(actor=boss, evidence=proof(event), rater=party, rated=agent, stars=2)
    assert list(ranked(today).values_list("party__code", flat=True)) == [party.code], "persons are listed nowhere"
    assert Client().get(f"/ratings/{back.code}/").status_code == 404
    assert Client().get(f"/api/v1/ratings/parties/{agent.code}").status_code == 404
    assert [row["code"] for row in Client().get("/api/v1/ratings").json()] == [made.code], "those of persons neither"


@pytest.fixture
def judge(somebody: Somebody) -> Principal:
    """An official who judges ratings, with a post, so that flags reach his desk."""
    person = Person.objects.get(pk=somebody("judge").person)
    unit = Unit.objects.create(slug="scjgj", kind="department", region="630000")
    post = appoint(actor=SYSTEM, person=person, unit=unit, role="信用监管", valid_from=clock.today())
    grant(actor=SYSTEM, post=post.pk, actions=("ratings.*",), scope=Scope(region="630102"))
    return principal_of(person)


def waiting(actor: Principal) -> int:
    with acting(actor):
        return count_waiting(actor)


def test_what_looks_wrong_comes_to_an_official_and_is_never_deleted(
    pair: tuple[Party, Principal, Party, Principal], checked: Callable[..., Event], judge: Principal, somebody: Somebody
) -> None:
    body, checker, customer, client = pair
    rows = []
    for _ in range(5):
        event = checked(checker, customer)
        rows.append(rate(actor=client, evidence=proof(event), rater=customer, rated=body, stars=5))
    found = {row.kind: row for row in open_flags()}
    assert set(found) == {"burst", "dominant"} and waiting(judge) == 2
    assert found["burst"].figures == {"count": "5", "number": "5", "share": "100", "hours": "24"}
    assert found["dominant"].figures == {"count": "5", "number": "5", "share": "100"}, "renewed by the fifth"
    assert tallies_of(body)["ecommerce"].number == 5, "nothing is taken away by itself"
    nobody, far = somebody("nobody"), somebody("far", "ratings.*", region="620000")
    for stranger in (nobody, far):
        assert (
            code_of(lambda stranger=stranger: put_aside(actor=stranger, rating=rows[0], reason="x")) == "grants.denied"
        )
        assert (
            code_of(lambda stranger=stranger: settle(actor=stranger, flag=found["burst"], finding="x"))
            == "grants.denied"
        )
    assert code_of(lambda: put_aside(actor=judge, rating=rows[0], reason="")) == "text.missing"
    put_aside(actor=judge, rating=rows[0], reason="虚构评价")
    assert tallies_of(body)["ecommerce"].counts == (0, 0, 0, 0, 4)
    assert code_of(lambda: put_aside(actor=judge, rating=rows[0], reason="x")) == "registry.rating.state"
    assert code_of(lambda: restore(actor=judge, rating=rows[0], reason="")) == "text.missing"
    assert restore(actor=judge, rating=rows[0], reason="查明属实").reason == ""
    assert code_of(lambda: settle(actor=judge, flag=found["burst"], finding=" ")) == "text.missing"
    settle(actor=judge, flag=found["burst"], finding="同日集中核查，属实")
    assert code_of(lambda: settle(actor=judge, flag=found["burst"], finding="x")) == "registry.rating_flag.settled"
    assert waiting(judge) == 1
    rate(actor=client, evidence=proof(checked(checker, customer)), rater=customer, rated=body, stars=1)
    assert RatingFlag.objects.filter(kind="burst").count() == 1, "what was looked into is not raised again"


def test_nobody_judges_his_own_ratings(
    pair: tuple[Party, Principal, Party, Principal],
    checked: Callable[..., Event],
    leads: Callable[..., Principal],
    judge: Principal,
) -> None:
    body, checker, customer, client = pair
    rows = [
        rate(actor=client, evidence=proof(checked(checker, customer)), rater=customer, rated=body, stars=1)
        for _ in range(4)
    ]
    grant(actor=SYSTEM, person=client.person, actions=("ratings.judge",))
    grant(actor=SYSTEM, person=checker.person, actions=("ratings.judge",))
    for own in (again(client), again(checker)):
        assert code_of(lambda own=own: put_aside(actor=own, rating=rows[0], reason="x")) == "registry.rating.own"
    flag = open_flags().get()
    assert code_of(lambda: settle(actor=again(checker), flag=flag, finding="x")) == "registry.rating.own"


def published(key: str, written_as: str, somebody: Somebody) -> None:
    """Publish a table by two people."""
    people = [somebody(f"{key}{written().count()}-{place}", "parameters.*") for place in range(2)]
    parameter = Parameter.objects.get(key=key)
    value = propose(
        actor=people[0], parameter=parameter, written=written_as, valid_from=clock.today(), source="第 9 号通知"
    )
    approve(actor=people[1], value=value)


def test_priors_and_limits_are_dated_parameters(
    pair: tuple[Party, Principal, Party, Principal], checked: Callable[..., Event], somebody: Somebody
) -> None:
    body, checker, customer, client = pair
    define_ratings(actor=SYSTEM)
    define_ratings(actor=SYSTEM)
    rate(actor=client, evidence=proof(checked(checker, customer)), rater=customer, rated=body, stars=5)
    published(PRIORS, "category,mean,weight\necommerce,4,1\ntesting,2,1", somebody)
    assert standing_of(body, clock.today())["ecommerce"].mean == Decimal("4.50")
    assert standing_of(body, clock.today() - timedelta(days=1))["ecommerce"].mean == Decimal("3.18")
    assert round(ranked(clock.today()).get().mean, 2) == Decimal("4.50")
    public = Client().get("/ratings/").content.decode()
    assert "第 9 号通知" in public and "均值 3，权重 10；电子商务：4，1；检验检测：2，1" in public
    assert "24 小时内 5 条" in public and f"/parameters/{PRIORS}/" in public
    published(LIMITS, "limit,value\nburst_count,2", somebody)
    rate(actor=client, evidence=proof(checked(checker, customer)), rater=customer, rated=body, stars=5)
    assert [row.kind for row in open_flags()] == ["burst"]
    published(LIMITS, "limit,value\nburst_count,x", somebody)
    late = lambda: rate(actor=client, evidence=proof(checked(checker, customer)), rater=customer, rated=body, stars=5)  # noqa: E731
    with pytest.raises(Refusal) as found:
        late()
    assert found.value.code == "registry.rating.parameter"
    published(PRIORS, "category,average\n*,4", somebody)
    with pytest.raises(Refusal) as found:
        priors_on(clock.today())
    assert found.value.code == "registry.rating.parameter"


def test_pages_from_rating_to_finding(
    pair: tuple[Party, Principal, Party, Principal],
    checked: Callable[..., Event],
    judge: Principal,
    browser: Browser,
    somebody: Somebody,
) -> None:
    body, checker, customer, client = pair
    mine, theirs, official = browser(client), browser(checker), browser(judge)
    new = f"/ratings/parties/{body.code}/rating/"
    assert "没有可以评分的事项" in mine.get(new).content.decode() and Client().get(new).status_code == 403
    assert "还没有评分" in Client().get("/ratings/").content.decode()
    event = checked(checker, customer)
    page = f"/parties/{body.code}/"
    assert new in mine.get(page).content.decode() and new not in theirs.get(page).content.decode()
    form = {"engagement": f"{event.pk}:{customer.code}", "stars": "5", "words": "很专业"}
    wrong = mine.post(new, {"engagement": "x", "stars": "many"})
    assert wrong.status_code == 422 and wrong.content.decode().count("这个选项") == 4, "all at once, each twice"
    address = mine.post(new, form)["Location"]
    public = Client().get(address).content.decode()
    assert (
        "很专业" in public
        and "核查采用" not in public.split("timeline")[0]
        and new not in mine.get(page).content.decode()
    )
    name = Person.objects.get(pk=client.person).name
    assert name not in public and name in theirs.get(address).content.decode(), "who acted is named to the parties"
    assert "很专业" in Client().get(page).content.decode() and "3.18" in Client().get(page).content.decode()
    assert body.name in Client().get("/ratings/", {"category": "ecommerce"}).content.decode()
    assert body.name not in Client().get("/ratings/", {"category": "testing"}).content.decode()
    assert theirs.get(f"{address}answer/").status_code == 200 and Client().get(f"{address}answer/").status_code == 403
    assert theirs.post(f"{address}answer/", {"words": ""}).status_code == 422
    assert mine.get(f"{address}answer/").status_code == 403, "the rated party answers, and nobody else"
    assert theirs.post(f"{address}answer/", {"words": "谢谢"}).status_code == 302
    assert official.get(f"{address}nothing/").status_code == 404
    assert official.post(f"{address}exclusion/", {"reason": "虚构"}).status_code == 302
    assert "虚构" in Client().get(address).content.decode()
    assert official.post(f"{address}restoration/", {"reason": "属实"}).status_code == 302
    assert theirs.post(f"{address}withdrawal/", {"reason": "x"}).status_code == 403
    assert mine.post(f"{address}withdrawal/", {"reason": "误评"}).status_code == 302
    assert Client().get(address).status_code == 404 and mine.get(address).status_code == 200
    assert Client().get("/ratings/flags/").status_code == 403
    assert "没有待核查" in official.get("/ratings/flags/").content.decode()
    for _ in range(4):
        rate(actor=client, evidence=proof(checked(checker, customer)), rater=customer, rated=body, stars=5)
    flag = f"/ratings/flags/{open_flags().get().code}/"
    assert "同一评分人给出 4 条" in official.get("/ratings/flags/").content.decode()
    assert official.get(flag).status_code == 200 and browser(somebody("nobody")).get(flag).status_code == 403
    assert official.get(f"{flag}finding/").status_code == 200
    assert official.post(f"{flag}finding/", {"finding": ""}).status_code == 422
    assert official.post(f"{flag}finding/", {"finding": "属实"}).status_code == 302
    assert "属实" in official.get(flag).content.decode()


def test_the_same_as_json(
    pair: tuple[Party, Principal, Party, Principal], checked: Callable[..., Event], judge: Principal, browser: Browser
) -> None:
    body, checker, customer, client = pair
    mine, theirs, official, base = browser(client), browser(checker), browser(judge), "/api/v1/ratings"
    event = checked(checker, customer)
    party = f"{base}/parties/{body.code}"
    asked = mine.get(f"{party}/rating").json()
    [engagement] = asked["properties"]["engagement"]["enum"]
    assert engagement == f"{event.pk}:{customer.code}"
    given = {"engagement": engagement, "stars": "4", "words": "好"}
    problem = lambda answer: (answer.status_code, answer.json()["code"])  # noqa: E731 — a short word
    assert problem(Client().post(f"{party}/rating", given, JSON)) == (403, "grants.denied")
    assert problem(theirs.post(f"{party}/rating", given, JSON)) == (422, "forms.choice"), "nothing that is his to rate"
    assert problem(mine.post(f"{party}/rating", {**given, "engagement": "x"}, JSON)) == (422, "forms.choice")
    assert problem(mine.post(f"{base}/parties/nobody/rating", given, JSON)) == (404, "registry.party.unknown")
    assert problem(mine.post(f"{party}/rating", {**given, "stars": "9"}, JSON)) == (422, "forms.choice")
    made = mine.post(f"{party}/rating", given, JSON)
    assert made.status_code == 201 and made.json()["rater_name"] == customer.name
    assert problem(mine.post(f"{party}/rating", given, JSON)) == (422, "forms.choice"), "once"
    one = f"{base}/{made.json()['code']}"
    assert theirs.post(f"{one}/answer", {"words": "谢谢"}, JSON).json()["answer"] == "谢谢"
    mean = Client().get(f"{base}/means", {"category": "ecommerce"}).json()
    # (30 + 4) / 11 = 3.09; share 0.5227, 8 * sqrt(0.5227 * 0.4773 / 12) = 1.154
    assert [(row["mean"], row["low"], row["high"], [row[f"stars{stars}"] for stars in STARS]) for row in mean] == [
        ("3.09", "1.94", "4.24", [0, 0, 0, 1, 0])
    ]
    seen = Client().get(party).json()
    assert seen["latest"][0]["words"] == "好" and seen["means"] == mean
    assert [row["code"] for row in Client().get(f"{base}/parties").json()] == [body.code]
    assert Client().get(f"{base}/means/{body.code}.ecommerce").json() == mean[0]
    assert problem(Client().get(f"{base}/means/{body.code}.x")) == (404, "registry.rating_mean.unknown")
    assert problem(Client().get(f"{base}/means", {"category": "x"})) == (404, "registry.rating_category.unknown")
    assert official.post(f"{one}/exclusion", {"reason": "虚构"}, JSON).json()["state"] == "aside"
    assert official.post(f"{one}/restoration", {"reason": "属实"}, JSON).json()["state"] == "standing"
    assert mine.post(f"{one}/withdrawal", {"reason": "误评"}, JSON).json()["state"] == "withdrawn"
    assert problem(Client().get(one)) == (404, "registry.rating.unknown") and mine.get(one).status_code == 200
    assert problem(Client().get(f"{base}/flags")) == (403, "grants.denied")
    for _ in range(4):
        rate(actor=client, evidence=proof(checked(checker, customer)), rater=customer, rated=body, stars=5)
    [flag] = official.get(f"{base}/flags").json()
    assert (flag["kind"], flag["figures"]["count"]) == ("dominant", "4")
    assert problem(mine.post(f"{base}/flags/{flag['code']}/finding", {"finding": "x"}, JSON)) == (403, "grants.denied")
    assert official.post(f"{base}/flags/{flag['code']}/finding", {"finding": "属实"}, JSON).json()["finding"] == "属实"
    assert rating_by_code(made.json()["code"]).state == "withdrawn"

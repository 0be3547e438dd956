"""Verbs on people: registering and closing accounts, appointing, handing over, deputising."""

import re
from datetime import date, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from qilian.core.house.principal import Principal
from qilian.core.log.events.api import emit
from qilian.core.log.outbox.api import later
from qilian.core.rights.grants.api import Scope, actions_of_post, carry_over, keep_apart, require
from qilian.core.values import clock
from qilian.core.values.text import Ref, Refusal, Text
from qilian.core.who.inbox.api import Addressee, follow
from qilian.core.who.units.api import Unit

from .events import Appointed, DeputyEnded, DeputyNamed, HandedOver, PersonDeactivated, PersonRegistered
from .kernel import Seat, Term, check_place, check_successor, inactive, succession
from .models import Deputy, Person, Post
from .queries import people_of

_LOGIN = re.compile(r"[\w.@+-]{2,64}")


@transaction.atomic
def register_person(
    *,
    actor: Principal,
    login: str,
    name: str,
    email: str = "",
    phone: str = "",
    language: str = "zh",
    password: str | None = None,
) -> Person:
    """Open an account for a person; without a password he cannot sign in until he sets one by mail or is issued one.

    The name's pinyin is written by the worker. Refusals: `grants.denied`, `people.name.empty`, `people.login.form`,
    `people.login.taken`, `people.email.form`, `people.password.weak`.
    """
    require(actor, "people.register")
    person = Person(login=login.strip(), name=" ".join(name.split()), email=email.strip(), phone=phone)
    person.language, person.created_at = language, clock.now()
    _check_new(person, password)
    person.set_password(password)
    person.save(force_insert=True)
    later("people.pinyin", person=person.pk)
    emit(PersonRegistered(language), actor=actor, subject=_ref(person))
    return person


@transaction.atomic
def deactivate_person(*, actor: Principal, person: Person, reason: str) -> Person:
    """Close an account: its owner cannot sign in or take a post any more; posts and acts stay in the records.

    Refusals: `grants.denied`, `people.oneself`, `people.person.inactive`.
    """
    require(actor, "people.deactivate")
    _refuse_oneself(actor, person)
    row = Person.objects.select_for_update().get(pk=person.pk)
    if not row.is_active:
        raise inactive("person")
    row.is_active = False
    row.save(update_fields=["is_active"])
    emit(PersonDeactivated(reason), actor=actor, subject=_ref(row))
    return row


@transaction.atomic
def appoint(
    *,
    actor: Principal,
    person: Person,
    unit: Unit,
    role: str,
    valid_from: date,
    section: str = "",
    valid_to: date | None = None,
) -> Post:
    """Give a person a post in a unit's section from a day to a day, both included; open without a last day.

    Refusals: `grants.denied`, `people.oneself`, `people.person.inactive`, `people.role.empty`,
    `people.term.reversed`, `people.post.overlap`.
    """
    require(actor, "people.appoint", Scope(unit=unit.slug, region=unit.region))
    _refuse_oneself(actor, person)
    holder, role, section = _locked(person), " ".join(role.split()), " ".join(section.split())
    if not role:
        raise Refusal("people.role.empty", Text("请填写职务。", "Enter the role."), where="role")
    term = Term(valid_from, valid_to)
    check_place(Seat(holder.pk, unit.slug, section, role, term), _seats(holder))
    post = _open_post(holder, unit, section, role, term)
    body = Appointed(holder.code, section, post.role, valid_from, valid_to)
    emit(body, actor=actor, subject=_ref(post), unit=unit.slug)
    return post


@transaction.atomic
def hand_over(*, actor: Principal, post: Post, to_person: Person, on: date) -> Post:
    """Pass a post to a successor on a day: the old holder's last day is the day before; return the successor's post.

    Open inbox items and running rights of the post go with it, all in this transaction. Its holder may hand it to a
    colleague of the unit; anybody else needs `people.appoint`. Refusals: `grants.denied`, `people.oneself`,
    `people.handover.oneself`, `people.handover.stranger`, `people.handover.before_begin`, `people.handover.ended`,
    `people.person.inactive`, `people.post.overlap`, `grants.apart`.
    """
    old = Post.objects.select_for_update(of=("self",)).select_related("person", "unit").get(pk=post.pk)
    _may_pass_on(actor, old, to_person)
    successor = _locked(to_person, check=False)
    check_successor(_seat(old), successor.pk, active=successor.is_active)
    before, after = succession(_term(old), on)
    check_place(Seat(successor.pk, old.unit.slug, old.section, old.role, after), _seats(successor))
    new = _open_post(successor, old.unit, old.section, old.role, after)
    grants = carry_over(actor=actor, source=old.pk, target=new.pk, to_person=successor.pk, on=on)
    items = follow(actor=actor, source=Addressee.post(old.pk), target=Addressee.post(new.pk), on=on)
    old.valid_to, old.succeeded_by = before.last, new
    old.save(update_fields=["valid_to", "succeeded_by"])
    body = HandedOver(old.person.code, successor.code, new.code, old.role, on, items, grants)
    emit(body, actor=actor, subject=_ref(old), unit=old.unit.slug)
    return new


@transaction.atomic
def deputise(*, actor: Principal, post: Post, person: Person, valid_from: date, valid_to: date, reason: str) -> Deputy:
    """Let somebody act in another's post (代理) for a term within the post's own; every act stays on both names.

    Refusals: `grants.denied`, `people.oneself`, `people.handover.oneself`, `people.handover.stranger`,
    `people.person.inactive`, `people.term.reversed`, `people.deputy.outside`, `people.deputy.overlap`, `grants.apart`.
    """
    row = Post.objects.select_for_update(of=("self",)).select_related("person", "unit").get(pk=post.pk)
    _may_pass_on(actor, row, person)
    deputy = _locked(person, check=False)
    check_successor(_seat(row), deputy.pk, active=deputy.is_active)
    term = Term(valid_from, valid_to)
    _check_deputy_term(row, term)
    keep_apart(deputy.pk, actions_of_post(row.pk, on=max(valid_from, clock.today())), where=deputy.name)
    named = Deputy.objects.create(post=row, person=deputy, valid_from=valid_from, valid_to=valid_to, reason=reason)
    body = DeputyNamed(row.code, deputy.code, valid_from, valid_to, reason)
    emit(body, actor=actor, subject=_ref(named), unit=row.unit.slug)
    return named


@transaction.atomic
def end_deputy(*, actor: Principal, deputy: Deputy) -> None:
    """End deputising: yesterday was the last day, and one that never began is taken away.

    The post's holder, the deputy himself, and holders of `people.appoint` may. Refusals: `grants.denied`,
    `people.deputy.over`.
    """
    row = Deputy.objects.select_for_update(of=("self",)).select_related("post__unit", "person").get(pk=deputy.pk)
    if actor.person not in (row.person_id, row.post.person_id):
        require(actor, "people.appoint", _scope(row.post))
    last_day = clock.today() - timedelta(days=1)
    if row.valid_to <= last_day:
        raise Refusal("people.deputy.over", Text("代理已经结束。", "The deputising is already over."), where=row.code)
    body = DeputyEnded(row.post.code, row.person.code, last_day)
    emit(body, actor=actor, subject=_ref(row), unit=row.post.unit.slug)
    if row.valid_from > last_day:
        row.delete()
    else:
        row.valid_to = last_day
        row.save(update_fields=["valid_to"])


def _check_new(person: Person, password: str | None) -> None:
    if not person.name:
        raise Refusal("people.name.empty", Text("请填写姓名。", "Enter the name."), where="name")
    if not _LOGIN.fullmatch(person.login):
        message = Text("登录名须为 2 至 64 个字母、数字或 .@+-_ 。", "A login has 2 to 64 letters, digits or .@+-_ .")
        raise Refusal("people.login.form", message, where="login")
    if Person.objects.filter(login__iexact=person.login).exists():
        message = Text("这个登录名已被使用，请换一个。", "This login is taken; choose another.")
        raise Refusal("people.login.taken", message, where="login")
    try:
        if person.email:
            validate_email(person.email)
    except ValidationError:
        message = Text("电子邮箱的写法不对。", "The e-mail address is not well formed.")
        raise Refusal("people.email.form", message, where="email") from None
    try:
        if password is not None:
            validate_password(password, person)
    except ValidationError as weak:
        said = " ".join(weak.messages)
        raise Refusal("people.password.weak", Text(said, said), where="password") from None


def _may_pass_on(actor: Principal, post: Post, to_person: Person) -> None:
    """The holder passes his post to a colleague; whoever administers people, to anybody but himself."""
    _refuse_oneself(actor, to_person, unless=post.person_id)
    if actor.person != post.person_id:
        require(actor, "people.appoint", _scope(post))
    elif not people_of(post.unit.slug, on=clock.today()).filter(pk=to_person.pk).exists():
        raise Refusal(
            "people.handover.stranger",
            Text("您只能交给本单位的同事。", "You can pass your post to a colleague of your unit only."),
            where="to_person",
            remedy=Text(
                "交给外单位的人，请由系统管理员办理。", "For somebody of another unit ask the system administrator."
            ),
        )


def _refuse_oneself(actor: Principal, person: Person, *, unless: int | None = None) -> None:
    if actor.person == person.pk and actor.person != unless:
        remedy = Text("请由另一位系统管理员办理。", "Let another system administrator do it.")
        message = Text("不能为自己办理这件事。", "Nobody does this for himself.")
        raise Refusal("people.oneself", message, where="person", remedy=remedy)


def _check_deputy_term(post: Post, term: Term) -> None:
    if not term.within(_term(post)):
        message = Text("代理的日期超出了任期。", "The deputy's term is not within the term of the post.")
        raise Refusal("people.deputy.outside", message, where="valid_from")
    others = Deputy.objects.filter(post=post)
    if any(Term(other.valid_from, other.valid_to).overlaps(term) for other in others):
        message = Text("这段时间已经有人代理。", "Somebody already deputises in this time.")
        remedy = Text("请先结束原来的代理。", "End the earlier deputising first.")
        raise Refusal("people.deputy.overlap", message, where="valid_from", remedy=remedy)


def _locked(person: Person, *, check: bool = True) -> Person:
    row = Person.objects.select_for_update().get(pk=person.pk)
    if check and not row.is_active:
        raise inactive("person")
    return row


def _open_post(person: Person, unit: Unit, section: str, role: str, term: Term) -> Post:
    return Post.objects.create(
        person=person, unit=unit, section=section, role=role, valid_from=term.first, valid_to=term.last
    )


def _seats(person: Person) -> list[Seat]:
    return [_seat(post) for post in Post.objects.filter(person=person).select_related("unit")]


def _seat(post: Post) -> Seat:
    return Seat(post.person_id, post.unit.slug, post.section, post.role, _term(post))


def _term(post: Post) -> Term:
    return Term(post.valid_from, post.valid_to)


def _scope(post: Post) -> Scope:
    return Scope(unit=post.unit.slug, region=post.unit.region)


def _ref(row: Person | Post | Deputy) -> Ref:
    return Ref(f"core.{row._meta.model_name}", row.code)

"""Verbs of coming in by oneself: sign up, prove the address, set a forgotten password, another address."""

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet

from qilian.core.door.signin.api import begin_try, forgive, tell_of_locks, welcome
from qilian.core.house.principal import SYSTEM, Principal
from qilian.core.log.events.api import emit
from qilian.core.log.outbox.api import later
from qilian.core.values import clock
from qilian.core.values.text import Ref, Refusal, Text, current_language, fitting_text
from qilian.core.who.people.api import Person, principal_of, register_person

from .events import AccountOpened, AddressChanged, PasswordChanged
from .kernel import LIFETIMES, Purpose, check_link, digest, normal_address, unknown_link
from .models import MailedLink
from .passwords import set_own

_MAIL, _CONFIRM = "mail", "confirm"


def sign_up(*, name: str, email: str, password: str, network: str) -> None:
    """Take a sign-up and have a link mailed; the same happens, and as fast, whether the address is known or not.

    Who is known gets a mail that says so. Tries are counted by address and network. Refusals: `signup.name`,
    `signup.email`, `signup.password.weak`, `signin.locked`.
    """
    address, said = normal_address(email), fitting_text(name, "name", Text("姓名", "name"), most=80)
    if not said:
        raise Refusal("signup.name", Text("请填写姓名。", "Enter your name."), where="name")
    check_strength(password, Person(login=address, name=said, email=address))
    _count(address, network)
    _ask("signup", address, name=said, password=make_password(password))


def confirm(*, code: str, password: str, network: str) -> Person:
    """Open the account of a mailed link to who knows the password that he signed up with; the link works once.

    Whoever signs up with somebody else's address gains nothing: its owner does not know the password, and who knows
    it has not the link. Refusals: `signup.link.unknown`, `.used`, `.expired`, `signup.password`, `signin.locked`.
    """
    email = waiting(code, "signup").email
    begin_try(login=email, network=network, door=_CONFIRM)
    with transaction.atomic():
        row = waiting(code, "signup")
        if not check_password(password, row.password):
            raise _not_that_password()
        if _known(email).exists():
            raise unknown_link()
        person = register_person(
            actor=SYSTEM, login=email, name=row.name, email=email, language=row.language, password=password
        )
        _use(row)
        MailedLink.objects.filter(purpose="signup", email=email, used_at=None).delete()
        for door in (_MAIL, _CONFIRM):
            welcome(person=person, login=email, network=network, door=door)
        emit(AccountOpened(row.language), actor=principal_of(person), subject=Ref("core.person", person.code))
    return person


def ask_for_password(*, written: str, network: str) -> None:
    """Have a link mailed to whose address or login was written; the same happens when nobody's is.

    Refusals: `signup.written` when empty, `signin.locked`.
    """
    said = " ".join(written.split())[:254].lower()
    if not said:
        message = Text("请填写电子邮箱或登录名。", "Enter your e-mail address or login.")
        raise Refusal("signup.written", message, where="written")
    _count(said, network)
    _ask("password", said)


@transaction.atomic
def set_password(*, code: str, password: str, network: str) -> Person:
    """Set a forgotten password by a mailed link: all sessions end, locks are lifted, the owner is told.

    A second factor is asked for at the next sign-in as ever. Refusals: `signup.link.unknown`, `.used`, `.expired`,
    `signup.password.weak`.
    """
    row = waiting(code, "password")
    assert row.person is not None
    person = Person.objects.select_for_update().get(pk=row.person.pk)
    if not person.is_active:
        raise unknown_link()
    check_strength(password, person)
    _use(row)
    MailedLink.objects.filter(purpose="password", person=person, used_at=None).delete()
    set_own(actor=principal_of(person), person=person, password=password)
    welcome(person=person, login=row.email, network=network, door=_MAIL)
    forgive(person=person)
    emit(PasswordChanged("mail"), actor=principal_of(person), subject=Ref("core.person", person.code))
    return person


def ask_for_address(*, actor: Principal, email: str, network: str) -> None:
    """Have a link mailed to a person's new address; until it is opened the old one stays.

    Refusals: `signup.owner`, `signup.email`, `signup.address.same`, `signin.locked`.
    """
    person, address = _owner(actor), normal_address(email)
    if address == person.email.lower():
        message = Text("这就是现在的邮箱。", "This is your address already.")
        raise Refusal("signup.address.same", message, where="email")
    _count(address, network)
    _ask("email", address, person=person)


@transaction.atomic
def change_address(*, actor: Principal, code: str) -> Person:
    """Take a person's new address, which he proved by opening the link while signed in; the old address is told.

    A login that was the old address follows. Refusals: `signup.owner`, `signup.link.unknown` (of somebody else, too),
    `.used`, `.expired`, `signup.address.taken`.
    """
    person, row = _owner(actor), waiting(code, "email")
    if row.person_id != person.pk:
        raise unknown_link()
    if _known(row.email).exclude(pk=person.pk).exists():
        message = Text("这个邮箱已属于另一个账号。", "This address belongs to another account.")
        raise Refusal("signup.address.taken", message, where="email")
    before, follows = person.email, person.login.lower() == person.email.lower()
    person.email, person.login = row.email, row.email if follows else person.login
    person.save(update_fields=["email", "login"])
    _use(row)
    MailedLink.objects.filter(purpose__in=("email", "password"), person=person, used_at=None).delete()
    for address in filter(None, (before, row.email)):
        later("signup.tell_address", person=person.pk, address=address)
    emit(AddressChanged(follows), actor=actor, subject=Ref("core.person", person.code))
    return person


def waiting(code: str, purpose: Purpose) -> MailedLink:
    """The link of a code, locked when a transaction is open; Refusals `signup.link.unknown`, `.used`, `.expired`."""
    rows: QuerySet[MailedLink] = MailedLink.objects.filter(purpose=purpose, digest=digest(code))
    if transaction.get_connection().in_atomic_block:
        rows = rows.select_for_update(of=("self",))
    row = rows.first()
    if row is None:
        raise unknown_link()
    check_link(used=row.used_at, expires=row.expires_at, now=clock.now(), lifetime=LIFETIMES[purpose])
    return row


def check_strength(password: str, person: Person, where: str = "password") -> None:
    """Refuse a password that the policy does not take: `signup.password.weak`."""
    try:
        validate_password(password, person)
    except ValidationError as weak:
        said = " ".join(weak.messages)
        raise Refusal("signup.password.weak", Text(said, said), where=where) from None


def _count(written: str, network: str) -> None:
    """Count a mail that somebody asks for; the one that was the last allowed shuts this door alone."""
    begin_try(login=written, network=network, door=_MAIL)
    tell_of_locks(login=written, network=network, door=_MAIL)


@transaction.atomic
def _ask(purpose: Purpose, email: str, *, person: Person | None = None, name: str = "", password: str = "") -> None:
    now = clock.now()
    row = MailedLink(purpose=purpose, email=email, person=person, name=name, password=password, made_at=now)
    row.language, row.expires_at = current_language(), now + LIFETIMES[purpose]
    row.save(force_insert=True)
    later("signup.mail", link=row.pk)


def _use(row: MailedLink) -> None:
    row.used_at, row.password = clock.now(), ""
    row.save(update_fields=["used_at", "password"])


def _not_that_password() -> Refusal:
    message = Text("密码与注册时设的不一致。", "This is not the password that you signed up with.")
    remedy = Text("忘记了就重新注册一次，以最近一次为准。", "If you forgot it, sign up again; the last time counts.")
    return Refusal("signup.password", message, where="password", remedy=remedy)


def _known(address: str) -> QuerySet[Person]:
    return Person.objects.filter(Q(login__iexact=address) | Q(email__iexact=address))


def _owner(actor: Principal) -> Person:
    if actor.person is None or actor.limits is not None:
        raise Refusal("signup.owner", Text("请本人登录后办理。", "The person signs in himself."))
    return Person.objects.get(pk=actor.person)

"""Mails of the worker: codes are made here, so that the queue never holds one, and nobody waits for a known address."""

import secrets

from django.db import transaction
from django.db.models import Q, QuerySet

from qilian.core.log.outbox.api import job
from qilian.core.values import clock
from qilian.core.who.people.api import Person

from . import mail
from .kernel import CODE_BYTES, KEPT, digest
from .models import MailedLink
from .passwords import void_expired

_OWNERS_MAX = 5


@job("signup.mail")
@transaction.atomic
def send_link(*, link: int) -> None:
    """Mail what a link is for; tried again, another code replaces the first."""
    row = MailedLink.objects.select_for_update(of=("self",)).filter(pk=link, used_at=None).first()
    if row is None:
        return
    if row.purpose == "signup":
        _sign_up(row)
    elif row.purpose == "password":
        _passwords(row)
    else:
        mail.send(mail.new_address(_coded(row)), to=row.email, language=row.language)


@job("signup.tell_address")
def tell_address(*, person: int, address: str) -> None:
    """Tell an old or a new address that it changed."""
    row = Person.objects.filter(pk=person).first()
    if row is not None:
        mail.send(mail.address_changed(), to=address, language=row.language)


@job("signup.forget", cron="40 18 * * *")
def forget() -> None:
    """Remove links that are long over, with the names and addresses in them, and first passwords whose time is over."""
    MailedLink.objects.filter(expires_at__lt=clock.now() - KEPT).delete()
    MailedLink.objects.filter(expires_at__lt=clock.now()).exclude(password="").update(password="")
    void_expired()


def _sign_up(row: MailedLink) -> None:
    if _owners(row.email).exists():
        mail.send(mail.known(), to=row.email, language=row.language)
        row.delete()
        return
    mail.send(mail.confirmation(row.name, _coded(row)), to=row.email, language=row.language)


def _passwords(row: MailedLink) -> None:
    """One link for each account behind what was written; those without an address get none."""
    people = _owners(row.email).filter(is_active=True).exclude(email="").order_by("pk")[:_OWNERS_MAX]
    for person in people:
        MailedLink.objects.filter(purpose="password", person=person, used_at=None).delete()
        own = MailedLink(purpose="password", email=person.email, person=person, language=person.language)
        own.made_at, own.expires_at = row.made_at, row.expires_at
        mail.send(mail.forgotten(person.login, _coded(own)), to=person.email, language=person.language)
    row.delete()


def _owners(written: str) -> QuerySet[Person]:
    return Person.objects.filter(Q(login__iexact=written) | Q(email__iexact=written))


def _coded(row: MailedLink) -> str:
    code = secrets.token_urlsafe(CODE_BYTES)
    row.digest = digest(code)
    row.save()
    return code

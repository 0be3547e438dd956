"""Somebody at the screen, without a browser: a client of Django that is signed in."""

from django.test import Client

from qilian.core.house.principal import Principal
from qilian.core.who.people.api import Person

BACKEND = "django.contrib.auth.backends.ModelBackend"


def signed_in(who: Person | Principal | str, language: str = "") -> Client:
    """A client that is signed in as a person, named by his login or as who acts, and reads in a language."""
    if isinstance(who, str):
        who = Person.objects.get(login=who)
    person = who if isinstance(who, Person) else Person.objects.get(pk=who.person)
    client = Client(headers={"accept-language": language} if language else None)
    client.force_login(person, backend=BACKEND)
    return client

"""Personal values on the database: sealed in the column, masked on pages, looked at for a reason; keys come and go."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import FieldError
from django.db import connection
from django.test import Client
from tests.support.browsers import signed_in

from qilian.core.log.events.api import Event
from qilian.core.log.keyring.api import ensure, load
from qilian.core.log.outbox.api import run_due
from qilian.core.rights.grants.api import ROLES, SYSTEM, Principal, grant
from qilian.core.rights.privacy.api import Sealed, looks_at, matching, retire_keys, reveal, turn_key, unseal
from qilian.core.rights.privacy.command import main
from qilian.core.rights.privacy.fields import sealed_fields
from qilian.core.rights.privacy.queries import sealed_tables, under_other_keys, values_by_key
from qilian.core.rights.privacy.ring import path, ring
from qilian.core.values import clock
from qilian.core.values.text import Ref, Refusal
from qilian.core.who.people.api import Person, principal_of, register_person, search_people

pytestmark = pytest.mark.django_db
PHONE = "13800005678"


@pytest.fixture
def keys(settings: object, tmp_path: Path) -> Path:
    """A ring of this test's own."""
    settings.VAR = tmp_path
    ensure(path(), at=clock.now() - timedelta(days=90))
    return path()


def person(login: str, phone: str = "", name: str = "") -> Person:
    return register_person(actor=SYSTEM, login=login, name=name or login, phone=phone)


def ref(row: Person) -> Ref:
    return Ref("core.person", row.code)


def raw(row: Person) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone FROM core_person WHERE id = %s", [row.pk])
        return bytes(cursor.fetchone()[0])


def refusal(call: object) -> str:
    with pytest.raises(Refusal) as refused:
        call()
    return refused.value.code


def test_the_column_holds_no_digit_of_the_number() -> None:
    ada = person("ada", PHONE)
    assert PHONE.encode() not in raw(ada) and len(raw(ada)) == 5 + 12 + len(PHONE) + 16
    again = Person.objects.get(pk=ada.pk)
    assert isinstance(again.phone, Sealed) and unseal(again.phone) == PHONE
    assert (str(again.phone), repr(again.phone), f"{again.phone}") == (
        "138****5678",
        "<sealed core_person.phone>",
        "138****5678",
    )


def test_two_equal_numbers_look_different_at_rest_and_are_found_by_one_index() -> None:
    ada, bob = person("ada", PHONE), person("bob", "+86 138-0000-5678")
    assert raw(ada) != raw(bob) and ada.phone_index == bob.phone_index != ""
    assert {p.login for p in Person.objects.filter(matching(Person, "phone", "138 0000 5678"))} == {"ada", "bob"}
    assert {p.login for p in search_people(PHONE)} == {"ada", "bob"}
    assert not Person.objects.filter(matching(Person, "phone", "")).exists()
    assert not Person.objects.filter(matching(Person, "phone", "13800005679")).exists()


def test_an_empty_value_stays_empty_and_a_new_one_is_sealed_on_assignment() -> None:
    ada = person("ada")
    assert not ada.phone and str(ada.phone) == "" and ada.phone_index == "" and raw(ada) == b""
    ada.phone = PHONE
    assert isinstance(ada.phone, Sealed)
    ada.save(update_fields=["phone", "phone_index"])
    assert Person.objects.get(matching(Person, "phone", PHONE)) == ada
    deferred = Person.objects.defer("phone").get(pk=ada.pk)
    assert unseal(deferred.phone) == PHONE


def test_a_sealed_field_cannot_be_filtered_by() -> None:
    with pytest.raises(FieldError):
        Person.objects.filter(phone=PHONE)


def test_a_value_copied_into_another_column_does_not_open() -> None:
    data = person("ada", PHONE).phone.data
    with pytest.raises(Refusal):
        unseal(Sealed(data, "phone", "core_person.other"))


def test_no_append_only_table_holds_a_sealed_field() -> None:
    assert Person in list(sealed_tables())
    assert [model for model in sealed_tables() if getattr(model, "append_only", False)] == []


def test_a_look_needs_a_right_and_a_purpose_and_leaves_no_value_in_the_log() -> None:
    ada, bob, admin = person("ada", PHONE), person("bob"), person("admin")
    grant(actor=SYSTEM, person=admin.pk, actions=ROLES["system-administrator"])

    def look(who: Principal, purpose: str = "通知补正材料", field: str = "phone") -> str:
        return reveal(actor=who, ref=ref(ada), field=field, purpose=purpose)

    assert refusal(lambda: look(principal_of(bob))) == "grants.denied"
    assert refusal(lambda: look(Principal("anonymous"))) == "grants.denied"
    assert refusal(lambda: look(principal_of(admin), "急")) == "privacy.purpose"
    assert refusal(lambda: look(principal_of(admin), "急" * 201)) == "privacy.purpose"
    assert refusal(lambda: look(principal_of(admin), field="password")) == "privacy.unknown"
    assert looks_at(ref(ada)).count() == 0
    assert look(principal_of(admin)) == PHONE == look(principal_of(ada), "核对自己的电话")
    assert [event.actor for event in looks_at(ref(ada))] == [str(ref(ada)), str(ref(admin))]
    assert not any(PHONE in str(event.data) for event in Event.objects.all())


def test_the_page_asks_what_for_then_shows_once() -> None:
    ada, admin = person("ada", PHONE), person("admin")
    grant(actor=SYSTEM, person=admin.pk, actions=ROLES["system-administrator"])
    browser = signed_in(admin)
    record = browser.get(f"/people/{ada.code}/").content.decode()
    address = f"/privacy/core.person/{ada.code}/phone/"
    assert "138****5678" in record and PHONE not in record and address in record
    assert browser.get(address).status_code == 200
    refused = browser.post(address, {"purpose": "x"})
    assert refused.status_code == 422 and PHONE not in refused.content.decode()
    shown = browser.post(address, {"purpose": "电话通知"})
    assert shown.status_code == 200 and PHONE in shown.content.decode() and shown["Cache-Control"] == "no-store"
    assert signed_in(ada).get(address).status_code == 200
    assert Client().post(address, {"purpose": "电话通知"}).status_code == 403
    assert signed_in(person("bob")).post(address, {"purpose": "电话通知"}).status_code == 403
    assert browser.get(f"/privacy/core.person/{ada.code}/password/").status_code == 404
    assert PHONE not in browser.get("/people/?format=csv").content.decode()


def test_a_turned_key_seals_what_is_new_and_opens_what_is_old(keys: Path) -> None:
    ada, first = person("ada", PHONE), ring().current
    fresh = turn_key(actor=SYSTEM)
    bob = person("bob", PHONE)
    assert values_by_key() == {first: 1, fresh: 1}
    assert {p.login for p in search_people(PHONE)} == {"ada", "bob"}
    assert unseal(Person.objects.get(pk=ada.pk).phone) == PHONE
    assert [row.pk for row in under_other_keys(Person, fresh)] == [ada.pk]
    run_due()
    assert values_by_key() == {fresh: 2} and list(under_other_keys(Person, fresh)) == []
    moved = Person.objects.get(pk=ada.pk)
    assert unseal(moved.phone) == PHONE and moved.phone_index == bob.phone_index
    assert Event.objects.get(type="privacy.values.resealed").data == {"key": fresh, "rows": 1}


def test_old_keys_go_only_when_nothing_needs_them(keys: Path) -> None:
    person("ada", PHONE)
    first, fresh = ring().current, turn_key(actor=SYSTEM)
    assert refusal(lambda: retire_keys(actor=SYSTEM)) == "privacy.keys.used"
    run_due()
    assert refusal(lambda: retire_keys(actor=SYSTEM)) == "privacy.keys.fresh"
    with clock.allow_standing(), clock.standing_at(clock.now() + timedelta(hours=2)):
        assert retire_keys(actor=SYSTEM) == (first,)
    assert load(keys).ids == (fresh,) and retire_keys(actor=SYSTEM) == ()
    assert unseal(Person.objects.get(login="ada").phone) == PHONE


def test_keys_need_their_right(keys: Path) -> None:
    admin = person("admin")
    grant(actor=SYSTEM, person=admin.pk, actions=ROLES["system-administrator"])
    for verb in (turn_key, retire_keys):
        assert refusal(lambda verb=verb: verb(actor=principal_of(admin))) == "grants.denied"


def test_a_value_whose_key_is_gone_says_which(keys: Path) -> None:
    ada, first = person("ada", PHONE), ring().current
    keys.unlink()
    ensure(keys, at=clock.now())
    with pytest.raises(Refusal) as refused:
        unseal(ada.phone)
    assert refused.value.code == "privacy.key" and refused.value.where == first


def test_the_command_says_turns_and_retires(keys: Path, capsys: pytest.CaptureFixture[str]) -> None:
    person("ada", PHONE)
    first = ring().current
    assert main(["status"]) == 0 and first in capsys.readouterr().out
    assert main(["rotate"]) == 0 and ring().current in capsys.readouterr().out
    run_due()
    with clock.allow_standing(), clock.standing_at(clock.now() + timedelta(hours=2)):
        assert main(["retire"]) == 0 and first in capsys.readouterr().out
        assert main(["retire"]) == 0 and capsys.readouterr().out


def test_every_sealed_field_names_a_kind_and_its_place() -> None:
    for model in sealed_tables():
        for field in sealed_fields(model):
            assert field.place == f"{model._meta.db_table}.{field.name}"
            assert field.deconstruct()[3]["kind"] == field.kind

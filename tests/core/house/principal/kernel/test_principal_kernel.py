"""The principal as a value: how the log, row policies and the inbox name him."""

import pytest

from qilian.core.house.principal import ANONYMOUS, SYSTEM, Principal, parties_of, represent


def test_how_a_principal_is_named() -> None:
    person = Principal("person", person=12, posts=(3, 4), code="abc", roles=("fgw/处长",))
    assert (person.ref, person.key, person.signed_in, person.is_system) == ("core.person:abc", "12", True, False)
    assert person.speaks_for == ("person:12", "post:3", "post:4", "pool:fgw/处长")
    assert (SYSTEM.ref, SYSTEM.key, SYSTEM.speaks_for, SYSTEM.signed_in) == ("system:house", "system", (), True)
    assert Principal("system").ref == "system:house"
    assert (ANONYMOUS.ref, ANONYMOUS.key, ANONYMOUS.speaks_for, ANONYMOUS.signed_in) == ("anonymous", "", (), False)


def test_whom_a_person_acts_for_is_said_by_those_who_keep_parties(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qilian.core.house.principal.parties._sources", [])
    represent(lambda person: ("p1", "p2") if person == 12 else ())
    represent(lambda _person: ("p2",))
    assert (parties_of(12), parties_of(13)) == (("p1", "p2"), ("p2",))
    assert Principal("person", person=12, parties=("p1",)).speaks_for == ("person:12", "party:p1")

"""The principal as a value: how the log, row policies and the inbox name him."""

from qilian.core.principal import ANONYMOUS, SYSTEM, Principal


def test_how_a_principal_is_named() -> None:
    person = Principal("person", person=12, posts=(3, 4), code="abc", roles=("fgw/处长",))
    assert (person.ref, person.key, person.signed_in, person.is_system) == ("core.person:abc", "12", True, False)
    assert person.speaks_for == ("person:12", "post:3", "post:4", "pool:fgw/处长")
    assert (SYSTEM.ref, SYSTEM.key, SYSTEM.speaks_for, SYSTEM.signed_in) == ("system:house", "system", (), True)
    assert Principal("system").ref == "system:house"
    assert (ANONYMOUS.ref, ANONYMOUS.key, ANONYMOUS.speaks_for, ANONYMOUS.signed_in) == ("anonymous", "", (), False)

"""What stories invent is sound by its check characters and belongs to nobody."""

import pytest

from qilian.engines.registry.parties.api import invented_code, invented_identity, is_uscc
from qilian.engines.registry.parties.kernel.codes import is_identity_number

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["昆仑检测", "湟水物流", "格桑花", ""])
def test_codes_of_invented_names_are_sound_and_their_own(name: str) -> None:
    assert is_uscc(invented_code(name)) and is_uscc(invented_code(name, region="630102", category="52"))
    assert invented_code(name) != invented_code(f"{name}二") and invented_code(name)[2:8] == "630000"
    assert is_identity_number(invented_identity(name)) and invented_identity(name).startswith("630000")

"""A damaged file is read or refused; what is read can be written, judged and laid out, or is refused again."""

from hypothesis import given
from hypothesis import strategies as st
from tests.engines.casework.bpmn.samples import damaged

from qilian.core.values.text import Refusal
from qilian.engines.casework.bpmn.kernel.layout import laid_out
from qilian.engines.casework.bpmn.kernel.model import Definitions, Diagram
from qilian.engines.casework.bpmn.kernel.profile import outside
from qilian.engines.casework.bpmn.kernel.reading import read
from qilian.engines.casework.bpmn.kernel.writing import write


@given(damaged())
def test_damage_is_read_or_refused(data: bytes) -> None:
    try:
        definitions = read(data)
    except Refusal as refusal:
        assert refusal.message.zh and refusal.message.en
        return
    assert read(write(definitions)) == definitions
    assert all(each.message.zh and each.message.en for each in outside(definitions))
    bare = tuple(each for each in definitions.contents if not isinstance(each, Diagram))
    undrawn = Definitions(definitions.kind, definitions.attributes, bare)
    assert len(laid_out(undrawn).diagrams) == len(definitions.processes)


@given(st.binary(max_size=200))
def test_no_file_at_all_is_refused(data: bytes) -> None:
    try:
        read(data)
    except Refusal as refusal:
        assert refusal.code.startswith("bpmn.")

"""The sheet that brings a catalogue from a file: one standard a row, checked without a trace before it is applied."""

from collections.abc import Mapping

from qilian.core.house.forms.api import FieldSpec, Form, Value
from qilian.core.papers.sheets.api import Sheet
from qilian.core.rights.grants.api import Principal
from qilian.core.values.text import Text

from .resource import FACT, fact_of
from .services.catalogue import REGISTER, register_standard

_OFFER = FieldSpec(
    "offer",
    Text("标准目录", "Set"),
    length=120,
    hint=Text(
        "目录的路径，例如 aftersales/service-standards。", "The path of the set, such as aftersales/service-standards."
    ),
)
CATALOGUE = Sheet(
    slug="standards",
    title=Text("标准目录", "Catalogue of standards"),
    action=REGISTER,
    key=("offer", "code"),
    about=Text(
        "一行一项标准；已在目录里的编号会报错，不会覆盖。",
        "One standard a row; a number that is in the catalogue is a problem and is not overwritten.",
    ),
    form=Form("standards", Text("标准目录", "Catalogue of standards"), (_OFFER, *FACT.fields)),
)


def register_row(*, actor: Principal, values: Mapping[str, Value]) -> None:
    """Register the standard of a row in its set; refuses as `register_standard` does."""
    path = str(values["offer"])
    register_standard(actor=actor, path=path, fact=fact_of(dict(values)))

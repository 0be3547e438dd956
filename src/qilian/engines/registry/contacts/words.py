"""How the persons of parties are told."""

from collections.abc import Mapping

from qilian.core.values.text import Text

TITLE = Text("联系人", "Persons of parties")
SEALED: Mapping[str, Text] = {
    "name": Text("姓名", "Name"),
    "phone": Text("电话", "Phone"),
    "email": Text("电子邮箱", "E-mail"),
    "identity": Text("证件号码", "Identity number"),
}
"""What is masked, and shown in full to who says what for."""

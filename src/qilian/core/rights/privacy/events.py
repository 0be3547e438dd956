"""What happens to personal values: somebody looked, keys came and went. A value never stands in a fact."""

from dataclasses import dataclass

from qilian.core.log.events.api import event_type
from qilian.core.values.text import Text

from .queries import REVEALED


@event_type(REVEALED, title=Text("查看个人数据", "Personal value looked at"), dimensions=("field",))
@dataclass(frozen=True, slots=True)
class ValueRevealed:
    """A person saw a masked value in full, for the purpose he gave."""

    field: str
    purpose: str


@event_type("privacy.key.turned", title=Text("更换密钥", "Key turned"))
@dataclass(frozen=True, slots=True)
class KeyTurned:
    """A fresh key seals from now on."""

    key: str
    before: str


@event_type("privacy.values.resealed", title=Text("重新加密", "Values sealed anew"), measures=("rows",))
@dataclass(frozen=True, slots=True)
class ValuesResealed:
    """All values of older keys were brought under the current one."""

    key: str
    rows: int


@event_type("privacy.key.retired", title=Text("销毁旧密钥", "Keys retired"))
@dataclass(frozen=True, slots=True)
class KeysRetired:
    """Keys that nothing is sealed with any more were destroyed."""

    keys: tuple[str, ...]

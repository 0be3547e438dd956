"""How credit speaks: states, the law of display, filters."""

from qilian.core.house.pages import Colour, Filter, Status
from qilian.core.house.principal import Principal
from qilian.core.rights.grants.api import allowed
from qilian.core.values import clock
from qilian.core.values.text import Text

from .kernel.display import CLASSES, STATES
from .models import CreditRecord
from .queries import record_scope
from .services import RECORD

TITLE = Text("失信信息与修复", "Credit records and repair")
ALL = Text("全部记录", "All records")
_COLOURS: dict[str, Colour] = {"standing": "red", "repaired": "green", "lapsed": "grey", "annulled": "grey"}
LAW = Text(
    "依据《信用修复管理办法》：轻微信息原则上不公示；一般信息公示 3 个月至 1 年，严重信息 1 至 3 年，自文书认定"
    "之日起算；到期自动撤下，修复后停止公示、共享和使用。与“信用中国”不一致的，以“信用中国”为准。",
    "By the measures on credit repair: minor records are not shown as a rule; ordinary ones three months to a year,"
    " serious ones one to three years from the decision; they leave by themselves, and a repaired one is no longer"
    " shown, shared or used. Where this differs from Credit China, Credit China is right.",
)
REPAIRS = {
    "asked": Text("待决定", "to be decided"),
    "granted": Text("同意修复", "granted"),
    "refused": Text("不予修复", "refused"),
}
FILTERS = (
    Filter("name", Text("名称", "Name"), lambda rows, said: rows.filter(party__name__contains=said.strip())),
    Filter("party", Text("主体编码", "Code of the party"), lambda rows, said: rows.filter(party__code=said)),
    Filter(
        "severity",
        Text("类别", "Class"),
        lambda rows, said: rows.filter(severity=said),
        tuple((name, each.title) for name, each in CLASSES.items()),
    ),
)


def status(row: CreditRecord) -> Status:
    """Where a record stands, in a word."""
    return Status(STATES[row.state], _COLOURS[row.state])


def sees_all(reader: Principal, row: CreditRecord) -> bool:
    """Whether the reader sees conditions and repair: who acts for the party, and officials of its division."""
    return row.party.code in reader.parties or allowed(reader, RECORD, record_scope(row))


def left(row: CreditRecord) -> Text:
    """How many days a record is still shown at most."""
    days = max(0, (row.last_day - clock.today()).days)
    return Text(f"{days} 日", f"{days} days") if row.state == "standing" else Text("—", "—")

"""How the log and the queue presents itself to the house."""

from qilian.core.house.parts.api import Command, MenuItem, Part
from qilian.core.log.sentences.api import Reference, refer
from qilian.core.rights.grants.api import name_actions
from qilian.core.values.text import Text

from . import command, jobs, receipts

name_actions(
    {
        "outbox.*": Text("后台任务管理", "manage jobs"),
        "outbox.view": Text("查看后台任务", "see jobs"),
        "outbox.retry": Text("重试后台任务", "retry jobs"),
    }
)
refer(
    {
        "core.job": Reference(Text("后台任务", "Job")),
        "core.event": Reference(Text("事实", "Event")),
        "core.rows": Reference(Text("表", "Table")),
    }
)

PART = Part(
    name="core.audit",
    title=Text("审计", "Audit"),
    commands={"audit": Command(command.main, command.HELP)},
    urls="qilian.core.rights.audit.urls",
    menu=(
        MenuItem(receipts.TITLE, "receipts:entrance", 940),
        MenuItem(Text("事实日志", "Event log"), "events:log", 950, "events.view"),
        MenuItem(Text("后台任务", "Jobs"), "outbox:queue", 960, "outbox.view"),
    ),
    jobs=("qilian.core.log.outbox.running", jobs.__name__),
)

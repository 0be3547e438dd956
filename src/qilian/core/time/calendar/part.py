"""How the calendar presents itself to the house."""

from qilian.core.house.parts.api import Command, MenuItem, Part
from qilian.core.log.sentences.api import Reference, refer
from qilian.core.rights.grants.api import name_actions
from qilian.core.values.text import Text

from .pages import TITLE
from .services import EDIT
from .worktime import HELP, command

name_actions({EDIT: Text("调整工作日历", "edit the working calendar")})
refer(
    {
        "core.calendar_year": Reference(Text("工作日历", "Calendar of")),
        "core.calendar_day": Reference(Text("工作日历的一天", "Day of the calendar")),
    }
)

PART = Part(
    name="core.calendar",
    title=TITLE,
    urls="qilian.core.time.calendar.urls",
    prefix="calendar/",
    menu=(MenuItem(TITLE, "calendar:this_year", order=90),),
    jobs=("qilian.core.time.calendar.jobs",),
    commands={"worktime": Command(command, HELP)},
)

"""How the calendar presents itself to the house."""

from qilian.core.house.parts.api import MenuItem, Part
from qilian.core.rights.grants.api import name_actions
from qilian.core.values.text import Text

from .pages import TITLE
from .services import EDIT

name_actions({EDIT: Text("调整工作日历", "edit the working calendar")})

PART = Part(
    name="core.calendar",
    title=TITLE,
    urls="qilian.core.time.calendar.urls",
    prefix="calendar/",
    menu=(MenuItem(TITLE, "calendar:this_year", order=90),),
    jobs=("qilian.core.time.calendar.jobs",),
)

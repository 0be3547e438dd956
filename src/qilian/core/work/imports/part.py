"""How imports present themselves to the house."""

from qilian.core.house.parts.api import SIGNED_IN, MenuItem, Part
from qilian.core.log.sentences.api import Reference, refer
from qilian.core.values.text import Text

from .pages import TITLE
from .registry import register_sheet
from .sheets import PEOPLE, WORKING_DAYS, register_and_appoint, rule_on_day

register_sheet(WORKING_DAYS, rule_on_day)
register_sheet(PEOPLE, register_and_appoint)
refer({"core.import": Reference(Text("导入", "Import"))})

PART = Part(
    name="core.imports",
    title=TITLE,
    urls="qilian.core.work.imports.urls",
    prefix="imports/",
    menu=(MenuItem(TITLE, "imports:entry", order=910, needs=SIGNED_IN),),
    jobs=("qilian.core.work.imports.jobs",),
)

"""What the checks of the book bring into the house."""

from qilian.core.house.parts.api import Part
from qilian.core.values.text import Text

from . import jobs

PART = Part(
    name="ledger.checking",
    title=Text("账本核对", "Checks of the ledger"),
    urls="qilian.engines.ledger.checking.pages",
    prefix="ledger/",
    api="qilian.engines.ledger.checking.programs.router",
    jobs=(jobs.__name__,),
)

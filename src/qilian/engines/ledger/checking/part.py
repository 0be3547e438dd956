"""How the checks of the book present themselves to the house."""

from qilian.core.house.parts.api import Part
from qilian.core.log.proofs.api import cover
from qilian.core.values.text import Text

from . import covering, jobs

cover("ledger.book", covering.TITLE, covering.differences)

PART = Part(
    name="ledger.checking",
    title=Text("账本核对", "Checks of the ledger"),
    urls="qilian.engines.ledger.checking.pages",
    prefix="ledger/",
    api="qilian.engines.ledger.checking.programs.router",
    jobs=(jobs.__name__,),
)

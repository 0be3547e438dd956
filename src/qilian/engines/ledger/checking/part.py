"""How the checks of the book present themselves to the house."""

from functools import partial

from qilian.core.house.parts.api import Part
from qilian.core.log.proofs.api import cover, sworn_differences
from qilian.core.log.sentences.api import Reference, refer
from qilian.core.values.text import Text
from qilian.engines.ledger.book.api import Asset, Restraint

from . import covering, jobs

cover("ledger.book", covering.TITLE, covering.differences)
cover(
    "ledger.book.rows",
    Text("资产、冻结和质押", "Assets, freezes and pledges"),
    partial(sworn_differences, (Asset, Restraint)),
)
refer(
    {"ledger.book": Reference(Text("账本", "Book")), "ledger.batch": Reference(Text("批量记账", "Batch of transfers"))}
)

PART = Part(
    name="ledger.checking",
    title=Text("账本核对", "Checks of the ledger"),
    urls="qilian.engines.ledger.checking.pages",
    prefix="ledger/",
    api="qilian.engines.ledger.checking.programs.router",
    jobs=(jobs.__name__,),
)

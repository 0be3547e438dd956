"""How holds present themselves to the house."""

from qilian.core.house.parts.api import Part

from . import jobs
from .resource import HOLDS

PART = Part(
    name="ledger.holds",
    title=HOLDS.title,
    urls="qilian.engines.ledger.holds.pages",
    prefix="ledger/",
    resources=(HOLDS,),
    story="qilian.engines.ledger.holds.story",
    jobs=(jobs.__name__,),
)

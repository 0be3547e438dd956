"""2.11 服务外包: let government and firms hand special work to specialists, and local services go abroad."""

from qilian.core.offers.packs.api import Awaited, Cite, Pack
from qilian.core.values.text import Text
from qilian.engines.casework.items.api import item
from qilian.engines.registry.directories.api import directory

PACK = Pack(
    section="2.11",
    slug="outsourcing",
    title=Text("服务外包", "Service outsourcing"),
    offers=(
        # 2.11.3 Help local firms go abroad, simplify exit and entry, and raise leaders.
        directory(__file__, "leaders", Text("服务外包龙头企业", "Outsourcing leaders"), Cite("2.11.3", "走出去")),
        item(
            __file__,
            "exit-and-entry",
            Text("出入境便利", "Exit–entry facilitation"),
            Cite("2.11.3", "简化出入境手续"),
            unit="qh-swt",
        ),
    ),
    awaits=(
        # 2.11.1 Government and public institutions buy professional services from specialist firms.
        Awaited(
            "market",
            "public-tenders",
            Text("政府购买服务招标", "Tenders of government for services"),
            (Cite("2.11.1", "政府购买专业化服务"), Cite("2.11.1", "政府采购生产性服务")),
        ),
        # 2.11.2 Firms outsource what is not core; providers take on IT, data, accounts, research and design.
        Awaited("hall", "outsourcing", Text("服务外包对接", "Outsourcing requests"), Cite("2.11.2")),
        Awaited("market", "sealed-bids", Text("企业外包密封投标", "Sealed bids"), Cite("2.11.2")),
        # 2.11.3 Help local firms go abroad, simplify exit and entry, and raise leaders.
    ),
)

"""3.3 完善市场环境: open entry, fair prices, easier land use, integrity on record."""

from qilian.core.offers.packs.api import Awaited, Cite, Pack
from qilian.core.values.text import Text
from qilian.engines.casework.items.api import item
from qilian.engines.registry.directories.api import directory
from qilian.engines.registry.grades.api import grade
from qilian.engines.registry.standards.api import standards

PACK = Pack(
    section="3.3",
    slug="market",
    title=Text("完善市场环境", "Market environment"),
    offers=(
        # 3.3.1 Open access to social capital; keep for-profit and non-profit bodies apart.
        directory(__file__, "access-list", Text("市场准入清单", "Market access list"), Cite("3.3.1", "市场准入")),
        directory(
            __file__,
            "profit-and-non-profit",
            Text("营利与非营利机构分列", "For-profit and non-profit bodies apart"),
            Cite("3.3.1"),
        ),
        item(__file__, "registration-change", Text("登记变更", "Registration change"), Cite("3.3.1"), unit="qh-scjgj"),
        item(
            __file__,
            "land-use",
            Text("自有工业用地办服务业", "Services on own industrial land"),
            Cite("3.3.3", "利用自有工业用地兴办"),
            unit="qh-zrzyt",
        ),
        # 3.3.4 Build the integrity system, complete market rules and supervision, and keep order.
        standards(
            __file__,
            "market-rules",
            Text("市场法规", "Market regulations"),
            Cite("3.3.4", "生产性服务业市场法规和监管体制"),
            adopters=("省级商贸流通集团（演示）有限公司", "丝路物产经营有限公司", "西海商业管理有限公司"),
            of_laws=True,
        ),
        grade(
            __file__,
            "enterprise-credit",
            Text("企业信用评价、修复与申诉", "Enterprise credit, with repair and appeal"),
            Cite("3.3.4", "诚信体系"),
        ),
        item(
            __file__,
            "double-random",
            Text("双随机检查", "Double-random inspection"),
            Cite("3.3.4", "生产性服务业市场法规和监管体制"),
            unit="qh-scjgj",
        ),
    ),
    awaits=(
        # 3.3.1 Open access to social capital; keep for-profit and non-profit bodies apart.
        # 3.3.2 Charge producer services the industrial price for water, power and gas.
        Awaited(
            "indicator",
            "price-parity",
            Text("水电气同价", "Price parity of water, power and gas"),
            Cite("3.3.2", "用水、用电、用气与工业企业同价"),
        ),
        Awaited(
            "desk",
            "price-complaints",
            Text("价格投诉", "Price complaints"),
            Cite("3.3.2", "用水、用电、用气与工业企业同价"),
        ),
        # 3.3.3 Let industry run producer services on its own industrial land, with lawful land procedures.
        # 3.3.4 Build the integrity system, complete market rules and supervision, and keep order.
    ),
)

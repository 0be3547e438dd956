"""2.1 现代物流: move goods faster, cheaper and in plain sight, so that logistics keeps pace with makers and farmers."""

from qilian.core.offers.packs.api import Awaited, Cite, Pack
from qilian.core.values.text import Text
from qilian.engines.casework.items.api import item
from qilian.engines.registry.directories.api import directory
from qilian.engines.registry.standards.api import standards

PACK = Pack(
    section="2.1",
    slug="logistics",
    title=Text("现代物流", "Modern logistics"),
    offers=(
        # 2.1.1 Build the bonded park, the Chaoyang park and the eastern trade centre; raise capable parks,
        # distribution centres and firms.
        directory(
            __file__,
            "parks-and-firms",
            Text("物流园区、配送中心和物流企业", "Parks, distribution centres and firms"),
            (Cite("2.1.1", "生产服务型物流园区"), Cite("2.1.1", "配送中心")),
        ),
        # 2.1.2 Run the Qinghai node of the national public logistics information platform; bring pallets, racks and
        # vehicles to common standards.
        standards(
            __file__,
            "equipment-standards",
            Text("物流设施设备标准", "Standards of logistics equipment"),
            Cite("2.1.2"),
            adopters=("昆仑托盘共用有限公司", "祁连冷链装备有限公司", "河湟多式联运有限公司"),
        ),
        item(
            __file__,
            "equipment-retrofit",
            Text("设备标准化改造补助", "Equipment retrofit grant"),
            Cite("2.1.2"),
            unit="qh-swt",
        ),
        # 2.1.5 Co-operative, postal and retail leaders work as chains and open their delivery business.
        directory(__file__, "chain-leaders", Text("连锁龙头企业", "Chain leaders"), Cite("2.1.5", "连锁经营")),
    ),
    awaits=(
        # 2.1.1 Build the bonded park, the Chaoyang park and the eastern trade centre; raise capable parks,
        # distribution centres and firms.
        Awaited("project", "bonded-park", Text("保税物流园", "Bonded logistics park"), Cite("2.1.1", "保税物流园")),
        Awaited("project", "chaoyang-park", Text("朝阳物流园", "Chaoyang logistics park"), Cite("2.1.1", "朝阳物流园")),
        Awaited(
            "project",
            "eastern-trade-centre",
            Text("东部国际物流商贸中心", "Eastern international trade centre"),
            Cite("2.1.1", "东部国际物流商贸中心"),
        ),
        # 2.1.2 Run the Qinghai node of the national public logistics information platform; bring pallets, racks and
        # vehicles to common standards.
        Awaited(
            "hall",
            "freight",
            Text("货源与车源", "Freight and vehicles"),
            (Cite("2.1.2", "国家物流公共信息青海服务平台"), Cite("2.1.2", "综合性、专业性物流公共信息平台")),
        ),
        Awaited(
            "network",
            "tracking",
            Text("运单跟踪与公开查询", "Consignment tracking and public query"),
            Cite("2.1.2", "国家物流公共信息青海服务平台"),
        ),
        Awaited("catalogue", "pallets", Text("共用托盘和集装器具", "Pooled pallets and containers"), Cite("2.1.2")),
        Awaited(
            "indicator",
            "standard-equipment-share",
            Text("标准化设备占比", "Share of standard equipment"),
            Cite("2.1.2"),
        ),
        # 2.1.3 Logistics firms run manufacturers' supply chains: public warehousing, chain delivery, third-party
        # logistics and solution design.
        Awaited(
            "catalogue", "public-warehouses", Text("公共仓储", "Public warehouse space"), Cite("2.1.3", "供应链管理")
        ),
        Awaited(
            "hall",
            "logistics-solutions",
            Text("第三方物流与方案设计", "Third-party logistics and solution design"),
            Cite("2.1.3", "第三方物流"),
        ),
        Awaited(
            "network",
            "chain-delivery",
            Text("连锁终端配送与全程运输", "Chain delivery and whole-process consignments"),
            Cite("2.1.3", "供应链管理"),
        ),
        Awaited(
            "indicator",
            "outsourced-logistics-share",
            Text("物流费用外包比重", "Outsourced share of logistics cost"),
            Cite("2.1.3"),
        ),
        # 2.1.4 Renew farm-produce markets, spread farm-input delivery and rural logistics, and link farms straight to
        # supermarkets.
        Awaited(
            "project",
            "produce-markets",
            Text("农产品市场改造", "Renewal of produce markets"),
            Cite("2.1.4", "农产品批发和零售市场"),
        ),
        Awaited(
            "market",
            "farm-to-supermarket",
            Text("农超对接合同", "Farm-to-supermarket contracts"),
            Cite("2.1.4", "农超对接"),
        ),
        Awaited("hall", "producers-meet-sellers", Text("产销衔接", "Producers meet sellers"), Cite("2.1.4")),
        Awaited(
            "network",
            "farm-inputs",
            Text("农资配送", "Farm-input delivery"),
            Cite("2.1.4", "现代化涉农生产资料配送网络"),
        ),
        Awaited("network", "rural-logistics", Text("农村物流", "Rural logistics"), Cite("2.1.4", "农村物流服务体系")),
        Awaited(
            "indicator", "village-delivery", Text("行政村配送覆盖率", "Villages reached by delivery"), Cite("2.1.4")
        ),
        # 2.1.5 Co-operative, postal and retail leaders work as chains and open their delivery business.
        Awaited(
            "network",
            "joint-delivery",
            Text("网点共用、共同配送", "Joint delivery over shared outlets"),
            Cite("2.1.5", "连锁经营"),
        ),
    ),
)

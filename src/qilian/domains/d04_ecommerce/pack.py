"""2.4 电子商务: take trade on line from consumer goods to materials, industry and farming, with delivery and trust."""

from qilian.core.offers.packs.api import Awaited, Cite, Pack
from qilian.core.values.text import Text
from qilian.engines.registry.directories.api import directory
from qilian.engines.registry.grades.api import grade
from qilian.engines.registry.standards.api import standards

PACK = Pack(
    section="2.4",
    slug="ecommerce",
    title=Text("电子商务", "E-commerce"),
    offers=(
        # 2.4.1 Complete the Chaoyang e-commerce base, gather firms there and raise leading service providers.
        directory(
            __file__, "service-firms", Text("电子商务服务企业", "E-commerce service firms, graded"), Cite("2.4.1")
        ),
        # 2.4.5 Give e-commerce its credit, statistics, standards and service-quality evaluation.
        standards(
            __file__,
            "ecommerce-standards",
            Text("电子商务标准", "E-commerce standards"),
            Cite("2.4.5", "电子商务标准体系"),
            adopters=("青稞网络商城有限公司", "海湖电子商务平台有限公司", "雪域优选商贸有限公司"),
        ),
        grade(__file__, "seller-credit", Text("网商信用", "Seller credit"), Cite("2.4.5", "电子商务信用体系")),
        grade(
            __file__,
            "service-quality",
            Text("电子商务服务质量", "E-commerce service quality"),
            Cite("2.4.5", "服务质量评价体系"),
        ),
    ),
    awaits=(
        # 2.4.1 Complete the Chaoyang e-commerce base, gather firms there and raise leading service providers.
        Awaited(
            "project",
            "chaoyang-base",
            Text("朝阳电子商务基地", "Chaoyang e-commerce base"),
            Cite("2.4.1", "青海朝阳国家电子商务示范基地"),
        ),
        Awaited("indicator", "agglomeration", Text("电子商务集聚度", "Agglomeration of e-commerce"), Cite("2.4.1")),
        # 2.4.2 Open on-line markets for shopping, industries, bulk materials, made-to-order goods and farm wholesale;
        # leaders may run their own.
        Awaited("market", "shop", Text("网上商城", "On-line shop"), Cite("2.4.2", "电子商务网络购物平台")),
        Awaited(
            "market",
            "own-venues",
            Text("行业平台（龙头自办）", "Venues opened and run by leading firms"),
            Cite("2.4.2", "行业（跨行业）商务服务平台"),
        ),
        Awaited(
            "market", "bulk-spot", Text("大宗原材料现货", "Bulk materials, spot"), Cite("2.4.2", "大宗原材料网上交易")
        ),
        Awaited(
            "market",
            "made-to-order",
            Text("工业品定制询价", "Made-to-order industrial goods"),
            Cite("2.4.2", "工业产品网上定制"),
        ),
        Awaited(
            "market",
            "livestock-wholesale",
            Text("农畜产品批发拍卖", "Farm and livestock wholesale auction"),
            Cite("2.4.2", "产供销一体的农畜产品专业网络批发市场"),
        ),
        Awaited(
            "indicator", "firms-online", Text("大中型企业网上交易占比", "Large firms trading on line"), Cite("2.4.2")
        ),
        # 2.4.3 Build delivery in town and country on hubs, centres and end points, within a city and beyond.
        Awaited(
            "network",
            "hubs",
            Text("配送枢纽、中心和末端网点", "Hubs, centres and end points"),
            Cite("2.4.3", "电子商务物流配送聚集区、配送中心、末端网点城乡配送网络体系"),
        ),
        Awaited(
            "network",
            "city-and-remote",
            Text("同城与异地配送", "Same-city and remote delivery"),
            Cite("2.4.3", "电子商务物流配送聚集区、配送中心、末端网点城乡配送网络体系"),
        ),
        # 2.4.4 Join express and e-commerce; deliver parcels within a city inside a day.
        Awaited(
            "network",
            "express",
            Text("同城24小时快递", "Same-city express within 24 hours"),
            Cite("2.4.4", "同城24小时快递配送"),
        ),
        # 2.4.5 Give e-commerce its credit, statistics, standards and service-quality evaluation.
        Awaited(
            "survey", "ecommerce-survey", Text("电子商务统计调查", "E-commerce survey"), Cite("2.4.5", "统计监测体系")
        ),
    ),
)

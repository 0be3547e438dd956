"""2.6 节能环保: make saving energy and cutting emissions a service that can be bought, traded and verified."""

from datetime import date
from pathlib import Path

from qilian.core.offers.packs.api import Awaited, Cite, Pack
from qilian.core.rules.dmn.api import Declared, Trial, Version
from qilian.core.values.text import Text
from qilian.engines.casework.items.api import item
from qilian.engines.registry.directories.api import directory

_TABLES = Path(__file__).with_name("decisions")


def _version(year: int, month: int, source: str) -> Version:
    table = (_TABLES / f"energy-review-{year}.yaml").read_text(encoding="utf-8")
    return Version(date(year, month, 1), source, table)


PACK = Pack(
    section="2.6",
    slug="environment",
    title=Text("节能环保", "Energy saving and environment"),
    offers=(
        item(
            __file__,
            "energy-assessment",
            Text("节能评估审查", "Energy-saving assessment"),
            Cite("2.6.1"),
            unit="qh-fgw",
        ),
        item(
            __file__,
            "impact-assessment",
            Text("环境影响评价审批", "Environmental impact assessment"),
            Cite("2.6.1"),
            unit="qh-sthjt",
        ),
        item(
            __file__, "clean-production", Text("清洁生产审核", "Clean-production audit"), Cite("2.6.1"), unit="qh-sthjt"
        ),
        # 2.6.4 Contract turn-key environmental works on local technology and grow specialist firms.
        directory(
            __file__,
            "contractors",
            Text("节能环保承包企业", "Environmental contractors"),
            Cite("2.6.4", "环保服务承包业务"),
        ),
        directory(__file__, "local-technologies", Text("本省节能环保技术", "Local technologies"), Cite("2.6.4")),
    ),
    awaits=(
        # 2.6.1 Develop monitoring, treatment of waste, water, air and soil, clean-production audit, and energy and
        # environmental assessment.
        Awaited(
            "telemetry", "stations", Text("空气、水质和污染源监测", "Air, water and emission stations"), Cite("2.6.1")
        ),
        Awaited(
            "hall",
            "environmental-services",
            Text("治理与咨询服务对接", "Requests for environmental services"),
            Cite("2.6.1"),
        ),
        # 2.6.2 Trade carbon, water rights and pollution permits; use concessions, performance contracts and third-
        # party treatment; reuse more water.
        Awaited("market", "carbon", Text("碳排放配额交易", "Carbon allowances"), Cite("2.6.2", "碳排放市场化交易")),
        Awaited("market", "water-rights", Text("水权交易", "Water rights"), Cite("2.6.2", "水权市场化交易")),
        Awaited(
            "market",
            "pollution-permits",
            Text("排污权交易", "Pollution permits"),
            Cite("2.6.2", "污染物排放（排污权）市场化交易"),
        ),
        Awaited("market", "concessions", Text("特许经营招标", "Concession tenders"), Cite("2.6.2", "特许经营制度")),
        Awaited(
            "product",
            "energy-performance",
            Text("合同能源管理", "Energy performance contract"),
            Cite("2.6.2", "合同能源管理"),
        ),
        Awaited(
            "hall",
            "environmental-contracts",
            Text("合同环境服务", "Environmental service contracts"),
            Cite("2.6.2", "合同环境服务"),
        ),
        Awaited(
            "hall",
            "third-party-treatment",
            Text("第三方治理与责任划分", "Third-party treatment with split responsibility"),
            Cite("2.6.2", "环境污染第三方治理"),
        ),
        Awaited("indicator", "reclaimed-water", Text("中水回用率", "Reuse of reclaimed water"), Cite("2.6.2")),
        # 2.6.3 Build recycling across the province with recycled-resource and second-hand markets; industry turns
        # waste into resources.
        Awaited(
            "network",
            "collection",
            Text("再生资源回收网点与线路", "Collection points and rounds"),
            Cite("2.6.3", "全省再生资源回收体系"),
        ),
        Awaited(
            "market",
            "recycled-resources",
            Text("再生资源交易", "Recycled-resource market"),
            Cite("2.6.3", "区域性再生资源回收交易市场"),
        ),
        Awaited("market", "second-hand", Text("旧货交易", "Second-hand market"), Cite("2.6.3", "旧货市场")),
        Awaited("hall", "waste-to-resource", Text("废弃物资源化对接", "Waste becomes resource"), Cite("2.6.3")),
        # 2.6.4 Contract turn-key environmental works on local technology and grow specialist firms.
        Awaited("hall", "turn-key", Text("环保工程总承包对接", "Turn-key requests"), Cite("2.6.4", "环保服务承包业务")),
    ),
    decisions=(
        # Which review a project needs changed by decree three times: each version decides the projects of its years.
        Declared(
            "energy-review",
            Text("节能审查类别", "Class of energy-saving review"),
            "2.6.1",
            versions=(
                _version(2010, 11, "国家发展改革委令第6号第五条"),
                _version(2017, 1, "国家发展改革委令第44号（条号待核对）"),
                _version(2023, 6, "国家发展改革委令第2号（条号待核对）"),
            ),
            trials=(
                Trial("锂盐厂", (("年综合能源消费量", "12000"), ("年电力消费量", "6200")), '"省级审查"'),
                Trial("数据中心", (("年综合能源消费量", "7400"), ("年电力消费量", "6000")), '"按省定权限审查"'),
                Trial("冷链物流园", (("年综合能源消费量", "860"), ("年电力消费量", "610")), '"按省定权限审查"'),
                Trial("检测实验室", (("年综合能源消费量", "240"), ("年电力消费量", "150")), '"不单独审查"'),
                Trial(
                    "玻璃窑改造",
                    (("年综合能源消费量", "2600"), ("年电力消费量", "180"), ("年天然气消费量", "120")),
                    '"按省定权限审查"',
                ),
            ),
        ),
    ),
)

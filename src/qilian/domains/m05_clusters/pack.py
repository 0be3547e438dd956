"""3.5 引导集聚发展: gather firms around leaders and strong industries, and let pilots go first."""

from qilian.core.offers.packs.api import Awaited, Cite, Pack
from qilian.core.values.text import Text
from qilian.engines.casework.items.api import item
from qilian.engines.registry.directories.api import directory

PACK = Pack(
    section="3.5",
    slug="clusters",
    title=Text("引导集聚发展", "Clusters"),
    offers=(
        # 3.5.1 Raise distinctive clusters around leaders, build major projects and encourage pilots.
        directory(
            __file__,
            "clusters-and-leaders",
            Text("集聚区与龙头企业", "Clusters and leaders"),
            Cite("3.5.1", "生产性服务业集聚区"),
        ),
        item(
            __file__,
            "recognition",
            Text("集聚区认定", "Recognition of a cluster"),
            Cite("3.5.1", "生产性服务业集聚区"),
            unit="qh-fgw",
        ),
    ),
    awaits=(
        # 3.5.1 Raise distinctive clusters around leaders, build major projects and encourage pilots.
        Awaited("index", "agglomeration", Text("产业集聚指数", "Agglomeration"), Cite("3.5.1", "生产性服务业集聚区")),
        Awaited(
            "hall",
            "start-ups",
            Text("创新创业服务对接", "Innovation and start-up services"),
            Cite("3.5.1", "创新创业服务体系"),
        ),
        Awaited(
            "project",
            "pilots",
            Text("重大项目与先行先试", "Major projects and pilots"),
            Cite("3.5.1", "生产性服务产业重大项目"),
        ),
    ),
)

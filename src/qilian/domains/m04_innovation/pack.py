"""3.4 增强创新能力: carry innovation in services on alliances, technical centres and public platforms."""

from qilian.core.offers.packs.api import Awaited, Cite, Pack
from qilian.core.values.text import Text
from qilian.engines.casework.items.api import item
from qilian.engines.registry.directories.api import directory

PACK = Pack(
    section="3.4",
    slug="innovation",
    title=Text("增强创新能力", "Capacity to innovate"),
    offers=(
        # 3.4.1 Rely on innovation alliances and technical centres, research common technology, and join public
        # platforms.
        directory(
            __file__,
            "alliances",
            Text("产业创新联盟", "Innovation alliances"),
            Cite("3.4.1", "生产性服务产业创新联盟"),
        ),
        item(
            __file__,
            "research-call",
            Text("共性技术攻关", "Call for common-technology research"),
            Cite("3.4.1"),
            unit="qh-kjt",
        ),
    ),
    awaits=(
        # 3.4.1 Rely on innovation alliances and technical centres, research common technology, and join public
        # platforms.
        Awaited(
            "catalogue",
            "public-platforms",
            Text("公共服务平台与资源信息库", "Public platforms and information bases"),
            (Cite("3.4.1", "公共服务平台"), Cite("3.4.1", "资源信息库")),
        ),
        Awaited("catalogue", "pilot-plants", Text("中试基地", "Pilot plants"), Cite("3.4.1")),
        Awaited("catalogue", "software", Text("软件平台", "Software"), Cite("3.4.1", "软件平台")),
        Awaited("catalogue", "test-platforms", Text("公共测试平台", "Test platforms"), Cite("3.4.1", "公共测试平台")),
    ),
)

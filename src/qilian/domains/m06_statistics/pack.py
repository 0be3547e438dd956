"""3.6 完善统计制度: give producer services figures to stand on, and every task an assessor."""

from qilian.core.offers.packs.api import Awaited, Cite, Pack
from qilian.core.values.text import Text

PACK = Pack(
    section="3.6",
    slug="statistics",
    title=Text("完善统计制度", "Statistics and assessment"),
    awaits=(
        # 3.6.1 Set up surveys, information management, methods and indicators for producer services.
        Awaited(
            "survey",
            "producer-services",
            Text("生产性服务业统计调查", "Survey of producer services"),
            Cite("3.6.1", "生产性服务业统计调查制度"),
        ),
        Awaited(
            "indicator",
            "producer-services-indicators",
            Text("生产性服务业指标体系", "Indicators of producer services"),
            Cite("3.6.1", "生产性服务业统计调查方法和指标体系"),
        ),
        Awaited("release", "releases", Text("统计发布", "Statistical releases"), Cite("3.6.1", "信息管理制度")),
        Awaited(
            "page",
            "release-policy",
            Text("保密、保存与发布规则", "Secrecy, retention and release policy"),
            Cite("3.6.1", "信息管理制度"),
        ),
        # 3.6.2 Set up the assessment of performance and judge how far the main tasks are done.
        Awaited(
            "scheme",
            "assessment",
            Text("绩效考核", "Performance assessment"),
            (Cite("3.6.2", "绩效考核评价体系"), Cite("3.6.2", "具体考核办法")),
        ),
    ),
)

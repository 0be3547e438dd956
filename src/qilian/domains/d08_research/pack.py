"""2.8 研发设计: let firms, schools and institutes solve problems together and turn results into goods."""

from qilian.core.offers.packs.api import Awaited, Cite, Pack
from qilian.core.values.text import Text
from qilian.engines.casework.items.api import item
from qilian.engines.registry.directories.api import directory

PACK = Pack(
    section="2.8",
    slug="research",
    title=Text("研发设计", "Research and design"),
    offers=(
        # 2.8.1 Build the science platform and technology alliances; share instruments, literature and test centres.
        directory(__file__, "alliances", Text("技术开发联盟", "Technology alliances"), Cite("2.8.1", "技术开发联盟")),
        item(
            __file__,
            "technical-centres",
            Text("技术中心与重点实验室认定", "Recognition of technical centres and key laboratories"),
            (
                Cite("2.8.2", "行业技术中心"),
                Cite("2.8.2", "企业工程技术中心"),
                Cite("2.8.2", "重点实验室"),
                Cite("3.4.1", "生产性服务企业技术中心"),
            ),
            unit="qh-gxt",
        ),
        # 2.8.3 Run the exchange of intellectual property and its brokers, so that results reach the market.
        directory(
            __file__, "brokers", Text("知识产权与技术中介", "Brokers"), Cite("2.8.3", "知识产权交易和中介服务体系")
        ),
        # 2.8.4 Research outside and produce inside; parks run specialised incubators.
        directory(
            __file__,
            "outside-centres",
            Text("省外研发中心", "Research centres outside the province"),
            (Cite("2.8.4", "外研内产"), Cite("2.8.4", "技术研发中心")),
        ),
        directory(__file__, "incubators", Text("专业孵化器", "Specialised incubators"), Cite("2.8.4", "专业孵化器")),
    ),
    awaits=(
        # 2.8.1 Build the science platform and technology alliances; share instruments, literature and test centres.
        Awaited(
            "catalogue",
            "science-resources",
            Text("科技资源共享", "Shared science resources"),
            (Cite("2.8.1", "科技创新平台"), Cite("2.8.1", "科技资源共享平台")),
        ),
        Awaited("library", "literature", Text("科技文献", "Scientific literature"), Cite("2.8.1", "科技文献中心")),
        Awaited(
            "catalogue",
            "test-centres",
            Text("科技与质量计量检测中心", "Test and metrology centres"),
            (Cite("2.8.1", "科技检测中心"), Cite("2.8.1", "质量计量检测中心")),
        ),
        # 2.8.2 Firms set up technical centres and key laboratories; manufacturers meet industrial designers.
        Awaited(
            "hall",
            "industrial-design",
            Text("工业设计对接", "Manufacturers meet designers"),
            Cite("2.8.2", "研发服务平台"),
        ),
        # 2.8.3 Run the exchange of intellectual property and its brokers, so that results reach the market.
        Awaited(
            "market",
            "ip-exchange",
            Text("知识产权与成果交易", "Intellectual property and technology results"),
            (Cite("2.8.3", "知识产权交易平台"), Cite("2.8.3", "科技成果交易市场")),
        ),
        Awaited(
            "hall",
            "brokerage",
            Text("成果转化中介对接", "Brokerage requests"),
            Cite("2.8.3", "知识产权交易和中介服务体系"),
        ),
        # 2.8.4 Research outside and produce inside; parks run specialised incubators.
        Awaited("catalogue", "incubator-space", Text("孵化场地", "Incubator space"), Cite("2.8.4", "专业孵化器")),
    ),
)

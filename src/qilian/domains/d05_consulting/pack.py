"""2.5 商务咨询: let a firm find expert and trustworthy advice within the province."""

from qilian.core.offers.packs.api import Awaited, Cite, Pack
from qilian.core.values.text import Text
from qilian.engines.casework.items.api import item
from qilian.engines.registry.directories.api import directory
from qilian.engines.registry.grades.api import grade

PACK = Pack(
    section="2.5",
    slug="consulting",
    title=Text("商务咨询", "Business consulting"),
    offers=(
        # 2.5.1 Try a consulting cluster and invite well-known firms to open branches.
        directory(__file__, "consultants", Text("咨询机构", "Consulting firms"), Cite("2.5.1")),
        item(
            __file__,
            "settle-in",
            Text("知名机构落户", "Settling in of well-known firms"),
            Cite("2.5.1", "青海商务咨询服务集聚区"),
            unit="qh-fgw",
        ),
        # 2.5.3 Evaluate professionals, record credit, keep self-discipline, train, and name a set of excellent firms.
        directory(
            __file__, "associations", Text("行业协会与自律公约", "Associations and their pledges"), Cite("2.5.3")
        ),
        directory(__file__, "excellent-firms", Text("优秀咨询企业", "Excellent firms"), Cite("2.5.3")),
        grade(
            __file__,
            "professionals",
            Text("咨询职业评价", "Evaluation of professionals"),
            Cite("2.5.3", "商务咨询服务的职业评价制度"),
        ),
        grade(
            __file__,
            "firm-credit",
            Text("咨询机构信用", "Credit of consulting firms"),
            Cite("2.5.3", "商务咨询服务信用管理"),
        ),
    ),
    awaits=(
        # 2.5.1 Try a consulting cluster and invite well-known firms to open branches.
        Awaited(
            "project", "cluster", Text("商务咨询集聚区", "Consulting cluster"), Cite("2.5.1", "青海商务咨询服务集聚区")
        ),
        Awaited("index", "agglomeration", Text("咨询业区位商", "Location quotient of consulting"), Cite("2.5.1")),
        # 2.5.2 Develop strategy, marketing, research and management consulting, and accounting, audit, tax and legal
        # services.
        Awaited("hall", "advice", Text("分专业咨询对接", "Consulting requests by speciality"), Cite("2.5.2")),
        # 2.5.3 Evaluate professionals, record credit, keep self-discipline, train, and name a set of excellent firms.
        Awaited("library", "courses", Text("咨询职业课程", "Courses for consultants"), Cite("2.5.3")),
    ),
)

"""2.3 信息服务: renew industry and government with information technology; reach every village; share data."""

from qilian.core.offers.packs.api import Awaited, Cite, Pack
from qilian.core.values.text import Text
from qilian.engines.casework.items.api import item
from qilian.engines.registry.directories.api import directory
from qilian.engines.registry.grades.api import grade

PACK = Pack(
    section="2.3",
    slug="information",
    title=Text("信息服务", "Information services"),
    offers=(
        # 2.3.2 Build the big-data centre and the Haidong park; raise firms in software, cloud, integration and
        # security services.
        directory(__file__, "it-firms", Text("信息技术企业", "IT firms"), Cite("2.3.2")),
        grade(
            __file__,
            "it-capability",
            Text("信息技术服务与信息安全能力", "IT-service and security capability"),
            Cite("2.3.2"),
        ),
        # 2.3.4 Perfect the portal, office, approval and emergency systems; let government buy information services;
        # share data across units.
        directory(
            __file__,
            "data-resources",
            Text("政务数据资源", "Data resources of government"),
            Cite("2.3.4", "信息共享"),
        ),
        item(
            __file__,
            "official-documents",
            Text("公文办理", "Official documents, from draft to archive"),
            Cite("2.3.4", "OA办公系统"),
            unit="qh-gxt",
        ),
        item(
            __file__,
            "online-approval",
            Text("网上审批与进度查询", "On-line approval with public progress query"),
            Cite("2.3.4", "网上审批系统"),
            unit="qh-gxt",
        ),
        item(
            __file__,
            "data-requests",
            Text("数据申请、授权与留痕使用", "Data request, grant and audited use"),
            Cite("2.3.4", "信息共享"),
            unit="qh-gxt",
        ),
    ),
    awaits=(
        # 2.3.1 Bring new information-technology services deep into manufacturing.
        Awaited("hall", "it-services", Text("信息技术服务对接", "Requests for IT services"), Cite("2.3.1")),
        # 2.3.2 Build the big-data centre and the Haidong park; raise firms in software, cloud, integration and
        # security services.
        Awaited(
            "project",
            "big-data-centre",
            Text("青海大数据中心", "Qinghai big-data centre"),
            Cite("2.3.2", "青海大数据中心"),
        ),
        Awaited(
            "project",
            "haidong-park",
            Text("海东信息产业园", "Haidong information park"),
            Cite("2.3.2", "海东信息产业园"),
        ),
        Awaited("catalogue", "compute", Text("算力与存储", "Compute and storage"), Cite("2.3.2", "青海大数据中心")),
        # 2.3.3 Carry out the broadband, digital, smart-city and 4G projects until every village has broadband.
        Awaited("project", "broadband", Text("宽带青海", "Broadband Qinghai"), Cite("2.3.3", "宽带青海")),
        Awaited("project", "digital-qinghai", Text("数字青海", "Digital Qinghai"), Cite("2.3.3", "数字青海")),
        Awaited("project", "smart-city", Text("智慧城市", "Smart city"), Cite("2.3.3", "智慧城市")),
        Awaited(
            "project",
            "consumption-cities",
            Text("信息消费试点城市", "Pilot cities of information consumption"),
            Cite("2.3.3", "信息消费试点城市"),
        ),
        Awaited("project", "mobile-4g", Text("4G网络", "4G network"), Cite("2.3.3", "4G网络")),
        Awaited(
            "indicator",
            "village-broadband",
            Text("通宽带行政村占比", "Villages with broadband"),
            Cite("2.3.3", "宽带入村"),
        ),
        # 2.3.4 Perfect the portal, office, approval and emergency systems; let government buy information services;
        # share data across units.
        Awaited("page", "portal", Text("政府门户", "Government portal"), Cite("2.3.4", "政府门户网站系统")),
        Awaited(
            "desk",
            "emergency",
            Text("城乡应急联动", "Emergency coordination in town and country"),
            Cite("2.3.4", "城乡应急联动管理系统"),
        ),
        Awaited(
            "market",
            "it-service-tenders",
            Text("信息服务招标", "IT-service tenders"),
            Cite("2.3.4", "政府购买信息服务"),
        ),
    ),
)

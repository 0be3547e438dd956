"""2.10 售后服务: see that what is sold is also installed, repaired and answered for, with ratings anyone can read."""

from qilian.core.offers.packs.api import Awaited, Cite, Pack
from qilian.core.values.text import Text
from qilian.engines.casework.items.api import item
from qilian.engines.registry.directories.api import directory
from qilian.engines.registry.grades.api import grade
from qilian.engines.registry.standards.api import standards

PACK = Pack(
    section="2.10",
    slug="aftersales",
    title=Text("售后服务", "After-sales service"),
    offers=(
        # 2.10.2 Develop third-party maintenance; in-house departments may become firms.
        directory(
            __file__,
            "maintenance-firms",
            Text("维护维修企业", "Maintenance firms"),
            Cite("2.10.2", "第三方维护维修服务"),
        ),
        item(
            __file__,
            "spin-off",
            Text("内设机构转为企业", "An in-house department becomes a firm"),
            Cite("2.10.2"),
            unit="qh-gxt",
        ),
        # 2.10.3 Set user-centred service standards, train professionals, and let associations keep order.
        standards(
            __file__,
            "service-standards",
            Text("售后服务标准", "After-sales standards"),
            Cite("2.10.3", "以用户为导向的服务系统和服务标准"),
            adopters=("高原家电服务有限公司", "昆仑汽车维修连锁有限公司", "湟源农机服务有限公司"),
        ),
        grade(
            __file__,
            "service-quality",
            Text("售后服务质量", "After-sales service quality"),
            Cite("2.10.3", "以用户为导向的服务系统和服务标准"),
        ),
        grade(__file__, "technicians", Text("售后服务人员等级", "Grades of technicians"), Cite("2.10.3")),
    ),
    awaits=(
        # 2.10.1 Deliver, install and trade in; develop remote diagnosis, operation and support.
        Awaited("desk", "installation-and-repair", Text("配送安装与维修", "Installation and repair"), Cite("2.10.1")),
        Awaited("market", "trade-in", Text("以旧换新", "Trade-in"), Cite("2.10.1", "以旧换新")),
        Awaited("telemetry", "remote-diagnosis", Text("远程检测诊断", "Remote diagnosis"), Cite("2.10.1")),
        # 2.10.2 Develop third-party maintenance; in-house departments may become firms.
        Awaited(
            "hall", "maintenance", Text("维护维修对接", "Maintenance requests"), Cite("2.10.2", "第三方维护维修服务")
        ),
        # 2.10.3 Set user-centred service standards, train professionals, and let associations keep order.
        Awaited("library", "technician-training", Text("售后服务人员培训", "Training of technicians"), Cite("2.10.3")),
        # 2.10.4 Build the after-sales information system where makers, buyers and technicians meet.
        Awaited(
            "desk",
            "product-passport",
            Text("一品一码售后服务", "Product passport, warranty and tickets"),
            Cite("2.10.4", "售后服务信息管理系统"),
        ),
        Awaited("page", "questions", Text("售后问答", "Questions and answers"), Cite("2.10.4", "售后信息交流平台")),
    ),
)

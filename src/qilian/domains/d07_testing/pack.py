"""2.7 检验检测: secure the quality of a rising industry by standards, metrology, testing and certification."""

from qilian.core.offers.packs.api import Awaited, Cite, Pack
from qilian.core.values.text import Text
from qilian.engines.casework.items.api import item
from qilian.engines.registry.directories.api import directory
from qilian.engines.registry.standards.api import standards

PACK = Pack(
    section="2.7",
    slug="testing",
    title=Text("检验检测", "Inspection and testing"),
    offers=(
        # 2.7.1 Apply the national service-quality standards and complete the province's own standards for testing
        # services.
        standards(
            __file__,
            "service-quality",
            Text("服务质量标准与采用", "Service-quality standards and their adoption"),
            (Cite("2.7.1", "服务质量国家标准"), Cite("2.7.1", "青海地方检验检测服务标准体系")),
            adopters=("江河源检测技术有限公司", "青藏计量服务有限公司", "日月山认证有限公司"),
        ),
        item(
            __file__,
            "local-standards",
            Text("地方标准制定", "Local standards, from proposal to publication"),
            Cite("2.7.1", "青海地方检验检测服务标准体系"),
            unit="qh-scjgj",
        ),
        # 2.7.3 Strengthen metrology, techniques and laboratories, serving the whole way from design to supervision.
        directory(
            __file__,
            "capabilities",
            Text("计量与实验室能力", "Metrology and laboratory capabilities"),
            Cite("2.7.3", "标准化实验室"),
        ),
        # 2.7.4 Third-party testing and certification compete on equal terms whoever owns them; strengthen strategic
        # industries and farming.
        directory(
            __file__,
            "certified-bodies",
            Text("第三方检验检测认证机构", "Certified third-party bodies"),
            Cite("2.7.4", "第三方检验检测认证服务"),
        ),
    ),
    awaits=(
        # 2.7.1 Apply the national service-quality standards and complete the province's own standards for testing
        # services.
        # 2.7.2 Build the shared platform of testing resources; firms open their laboratories to all.
        Awaited(
            "catalogue",
            "instruments",
            Text("检测资源共享平台", "Shared instruments and laboratories"),
            Cite("2.7.2", "检测资源共享平台"),
        ),
        # 2.7.3 Strengthen metrology, techniques and laboratories, serving the whole way from design to supervision.
        Awaited("catalogue", "calibration", Text("计量校准与到期提醒", "Calibration with due dates"), Cite("2.7.3")),
        # 2.7.4 Third-party testing and certification compete on equal terms whoever owns them; strengthen strategic
        # industries and farming.
        Awaited("indicator", "ownership-share", Text("各类所有制机构份额", "Share by ownership"), Cite("2.7.4")),
        Awaited("hall", "combined-testing", Text("综合检测对接", "Combined testing requests"), Cite("2.7.4")),
        Awaited(
            "survey",
            "sampling-plan",
            Text("重点行业抽检计划", "Sampling plan for key industries"),
            Cite("2.7.4", "重点行业产品质量检验检测体系"),
        ),
        # 2.7.5 Set up four quality indicators: product pass rate, export pass rate, customer satisfaction and quality
        # loss.
        Awaited(
            "indicator", "product-pass-rate", Text("产品质量合格率", "Product pass rate"), Cite("2.7.5", "质量指标体系")
        ),
        Awaited(
            "indicator",
            "export-pass-rate",
            Text("出口商品质量合格率", "Export pass rate"),
            Cite("2.7.5", "质量指标体系"),
        ),
        Awaited(
            "indicator",
            "customer-satisfaction",
            Text("顾客满意指数", "Customer satisfaction"),
            Cite("2.7.5", "质量指标体系"),
        ),
        Awaited("indicator", "quality-loss", Text("质量损失率", "Quality loss"), Cite("2.7.5", "质量指标体系")),
        Awaited("survey", "quality-survey", Text("质量统计调查", "Quality survey"), Cite("2.7.5", "质量指标体系")),
        Awaited(
            "survey",
            "sampling-inspection",
            Text("产品质量监督抽查", "Sampling inspection"),
            Cite("2.7.5", "质量指标体系"),
        ),
    ),
)

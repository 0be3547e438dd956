"""The table of offer kinds: every way in which this house answers a sentence of a plan, and the engine behind it."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from qilian.core.values.text import Text


@dataclass(frozen=True, slots=True)
class Kind:
    """One way of answering a clause; `engines` are all needed before an offer of the kind can run."""

    name: str
    title: Text
    engines: tuple[str, ...]
    meaning: Text


def _table(*kinds: Kind) -> Mapping[str, Kind]:
    return MappingProxyType({kind.name: kind for kind in kinds})


KINDS: Mapping[str, Kind] = _table(
    Kind(
        "project",
        Text("项目", "Project"),
        ("spine",),
        Text("重点建设或培育项目：投资、节点、现场照片、亮灯", "A key project: investment, milestones, photos, lights"),
    ),
    Kind(
        "directory",
        Text("名录", "Directory"),
        ("registry",),
        Text("按条件入选、分级、有期限、可退出的名单", "A curated list with admission criteria, grade, term and exit"),
    ),
    Kind(
        "standard",
        Text("标准", "Standard set"),
        ("registry",),
        Text("现行标准目录和采用情况", "Standards in force and who has adopted them"),
    ),
    Kind(
        "grade",
        Text("评价", "Grade"),
        ("registry",),
        Text("对主体分级评价：信用、服务质量、职业、品牌", "A graded evaluation: credit, service, profession, brand"),
    ),
    Kind(
        "procedure",
        Text("事项", "Procedure"),
        ("casework",),
        Text("申请、审批、复核或投诉，有时限、有结果", "An application, approval, review or complaint with a clock"),
    ),
    Kind(
        "desk",
        Text("服务台", "Desk"),
        ("casework",),
        Text("客户与服务网络之间的工单", "Tickets between a customer and a service network"),
    ),
    Kind(
        "catalogue",
        Text("目录", "Catalogue"),
        ("sharing",),
        Text("可查、可约、可用、可付、可评的资源", "Resources to search, book, use, pay for and rate"),
    ),
    Kind(
        "hall",
        Text("对接", "Hall"),
        ("sharing",),
        Text("需求与供方：查找、匹配、报价、签约、交付、评价", "Requests meet suppliers, from search to rating"),
    ),
    Kind(
        "library",
        Text("文献", "Library"),
        ("sharing",),
        Text("可检索阅读的文献和课程，有进度和证书", "Documents and courses, with progress and certificates"),
    ),
    Kind(
        "market",
        Text("交易", "Market"),
        ("exchange",),
        Text(
            "挂牌、询价、招标、拍卖、集合竞价，经账本结算", "Listing, quotation, tender, auction; settled on the ledger"
        ),
    ),
    Kind(
        "product",
        Text("金融产品", "Financial product"),
        ("finance",),
        Text(
            "融资、担保、租赁或基金：条件、计划、敞口、风险",
            "Financing, guarantee, lease or fund, with exposure and risk",
        ),
    ),
    Kind(
        "network",
        Text("网络", "Network"),
        ("logistics",),
        Text("站点、车队和服务区：布局、调度、跟踪", "Sites, fleets and service areas: design, dispatch, tracking"),
    ),
    Kind(
        "telemetry",
        Text("监测", "Telemetry"),
        ("monitoring",),
        Text("设备报送读数：限值、报警、诊断、立案", "Devices that report readings: limits, alarms, diagnosis"),
    ),
    Kind(
        "fund",
        Text("资金", "Fund"),
        ("ledger", "casework"),
        Text("预算资金：科目、承诺、支付、审计", "A budgeted programme: lines, commitments, payments, audit"),
    ),
    Kind(
        "scheme",
        Text("考核", "Assessment scheme"),
        ("spine",),
        Text("考核对象、指标、计分、申诉", "Subjects, criteria, run and appeal"),
    ),
    Kind(
        "release",
        Text("发布", "Release"),
        ("statistics",),
        Text("按日程冻结、签名的统计发布", "A calendar of frozen, signed publications"),
    ),
    Kind(
        "page",
        Text("公开", "Public page"),
        ("web",),
        Text("由登记数据生成的公开页面", "A public page that lives from the registers"),
    ),
    Kind(
        "survey",
        Text("调查", "Survey"),
        ("statistics",),
        Text("统计调查：表式、名录、催报、审核", "A statistical survey: forms, frame, follow-up, editing"),
    ),
    Kind(
        "indicator",
        Text("指标", "Indicator"),
        ("statistics",),
        Text("有口径、修订和发布的指标", "A figure with method, revision and publication"),
    ),
    Kind(
        "index",
        Text("指数", "Index"),
        ("statistics",),
        Text("按公开方法合成的指数", "A figure composed by a published method"),
    ),
)

ENGINES: Mapping[str, Text] = MappingProxyType(
    {
        "registry": Text("主体登记", "registry"),
        "ledger": Text("账本", "ledger"),
        "casework": Text("办件", "casework"),
        "statistics": Text("统计", "statistics"),
        "sharing": Text("共享", "sharing"),
        "exchange": Text("交易", "exchange"),
        "logistics": Text("物流", "logistics"),
        "finance": Text("金融", "finance"),
        "monitoring": Text("监测", "monitoring"),
        "spine": Text("督办", "plan spine"),
        "web": Text("网页", "web shell"),
    }
)
"""The engines and floors that own kinds, with the word that a person reads."""

"""3.1 加大财税支持: spend public money where it is thin and works best, and lighten the fees on firms."""

from qilian.core.offers.packs.api import Awaited, Cite, Pack
from qilian.core.values.text import Text
from qilian.engines.casework.items.api import item
from qilian.engines.registry.directories.api import directory

PACK = Pack(
    section="3.1",
    slug="fiscal",
    title=Text("加大财税支持", "Fiscal support"),
    offers=(
        item(
            __file__, "interest-subsidy", Text("贷款贴息", "Interest subsidy"), Cite("3.1.1", "贷款贴息"), unit="qh-czt"
        ),
        item(__file__, "post-subsidy", Text("后补助", "Post-subsidy"), Cite("3.1.1", "后补助"), unit="qh-czt"),
        item(
            __file__,
            "equity-investment",
            Text("股权投资", "Equity investment"),
            Cite("3.1.1", "股权投资"),
            unit="qh-czt",
        ),
        # 3.1.2 Clear away unreasonable fees and lighten the burden on firms.
        directory(__file__, "fee-list", Text("涉企收费目录", "Fee list"), Cite("3.1.2", "清理不合理收费")),
        item(__file__, "fee-review", Text("收费审查", "Fee review"), Cite("3.1.2", "清理不合理收费"), unit="qh-fgw"),
    ),
    awaits=(
        # 3.1.1 Fund weak links by interest subsidy, post-subsidy and equity; prefectures that can set up guidance
        # funds.
        Awaited(
            "fund",
            "guidance-fund",
            Text("省级服务业引导资金", "Provincial guidance fund"),
            Cite("3.1.1", "服务业发展引导资金"),
        ),
        Awaited(
            "fund",
            "prefecture-funds",
            Text("市州专项资金（每市州一项）", "Special funds, one per prefecture"),
            Cite("3.1.1", "生产性服务业发展专项资金"),
        ),
        # 3.1.2 Clear away unreasonable fees and lighten the burden on firms.
        Awaited("desk", "fee-complaints", Text("收费投诉", "Fee complaints"), Cite("3.1.2", "清理不合理收费")),
    ),
)

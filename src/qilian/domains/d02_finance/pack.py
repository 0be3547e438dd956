"""2.2 现代金融: bring money to the real economy more easily, and keep its risks visible and in hand."""

from qilian.core.offers.packs.api import Awaited, Cite, Pack
from qilian.core.values.text import Text
from qilian.engines.casework.items.api import item
from qilian.engines.registry.directories.api import directory

PACK = Pack(
    section="2.2",
    slug="finance",
    title=Text("现代金融", "Modern finance"),
    offers=(
        # 2.2.1 Grow a sound and safe financial ecology on the plateau until finance becomes a new pillar industry.
        directory(
            __file__,
            "institutions",
            Text("金融机构", "Financial institutions"),
            Cite("2.2.1", "青藏高原金融发展繁荣区"),
        ),
        # 2.2.3 Admit private capital to non-bank finance; build commercial, mutual and personal guarantees; lend
        # against service contracts and intellectual property.
        directory(
            __file__,
            "private-capital",
            Text("民间资本参与的非银机构", "Non-bank institutions with private capital"),
            Cite("2.2.3", "非银市场"),
        ),
        item(
            __file__,
            "pledge-registration",
            Text("担保物权登记", "Registration of pledges"),
            (Cite("2.2.3", "服务合同抵押融资"), Cite("2.2.3", "知识产权质押融资")),
            unit="qh-wjrb",
        ),
        # 2.2.4 Attract equity investors; set up industry, venture and risk funds; let insurance money invest in
        # projects directly.
        directory(__file__, "equity-investors", Text("股权投资机构", "Equity investors"), Cite("2.2.4")),
        # 2.2.5 Help firms to listings, bonds and trusts; improve the regional equity market; let small firms issue
        # bonds and notes together.
        directory(
            __file__,
            "listing-pipeline",
            Text("上市后备企业", "Listing pipeline"),
            Cite("2.2.5", "股票、债券、期货等资本市场"),
        ),
        directory(
            __file__,
            "futures",
            Text("期货交割与套期保值", "Futures delivery and hedging"),
            Cite("2.2.5", "股票、债券、期货等资本市场"),
        ),
    ),
    awaits=(
        # 2.2.1 Grow a sound and safe financial ecology on the plateau until finance becomes a new pillar industry.
        Awaited(
            "index",
            "financial-ecology",
            Text("各市州金融生态指数", "Financial ecology by prefecture"),
            Cite("2.2.1", "金融生态环境优质区"),
        ),
        Awaited(
            "desk", "illegal-finance", Text("非法金融线索", "Leads on illegal finance"), Cite("2.2.1", "金融运行安全区")
        ),
        Awaited("indicator", "financial-risk", Text("金融风险指标", "Financial risk"), Cite("2.2.1", "金融运行安全区")),
        Awaited(
            "indicator",
            "finance-share",
            Text("金融业占生产总值比重", "Finance as a share of GDP"),
            Cite("2.2.1", "青藏高原金融发展繁荣区"),
        ),
        # 2.2.2 Win differentiated credit policies, use the transfer of credit assets and idle funds, and lend more.
        Awaited(
            "product",
            "differentiated-loans",
            Text("差别化贷款", "Differentiated loans"),
            Cite("2.2.2", "差别化信贷政策"),
        ),
        Awaited(
            "market", "credit-assets", Text("信贷资产转让", "Transfer of credit assets"), Cite("2.2.2", "信贷转让市场")
        ),
        Awaited("indicator", "lending", Text("贷款投放额", "Lending volume"), Cite("2.2.2")),
        # 2.2.3 Admit private capital to non-bank finance; build commercial, mutual and personal guarantees; lend
        # against service contracts and intellectual property.
        Awaited(
            "product",
            "commercial-guarantee",
            Text("商业担保", "Commercial guarantee"),
            Cite("2.2.3", "担保体系（商业担保、企业互助担保、个人担保）"),
            also=("procedure",),
        ),
        Awaited(
            "product",
            "mutual-guarantee",
            Text("企业互助担保", "Mutual guarantee"),
            Cite("2.2.3", "担保体系（商业担保、企业互助担保、个人担保）"),
            also=("procedure",),
        ),
        Awaited(
            "product",
            "personal-guarantee",
            Text("个人担保", "Personal guarantee"),
            Cite("2.2.3", "担保体系（商业担保、企业互助担保、个人担保）"),
            also=("procedure",),
        ),
        Awaited(
            "product",
            "contract-loan",
            Text("服务合同融资", "Loan against a service contract"),
            Cite("2.2.3", "服务合同抵押融资"),
            also=("procedure",),
        ),
        Awaited(
            "product",
            "ip-pledge-loan",
            Text("知识产权质押贷款", "Loan against intellectual property"),
            Cite("2.2.3", "知识产权质押融资"),
            also=("procedure",),
        ),
        Awaited(
            "indicator",
            "private-capital-share",
            Text("民间资本占非银资本比重", "Private share of non-bank capital"),
            Cite("2.2.3", "非银市场"),
        ),
        # 2.2.4 Attract equity investors; set up industry, venture and risk funds; let insurance money invest in
        # projects directly.
        Awaited("product", "industry-fund", Text("产业投资基金", "Industry fund"), Cite("2.2.4", "产业投资基金")),
        Awaited("product", "venture-fund", Text("创业投资基金", "Venture fund"), Cite("2.2.4", "创业投资基金")),
        Awaited("product", "risk-fund", Text("风险投资基金", "Risk fund"), Cite("2.2.4", "风险投资基金")),
        Awaited(
            "product",
            "insurance-investment",
            Text("保险资金直投", "Direct investment of insurance money"),
            Cite("2.2.4", "直投落地项目"),
        ),
        Awaited(
            "indicator",
            "landed-projects",
            Text("直投落地项目数和金额", "Projects landed by direct investment"),
            Cite("2.2.4", "直投落地项目"),
        ),
        Awaited("hall", "projects-meet-capital", Text("项目与资本对接", "Projects meet capital"), Cite("2.2.4")),
        # 2.2.5 Help firms to listings, bonds and trusts; improve the regional equity market; let small firms issue
        # bonds and notes together.
        Awaited(
            "market",
            "regional-equity",
            Text("区域性股权交易", "Regional equity market"),
            Cite("2.2.5", "区域性股权交易市场"),
        ),
        Awaited(
            "product",
            "collective-bond",
            Text("中小企业集合债", "Collective bond of small firms"),
            Cite("2.2.5", "中小企业集合债"),
        ),
        Awaited("product", "collective-note", Text("集合票据", "Collective note"), Cite("2.2.5", "集合票据")),
        Awaited("product", "trust", Text("信托产品", "Trust"), Cite("2.2.5", "信托产品")),
        # 2.2.6 Guarantee agencies serve producer-service firms on commercial terms; large equipment and vehicles can
        # be leased.
        Awaited("product", "guarantee-line", Text("融资担保额度", "Guarantee line"), Cite("2.2.6", "融资担保")),
        Awaited("product", "finance-lease", Text("融资租赁", "Finance lease"), Cite("2.2.6", "融资租赁")),
    ),
)

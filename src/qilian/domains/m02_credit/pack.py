"""3.2 加大金融支持: have lenders offer whole services while credit risk stays controlled."""

from qilian.core.offers.packs.api import Awaited, Cite, Pack
from qilian.core.values.text import Text
from qilian.engines.registry.grades.api import grade

PACK = Pack(
    section="3.2",
    slug="credit",
    title=Text("加大金融支持", "Financial support"),
    offers=(
        # 3.2.1 Lenders offer comprehensive services, more loans and new products, with prevention of credit risk.
        grade(
            __file__,
            "credit-risk",
            Text("信贷风险预警", "Credit risk and early warning"),
            Cite("3.2.1", "生产性服务业重点领域企业信贷风险防范机制"),
        ),
    ),
    awaits=(
        # 3.2.1 Lenders offer comprehensive services, more loans and new products, with prevention of credit risk.
        Awaited(
            "product",
            "shelf",
            Text("金融产品超市", "Shelf of products with eligibility and reasons"),
            Cite("3.2.1", "新型金融产品和服务方式"),
        ),
        Awaited(
            "fund",
            "compensation-pool",
            Text("风险补偿资金池", "Compensation pool"),
            Cite("3.2.1", "生产性服务业重点领域企业信贷风险防范机制"),
        ),
    ),
)

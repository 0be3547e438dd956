"""Seventeen packs, one for each section of the plan: data that says what is offered, no tables, no code of its own."""

from qilian.core.offers.packs.api import Pack
from qilian.domains.d01_logistics.pack import PACK as LOGISTICS
from qilian.domains.d02_finance.pack import PACK as FINANCE
from qilian.domains.d03_information.pack import PACK as INFORMATION
from qilian.domains.d04_ecommerce.pack import PACK as ECOMMERCE
from qilian.domains.d05_consulting.pack import PACK as CONSULTING
from qilian.domains.d06_environment.pack import PACK as ENVIRONMENT
from qilian.domains.d07_testing.pack import PACK as TESTING
from qilian.domains.d08_research.pack import PACK as RESEARCH
from qilian.domains.d09_talent.pack import PACK as TALENT
from qilian.domains.d10_aftersales.pack import PACK as AFTERSALES
from qilian.domains.d11_outsourcing.pack import PACK as OUTSOURCING
from qilian.domains.m01_fiscal.pack import PACK as FISCAL
from qilian.domains.m02_credit.pack import PACK as CREDIT
from qilian.domains.m03_market.pack import PACK as MARKET
from qilian.domains.m04_innovation.pack import PACK as INNOVATION
from qilian.domains.m05_clusters.pack import PACK as CLUSTERS
from qilian.domains.m06_statistics.pack import PACK as STATISTICS

PACKS: tuple[Pack, ...] = (
    LOGISTICS,
    FINANCE,
    INFORMATION,
    ECOMMERCE,
    CONSULTING,
    ENVIRONMENT,
    TESTING,
    RESEARCH,
    TALENT,
    AFTERSALES,
    OUTSOURCING,
    FISCAL,
    CREDIT,
    MARKET,
    INNOVATION,
    CLUSTERS,
    STATISTICS,
)
"""The packs in the order of the plan. The web floor hands them to `core.offers.packs`; no engine imports them."""

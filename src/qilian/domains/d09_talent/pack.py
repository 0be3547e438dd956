"""2.9 人力资源服务和品牌建设: fit the supply of skills to industry, and make the province's brands stand."""

from qilian.core.offers.packs.api import Awaited, Cite, Pack
from qilian.core.values.text import Text
from qilian.engines.casework.items.api import item
from qilian.engines.registry.directories.api import directory
from qilian.engines.registry.grades.api import grade

PACK = Pack(
    section="2.9",
    slug="talent",
    title=Text("人力资源服务和品牌建设", "Human resources and brands"),
    offers=(
        item(__file__, "new-majors", Text("新设专业", "New majors"), Cite("2.9.2"), unit="qh-jyt"),
        item(__file__, "new-schools", Text("新办学校", "New schools"), Cite("2.9.2"), unit="qh-jyt"),
        # 2.9.3 Build the public platform of human resources: skills, courses, ability tests and jobs.
        grade(__file__, "ability", Text("能力测评", "Ability assessment"), Cite("2.9.3", "人力资源公共服务平台")),
        # 2.9.4 Bring in high-level talent and make a place where it does well.
        directory(__file__, "talent-in-demand", Text("急需紧缺人才", "Talent in demand"), Cite("2.9.4", "引才引智")),
        item(
            __file__,
            "talent-introduction",
            Text("人才引进与补助发放", "Talent introduction and its payments"),
            Cite("2.9.4", "引才引智"),
            unit="qh-rst",
        ),
        # 2.9.5 Protect famous firms and products, pursue the trademark strategy and encourage own brands.
        directory(__file__, "brands", Text("名优企业、品牌和商标", "Famous firms, brands and marks"), Cite("2.9.5")),
        item(
            __file__,
            "trademark-support",
            Text("商标扶持", "Trademark support"),
            Cite("2.9.5", "商标战略"),
            unit="qh-scjgj",
        ),
        # 2.9.6 Encourage home-grown innovation and set up the valuation of local brands.
        grade(__file__, "brand-value", Text("品牌价值评价", "Brand value"), Cite("2.9.6", "特色品牌价值评价机制")),
    ),
    awaits=(
        # 2.9.1 Train people at many levels and offer varied services for human resources.
        Awaited(
            "library",
            "courses",
            Text("分层次培训课程", "Training courses at many levels"),
            Cite("2.9.1", "多层次的人才培训体系"),
        ),
        Awaited("indicator", "trained-people", Text("培训人次", "People trained"), Cite("2.9.1")),
        # 2.9.2 Match supply and demand of people; schools open courses and campuses as industry needs them.
        Awaited("hall", "jobs", Text("岗位与人才对接", "Jobs meet people"), Cite("2.9.2", "人力资源服务供求对接")),
        Awaited("indicator", "occupation-demand", Text("分职业需求", "Demand by occupation"), Cite("2.9.2")),
        # 2.9.3 Build the public platform of human resources: skills, courses, ability tests and jobs.
        Awaited(
            "library",
            "skills",
            Text("技术、渠道与课程", "Skills, channels and courses"),
            Cite("2.9.3", "人力资源公共服务平台"),
        ),
        Awaited("hall", "careers", Text("公共就业服务", "Public job services"), Cite("2.9.3", "人力资源公共服务平台")),
        # 2.9.4 Bring in high-level talent and make a place where it does well.
        # 2.9.5 Protect famous firms and products, pursue the trademark strategy and encourage own brands.
        Awaited("desk", "infringement", Text("侵权举报", "Infringement reports"), Cite("2.9.5")),
    ),
)

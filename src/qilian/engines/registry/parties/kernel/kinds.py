"""The vocabularies of parties: kinds, functions, ownership, holding, sizes, states."""

from collections.abc import Mapping
from typing import Literal

from qilian.core.values.text import Text

Status = Literal["active", "suspended", "closed", "merged"]

KINDS: Mapping[str, Text] = {
    "enterprise": Text("企业", "Enterprise"),
    "household": Text("个体工商户", "Individual business"),
    "cooperative": Text("农民专业合作社", "Farmers' cooperative"),
    "collective": Text("农村集体经济组织", "Village collective"),
    "committee": Text("村（居）民委员会", "Villagers' or residents' committee"),
    "organ": Text("机关", "Government organ"),
    "institution": Text("事业单位", "Public institution"),
    "association": Text("社会组织", "Social organisation"),
    "practice": Text("法律服务机构", "Legal practice"),
    "other": Text("其他机构", "Other body"),
    "foreign": Text("境外机构", "Body from abroad"),
    "citizen": Text("自然人", "Natural person"),
}
WITHOUT_USCC = ("foreign", "citizen")

FUNCTIONS: Mapping[str, Text] = {
    "lab": Text("检验检测机构", "Testing laboratory"),
    "certifier": Text("认证机构", "Certification body"),
    "school": Text("院校", "School"),
    "research": Text("科研机构", "Research institute"),
    "bank": Text("银行", "Bank"),
    "guarantor": Text("担保机构", "Guarantor"),
    "insurer": Text("保险机构", "Insurer"),
    "lender": Text("其他金融机构", "Other financial institution"),
    "park": Text("园区", "Park"),
    "incubator": Text("孵化器", "Incubator"),
    "carrier": Text("物流企业", "Logistics firm"),
    "consultant": Text("咨询机构", "Consultancy"),
    "agency": Text("人力资源机构", "Human-resources agency"),
    "broker": Text("技术和知识产权中介", "Technology and IP broker"),
    "repairer": Text("维修机构", "Repair firm"),
    "media": Text("平台运营者", "Platform operator"),
}
OWNERSHIPS: Mapping[str, Text] = {
    "profit": Text("营利性", "For-profit"),
    "nonprofit": Text("非营利性", "Non-profit"),
}
# 企业控股情况, as statistical returns ask for it.
HOLDINGS: Mapping[str, Text] = {
    "state": Text("国有控股", "State-held"),
    "collective": Text("集体控股", "Collectively held"),
    "private": Text("私人控股", "Privately held"),
    "hmt": Text("港澳台商控股", "Held from Hong Kong, Macao, Taiwan"),
    "foreign": Text("外商控股", "Held from abroad"),
    "other": Text("其他", "Other"),
}
SIZES: Mapping[str, Text] = {
    "large": Text("大型", "Large"),
    "medium": Text("中型", "Medium"),
    "small": Text("小型", "Small"),
    "micro": Text("微型", "Micro"),
}
STATUSES: Mapping[str, Text] = {
    "active": Text("存续", "Active"),
    "suspended": Text("停业", "Suspended"),
    "closed": Text("注销", "Closed"),
    "merged": Text("已并入", "Merged"),
}

"""Whose name may be shown: organisations are public, people are not; in doubt it is a person."""

import re
import unicodedata

_BODIES = re.compile(
    r"(公司|集团|银行|信用社|合作社|联社|厅|局|委员会|委|办公室|政府|大学|学院|学校|医院|研究院|研究所|研究中心|中心|协会|学会|"
    r"基金会|商会|联盟|事务所|工厂|厂|农场|牧场|园区|管委会|总站|站|支行|分行|国库|财政)(\(.*\))?$"
)


def is_organisation(name: str) -> bool:
    """Whether a name is plainly that of an organisation: five signs or more, with the ending of one.

    >>> is_organisation("青海高原检测有限公司"), is_organisation("张三"), is_organisation("欧阳厂")
    (True, False, False)
    """
    text = "".join(unicodedata.normalize("NFKC", name).split())
    return len(text) >= 5 and _BODIES.search(text) is not None

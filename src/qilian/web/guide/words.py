"""What the words of the house mean: the glossary of the province's folder, with a sentence for those of every day."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from qilian.core.values.text import Text


@dataclass(frozen=True, slots=True)
class Word:
    """A term in both languages, what it means where that is said, and the statute that it comes from."""

    zh: str
    en: str
    means: Text
    source: str
    recalled: bool


@lru_cache(maxsize=1)
def words() -> Sequence[Word]:
    """Every term of the glossary, those that are explained first."""
    path: Path = settings.PLAN / "glossary.toml"
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["terms"] if path.exists() else []
    found = [
        Word(
            row["zh"],
            row["en"],
            MEANINGS.get(row["zh"], Text("", "")),
            row.get("source", ""),
            bool(row.get("recalled", False)),
        )
        for row in rows
    ]
    return sorted(found, key=lambda word: not word.means.zh)


MEANINGS = {
    "方案": Text(
        "政府为一件事定下的文件，编译成条和责任。",
        "A government's document on a matter, compiled into clauses and duties.",
    ),
    "条": Text("方案里最小的一段责任，如 2.7.2。", "The smallest unit of duty in a plan, such as 2.7.2."),
    "单位": Text(
        "承担责任的公共机构；改名和合并都记着。", "A public body that holds duties; its names and mergers are kept."
    ),
    "集体单位": Text(
        "一组单位合称，如各市、州人民政府。", "Several units named as one, such as the governments of all prefectures."
    ),
    "岗位": Text("一个人在一个单位的一份职责，有起止。", "A person's place in a unit, from a day to a day."),
    "责任": Text(
        "一个单位在一条里的角色：牵头、配合或负责。", "A unit's role on a clause: lead, support or responsible."
    ),
    "主体": Text("登记在册的企业、机构或个人。", "A registered firm, institution or person."),
    "服务项": Text("回应某一条、开给人用的一项服务。", "A service, open to users, that answers a clause."),
    "包": Text("方案一节的全部服务项。", "All offers of a section of the plan."),
    "事实": Text("发生过的一件事，写下就不再改。", "Something that happened: written once, never changed."),
    "亮灯": Text("一项责任的进度：绿、黄、红，蓝为办结。", "How a duty stands: green, amber, red; blue is done."),
    "不予办理": Text(
        "办不了时的一句话：为什么、在哪里、怎么办。",
        "What is said when something cannot be done: why, where, and what to do.",
    ),
    "依据": Text("一项服务或数据所引的条文。", "The words of the plan that a service or figure stands on."),
    "牵头单位": Text("对一条负主要责任的单位。", "The unit that answers for a clause first."),
    "配合单位": Text("协助牵头单位的单位。", "A unit that helps the lead unit."),
    "引擎": Text("一类通用的能力，如登记、账本。", "A general capability, such as registry or ledger."),
}

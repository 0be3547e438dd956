"""The plan of the house with its units, people with grants, and an invented document of our own wording."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from qilian.core.rights.grants.api import SYSTEM, Principal, grant
from qilian.core.values import clock
from qilian.core.values.text import Text
from qilian.core.who.people.api import Person, principal_of
from qilian.core.who.units.api import load_units
from qilian.spine.coverage.api import read_plan
from qilian.spine.drafting.api import Draft, publish_version, settle_item, upload_document
from qilian.spine.plan.api import Plan, PlanVersion, load_facts, register_plan

DOCUMENT = """关于推进冷链驿站建设的工作方案

一、重点任务

（一）驿站布局。在县城和乡镇布设冷链驿站。一是建设三十个冷链驿站，2027年底前完成。（牵头单位：省商务厅；配合单位：省交通运输厅，各市、州人民政府）二是统一驿站的温度记录。（牵头单位：省质监局，高原食品冷链联席办；配合单位：省商务厅）

（二）资金保障。安排专项补助。一是对新建驿站给予补助，补助比例不超过30%。（牵头单位：省财政厅；配合单位：省商务厅）
"""
SECOND = (
    DOCUMENT.replace("统一驿站的温度记录。", "统一驿站的温度记录，每月公布一次。")
    .replace("，高原食品冷链联席办", "")
    .replace("省财政厅；配合单位：省商务厅", "省财政厅；配合单位：省商务厅，省审计厅")
)


@dataclass(frozen=True)
class Cast:
    """Who acts in these tests."""

    planner: Principal
    publisher: Principal
    reader: Principal


@pytest.fixture
def units_loaded(db: None, root: Path) -> None:
    load_units(actor=SYSTEM, text=(root / "plan/qinghai-2015/units.toml").read_text(), source="plan/qinghai-2015")


@pytest.fixture
def main_version(units_loaded: None, root: Path) -> PlanVersion:
    return load_facts(actor=SYSTEM, facts=read_plan(root / "plan/qinghai-2015"))


@pytest.fixture
def person(db: None) -> Callable[[str], Person]:
    def make(login: str) -> Person:
        made = Person(login=login, name=f"测试{login}", created_at=clock.now())
        made.set_password("a-long-enough-one")
        made.save()
        return made

    return make


@pytest.fixture
def cast(person: Callable[[str], Person]) -> Cast:
    planner, publisher, reader = person("planner"), person("publisher"), person("reader")
    grant(actor=SYSTEM, actions=["plan.draft"], person=planner.pk)
    grant(actor=SYSTEM, actions=["plan.draft", "plan.publish", "plan.decide"], person=publisher.pk)
    return Cast(principal_of(planner), principal_of(publisher), principal_of(reader))


@pytest.fixture(autouse=True)
def files_apart(tmp_path: Path, settings: object) -> Iterator[None]:
    settings.MEDIA_ROOT = tmp_path / "files"
    yield


@pytest.fixture
def document() -> str:
    return DOCUMENT


@pytest.fixture
def second() -> str:
    return SECOND


@pytest.fixture
def plan(units_loaded: None, cast: Cast) -> Plan:
    return register_plan(actor=cast.planner, slug="cold", title=Text("冷链方案", "Cold chain"), region="630000")


@pytest.fixture
def draft(plan: Plan, cast: Cast) -> Draft:
    """A draft with one string that nobody knows."""
    return upload_document(actor=cast.planner, plan=plan, text=DOCUMENT)


@pytest.fixture
def published(draft: Draft, cast: Cast) -> PlanVersion:
    settle_item(actor=cast.planner, item=draft.items.get(), verdict="dismissed", reason="不是单位")
    return publish_version(actor=cast.publisher, draft=draft)

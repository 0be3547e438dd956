"""Versions of an item, said once."""

from typing import Any

from qilian.core.house.forms.api import FieldSpec, Form
from qilian.core.house.principal import Principal
from qilian.core.offers.offers.api import crumbs_to, is_open, offer_url, scope_of
from qilian.core.offers.resource.api import Operation, Resource, Trait, Values
from qilian.core.rights.grants.api import allowed
from qilian.core.values import clock
from qilian.core.values.text import Text, whole
from qilian.core.work.approvals.api import decisions
from qilian.core.work.approvals.api import traits as proposal_traits

from .models import ItemVersion
from .queries import item_at, procedure_of, version_in_force, version_numbered, version_ref, versions_of
from .services import DECIDING, PROPOSE, propose_version, publish_version, reject_version, withdraw_version
from .words import steps

_PROPOSAL = Form(
    "proposal",
    Text("提出事项版本", "Propose a version"),
    (
        FieldSpec("text", Text("事项和流程（YAML）", "Item and steps (YAML)"), "textarea", length=200_000,
                  hint=Text("写法见参考文档“流程文件”；有误时一次列出全部问题。",
                  "How it is written: reference “Procedure files”; all that is wrong is listed at once.")),
        FieldSpec("valid_from", Text("生效日", "In force from"), "date", required=False,
                  hint=Text("不填即今天。", "Empty is today.")),
    ),
)  # fmt: skip


def _to_change(path: str) -> Values:
    row = version_in_force(path, clock.today())
    return {"text": row.text if row else item_at(path).text}


def _official(me: Principal, path: str) -> bool:
    return allowed(me, PROPOSE, scope_of(path))


def _rows(me: Principal, path: str) -> Any:
    return versions_of(path) if _official(me, path) else versions_of(path).filter(state="approved")


VERSIONS: Resource[ItemVersion] = Resource(
    plural="versions", row="version", title=Text("事项的版本", "Versions"), noun=Text("事项版本", "Version of an item"),
    under="{procedure}", key="number", key_of=lambda row: str(row.version),
    find=lambda path, number: version_numbered(path, whole(number) or 0), rows=_rows,
    seen=lambda me, row: row.state == "approved" or _official(me, row.offer),
    named=lambda row: Text(f"{item_at(row.offer).title.zh}：第 {row.version} 版",
                           f"{item_at(row.offer).title.en}: version {row.version}"),
    ref=version_ref, scope=lambda row: scope_of(row.offer), clause=lambda row: row.clause,
    crumbs=lambda at: crumbs_to(at if isinstance(at, str) else at.offer),
    place_of=lambda row: row.offer, place_scope=scope_of, serving=is_open,
    traits=(
        Trait("version", Text("版本", "Version"), lambda row: row.version, "integer", sort="version", leads=True),
        *proposal_traits(),
        Trait("valid_from", Text("生效日", "In force from"), lambda row: row.valid_from, "date", sort="valid_from"),
        Trait("digest", Text("摘要", "Digest"), lambda row: row.digest, "code", list=False),
        Trait("text", Text("文本", "Text"), lambda row: row.text, list=False, fact=False),
    ),
    creation=Operation("version", _PROPOSAL.title, PROPOSE, propose_version, _PROPOSAL, given=_to_change,
                       leads=lambda row: f"{offer_url(row.offer)}versions/{row.version}/"),
    operations=decisions(DECIDING, approve=publish_version, reject=reject_version, withdraw=withdraw_version,
                         title=Text("公布", "Publish"), before=lambda row: [steps(procedure_of(row))]),
)  # fmt: skip

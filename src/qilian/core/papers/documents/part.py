"""How documents present themselves to the house."""

from qilian.core.house.parts.api import Part
from qilian.core.log.proofs.api import cover
from qilian.core.log.sentences.api import Reference, refer
from qilian.core.rights.grants.api import name_actions
from qilian.core.values.text import Text

from . import covering

name_actions(
    {
        "documents.issue": Text("签发文件", "issue documents"),
        "documents.revoke": Text("撤销文件", "revoke documents"),
        "documents.view": Text("查看非公开文件", "read documents that are not public"),
    }
)

cover("core.documents", covering.TITLE, covering.differences)
refer({"core.document": Reference(Text("签发的文件", "Document"))})

PART = Part(
    name="core.documents",
    title=Text("文件", "Documents"),
    urls="qilian.core.papers.documents.urls",
    prefix="documents/",
    jobs=("qilian.core.papers.documents.jobs",),
)

"""How files present themselves to the house."""

from qilian.core.house.parts.api import MenuItem, Part
from qilian.core.log.sentences.api import Reference, refer
from qilian.core.rights.grants.api import name_actions
from qilian.core.values.text import Text

name_actions(
    {
        "files.*": Text("文件管理", "manage files"),
        "files.view": Text("查看文件", "open files"),
        "files.quarantine": Text("隔离文件", "quarantine files"),
        "files.discard": Text("清除文件", "discard files"),
    }
)
refer({"core.content": Reference(Text("文件内容", "Content of a file"))})

PART = Part(
    name="core.files",
    title=Text("附件", "Files"),
    urls="qilian.core.papers.files.urls",
    prefix="files/",
    menu=(MenuItem(Text("未被使用的文件", "Unused files"), "files:unused", 940, "files.discard"),),
    jobs=("qilian.core.papers.files.jobs",),
)

"""The refusals of markup: damaged, too large, encrypted, or made to harm; who calls says of which file."""

from qilian.core.values.text import Refusal, Text


def damaged() -> Refusal:
    """A package or a part of it that cannot be read."""
    return Refusal(
        "markup.damaged",
        Text("文件已损坏，无法读取。", "The file is damaged and cannot be read."),
        remedy=Text("请重新导出后再提供。", "Export it again and try once more."),
    )


def too_large() -> Refusal:
    """More than may be unpacked, or nested deeper than any document is."""
    return Refusal(
        "markup.too_large",
        Text("文件解开后过大，不读取。", "The file is too large when unpacked and is not read."),
        remedy=Text("请只留需要的内容，另存后再提供。", "Keep only what is needed and save it again."),
    )


def encrypted() -> Refusal:
    """A package whose members have a password."""
    return Refusal(
        "markup.encrypted",
        Text("文件加了密码，无法读取。", "The file has a password and cannot be read."),
        remedy=Text("请去掉密码后再提供。", "Remove the password and try again."),
    )


def declared() -> Refusal:
    """A document type declaration: entities are how XML files attack their readers, and no office file has one."""
    return Refusal(
        "markup.declared",
        Text("文件带有文档类型声明（DOCTYPE），不读取。", "The file has a document type declaration and is not read."),
        remedy=Text("请用办公软件重新另存后再提供。", "Save it again with an office program."),
    )

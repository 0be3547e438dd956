"""What is said of a file that cannot be read: one sentence, and what to do."""

from qilian.core.values.text import Refusal, Text

LARGEST = 32 * 1024 * 1024
REMEDY = Text(
    "请提供 .txt、.docx 或 .pdf 文件；其他格式请先用办公软件另存。",
    "Give a .txt, .docx or .pdf file; save other formats as one of them first.",
)


def too_large(name: str) -> Refusal:
    """A file beyond the limit, before or after it is unpacked."""
    limit = LARGEST // 1024 // 1024
    return Refusal(
        "plan.file.too_large",
        Text(f"文件“{name}”太大（上限 {limit} MB）。", f"The file “{name}” is too large (limit {limit} MB)."),
        where=name,
        remedy=Text("请只提供方案正文。", "Give the plan's own document only."),
    )


def locked(name: str) -> Refusal:
    """A file with a password."""
    return Refusal(
        "plan.file.encrypted",
        Text(f"文件“{name}”已加密，无法读取。", f"The file “{name}” is encrypted and cannot be read."),
        where=name,
        remedy=Text("请去掉密码后再提供。", "Remove the password and try again."),
    )


def damaged(name: str) -> Refusal:
    """A file whose bytes do not hold together."""
    return Refusal(
        "plan.file.damaged",
        Text(f"文件“{name}”已损坏，无法读取。", f"The file “{name}” is damaged and cannot be read."),
        where=name,
        remedy=Text("请重新导出后再提供。", "Export it again and try once more."),
    )


def unknown(name: str, kind: Text | None = None) -> Refusal:
    """A format that is not read; `kind` says which it is."""
    is_ = Text(f"是{kind.zh}，不能读取", f"is {kind.en} and cannot be read") if kind else NOT_SUPPORTED
    return Refusal(
        "plan.file.format",
        Text(f"文件“{name}”{is_.zh}。", f"The file “{name}” {is_.en}."),
        where=name,
        remedy=REMEDY,
    )


NOT_SUPPORTED = Text("的格式不受支持", "has a format that is not supported")

"""A table as a file that somebody brings: DMN of any maker, CSV or YAML, told apart by the ending of its name."""

from qilian.core.values.text import Refusal, Text

from .tables import Table

LARGEST = 8_000_000
ENDINGS = (".dmn", ".xml", ".csv", ".yaml", ".yml")


def table_in(name: str, content: bytes, decision: str = "", *, rules: int = 5000) -> Table:
    """Return the table of a file; of a DMN file with several, the one of a decision by its name.

    Refusal `rules.file` for another ending, `rules.file.tables` where nobody said which, `rules.file.size`,
    `rules.file.encoding`,
    `rules.file.rules` for more rules than are wanted, and those of the form that it is in.
    """
    ending = "." + name.rpartition(".")[2].lower()
    if ending not in ENDINGS:
        message = Text("请选择一个 DMN、CSV 或 YAML 文件。", "Choose a DMN, CSV or YAML file.")
        raise Refusal("rules.file", message, where=name)
    if len(content) > LARGEST:
        raise Refusal(
            "rules.file.size", Text("文件过大，上限 8 MB。", "The file is too large: at most 8 MB."), where=name
        )
    if ending in (".dmn", ".xml"):
        table = _of_model(content, decision)
    else:
        table = Table.from_csv(_text(content)) if ending == ".csv" else Table.from_yaml(_text(content))
    if len(table.shape.rules) > rules:
        message = Text("规则超过 {most} 条，这里编辑不了。", "More than {most} rules cannot be edited here.")
        remedy = Text("请把表拆成几张，或放进服务包。", "Split the table, or keep it in a pack.")
        raise Refusal("rules.file.rules", message.filled(most=rules), remedy=remedy)
    return table


def _of_model(content: bytes, decision: str) -> Table:
    names = Table.names_in(content)
    if len(names) > 1 and decision not in names:
        message = Text("文件中有几张决策表：{names}。", "The file has several tables: {names}.")
        remedy = Text("请填写其中一张的名称。", "Write the name of one of them.")
        raise Refusal("rules.file.tables", message.filled(names="、".join(names[:20])), where="name", remedy=remedy)
    return Table.from_dmn(content, decision)


def _text(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refusal("rules.file.encoding", Text("文件的字符编码无法读取。", "The file's encoding cannot be read."))

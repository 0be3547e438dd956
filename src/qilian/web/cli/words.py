"""The words that the command line knows by itself; parts add theirs through `core.house.parts`."""

from dataclasses import dataclass
from difflib import get_close_matches

from qilian.core.values.text import Text


@dataclass(frozen=True, slots=True)
class Word:
    """A built-in command: `module:function`, imported when called, and its line in the help."""

    target: str
    help: Text


_LINES = (
    ("up", "service", "启动演示系统，首次会准备好一切", "start the demonstration, prepared the first time"),
    ("start", "service", "启动正式系统：空库，三名管理员", "start the real system: empty, three administrators"),
    ("down", "standing", "停止", "stop what runs"),
    ("status", "standing", "查看运行状态（--json）", "show what runs (--json)"),
    ("reset", "service", "清空演示数据（先询问）", "remove the demonstration's data (asks first)"),
    ("shell", "manage", "Python 交互环境", "a Python prompt with the models loaded"),
    ("manage", "manage", "运行 Django 管理命令", "run a management command of Django"),
    ("backup", "safety", "备份到一个文件", "write everything into one file"),
    ("restore", "safety", "从备份恢复", "bring a backup back"),
    ("upgrade", "safety", "先备份，再把数据库升到本版本", "back up, then bring the database to this version"),
    ("bundle", "bundle", "打成一个不需网络即可安装的文件", "make one archive that installs without a network"),
    ("plan compile", "plan", "编译一份方案（文件，--json）", "compile a plan (FILE, --json)"),
    (
        "audit dependencies",
        "advisories",
        "查所用软件包的已知弱点（--index 索引地址）",
        "ask the package index for known weaknesses of what we run (--index ADDRESS)",
    ),
    ("lock", "lock", "重新锁定依赖版本", "compile the requirements and the package lock anew"),
    ("test", "testing", "运行测试（--on 某一时刻，--long 更久）", "run the tests (--on a moment, --long for more)"),
    (
        "check",
        "quality",
        "一分钟内的检查：格式、类型、边界、内核",
        "the checks of a minute: style, types, walls, kernels",
    ),
    ("help", "helping", "列出全部命令", "list all commands"),
)

WORDS = {word: Word(f"qilian.web.cli.{module}:{word.split()[-1]}", Text(zh, en)) for word, module, zh, en in _LINES}
"""In the order of the help. The target is data, so that one command need not import what another needs."""


def nearest(word: str, known: list[str]) -> str | None:
    """Return the known word that an unknown one was probably meant to be."""
    close = get_close_matches(word, known, n=1, cutoff=0.5)
    return close[0] if close else None

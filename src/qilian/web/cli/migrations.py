"""Migrations that a database went through and this checkout does not have: it comes from a later version."""

from collections.abc import Iterable

from qilian.core.values.text import Refusal, Text
from qilian.web.cli import console


def refuse_future(applied: Iterable[tuple[str, str]]) -> None:
    """Refuse a database of a later version; Refusal `migrations.future` names the first step that is not known here."""
    known = _known()
    strange = [f"{app}.{name}" for app, name in applied if app in known and name not in known[app]]
    if strange:
        raise Refusal(
            "migrations.future",
            Text(
                f"这个数据库来自更新的版本（{strange[0]}），这里的代码不认识它。",
                f"This database is of a later version ({strange[0]}), which this code does not know.",
            ),
            where=strange[0],
            remedy=Text(
                "请换上那个版本的代码，或用 ./qilian restore 恢复升级前的备份；数据没有改变。",
                "Put that version's code in place, or restore the backup made before; nothing was changed.",
            ),
        )


def _known() -> dict[str, set[str]]:
    """The migrations of our own apps by their label, which is the name of the folder above."""
    known: dict[str, set[str]] = {}
    for path in (console.ROOT / "src" / "qilian").glob("**/migrations/[0-9]*.py"):
        known.setdefault(path.parents[1].name, set()).add(path.stem)
    return known

"""The names of actions in people's words: each room says its own when it is loaded."""

from collections.abc import Iterable, Mapping

from qilian.core.values.text import Text

from .kernel import matches

_titles: dict[str, Text] = {
    "*": Text("全部操作", "everything"),
    "view": Text("查看", "view"),
    "people.*": Text("人员管理", "manage people"),
    "units.*": Text("单位管理", "manage units"),
    "grants.*": Text("权限管理", "manage rights"),
    "grants.grant": Text("授予权限", "grant rights"),
    "grants.revoke": Text("收回权限", "revoke rights"),
    "grants.view": Text("查看权限", "see rights"),
    "events.*": Text("审计", "audit"),
    "events.view": Text("查看审计记录", "read the audit log"),
}
_implied: dict[str, frozenset[str]] = {}


def name_actions(titles: Mapping[str, Text]) -> None:
    """Say what actions are called on pages and in refusals; a name said twice keeps the later words."""
    _titles.update(titles)


def implies(action: str, others: Iterable[str]) -> None:
    """Say that who may do an action may do others too: one right to read stands for those of many rooms."""
    _implied[action] = _implied.get(action, frozenset()) | frozenset(others)


def with_implied(patterns: tuple[str, ...]) -> tuple[str, ...]:
    """The actions and patterns of a grant with all that they imply."""
    more = {each for action, others in _implied.items() if any(matches(p, action) for p in patterns) for each in others}
    return (*patterns, *sorted(more)) if more else patterns


def actions_named() -> Mapping[str, Text]:
    """Every action and pattern that some room has named, by its technical name."""
    return dict(sorted(_titles.items()))


def action_title(action: str) -> Text:
    """Return what an action is called; its technical name when no room has said it."""
    return _titles.get(action) or Text(action, action)

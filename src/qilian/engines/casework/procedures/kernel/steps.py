"""The steps of a procedure as a file writes them: which kind of node each is follows from what it says."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from qilian.core.values.text import Text, whole

from .forms import read_form
from .model import Node, OnReject, Order, Quorum, Way
from .written import Reader

_SHARED: Final = ("en", "next")
_MEMBERS: Final[Mapping[str, tuple[str, ...]]] = {
    "by": ("by", "quorum", "form", "limit", "extend", "basis", "pause", "document", "copy"),
    "decide": ("decide", "else"),
    "route": ("route", "else"),
    "fork": ("fork", "join"),
    "choose": ("choose", "else", "join"),
    "call": ("call", "waits"),
    "wait": ("wait", "pause"),
    "end": ("end", "granted", "document"),
}
_ORDERS: Final[Mapping[str, Order]] = {"": "parallel", "并行": "parallel", "顺序": "sequential"}
_REJECTS: Final[Mapping[str, OnReject]] = {"": "stop", "停止": "stop", "等待": "wait", "退回": "return"}
_ONE: Final = "完成"


def read_node(reader: Reader, slug: str, data: Any) -> Node | None:
    """One step; None, with what is wrong noted, for one of no kind."""
    kinds = [kind for kind in _MEMBERS if isinstance(data, dict) and kind in data]
    if len(kinds) != 1:
        known = "、".join(_MEMBERS)
        reader.note(
            "step",
            slug,
            f"步骤“{slug}”要写明是哪一种，且只写一种。",
            f"Step “{slug}” says one thing that it is, and only one.",
            Text(f"写 {known} 之一。", f"Write one of {known}."),
        )
        return None
    kind = kinds[0]
    said = reader.mapping(data, slug, (*_SHARED, *_MEMBERS[kind]))
    title = Text(slug, reader.text(said, "en", slug) or slug)
    return _READERS[kind](reader, slug, title, said)


def _task(reader: Reader, slug: str, title: Text, said: Mapping[str, Any]) -> Node:
    by = reader.performers(said, "by", slug)
    quorum = _quorum(reader, slug, said["quorum"], said) if "quorum" in said else None
    if quorum is None and len(by) > 1:
        reader.note(
            "quorum",
            slug,
            f"步骤“{slug}”由几方办理，要写明会签规则（quorum）。",
            f"Step “{slug}” is done by several: say what they need (quorum).",
        )
    form = read_form(reader, reader.rows(said, "form", slug), slug, title) if "form" in said else None
    return Node(
        slug, "task", title, _ways(reader, slug, said), by, quorum, form,
        limit=reader.length(said, "limit", slug), extension=reader.length(said, "extend", slug),
        basis=reader.text(said, "basis", slug), pause=reader.pair(said, "pause", slug),
        document=reader.text(said, "document", slug), copies=reader.performers(said, "copy", slug),
    )  # fmt: skip


def _quorum(reader: Reader, slug: str, data: Any, step: Mapping[str, Any]) -> Quorum:
    """全部, 任一, a number, a share, or so much weight."""
    said = reader.mapping(
        {"need": data} if isinstance(data, str) else data, f"{slug}/quorum",
        ("need", "order", "veto", "on_reject", "weights", "agree", "reject"),
    )  # fmt: skip
    need = reader.text(said, "need", slug, needed=True)
    share = reader.share(need)
    if need and need not in ("全部", "任一") and not whole(need, 3) and share is None:
        reader.note(
            "quorum",
            slug,
            f"步骤“{slug}”的会签规则读不懂：“{need}”。",
            f"The quorum of step “{slug}” is not understood: “{need}”.",
            Text("写“全部”“任一”、人数、“2/3”或“60%”。", "Write 全部, 任一, a number, 2/3 or 60%."),
        )
    order, reject = reader.text(said, "order", slug), reader.text(said, "on_reject", slug)
    for word, known in ((order, _ORDERS), (reject, _REJECTS)):
        if word not in known:
            words = "、".join(each for each in known if each)
            reader.note(
                "quorum", slug, f"“{slug}”：没有“{word}”，可写 {words}。", f"“{slug}”: no “{word}”; write {words}."
            )
    outcomes = list(step["next"]) if isinstance(step.get("next"), dict) else [_ONE]
    number = 1 if need == "任一" else whole(need, 3) or 0
    return Quorum(
        number, share, _ORDERS.get(order, "parallel"), _REJECTS.get(reject, "stop"), reader.texts(said, "veto", slug),
        _weights(reader, slug, said), reader.text(said, "agree", slug) or outcomes[0],
        reader.text(said, "reject", slug) or outcomes[-1],
    )  # fmt: skip


def _weights(reader: Reader, slug: str, said: Mapping[str, Any]) -> tuple[tuple[str, int], ...]:
    if "weights" not in said:
        return ()
    found = []
    for role, written in reader.named(said["weights"], f"{slug}/weights").items():
        weight = whole(written, 4) if isinstance(written, str) else None
        if weight is None or not 0 < weight <= 1000:
            zh, en = f"“{slug}”：“{role}”的票数应是 1—1000。", f"“{slug}”: the weight of “{role}” is 1–1000."
            reader.note("weight", slug, zh, en)
        else:
            found.append((role, weight))
    return tuple(found)


def _ways(reader: Reader, slug: str, said: Mapping[str, Any]) -> tuple[Way, ...]:
    """The outcomes of a step and where they lead; one target alone is the outcome 完成."""
    following = said.get("next", "")
    if isinstance(following, str):
        if not following.strip():
            reader.note("next", slug, f"步骤“{slug}”没有写下一步（next）。", f"Step “{slug}” says no next step.")
        return (Way(_ONE, following.strip()),)
    found = reader.named(following, f"{slug}/next")
    return tuple(Way(outcome, reader.text(found, outcome, slug, needed=True)) for outcome in found)


def _decision(reader: Reader, slug: str, title: Text, said: Mapping[str, Any]) -> Node:
    decision = reader.text(said, "decide", slug, needed=True)
    otherwise = reader.text(said, "else", slug)
    if isinstance(said.get("next"), str):
        reader.note(
            "result",
            slug,
            f"决策“{slug}”的下一步要按结论分列。",
            f"The next steps of the decision “{slug}” stand by its results.",
            Text("写成“结论: 步骤”，其余的写 else。", "Write “result: step”, and “else” for all others."),
        )
    return Node(slug, "decision", title, _ways(reader, slug, said), decision=decision, otherwise=otherwise)


def _conditions(reader: Reader, slug: str, said: Mapping[str, Any], name: str) -> tuple[Way, ...]:
    found = []
    for row in reader.rows(said, name, slug):
        each = reader.mapping(row, f"{slug}/{name}", ("when", "to"))
        when, to = reader.text(each, "when", slug, needed=True), reader.text(each, "to", slug, needed=True)
        found.append(Way(when, to))
    if not found:
        reader.note("shape", slug, f"步骤“{slug}”没有一条分支。", f"Step “{slug}” has no branch.")
    return tuple(found)


def _route(reader: Reader, slug: str, title: Text, said: Mapping[str, Any]) -> Node:
    ways, otherwise = _conditions(reader, slug, said, "route"), reader.text(said, "else", slug, needed=True)
    return Node(slug, "route", title, ways, otherwise=otherwise)


def _fork(reader: Reader, slug: str, title: Text, said: Mapping[str, Any]) -> Node:
    ways = tuple(Way(name, name) for name in reader.texts(said, "fork", slug))
    if len(ways) < 2:
        reader.note("shape", slug, f"并行“{slug}”至少两支。", f"The fork “{slug}” has two branches at least.")
    return Node(slug, "fork", title, ways, join=reader.text(said, "join", slug, needed=True))


def _choose(reader: Reader, slug: str, title: Text, said: Mapping[str, Any]) -> Node:
    otherwise, join = reader.text(said, "else", slug), reader.text(said, "join", slug, needed=True)
    return Node(slug, "choose", title, _conditions(reader, slug, said, "choose"), otherwise=otherwise, join=join)


def _call(reader: Reader, slug: str, title: Text, said: Mapping[str, Any]) -> Node:
    called = reader.text(said, "call", slug, needed=True)
    return Node(
        slug, "call", title, _ways(reader, slug, said), call=called, waits=reader.boolean(said, "waits", slug, True)
    )


def _wait(reader: Reader, slug: str, title: Text, said: Mapping[str, Any]) -> Node:
    given = reader.mapping(said["wait"], f"{slug}/wait", ("time", "message", "until"))
    if len(given) != 1:
        reader.note(
            "wait",
            slug,
            f"等待“{slug}”要写明等什么：time、message 或 until 之一。",
            f"The wait “{slug}” says what for: one of time, message, until.",
        )
    name = next(iter(given), "")
    reader.text(given, name, slug, needed=bool(name))
    return Node(
        slug, "wait", title, _ways(reader, slug, said), pause=reader.pair(said, "pause", slug),
        length=reader.length(given, "time", slug), message=reader.text(given, "message", slug),
        until=reader.text(given, "until", slug),
    )  # fmt: skip


def _end(reader: Reader, slug: str, title: Text, said: Mapping[str, Any]) -> Node:
    outcome = reader.text(said, "end", slug) or slug
    if "next" in said:
        reader.note("next", slug, f"终点“{slug}”没有下一步。", f"The end “{slug}” has no next step.")
    return Node(
        slug, "end", title, outcome=Text(outcome, title.en), granted=reader.boolean(said, "granted", slug, False),
        document=reader.text(said, "document", slug),
    )  # fmt: skip


_READERS: Final[Mapping[str, Callable[[Reader, str, Text, Mapping[str, Any]], Node]]] = {
    "by": _task,
    "decide": _decision,
    "route": _route,
    "fork": _fork,
    "choose": _choose,
    "call": _call,
    "wait": _wait,
    "end": _end,
}

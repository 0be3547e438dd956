"""What is wrong with a table as a whole: cases that no rule answers, rules that contradict, rules that never count."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from qilian.core.rules.feel.api import Value, literal
from qilian.core.values.text import Text

from .axes import Axis, axes, lowest
from .table import CompiledTable
from .tables import Table

_MOST, _WORK, _RULES = 50, 50_000, 1000
_MESSAGES = {
    "gap": Text("没有规则覆盖：{where}。例如 {example}。", "No rule covers {where}. Example: {example}."),
    "overlap": Text(
        "规则 {rules} 会同时命中：{where}。例如 {example}。", "Rules {rules} match together: {where}. {example}."
    ),
    "conflict": Text(
        "规则 {rules} 同时命中而结果不同。例如 {example}。", "Rules {rules} match together and differ: {example}."
    ),
    "masked": Text("规则 {rules} 总被前面的规则抢先。", "Rule {rules} never counts: earlier rules take all its cases."),
    "dead": Text("规则 {rules} 永远不会命中。", "Rule {rules} can never match."),
    "cell": Text("规则 {rules} 的“{column}”一格：{problem}", "Rule {rules}, cell “{column}”: {problem}"),
    "unread": Text("单元格有误：{problem}", "A cell cannot be read: {problem}"),
    "unclear": Text(
        "规则 {rules} 含有无法静态判断的条件，未作分析。", "Rules {rules} hold tests that the analysis cannot tell."
    ),
    "large": Text("表太大，分析未做完。", "The table is too large; the analysis is not complete."),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing: its kind, the numbers of the rules, an example as values of the inputs, and a sentence."""

    kind: str
    rules: tuple[int, ...]
    example: Mapping[str, Value]
    message: Text


def findings(table: Table) -> tuple[Finding, ...]:
    """Return what is wrong with a table, at most fifty things: unread cells, dead rules, gaps, overlaps, masked rules.

    Every gap and overlap comes with an example that was put to the table itself. A default output closes all gaps. A
    table that cannot decide is only that.
    """
    found = list(_unread(table))
    if table.shape.problems:
        return tuple(found)
    if len(table.shape.rules) > _RULES:
        return (*found, _finding("large", (), {}))
    compiled = table.compiled
    cut = axes(compiled)
    found += _dead(cut, len(compiled.rows))
    unclear = _unclear(cut)
    if unclear:
        found.append(_finding("unclear", _numbers(unclear), {}))
    for search in (_gaps, _together, _masked):
        for one in search(compiled, cut):
            if len(found) == _MOST:
                return tuple(found)
            found.append(one)
    return tuple(found)


def _unread(table: Table) -> Iterator[Finding]:
    """What cannot be read, each cell by its rule and column; then what lies in the columns themselves."""
    shape, told = table.shape, set[Text]()
    titles = [column.title for column in shape.inputs], [column.label or column.name for column in shape.outputs]
    for number, rule in enumerate(shape.rules, 1) if table.findings else ():
        for columns, cells in zip(titles, (rule.inputs, rule.outputs), strict=True):
            for title, text in zip(columns, cells, strict=False):
                for one in table.read(text, result=cells is rule.outputs):
                    told.add(one.message)
                    yield _finding("cell", (number,), {}, column=title, problem=one.message)
    yield from (_finding("unread", (), {}, problem=one.message) for one in table.findings if one.message not in told)


def _dead(cut: list[Axis], rules: int) -> list[Finding]:
    return [_finding("dead", (rule + 1,), {}) for rule in range(rules) if any(axis.masks[rule] == 0 for axis in cut)]


def _unclear(cut: list[Axis]) -> int:
    bits = 0
    for axis in cut:
        bits |= axis.unclear
    return bits


def _gaps(table: CompiledTable, cut: list[Axis]) -> Iterator[Finding]:
    """Yield regions that no rule covers; a rule that cannot be told counts as covering."""
    if any(output.default for output in table.shape.outputs):
        return
    everything = [_whole(axis) for axis in cut]
    try:
        for region in _uncovered(cut, _covering(cut, len(table.rows)), everything, lowest(len(table.rows)), [_WORK]):
            yield _finding("gap", (), _example(cut, region), where=_where(cut, region))
    except _Enough:
        yield _finding("large", (), {})


def _together(table: CompiledTable, cut: list[Axis]) -> Iterator[Finding]:
    """Yield pairs of rules that match together where the hit policy does not want it."""
    policy, outputs = table.shape.hit_policy, [rule.outputs for rule in table.shape.rules]
    if policy not in ("UNIQUE", "ANY"):
        return
    clear = ~_unclear(cut)
    for second in range(len(table.rows)):
        for first in range(second):
            if not (clear >> first & clear >> second & 1) or (policy == "ANY" and outputs[first] == outputs[second]):
                continue
            region = [axis.masks[first] & axis.masks[second] for axis in cut]
            if all(region):
                kind = "overlap" if policy == "UNIQUE" else "conflict"
                pair = (first + 1, second + 1)
                yield _finding(kind, pair, _example(cut, region), where=_where(cut, region))


def _masked(table: CompiledTable, cut: list[Axis]) -> Iterator[Finding]:
    """Yield rules that can match but never decide, because earlier ones cover all their cases."""
    if table.shape.hit_policy != "FIRST":
        return
    unclear, work, covering = _unclear(cut), [_WORK], _covering(cut, len(table.rows))
    for rule in range(1, len(table.rows)):
        region = [axis.masks[rule] for axis in cut]
        earlier = lowest(rule) & ~unclear
        try:
            if all(region) and next(_uncovered(cut, covering, region, earlier, work), None) is None:
                yield _finding("masked", (rule + 1,), {})
        except _Enough:
            yield _finding("large", (), {})
            return


class _Enough(Exception):
    """The search has used up its work."""


def _covering(cut: list[Axis], rules: int) -> list[int]:
    """Return for each axis the rules that hold everywhere on it and on all axes after it."""
    found = [lowest(rules)]
    for axis in reversed(cut):
        found.append(found[-1] & sum(1 << rule for rule in range(rules) if axis.masks[rule] == _whole(axis)))
    return found[::-1]


def _uncovered(
    cut: list[Axis], covering: list[int], region: list[int], rules: int, work: list[int]
) -> Iterator[list[int]]:
    """Yield the parts of a region, as bits per axis, on which none of the rules holds."""
    work[0] -= 1
    if work[0] < 0:
        raise _Enough
    place = len(cut) - len(region)
    if not rules:
        yield list(region)
    if not rules or rules & covering[place]:
        return
    axis, (here, *rest) = cut[place], region
    groups: dict[int, int] = {}
    for piece in _bits(here):
        holding = rules & axis.holding[piece]
        groups[holding] = groups.get(holding, 0) | 1 << piece
    for holding, pieces in groups.items():
        for found in _uncovered(cut, covering, rest, holding, work):
            yield [pieces, *found]


def _bits(number: int) -> Iterator[int]:
    while number:
        lowest = number & -number
        yield lowest.bit_length() - 1
        number ^= lowest


def _example(cut: list[Axis], region: list[int]) -> dict[str, Value]:
    return {axis.title: axis.pieces[next(_bits(bits))].sample for axis, bits in zip(cut, region, strict=True)}


def _where(cut: list[Axis], region: list[int]) -> Text:
    """Say a region by the inputs that matter in it."""
    parts = [(axis.title, axis.describe(bits)) for axis, bits in zip(cut, region, strict=True)]
    said = [(title, text) for (title, text), axis, bits in zip(parts, cut, region, strict=True) if _narrow(axis, bits)]
    chosen = said or parts
    return Text(
        "，".join(f"{title} {text.zh}" for title, text in chosen),
        ", ".join(f"{title} {text.en}" for title, text in chosen),
    )


def _narrow(axis: Axis, bits: int) -> bool:
    return bits != _whole(axis)


def _whole(axis: Axis) -> int:
    """All pieces of an axis, as bits."""
    return lowest(len(axis.pieces))


def _numbers(bits: int) -> tuple[int, ...]:
    return tuple(rule + 1 for rule in _bits(bits))


def _finding(kind: str, rules: tuple[int, ...], example: dict[str, Value], **values: object) -> Finding:
    said = ", ".join(f"{title} = {literal(value)}" for title, value in example.items())
    filled = _MESSAGES[kind].filled(rules=", ".join(map(str, rules)), example=said, **values)
    return Finding("unread" if kind == "cell" else kind, rules, example, filled)

"""Decision tables as compact YAML, the form of packs: a head, and one line a rule."""

import json
import re
from typing import Any, NoReturn

from qilian.core.values.text import Refusal, Text
from qilian.core.values.yaml import plain_yaml

from .cells import read_cell, write_cell
from .shape import AGGREGATIONS, HIT_POLICIES, InputColumn, OutputColumn, Rule, TableShape

_INPUT_KEYS = ("expression", "label", "type", "allowed")
_OUTPUT_KEYS = ("name", "label", "type", "allowed", "default")
_HEADS = frozenset({"table", "hit", "inputs", "outputs", "notes", "rules", "label"})
_UNSEEN = re.compile("[\x7f-\xa0\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")


def write_yaml(shape: TableShape) -> str:
    """Return a table as YAML; `read_yaml` gives the same table back."""
    lines = [f"table: {_scalar(shape.name)}", f"hit: {_scalar(shape.indicator)}"]
    if shape.output_label:
        lines.append(f"label: {_scalar(shape.output_label)}")
    columns: tuple[tuple[str, Any, tuple[str, ...]], ...] = (
        ("inputs", shape.inputs, _INPUT_KEYS),
        ("outputs", shape.outputs, _OUTPUT_KEYS),
    )
    for name, found, keys in columns:
        lines += [f"{name}:", *(f"  - {_column(one, keys)}" for one in found)]
    if shape.notes:
        lines.append(f"notes: [{', '.join(map(_scalar, shape.notes))}]")
    lines += ["rules:", *(f"  - [{', '.join(_rule(rule, shape))}]" for rule in shape.rules)]
    return "\n".join(lines) + "\n"


def read_yaml(text: str) -> TableShape:
    """Read a table from YAML; Refusal for a text that is none, unknown keys, or a rule of another width."""
    data = plain_yaml(text, "rules.yaml")
    if not isinstance(data, dict) or not data.keys() <= _HEADS or not isinstance(data.get("outputs"), list):
        _refuse("head", Text("缺少 outputs，或有未知的项。", "“outputs” is missing, or a key is unknown."), "")
    inputs = tuple(InputColumn(**_read_column(one, _INPUT_KEYS)) for one in data.get("inputs") or ())
    outputs = tuple(OutputColumn(**_read_column(one, _OUTPUT_KEYS)) for one in data["outputs"])
    notes = tuple(map(str, data.get("notes") or ()))
    hit = str(data.get("hit") or "U")
    if hit[:1] not in HIT_POLICIES or (hit[1:] and hit[1:] not in AGGREGATIONS):
        _refuse("hit", Text("没有命中策略“{name}”。", "There is no hit policy “{name}”.").filled(name=hit), "hit")
    rules = tuple(
        _read_rule(row, inputs, outputs, len(notes), number) for number, row in enumerate(data.get("rules") or (), 1)
    )
    policy, how, name = HIT_POLICIES[hit[0]], AGGREGATIONS.get(hit[1:], ""), str(data.get("table") or "")
    return TableShape(inputs, outputs, rules, policy, how, notes, name, str(data.get("label") or ""))


def _column(column: InputColumn | OutputColumn, keys: tuple[str, ...]) -> str:
    """Write `name: type` for a column that has nothing else, else all that it has."""
    values = {key: getattr(column, key) for key in keys}
    for key, test in (("allowed", True), ("default", False)):
        if values.get(key):
            values[key] = write_cell(values[key], column.type, test)
    others = any(values[key] for key in keys if key not in (keys[0], "type"))
    if values[keys[0]] and values[keys[0]] not in keys and not others:
        return f"{_scalar(values[keys[0]])}: {_scalar(column.type)}"
    return "{" + ", ".join(f"{key}: {_scalar(value)}" for key, value in values.items() if value) + "}"


def _read_column(data: object, keys: tuple[str, ...]) -> dict[str, str]:
    if isinstance(data, dict) and len(data) == 1 and not set(data) & set(keys):
        ((name, kind),) = data.items()
        data = {keys[0]: name, "type": kind}
    if not isinstance(data, dict) or not set(data) <= set(keys) or not all(isinstance(v, str) for v in data.values()):
        _refuse("column", Text("列的写法有误。", "A column is not written rightly."), str(data)[:100])
    kind = data.get("type", "")
    for key, test in (("allowed", True), ("default", False)):
        if key in data:
            data = {**data, key: read_cell(data[key], kind, test)}
    return data


def _rule(rule: Rule, shape: TableShape) -> list[str]:
    tests = (write_cell(text, column.type, True) for text, column in zip(rule.inputs, shape.inputs, strict=True))
    results = (write_cell(text, column.type, False) for text, column in zip(rule.outputs, shape.outputs, strict=True))
    return [_scalar(cell) for cell in (*tests, *results, *rule.notes)]


def _read_rule(
    row: object, inputs: tuple[InputColumn, ...], outputs: tuple[OutputColumn, ...], notes: int, number: int
) -> Rule:
    width = len(inputs) + len(outputs)
    if not isinstance(row, list) or not width <= len(row) <= width + notes or not all(isinstance(c, str) for c in row):
        _refuse("rule", Text("规则的格数不对。", "The rule has the wrong number of cells."), f"rule {number}")
    tests = tuple(read_cell(cell, column.type, True) for cell, column in zip(row, inputs, strict=False))
    results = tuple(
        read_cell(cell, column.type, False) for cell, column in zip(row[len(inputs) :], outputs, strict=False)
    )
    return Rule(tests, results, tuple(row[width:]))


def _scalar(text: str) -> str:
    """Write a scalar bare where YAML reads it back as the same text inside a flow, else quoted."""
    plain = text and all(char.isalnum() or char in "_.、 " for char in text) and text == text.strip()
    return text if plain else _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))


def _refuse(code: str, message: Text, where: str) -> NoReturn:
    raise Refusal(f"rules.yaml.{code}", message, where=where)

"""Runs a folder of the public DMN TCK, or any folder of that form: models beside `*-test-*.xml`."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from qilian.core.rules.feel.api import DECIMAL128, TemporalError, Value, canonical, equal, literal, parse_temporal
from qilian.core.values.text import Refusal

from .model import Model, Result
from .reading import namespace_of, read_model
from .xml import Element, parse

_TOLERANCE = Decimal("1e-8")


@dataclass(frozen=True, slots=True)
class Case:
    """One test case: where it stands, and why it failed; empty when it passed."""

    folder: str
    file: str
    id: str
    trouble: str = ""


def run_folder(path: Path) -> Iterator[Case]:
    """Run every test file at or below a path, in the order of their names."""
    files = [path] if path.is_file() else sorted(path.rglob("*-test-*.xml"))
    for file in files:
        yield from run_file(file)


def run_file(file: Path) -> Iterator[Case]:
    """Run the cases of one test file; a model that cannot be read fails all of them."""
    root = parse(file.read_bytes())
    cases = list(root.all("testCase"))
    model: Model | None = None
    trouble = ""
    try:
        model = load(_model_file(file.parent, root.words("modelName")))
    except (Refusal, OSError) as error:
        trouble = str(error)
    for case in cases:
        found = trouble if model is None else _judge(model, case)
        yield Case(file.parent.name, file.name, case.get("id"), found)


def _model_file(folder: Path, name: str) -> Path:
    """Return the model that a test file names, with or without its ending, or else the folder's own."""
    named = [folder / name, folder / f"{name}.dmn", folder / f"{folder.name}.dmn"]
    return next((path for path in named if path.is_file()), named[0])


def load(path: Path) -> Model:
    """Read a model; what it imports is looked for among the other models of its folder."""

    def find(namespace: str) -> bytes | None:
        for other in sorted(path.parent.glob("*.dmn")):
            data = other.read_bytes()
            if namespace_of(data) == namespace:
                return data
        return None

    return read_model(path.read_bytes(), imports=find)


def _judge(model: Model, case: Element) -> str:
    inputs = {_key(model, node): value_of(node) for node in case.all("inputNode")}
    for node in case.all("resultNode"):
        wanted_in = node.one("expected")
        wanted = value_of(wanted_in) if wanted_in else None
        try:
            result = _evaluate(model, case, node, inputs)
        except Refusal as refusal:
            return str(refusal)
        got = result.value
        if case.get("type") == "decisionService" and isinstance(got, dict) and _composed(model, case):
            got = got.get(canonical(node.get("name")))
        wanted = None if node.get("errorResult") == "true" else wanted
        if not alike(got, wanted):
            why = "; ".join(str(diagnostic) for diagnostic in result.diagnostics[:3])
            return f"{node.get('name')}: {literal(got)[:200]} ≠ {literal(wanted)[:200]} {why}".rstrip()
    return ""


def _composed(model: Model, case: Element) -> bool:
    return len(model.named(canonical(case.get("invocableName")), "service").outputs) > 1


def _key(model: Model, node: Element) -> str:
    name, namespace = canonical(node.get("name")), node.get("namespace")
    return f"{namespace}#{name}" if namespace and namespace != model.namespace else name


def _evaluate(model: Model, case: Element, node: Element, inputs: dict[str, Value]) -> Result:
    if case.get("type") == "decisionService":
        return model.evaluate_service(canonical(case.get("invocableName")), inputs)
    name = canonical(node.get("name"))
    if case.get("type") == "bkm":
        name = canonical(case.get("invocableName") or name)
        return model.call(name, inputs)
    return model.evaluate(name, inputs)


def value_of(holder: Element) -> Value:
    """Return the value that a test file writes: a value with its XML Schema type, a list, or components."""
    if holder.get("nil") == "true":
        return None
    if (listed := holder.one("list")) is not None:
        return None if listed.get("nil") == "true" else [value_of(item) for item in listed.all("item")]
    components = list(holder.all("component"))
    if components:
        return {canonical(one.get("name")): value_of(one) for one in components}
    value = holder.one("value")
    if value is None or value.get("nil") == "true":
        return None
    return _typed(value.get("type").rpartition(":")[2], value.text)


def _typed(kind: str, text: str) -> Value:
    plain = text.strip()
    try:
        match kind:
            case "boolean":
                return plain == "true"
            case "decimal" | "double" | "integer" | "int" | "long" | "float":
                return DECIMAL128.create_decimal(plain)
            case "date" | "time" | "dateTime" | "duration" | "dayTimeDuration" | "yearMonthDuration":
                return parse_temporal(plain)
    except (TemporalError, ArithmeticError):
        return text
    return text


def alike(got: Value, wanted: Value) -> bool:
    """Say whether a result is the expected one; numbers may differ by 1e-8, as public runners allow."""
    if isinstance(got, Decimal) and isinstance(wanted, Decimal):
        return abs(got - wanted) <= _TOLERANCE
    if isinstance(got, list) and isinstance(wanted, list):
        return len(got) == len(wanted) and all(map(alike, got, wanted))
    if isinstance(got, dict) and isinstance(wanted, dict):
        return got.keys() == wanted.keys() and all(alike(got[key], wanted[key]) for key in wanted)
    return equal(got, wanted) is True

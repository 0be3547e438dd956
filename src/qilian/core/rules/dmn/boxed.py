"""Boxed expressions: from an XML element to code (DMN 1.5, clauses 7.3, 8.3 and 10.5)."""

from collections.abc import Callable, Iterator

from qilian.core.rules.feel.api import (
    Code,
    Diagnostic,
    Exhausted,
    Fault,
    Function,
    FunctionOf,
    Parameter,
    Run,
    Scope,
    Type,
    Value,
    canonical,
    each_of,
    external,
    filtered,
    invoke,
    rounds,
    type_name,
    unnamed,
)

from .said import trouble
from .shape import InputColumn, OutputColumn, Rule, TableShape
from .source import Cells, Source, converting, foreign
from .table import CompiledTable, Input, Output, Row
from .xml import Element


def expression_in(element: Element) -> Element | None:
    """Return the boxed expression that an element holds, if any."""
    return element.one(*_BOXES)


def compile_box(element: Element | None, source: Source) -> Code:
    """Return the code of a boxed expression, with its own type applied; no element is null."""
    if element is None:
        return lambda _: None
    code = _BOXES[element.tag](element, source)
    return code if element.tag == "functionDefinition" else source.typed(code, element.get("typeRef"))


def _guarded(body: Code) -> Code:
    """Return code whose faults are null with a diagnostic."""

    def run(scope: Scope) -> Value:
        try:
            return body(scope)
        except Exhausted:
            raise
        except Fault as fault:
            scope.run.note(fault)
            return None

    return run


def _child(element: Element, tag: str, source: Source) -> Code:
    child = element.one(tag)
    return compile_box(expression_in(child), source) if child else lambda _: None


def _literal(element: Element, source: Source) -> Code:
    return source.expression(element.words("text"), element.get("expressionLanguage"))


def _context(element: Element, source: Source) -> Code:
    entries: list[tuple[str, Code]] = []
    for entry in element.all("contextEntry"):
        variable = entry.one("variable")
        code = compile_box(expression_in(entry), source)
        if variable is None:
            entries.append(("", code))
            continue
        name = canonical(variable.get("name"))
        entries.append((name, source.typed(code, variable.get("typeRef"))))
        source = source.with_names(name)

    def run(scope: Scope) -> Value:
        made: dict[str, Value] = {}
        inner = scope.inner(made)
        for name, code in entries:
            if not name:
                return code(inner)
            made[name] = code(inner)
        return made

    return run


def _invocation(element: Element, source: Source) -> Code:
    target = compile_box(expression_in(element), source)
    bindings = []
    for binding in element.all("binding"):
        parameter = binding.one("parameter")
        code = compile_box(expression_in(binding), source)
        bindings.append((canonical(parameter.get("name") if parameter else ""), code))

    def run(scope: Scope) -> Value:
        function = target(scope)
        return invoke(function, (), {name: code(scope) for name, code in bindings}, scope.run)

    return _guarded(run)


def _list(element: Element, source: Source) -> Code:
    items = [compile_box(child, source) for child in element.children if child.tag in _BOXES]
    return lambda scope: [item(scope) for item in items]


def _relation(element: Element, source: Source) -> Code:
    columns = [canonical(column.get("name")) for column in element.all("column")]
    rows = [[compile_box(cell, source) for cell in row.children if cell.tag in _BOXES] for row in element.all("row")]
    return lambda scope: [{name: cell(scope) for name, cell in zip(columns, row, strict=False)} for row in rows]


def _conditional(element: Element, source: Source) -> Code:
    condition, yes, no = (_child(element, tag, source) for tag in ("if", "then", "else"))

    def run(scope: Scope) -> Value:
        answer = condition(scope)
        if answer is not None and not isinstance(answer, bool):
            raise Fault("boolean", type=type_name(answer))
        return yes(scope) if answer is True else no(scope)

    return _guarded(run)


def _filter(element: Element, source: Source) -> Code:
    items, condition = _child(element, "in", source), _child(element, "match", source.with_names("item"))
    cost = _weight(element)
    return _guarded(lambda scope: filtered(items(scope), condition, scope, cost))


def _iterator(element: Element, source: Source) -> tuple[list[tuple[str, Callable[[Scope], Iterator[Value]]]], Source]:
    name = canonical(element.get("iteratorVariable"))
    kept = element.one("in")
    items = source.typed(_child(element, "in", source), kept.get("typeRef") if kept else "")
    return [(name, each_of(items, None))], source.with_names(name)


def _for(element: Element, source: Source) -> Code:
    sources, inner = _iterator(element, source)
    body, cost = _child(element, "return", inner.with_names("partial")), _weight(element)

    def run(scope: Scope) -> Value:
        made: list[Value] = []
        outer: dict[str, Value] = {"partial": []}
        for one in rounds(scope.inner(outer), sources, cost):
            made.append(body(one))
            one.run.room(len(made))
            one.run.spend(len(made) >> 4)
            outer["partial"] = list(made)
        return made

    return _guarded(run)


def _quantified(element: Element, source: Source) -> Code:
    sources, inner = _iterator(element, source)
    body, every, cost = _child(element, "satisfies", inner), element.tag == "every", _weight(element)

    def run(scope: Scope) -> Value:
        answers = [body(one) for one in rounds(scope, sources, cost)]
        odd = next((answer for answer in answers if answer is not None and not isinstance(answer, bool)), None)
        if odd is not None:
            raise Fault("boolean", type=type_name(odd))
        return (not every) if (not every) in answers else None if None in answers else every

    return _guarded(run)


def _function(element: Element, source: Source) -> Code:
    """Compile a function definition: FEEL by default, or one of the known Java methods."""
    found = [(canonical(p.get("name")), p.get("typeRef")) for p in element.all("formalParameter")]
    parameters = [Parameter(name, source.type(kind)) for name, kind in found]
    names = [name for name, _ in found]
    result = result_type(source.type(element.get("typeRef")))
    body = compile_box(expression_in(element), source.with_names(*names))
    if element.get("kind", "FEEL").upper() == "JAVA":
        return lambda scope: external(parameters, {"java": body(scope)})
    if element.get("kind", "FEEL").upper() == "PMML":
        return lambda _: external(parameters, {"pmml": None})
    body = body if result is None else converting(body, result)
    kind = result or source.type((expression_in(element) or element).get("typeRef"))
    cost = _weight(element)

    def make(scope: Scope) -> Value:
        def call(run: Run, *arguments: Value) -> Value:
            run.spend(cost)
            return body(scope.inner(dict(zip(names, arguments, strict=True))))

        return Function(source.where or "function", parameters, call, kind)

    return make


def _weight(element: Element) -> int:
    """Return the steps that the logic in an element is worth each time it runs: one for sixteen signs of its texts."""
    return sum(_size(child) for child in element.children) >> 4


def _size(element: Element) -> int:
    return len(element.text.strip()) + sum(map(_size, element.children))


def result_type(kind: Type | None) -> Type | None:
    """Return the type of an invocable's result: its typeRef may name that, or the type of the whole function."""
    plain = None if kind is None else unnamed(kind)
    return plain.result if isinstance(plain, FunctionOf) else kind


def _table(element: Element, source: Source) -> Code:
    return _guarded(compile_table(table_shape(element, language=source.language), source).decide)


def table_shape(element: Element, name: str = "", language: str = "") -> TableShape:
    """Read a decisionTable element; `language` is that of cells which do not say theirs."""
    outputs = [_output_column(output) for output in element.all("output")]
    return TableShape(
        inputs=tuple(_input_column(column) for column in element.all("input")),
        outputs=tuple(outputs),
        rules=tuple(_rule(rule) for rule in element.all("rule")),
        hit_policy=element.get("hitPolicy", "UNIQUE"),
        aggregation=element.get("aggregation"),
        notes=tuple(note.get("name") for note in element.all("annotation")),
        name=name,
        output_label=element.get("outputLabel"),
        foreign=_foreign(element, language),
    )


def _foreign(element: Element, language: str) -> str:
    """Return the language of the first cell that is not FEEL."""
    for part in element.children:
        holders = part.children if part.tag == "rule" else [part, *part.children]
        for one in holders:
            said = one.get("expressionLanguage") or (language if one.tag in _TEXTS else "")
            if foreign(said, _cell(one)):
                return said
    return ""


def _input_column(column: Element) -> InputColumn:
    tested = column.one("inputExpression")
    kind = tested.get("typeRef") if tested else ""
    return InputColumn(column.words("inputExpression"), column.get("label"), kind, column.words("inputValues"))


def _output_column(column: Element) -> OutputColumn:
    return OutputColumn(
        name=column.get("name"),
        label=column.get("label"),
        type=column.get("typeRef"),
        allowed=column.words("outputValues"),
        default=column.words("defaultOutputEntry"),
    )


def _rule(rule: Element) -> Rule:
    return Rule(
        inputs=tuple(_cell(entry) for entry in rule.all("inputEntry")),
        outputs=tuple(_cell(entry) for entry in rule.all("outputEntry")),
        notes=tuple(_cell(entry) for entry in rule.all("annotationEntry")),
    )


def _cell(entry: Element) -> str:
    return (entry.words("text") if entry.one("text") else entry.text).strip()


def compile_table(shape: TableShape, source: Source) -> CompiledTable:
    """Compile a decision table against its surroundings; a table that cannot decide is a finding."""
    read, domains = Cells(source), [source.cell(column.allowed) for column in shape.inputs]
    inputs = tuple(
        Input(column.title, source.expression(column.expression), source.type(column.type), allowed.test)
        for column, allowed in zip(shape.inputs, domains, strict=True)
    )
    outputs = tuple(
        Output(
            name=canonical(column.name or column.label),
            type=source.type(column.type),
            allowed=source.tests(column.allowed),
            order=source.values(column.allowed),
            default=read.result(column.default) if column.default else None,
        )
        for column in shape.outputs
    )
    for problem in shape.problems:
        said = trouble(problem.code, **problem.values).message
        source.findings.append(Diagnostic(problem.code, said, where=source.where))
    rows = tuple(_row(rule, read) for rule in shape.rules) if not shape.problems else ()
    fixed = read.fixed and all(cell.fixed for cells in (domains, *(row.cells for row in rows)) for cell in cells)
    return CompiledTable(shape, inputs, outputs, rows, fixed)


def _row(rule: Rule, read: Cells) -> Row:
    cells = tuple(map(read.test, rule.inputs))
    tests = tuple(cell.test for cell in cells)
    checks = tuple((place, test) for place, test in enumerate(tests) if test is not None)
    return Row(tests, tuple(map(read.result, rule.outputs)), checks, cells)


_TEXTS = frozenset({"inputExpression", "inputEntry", "outputEntry", "defaultOutputEntry"})
_BOXES: dict[str, Callable[[Element, Source], Code]] = {
    "literalExpression": _literal,
    "context": _context,
    "invocation": _invocation,
    "list": _list,
    "relation": _relation,
    "conditional": _conditional,
    "filter": _filter,
    "for": _for,
    "some": _quantified,
    "every": _quantified,
    "functionDefinition": _function,
    "decisionTable": _table,
}

"""A decision table as a DMN 1.5 file, for modelling tools: one decision, and an input for every name it tests."""

from xml.sax.saxutils import escape, quoteattr

from .shape import TableShape

_NAMESPACE = "https://www.omg.org/spec/DMN/20230324/MODEL/"


def write_dmn(shape: TableShape, names: tuple[str, ...]) -> str:
    """Return a table as DMN XML; `names` are the inputs that its expressions name."""
    title = shape.name or "decision"
    types = {column.expression: column.type for column in shape.inputs}
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<definitions xmlns="{_NAMESPACE}" id="definitions" name={quoteattr(title)} namespace="urn:qilian:rules">',
    ]
    for number, name in enumerate(names, 1):
        variable = f"<variable name={quoteattr(name)}{_attribute('typeRef', types.get(name, ''))}/>"
        lines.append(f'  <inputData id="input{number}" name={quoteattr(name)}>{variable}</inputData>')
    lines += [f'  <decision id="decision" name={quoteattr(title)}>', f"    <variable name={quoteattr(title)}/>"]
    for number in range(1, len(names) + 1):
        lines.append(
            f'    <informationRequirement><requiredInput href="#input{number}"/></informationRequirement>',
        )
    lines += [*_table(shape), "  </decision>", "</definitions>", ""]
    return "\n".join(lines)


def _table(shape: TableShape) -> list[str]:
    policy = _attribute("hitPolicy", shape.hit_policy) + _attribute("aggregation", shape.aggregation)
    lines = [f"    <decisionTable{policy}{_attribute('outputLabel', shape.output_label)}>"]
    for column in shape.inputs:
        tested = f"<inputExpression{_attribute('typeRef', column.type)}>{_text(column.expression)}</inputExpression>"
        allowed = f"<inputValues>{_text(column.allowed)}</inputValues>" if column.allowed else ""
        lines.append(f"      <input{_attribute('label', column.label)}>{tested}{allowed}</input>")
    for output in shape.outputs:
        named = _attribute("name", output.name) + _attribute("label", output.label)
        allowed = f"<outputValues>{_text(output.allowed)}</outputValues>" if output.allowed else ""
        default = f"<defaultOutputEntry>{_text(output.default)}</defaultOutputEntry>" if output.default else ""
        lines.append(f"      <output{named}{_attribute('typeRef', output.type)}>{allowed}{default}</output>")
    lines += [f"      <annotation name={quoteattr(name)}/>" for name in shape.notes]
    for rule in shape.rules:
        cells = [f"<inputEntry>{_text(cell)}</inputEntry>" for cell in rule.inputs]
        cells += [f"<outputEntry>{_text(cell)}</outputEntry>" for cell in rule.outputs]
        cells += [f"<annotationEntry>{_text(cell)}</annotationEntry>" for cell in rule.notes]
        lines.append(f"      <rule>{''.join(cells)}</rule>")
    return [*lines, "    </decisionTable>"]


def _attribute(name: str, value: str) -> str:
    return f" {name}={quoteattr(value)}" if value else ""


def _text(text: str) -> str:
    return f"<text>{escape(text)}</text>"

"""Every page of a record shows what happened to it, with proofs; a page that is no record says so."""

import ast

from tests.house.source import Source, sources

_ABOUT = {"timeline", "NOT_A_RECORD"}


def without_timeline(found: tuple[Source, ...]) -> list[str]:
    """Return each RecordPage whose third part is neither a timeline of events nor NOT_A_RECORD."""
    return [
        f"{source.name}:{node.lineno}"
        for source in found
        if source.name != "qilian.web.components.samples"
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call) and _name(node.func) == "RecordPage" and not _ABOUT & _names(_given(node))
    ]


def _given(call: ast.Call) -> list[ast.expr]:
    named = [keyword.value for keyword in call.keywords if keyword.arg == "timeline"]
    return named or list(call.args[2:3])


def _names(parts: list[ast.expr]) -> set[str]:
    return {_name(node) for part in parts for node in ast.walk(part)}


def _name(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def test_every_record_page_has_a_timeline() -> None:
    assert without_timeline(sources()) == []


def test_a_record_without_a_timeline_is_caught() -> None:
    bad = ("show(RecordPage(head, sections))", "page.RecordPage(head, timeline=())", "RecordPage(head, (), [])")
    assert all(without_timeline((Source.of(f"{line}\n"),)) for line in bad)
    good = ("RecordPage(head, sections, timeline(ref))", "RecordPage(head, timeline=page.NOT_A_RECORD)")
    assert not any(without_timeline((Source.of(f"{line}\n"),)) for line in good)

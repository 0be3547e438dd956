"""A procedure file: the item's head and its steps; everything that is wrong comes as one refusal."""

from collections.abc import Mapping
from typing import Any, Final

from qilian.core.values.text import Text, refuse_all
from qilian.core.values.yaml import plain_yaml

from .forms import read_form
from .lint import lint
from .model import KINDS, LEVELS, SOURCES, Basis, Fee, Graph, Length, Material, Procedure
from .steps import read_node
from .written import Reader

_HEAD: Final = (
    "procedure", "en", "kind", "level", "target", "public", "limit", "basis", "conditions", "materials", "fees",
    "results", "form", "check", "keywords", "samples", "steps",
)  # fmt: skip
_TARGETS: Final = ("自然人", "法人", "非法人组织", "机关")
_ROOT: Final = "文件"


def read_procedure(text: str) -> Procedure:
    """Read and lint a procedure file; Refusal `procedures.…` with all that is wrong, each with the element's name.

    The form of the file: `docs/reference/procedures.md`.
    """
    reader = Reader()
    data = reader.mapping(plain_yaml(text, "procedures.yaml"), _ROOT, _HEAD)
    title = Text(reader.text(data, "procedure", _ROOT, needed=True), reader.text(data, "en", _ROOT, needed=True))
    steps = reader.named(data.get("steps"), "steps")
    nodes = {slug: node for slug, said in steps.items() if (node := read_node(reader, slug, said)) is not None}
    limit = reader.mapping(data.get("limit"), "limit", ("statutory", "promised", "extend"))
    promised = reader.length(limit, "promised", "limit")
    if promised is None and not any(each.where == "limit" for each in reader.wrong):
        reader.note("missing", "limit", "没有写承诺办结时限（promised）。", "The promised limit (promised) is missing.")
    found = Procedure(
        title=title,
        kind=_one_of(reader, data, "kind", tuple(KINDS)),
        level=_one_of(reader, data, "level", tuple(LEVELS)),
        targets=_targets(reader, data),
        promised=promised or Length(1, "workday"),
        form=read_form(reader, reader.rows(data, "form", _ROOT), "application", Text("申请表", "Application")),
        graph=Graph(nodes),
        statutory=reader.length(limit, "statutory", "limit"),
        extension=reader.length(limit, "extend", "limit"),
        public=reader.boolean(data, "public", _ROOT, True),
        basis=tuple(_basis(reader, row) for row in reader.rows(data, "basis", _ROOT)),
        conditions=reader.texts(data, "conditions", _ROOT),
        materials=tuple(_material(reader, row) for row in reader.rows(data, "materials", _ROOT)),
        fees=tuple(_fee(reader, row) for row in reader.rows(data, "fees", _ROOT)),
        results=reader.texts(data, "results", _ROOT),
        check=reader.text(data, "check", _ROOT),
        keywords=reader.texts(data, "keywords", _ROOT),
        samples=tuple(each for row in reader.rows(data, "samples", _ROOT) if (each := _sample(reader, row))),
    )
    refuse_all([*reader.wrong, *(lint(found) if len(nodes) == len(steps) and nodes else ())])
    return found


def _one_of(reader: Reader, data: Mapping[str, Any], name: str, known: tuple[str, ...]) -> str:
    said = reader.text(data, name, _ROOT, needed=True)
    if said and said not in known:
        words = "、".join(known)
        reader.note("choice", name, f"没有“{said}”，可写：{words}。", f"There is no “{said}”; write one of {words}.")
    return said


def _targets(reader: Reader, data: Mapping[str, Any]) -> tuple[str, ...]:
    found = reader.texts(data, "target", _ROOT)
    if "target" not in data or data["target"] in ("", []):
        reader.note("missing", "target", "没有写办理对象（target）。", "Who may apply (target) is missing.")
    for said in found:
        if said not in _TARGETS:
            words = "、".join(_TARGETS)
            reader.note(
                "choice", "target", f"没有“{said}”，可写：{words}。", f"There is no “{said}”; write one of {words}."
            )
    return found


def _basis(reader: Reader, row: Any) -> Basis:
    data = reader.mapping(row, "basis", ("title", "clause", "checked"))
    title = reader.text(data, "title", "basis", needed=True)
    return Basis(title, reader.text(data, "clause", "basis"), not reader.boolean(data, "checked", "basis", False))


def _material(reader: Reader, row: Any) -> Material:
    data = reader.mapping(
        {"name": row} if isinstance(row, str) else row, "materials", ("name", "source", "required", "note")
    )
    name, source = (
        reader.text(data, "name", "materials", needed=True),
        reader.text(data, "source", "materials") or "申请人",
    )
    if source not in SOURCES:
        words = "、".join(SOURCES)
        reader.note(
            "choice", name, f"材料来源没有“{source}”，可写：{words}。", f"No source “{source}”; write one of {words}."
        )
    required = reader.boolean(data, "required", "materials", True)
    return Material(name, source, required, reader.text(data, "note", "materials"))


def _fee(reader: Reader, row: Any) -> Fee:
    data = reader.mapping(row, "fees", ("name", "amount", "basis"))
    said = {name: reader.text(data, name, "fees", needed=True) for name in ("name", "amount", "basis")}
    return Fee(**said)


def _sample(reader: Reader, row: Any) -> Mapping[str, str]:
    """An invented application as a person would write it, by the names of its fields."""
    given = reader.named(row, "samples")
    return {name: reader.text(given, name, "samples", needed=True) for name in given}

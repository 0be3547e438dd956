"""A room's api.py shows what others use: every name in it has a user outside the room, or is the story's."""

import ast
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from tests.house.source import ROOT, SRC, Source, sources

_EXAMPLE = re.compile(r"from (qilian[\w.]+) import \(?([^\n)]+)")


def used_in(source: Source) -> Iterator[tuple[str, str]]:
    """The names that a file takes of modules: by their own import, or through the module's name."""
    modules = {}
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ImportFrom):
            for alias in node.names:
                yield source.base(node), alias.name
                modules[alias.asname or alias.name] = f"{source.base(node)}.{alias.name}"
        elif isinstance(node, ast.Import):
            modules |= {alias.asname: alias.name for alias in node.names if alias.asname}
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in modules:
            yield modules[node.value.id], node.attr


def beside() -> Iterator[Source]:
    """Tests and benches."""
    for path in sorted([*(ROOT / "tests").rglob("*.py"), *(ROOT / "bench").rglob("*.py")]):
        yield Source(
            path, ".".join(path.relative_to(ROOT).with_suffix("").parts), "", ast.parse(path.read_text("utf-8"))
        )


def in_documents() -> Iterator[tuple[str, str]]:
    """What the examples of READMEs and guides import."""
    for path in sorted([*SRC.rglob("*.md"), *(ROOT / "docs").rglob("*.md"), *ROOT.glob("*.md")]):
        for module, names in _EXAMPLE.findall(path.read_text("utf-8")):
            yield from ((module, name.split(" as ")[0].strip()) for name in names.split(","))


def exported(source: Source) -> Sequence[str]:
    """What `__all__` of a module names."""
    for node in source.tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id == "__all__":
            return [str(name) for name in ast.literal_eval(node.value)]
    return ()


def unused(rooms: Iterable[Source], users: Iterable[Source], documents: Iterable[tuple[str, str]]) -> list[str]:
    """The names that no file outside their room uses; a story stands outside, since it may use nothing else."""
    used = {(module, name, Path("/")) for module, name in documents}
    for user in users:
        outside = Path("/") if user.path.name == "story.py" else user.path
        used |= {(module, name, outside) for module, name in used_in(user)}
    found = []
    for room in rooms:
        taken = {name for module, name, by in used if module == room.name and room.path.parent not in by.parents}
        found += [f"{room.name}: {name}" for name in exported(room) if name not in taken]
    return found


def faces() -> list[Source]:
    return [each for each in sources() if each.path.name == "api.py"]


def test_a_room_shows_what_others_use() -> None:
    assert unused(faces(), [*sources(), *beside()], in_documents()) == []


def test_a_name_that_nobody_uses_is_caught() -> None:
    face = Source.of('from .kernel import a, b\n__all__ = ["a", "b"]\n', "qilian.core.planted.room.api")
    inside = Source.of("from .api import a\n", "qilian.core.planted.room.pages")
    outside = Source.of("from qilian.core.planted.room import api as there\nthere.b\n", "qilian.spine.planted")
    assert unused([face], [face, inside, outside], ()) == ["qilian.core.planted.room.api: a"]
    story = Source.of("from .api import a\n", "qilian.core.planted.room.story")
    assert unused([face], [story], [("qilian.core.planted.room.api", "b")]) == []

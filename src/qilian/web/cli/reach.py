"""Which tests a change can reach, by who imports whom: pure, from the texts of the files.

The rule, in the order in which it is asked (`docs/reference/commands.md` tells it to people):
1. What all tests stand on (`EVERYTHING`) reaches all of them.
2. A changed test is run; a changed `conftest.py` or helper reaches the tests that import it or lie below it.
3. A changed file of the source reaches the tests beside its room (`tests` mirrors `src`) and those that import the
   room, directly or over other rooms. A kernel is a room of its own, so a changed page does not try its kernel again. A
   module that stands in a string ("qilian.core.papers.files.jobs") is imported too. Nothing is followed through the
   places where everything meets (the web floor, the packs, the models of an app): every change would reach every test.
4. What a person or a program can see (engines, spine, domains, web, plan) reaches the contracts, in which all meet.
5. A file that is no Python belongs to the room it lies in; documentation, wherever it lies, to `tests/docs`; the plan's
   files to the spine.
"""

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

EVERYTHING = (
    *(
        "tests/conftest.py",
        "tests/databases.py",
        "tests/declared.py",
        "tests/hashing.py",
        "pyproject.toml",
        "requirements/",
    ),
    *("qilian", "src/qilian/web/settings.py"),
)
_SEEN = tuple(
    f"src/qilian/{floor}/" for floor in ("engines", "spine", "domains", "web/components", "web/home", "web/layout")
)
_DEEP = {"core": 4, "engines": 4, "spine": 3, "web": 3, "domains": 3}
"""How many words of a module's name are its room, by floor."""


@dataclass(frozen=True, slots=True)
class House:
    """The Python files of a checkout: path → text."""

    files: Mapping[str, str]

    def reached(self, changed: Iterable[str]) -> tuple[str, ...]:
        """Return the test files that changed paths can reach, in the order of their names."""
        paths = tuple(changed)
        tests = [path for path in self.files if _is_test(path)]
        if any(path == each or (each.endswith("/") and path.startswith(each)) for path in paths for each in EVERYTHING):
            return tuple(sorted(tests))
        return tuple(sorted({*self._by_imports(paths, tests), *_by_place(paths, tests)}))

    def _by_imports(self, changed: tuple[str, ...], tests: list[str]) -> Iterator[str]:
        importers = self._importers()
        rooms = {room_of(path) for path in changed if room_of(path)}
        found, queue = set(rooms), list(rooms)
        while queue:
            room = queue.pop()
            for other in importers[room] - found:
                found.add(other)
                if not _all_meets_in(other):
                    queue.append(other)
        for test in tests:
            beside = _mirrored(test)
            if room_of(test) in found or beside in rooms or (beside in found and not _all_meets_in(beside)):
                yield test

    def _importers(self) -> dict[str, set[str]]:
        """Return who imports a room: rooms, tests and what tests share."""
        known = {_module(path): path for path in self.files}
        found: dict[str, set[str]] = defaultdict(set)
        for path, text in self.files.items():
            for name in _named(ast.parse(text), _module(path), is_package=path.endswith("__init__.py")):
                target = next((known[each] for each in (name, name.rpartition(".")[0]) if each in known), "")
                if target and room_of(target) != room_of(path):
                    found[room_of(target)].add(room_of(path))
        return found


def room_of(path: str) -> str:
    """Return the room of a file, "…kernel" for its kernel; a test and what tests share is a room by itself."""
    if path.startswith("tests/"):
        return path
    if not path.startswith("src/qilian/"):
        return ""
    words = PurePosixPath(path).relative_to("src").with_suffix("").parts
    deep = _DEEP.get(words[1], 2)
    room = ".".join(words[:deep] if len(words) > deep else words[:-1] or words)
    return f"{room}.kernel" if "kernel" in words[deep - 1 :] and words[1] not in ("web", "domains") else room


def _all_meets_in(room: str) -> bool:
    """Tell whether a room is the web floor, a pack, or only gathers what an app is made of."""
    words = room.split(".")
    return words[0] == "qilian" and (words[1:2] in (["web"], ["domains"]) or len(words) < _DEEP.get(words[1], 2))


def _mirrored(test: str) -> str:
    """Return the room that a test lies beside: tests/core/papers/files/kernel/test_x.py → ….files.kernel."""
    return room_of(f"src/qilian/{test.removeprefix('tests/')}")


def _by_place(changed: tuple[str, ...], tests: list[str]) -> Iterator[str]:
    for path in changed:
        folder = f"{PurePosixPath(path).parent}/"
        if path.startswith("tests/") and not _is_test(path):
            yield from (test for test in tests if test.startswith(folder))
        if path.startswith((*_SEEN, "plan/")):
            yield from (test for test in tests if test.startswith("tests/contracts/"))
        if path.startswith("plan/"):
            yield from (test for test in tests if test.startswith("tests/spine/"))
        if path.endswith(".md") or path.startswith("docs/"):
            yield from (test for test in tests if test.startswith("tests/docs/"))


def _is_test(path: str) -> bool:
    return path.startswith("tests/") and PurePosixPath(path).name.startswith("test_") and path.endswith(".py")


def _module(path: str) -> str:
    return ".".join(PurePosixPath(path.removeprefix("src/")).with_suffix("").parts).removesuffix(".__init__")


def _named(tree: ast.AST, module: str, *, is_package: bool) -> Iterator[str]:
    """Yield what a module imports, and strings that look like the name of a module or of something in it."""
    here = module if is_package else module.rpartition(".")[0]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = here.split(".")[: len(here.split(".")) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield from (f"{base}.{each.name}" for each in node.names)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith("qilian."):
            yield node.value.partition(":")[0]

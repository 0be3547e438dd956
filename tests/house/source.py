"""What the house tests look at: our Python files as syntax trees, and the files that git knows."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src"


@dataclass(frozen=True)
class Source:
    """One of our modules: where it lies, its dotted name, its text and tree."""

    path: Path
    name: str
    text: str
    tree: ast.Module

    @classmethod
    def of(cls, text: str, name: str = "qilian.core.planted") -> "Source":
        """Make a source from text: planted violations come this way."""
        return cls(SRC / (name.replace(".", "/") + ".py"), name, text, ast.parse(text))

    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        """Yield every function and method."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node

    def imports(self) -> Iterator[tuple[str, int, bool]]:
        """Yield every import of our own modules: absolute name, line, and whether it stands inside a function."""
        inside = {
            id(node) for function in self.functions() for node in ast.walk(function) if isinstance(node, ast.stmt)
        } - {id(function) for function in self.functions()}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    yield alias.name, node.lineno, id(node) in inside
            elif isinstance(node, ast.ImportFrom):
                base = self.base(node)
                for alias in node.names:
                    yield f"{base}.{alias.name}", node.lineno, id(node) in inside

    def base(self, node: ast.ImportFrom) -> str:
        """Return the absolute name of the module that an import names."""
        if not node.level:
            return node.module or ""
        package = self.name.split(".") if self.path.name == "__init__.py" else self.name.split(".")[:-1]
        parts = package[: len(package) - node.level + 1]
        return ".".join([*parts, *([node.module] if node.module else [])])


def module_name(path: Path) -> str:
    """Return the dotted name of a file below src."""
    parts = path.relative_to(SRC).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def sources(*, migrations: bool = False) -> tuple[Source, ...]:
    """Return our own modules, migrations apart."""
    found = []
    for path in sorted((SRC / "qilian").rglob("*.py")):
        if "migrations" in path.parts and not migrations:
            continue
        text = path.read_text(encoding="utf-8")
        found.append(Source(path, module_name(path), text, ast.parse(text)))
    return tuple(found)


def rooms() -> list[Path]:
    """Return the rooms of core: the packages in its wings."""
    packages = [path.parent for path in (SRC / "qilian/core").glob("*/*/__init__.py")]
    return sorted(path for path in packages if path.parent.name not in APP)


APP = ("management", "migrations", "locale")
"""Folders of core that belong to Django, and are no wings."""


def kernel_tests() -> list[Path]:
    """Return the folders of tests that try kernels alone, without a database."""
    return sorted(path for path in (ROOT / "tests").rglob("kernel") if any(path.rglob("test_*.py")))


@cache
def tracked() -> tuple[Path, ...]:
    """Return the files that git tracks or would track, without what is ignored."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    return tuple(ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file())

"""The import walls of DESIGN 1 and 3; each is shown to bite by a planted violation."""

import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from tests.house.source import ROOT, SRC, Source, module_name, sources

DOORS = ("api", "part")  # a part shows its verbs in api.py and says what it brings in part.py
VALUES = ("values.text", "values.clock", "values.money", "values.quantity", "values.yaml", "house.principal")
PURE_ROOMS = (*VALUES, "house.tables", "house.pages")


def lint_imports(config: Path, *contracts: str) -> subprocess.CompletedProcess[str]:
    """Run import-linter on the package that lies beside a configuration file (below its src)."""
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()", "--no-logo"]
    command += ["--config", str(config), "--no-cache", *[part for name in contracts for part in ("--contract", name)]]
    environment = {"PYTHONPATH": str(config.parent / "src"), "PATH": "/usr/bin:/bin"}
    return subprocess.run(command, cwd=config.parent, env=environment, capture_output=True, text=True, timeout=120)


def test_the_house_keeps_its_walls() -> None:
    ran = lint_imports(ROOT / "pyproject.toml")
    assert ran.returncode == 0, ran.stdout + ran.stderr


PLANTED = {
    "floors": ("core/values/text/planted.py", "import qilian.spine\n"),
    "engines": ("engines/finance/api.py", "import qilian.engines.sharing\n"),
    "packs": ("domains/d02_finance/pack.py", "import qilian.domains.d07_testing\n"),
    "kernels": ("engines/sharing/kernel/booking.py", "import django\n"),
    "kernels of rooms": ("core/values/money/kernel.py", "import django\n"),
    "kernels of parts": ("engines/sharing/hall/kernel/__init__.py", "import time\n"),
    "kernels in a file of parts": ("engines/sharing/people/kernel.py", "import qilian.core.values.clock\n"),
    "kernels of the spine": ("spine/drafting/kernel/review.py", "import psycopg\n"),
    "kernels of pure rooms": ("core/rules/regex/values.py", "import django\n"),
    "wings": ("core/values/text/text.py", "import qilian.core.who.units.models\n"),
    "wings next to each other": ("core/rights/grants/models.py", "import qilian.core.who.people.models\n"),
    "acyclic": ("core/who/units/models.py", "import qilian.core.who.people.models\n"),
}


WINGS = ("values", "machine", "house", "log", "rights", "rules", "who", "time", "papers", "door", "offers", "work")


def skeleton(folder: Path) -> None:
    """Lay a small sound house of the same shape: every floor, two engines, two packs, two rooms."""
    shutil.copy(ROOT / "pyproject.toml", folder / "pyproject.toml")
    modules = [
        "web/cli.py",
        "domains/d02_finance/pack.py",
        "domains/d07_testing/pack.py",
        "spine/plan/api.py",
        "spine/plan/kernel/compile.py",
        "engines/finance/api.py",
        "engines/sharing/api.py",
        "engines/sharing/kernel/booking.py",
        "engines/sharing/hall/kernel/__init__.py",
        "engines/sharing/people/kernel.py",
        "spine/drafting/kernel/review.py",
        "core/rules/regex/values.py",
        "core/rights/grants/models.py",
        *(f"core/{wing}/__init__.py" for wing in WINGS),
        "core/values/clock/kernel.py",
        "core/values/text/text.py",
        "core/values/money/kernel.py",
        "core/values/quantity/kernel.py",
        "core/who/units/models.py",
        "core/who/people/models.py",
    ]
    for module in modules:
        path = folder / "src/qilian" / module
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text('"""Sound."""\n')
    (folder / "src/qilian/core/who/people/models.py").write_text("import qilian.core.who.units.models\n")
    for package in {parent for path in (folder / "src").rglob("*.py") for parent in path.parents}:
        if package.is_relative_to(folder / "src/qilian"):
            (package / "__init__.py").touch()


def test_the_skeleton_is_sound(tmp_path: Path) -> None:
    skeleton(tmp_path)
    ran = lint_imports(tmp_path / "pyproject.toml")
    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.mark.parametrize("contract", sorted(PLANTED))
def test_each_wall_bites(contract: str, tmp_path: Path) -> None:
    skeleton(tmp_path)
    module, text = PLANTED[contract]
    planted = tmp_path / "src/qilian" / module
    planted.write_text(text)
    ran = lint_imports(tmp_path / "pyproject.toml", contract.split()[0])
    assert ran.returncode == 1 and "BROKEN" in ran.stdout, ran.stdout + ran.stderr


ALLOWED = {"random": {"random.Random"}, "urllib": {"urllib.parse"}}
"""Of these libraries a kernel uses what is pure: the type of a generator that is handed in, how addresses are read."""


def impure(found: tuple[Source, ...]) -> list[str]:
    """List what kernels import of libraries of which only a part is pure (the rest is import-linter's contract)."""
    return [
        f"{source.name}:{line} imports {target}"
        for source in found
        if "kernel" in source.name.split(".")
        for target, line, _ in source.imports()
        if (allowed := ALLOWED.get(target.split(".")[0])) and not any(f"{target}.".startswith(f"{a}.") for a in allowed)
    ]


def test_kernels_take_chance_and_addresses_as_values() -> None:
    assert impure(sources()) == []


@pytest.mark.parametrize("line", ["import random", "from random import random", "import urllib.request"])
def test_an_impure_kernel_is_caught(line: str) -> None:
    assert impure((Source.of(f"{line}\n", "qilian.engines.sharing.hall.kernel"),)) != []


@cache
def engine_parts() -> frozenset[str]:
    """Return the parts of engines: folders below an engine that present themselves to the house."""
    return frozenset(module_name(path.parent) for path in (SRC / "qilian/engines").glob("*/*/part.py"))


def home(module: str) -> str:
    """Return the room, part or engine that a module lives in; the rest is no one's home."""
    parts = module.split(".")
    if len(parts) < 3 or parts[0] != "qilian" or parts[1] not in ("core", "engines", "spine"):
        return ""
    deep = parts[1] == "core" or ".".join(parts[:4]) in engine_parts()  # a room lies in a wing, a part in an engine
    return ".".join(parts[:4] if deep and len(parts) > 3 else parts[:3])


def side_doors(found: tuple[Source, ...]) -> list[str]:
    """List imports that enter a room or part by anything but its door (models may point at models)."""
    broken = []
    for source in found:
        for target, line, _ in source.imports():
            there = home(target)
            if not there or there == home(source.name) or there.removeprefix("qilian.core.") in PURE_ROOMS:
                continue
            inside = target.removeprefix(there).strip(".").split(".")[0]
            models_to_models = inside == "models" and source.name.endswith("models")
            lists_models = re.fullmatch(r"qilian\.(core|spine|engines\.\w+)\.models", source.name) is not None
            between_adapters = inside == "adapters" and "adapters" in source.name.split(".")  # both in the worker only
            if inside and inside not in DOORS and not (models_to_models or lists_models or between_adapters):
                broken.append(f"{source.name}:{line} enters {target}")
    return broken


def test_api_is_the_only_door() -> None:
    assert side_doors(sources()) == []


def test_a_side_door_is_caught() -> None:
    planted = Source.of("from qilian.spine.plan.services import publish_version\n", "qilian.web.planted")
    assert side_doors((planted,)) != []
    honest = Source.of("from qilian.spine.plan.api import publish_version\n", "qilian.web.planted")
    assert side_doors((honest,)) == []


def stories_beyond_api(found: tuple[Source, ...]) -> list[str]:
    """List what a story imports of the house beyond api modules and plain values."""
    values = tuple(f"qilian.core.{room}" for room in (*VALUES, "offers.packs"))
    return [
        f"{source.name}:{line} imports {target}"
        for source in found
        if source.name.endswith(".story")
        for target, line, _ in source.imports()
        if target.startswith("qilian.") and ".api" not in target and not target.startswith(values)
    ]


def test_stories_act_only_through_public_verbs() -> None:
    assert stories_beyond_api(sources()) == []


def test_a_story_that_writes_rows_is_caught() -> None:
    planted = Source.of("from qilian.core.log.events.models import Event\n", "qilian.domains.d07_testing.story")
    assert stories_beyond_api((planted,)) != []


def late_imports(found: tuple[Source, ...]) -> list[str]:
    return [
        f"{source.name}:{line} imports {target} inside a function"
        for source in found
        for target, line, inside in source.imports()
        if inside and target.startswith("qilian")
    ]


def test_our_own_modules_are_imported_at_the_top() -> None:
    assert late_imports(sources()) == []


def test_a_late_import_is_caught() -> None:
    assert late_imports((Source.of("def planted():\n    from qilian.core.values import clock\n"),)) != []


HEAVY = (
    "docx",
    "pdfplumber",
    "pdfminer",
    "openpyxl",
    "xlrd",
    "typst",
    "opencc",
    "duckdb",
    "pyarrow",
    "numpy",
    "pandas",
    "pyhanko",
    "chinese_calendar",
    "holidays",
    "playwright",
    "babel",
)


def test_the_web_process_loads_no_heavy_library() -> None:
    program = (
        "import os, sys; os.environ['QILIAN_MODE'] = 'test';"
        "import qilian.web.wsgi; from django.urls import get_resolver; get_resolver().url_patterns;"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", program], cwd=ROOT / "src", capture_output=True, text=True, timeout=120)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.strip().splitlines()[-1] == "[]"


def heavy_outside_adapters(found: tuple[Source, ...]) -> list[str]:
    return [
        f"{source.name}:{line} imports {target}"
        for source in found
        for target, line, _ in source.imports()
        if target.split(".")[0] in HEAVY
        and "adapters" not in source.name.split(".")
        and ".web.cli" not in source.name
        and source.name != "qilian.web.layout.messages"
    ]


def test_heavy_libraries_are_imported_only_in_adapters() -> None:
    assert heavy_outside_adapters(sources()) == []


def test_a_heavy_import_is_caught() -> None:
    assert heavy_outside_adapters((Source.of("import openpyxl\n", "qilian.spine.plan.services"),)) != []

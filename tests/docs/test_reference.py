"""The reference is complete: every command, setting and page stands in docs/reference, and nothing else does."""

import re
import subprocess
import sys
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver

from qilian.core.offers.resource.api import table

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "docs" / "reference"


def variables() -> set[str]:
    """Return the environment variables that the house and its launcher read."""
    read = re.compile(r"""["'](QILIAN_[A-Z_]+|DATABASE_(?:OWNER_)?URL)["']""")
    files = [ROOT / "qilian", *(ROOT / "src").rglob("*.py")]
    return {name for path in files for name in read.findall(path.read_text(encoding="utf-8"))}


def test_every_setting_is_documented() -> None:
    text = (REFERENCE / "settings.md").read_text(encoding="utf-8")
    written = set(re.findall(r"^\| `([A-Z_]+)`", text, flags=re.M))
    assert variables() - written == set()
    assert written - variables() == set()


def commands() -> set[str]:
    """Ask the command line itself what it can do."""
    ran = subprocess.run(
        [sys.executable, "-m", "qilian.web.cli", "help"], cwd=ROOT / "src", capture_output=True, text=True, timeout=120
    )
    assert ran.returncode == 0, ran.stderr
    return set(re.findall(r"^  ([a-z]+(?: [a-z]+)?)(?:  | \[| <| FILE|$)", ran.stdout, flags=re.M))


def test_every_command_is_documented() -> None:
    text = (REFERENCE / "commands.md").read_text(encoding="utf-8")
    asked = commands()
    assert {"up", "start", "test", "check"} <= asked
    assert {name for name in asked if f"| `{name}" not in text} == set()


def pages() -> set[str]:
    """Return the address pattern of every page of ours; the API documents itself."""
    found: set[str] = set()

    def walk(patterns: list[URLPattern | URLResolver], prefix: str) -> None:
        for pattern in patterns:
            route = prefix + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                walk(pattern.url_patterns, route)
            elif not route.startswith(("api/", "static/")):
                found.add("/" + re.sub(r"<(?:\w+:)?(\w+)>", r"<\1>", route))

    walk(get_resolver().url_patterns, "")
    return found


def operations() -> set[str]:
    """Return the address pattern of every form of an operation, which `operations.md` documents."""
    listed = re.findall(r"\| `([^`]*)` \|", (REFERENCE / "operations.md").read_text(encoding="utf-8"))
    return {"/" + re.sub(r"(?<=/)<\w+>(?=/[a-z-]+$)", "<key>", address) + "/" for address in listed}


def test_every_page_is_documented() -> None:
    written = set(re.findall(r"^\| `(/[^`]*)`", (REFERENCE / "pages.md").read_text(encoding="utf-8"), flags=re.M))
    assert pages() - written - operations() == set()
    assert written - pages() == set()


def test_every_operation_is_documented() -> None:
    written = (REFERENCE / "operations.md").read_text(encoding="utf-8")
    assert written == table(), "print it anew: ./qilian operations > docs/reference/operations.md"


def test_links_inside_the_documents_lead_somewhere() -> None:
    broken = []
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+?)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            if not (page.parent / target).exists():
                broken.append(f"{page.relative_to(ROOT)} → {target}")
    assert broken == []

"""Every example in a README runs: doctest over the Markdown, in a database that is rolled back."""

import doctest
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
READMES = sorted((ROOT / "src").rglob("README.md"))


@pytest.mark.django_db
@pytest.mark.parametrize("readme", READMES, ids=lambda path: str(path.relative_to(ROOT / "src" / "qilian").parent))
def test_the_example_runs(readme: Path) -> None:
    text = readme.read_text(encoding="utf-8").replace("```\n", "\n")
    examples = doctest.DocTestParser().get_doctest(text, {}, readme.name, str(readme), 0)
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    said: list[str] = []
    runner.run(examples, out=said.append)
    assert runner.failures == 0, "".join(said)


def rooms() -> list[Path]:
    base = ROOT / "src" / "qilian"
    parts = [found.parent for found in (base / "engines").glob("*/*/part.py")]
    folders = [*(base / "core").glob("*/*/"), *(base / "spine").iterdir(), *parts]
    return sorted(f for f in folders if (f / "__init__.py").is_file() and f.name not in ("migrations", "commands"))


@pytest.mark.parametrize("room", rooms(), ids=lambda path: path.name)
def test_every_room_has_a_readme_with_an_example(room: Path) -> None:
    readme = room / "README.md"
    assert readme.is_file()
    text = readme.read_text(encoding="utf-8")
    assert ">>> " in text, f"{room.name}/README.md has no runnable example"
    assert len(text.splitlines()) <= 120, "one screen"

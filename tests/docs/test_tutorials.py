"""Tutorials go by what stands in the product: each address resolves, each button is a word of the pages."""

import re
from pathlib import Path

import pytest
from django.urls import resolve

ROOT = Path(__file__).resolve().parents[2]
TUTORIALS = sorted(path for path in (ROOT / "docs/tutorial").glob("*.md") if path.name != "first-hour.md")


def said() -> str:
    """All that the product can say: its code and its templates."""
    files = [*(ROOT / "src").rglob("*.py"), *(ROOT / "src").rglob("templates/**/*.html")]
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


@pytest.mark.parametrize("path", TUTORIALS, ids=lambda path: path.name)
def test_every_address_of_a_tutorial_is_a_page(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    addresses = re.findall(r"`(?:GET |POST )?(/[a-z0-9/._-]*)`", text)
    assert addresses and all(resolve(address) for address in addresses)


@pytest.mark.parametrize("path", TUTORIALS, ids=lambda path: path.name)
def test_every_button_of_a_tutorial_is_a_word_of_the_pages(path: Path) -> None:
    bold, product = re.findall(r"\*\*([^*]+)\*\*", path.read_text(encoding="utf-8")), said()
    assert [word for word in bold if re.search("[\u4e00-\u9fff]", word) and word not in product] == []


def test_a_tutorial_in_chinese_has_its_english() -> None:
    names = {path.name for path in TUTORIALS}
    assert {name.replace(".zh.md", ".md") for name in names if name.endswith(".zh.md")} <= names

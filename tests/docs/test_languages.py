"""Both languages are whole: every message of the templates in English, every Text with two sides."""

import ast
import re
from pathlib import Path

from babel.messages.pofile import read_po
from tests.house.source import sources

from qilian.web.layout.messages import messages_by_app

ROOT = Path(__file__).resolve().parents[2]
HAN = re.compile(r"[\u4e00-\u9fff]")


def test_every_message_has_its_english() -> None:
    missing: list[str] = []
    stale: list[str] = []
    for app, found in messages_by_app().items():
        with (ROOT / "src/qilian" / app / "locale/en/LC_MESSAGES/django.po").open("rb") as file:
            catalogue = {str(m.id): m for m in read_po(file) if m.id}
        missing += [f"{app}: {m}" for m in found if m not in catalogue or not catalogue[m].string or catalogue[m].fuzzy]
        stale += [f"{app}: {m}" for m in catalogue if m not in found]
    assert missing == [] and stale == []


def test_every_text_has_two_sides() -> None:
    lame = []
    for source in sources():
        for node in ast.walk(source.tree):
            named = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Text"
            if named and len(node.args) == 2 and all(isinstance(a, ast.Constant) for a in node.args):
                zh, en = (str(a.value) for a in node.args if isinstance(a, ast.Constant))
                if bool(zh.strip()) != bool(en.strip()) or (HAN.search(en) and not HAN.search(zh)):
                    lame.append(f"{source.name}:{node.lineno} Text({zh!r}, {en!r})")
    assert lame == []


def test_templates_speak_only_through_messages() -> None:
    """Chinese in a template stands inside a translate tag, a comment, or nowhere."""
    bare = []
    for template in (ROOT / "src").rglob("templates/**/*.html"):
        text = template.read_text(encoding="utf-8")
        text = re.sub(
            r"{% comment %}.*?{% endcomment %}|{#.*?#}|{% blocktranslate.*?{% endblocktranslate %}",
            "",
            text,
            flags=re.S,
        )
        text = re.sub(r"{%[^%]*%}|{{[^}]*}}", "", text)
        for match in HAN.finditer(text):
            line = text[: match.start()].count("\n") + 1
            bare.append(f"{template.relative_to(ROOT)}:{line}")
    allowed = "src/qilian/web/layout/templates"  # the name of the house stands in both languages on every page
    assert [place for place in bare if not place.startswith(allowed)] == []

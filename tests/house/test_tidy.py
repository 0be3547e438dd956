"""Habits that keep the house readable; each rule is shown to bite."""

import ast
import re
import tomllib

from tests.house.source import ROOT, Source, sources, tracked


def documented(found: tuple[Source, ...]) -> list[str]:
    """List modules, and public functions of services, api and kernels, that do not say what they are."""
    missing = [f"{s.name} has no docstring" for s in found if s.text.strip() and not ast.get_docstring(s.tree)]
    for source in found:
        if not re.search(r"\.(services|kernel|queries|api)(\.|$)", source.name):
            continue
        for node in source.tree.body:
            public = isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
            if public and not ast.get_docstring(node):
                missing.append(f"{source.name}.{node.name} has no docstring")
    return missing


def test_every_module_and_verb_says_what_it_is() -> None:
    assert documented(sources()) == []


def test_an_undocumented_verb_is_caught() -> None:
    assert documented((Source.of('"""Room."""\ndef act():\n    pass\n', "qilian.core.x.services"),)) != []


FORBIDDEN_NAMES = {"get_model": "get_model hides the edge between engines", "Signal": "no signals of ours"}


def bad_habits(found: tuple[Source, ...]) -> list[str]:
    """List signals, save overrides and get_model: the implicit flows that DESIGN 3 forbids."""
    bad = []
    for source in found:
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Attribute) and node.attr in FORBIDDEN_NAMES:
                bad.append(f"{source.name}:{node.lineno} {FORBIDDEN_NAMES[node.attr]}")
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("django.dispatch"):
                bad.append(f"{source.name}:{node.lineno} no signals of ours")
            if isinstance(node, ast.ClassDef) and any(
                getattr(base, "id", getattr(base, "attr", "")) in ("Model", "Coded") for base in node.bases
            ):
                bad += [
                    f"{source.name}:{item.lineno} {node.name} overrides {item.name}"
                    for item in node.body
                    if isinstance(item, ast.FunctionDef) and item.name in ("save", "delete")
                ]
    return bad


def test_no_signal_no_save_override_no_get_model() -> None:
    assert bad_habits(sources()) == []


def test_a_save_override_is_caught() -> None:
    assert bad_habits((Source.of("class A(models.Model):\n    def save(self):\n        pass\n"),)) != []
    assert bad_habits((Source.of("apps.get_model('core', 'Event')\n"),)) != []


def unexcused(found: tuple[Source, ...]) -> list[str]:
    """List silenced checks that do not give their reason in the same line."""
    pattern = re.compile(r"#\s*(type:\s*ignore|noqa)(\[[^\]]*\]|:\s*[A-Z0-9, ]+)?(?P<reason>.*)$")
    return [
        f"{source.name}:{number} silences a check without a reason"
        for source in found
        for number, line in enumerate(source.text.splitlines(), 1)
        if (match := pattern.search(line)) and len(match["reason"].strip(" #—-")) < 8
    ]


def test_a_silenced_check_gives_its_reason() -> None:
    assert unexcused(sources()) == []


def test_an_unexcused_silence_is_caught() -> None:
    assert unexcused((Source.of("x = 1  # type: ignore[assignment]\n"),)) != []


MACHINE_PATH = re.compile(r"(?<![\w.])/(?:home|root|work|Users)/\w+")
INDEX = re.compile(
    "|".join(
        (
            "pypi" r"\.org",
            "pythonhosted" r"\.org",
            "npmjs" r"\.(?:org|com)",
            "deb" r"\.debian\.org",
            r"registry\.npm",
            "npmmirror",
        )
    )
)
LEFTOVER = re.compile(r"\b(" "TODO|" "FIXME|" r"XXX)\b")


def stray_words(name: str, text: str) -> list[str]:
    """List registry addresses, machine paths and leftover notes in one file's text."""
    found = [
        f"{name}: {pattern.pattern[:24]}… matches {match[0]!r}"
        for pattern in (MACHINE_PATH, INDEX)
        if (match := pattern.search(text))
    ]
    if name.endswith((".py", ".md", ".html", ".css", ".js")) and (match := LEFTOVER.search(text)):
        found.append(f"{name}: leftover {match[0]}")
    return found


def test_no_registry_address_and_no_machine_path_in_any_file() -> None:
    stray: list[str] = []
    for path in tracked():
        if path.name == "test_tidy.py":
            continue
        try:
            stray += stray_words(str(path.relative_to(ROOT)), path.read_text(encoding="utf-8"))
        except UnicodeDecodeError:
            continue
    assert stray == []


def test_a_machine_path_is_caught() -> None:
    assert stray_words("a.md", "see /home/someone/x") != []
    assert stray_words("requirements.txt", "--index-url https://pypi.org/simple") != []


def test_requirements_are_hashed() -> None:
    for name in ("run", "dev", "bench"):
        text = (ROOT / "requirements" / f"{name}.txt").read_text()
        pins = re.findall(r"^[A-Za-z0-9_.\-\[\]]+==[^\s\\;]+", text, flags=re.M)
        assert pins and text.count("--hash=sha256:") >= len(pins)


def test_style_names_a_test_for_every_rule() -> None:
    rules = [
        line for line in (ROOT / "STYLE.md").read_text(encoding="utf-8").splitlines() if re.match(r"^\d+\. ", line)
    ]
    assert len(rules) >= 15
    for rule in rules:
        named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`|`(ruff|mypy) ?([A-Z0-9]*)`", rule)
        assert named, f"no test named in: {rule}"
        for path, test, tool, _ in named:
            if not tool:
                assert (ROOT / path).is_file(), f"{path} does not exist: {rule}"
                assert not test or f"def {test}(" in (ROOT / path).read_text(encoding="utf-8"), f"{test} not in {path}"


def test_project_metadata_agrees() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["version"] in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"softwareVersion: {project['version']}" in (ROOT / "publiccode.yml").read_text(encoding="utf-8")


def counted_by_hand(found: tuple[Source, ...]) -> list[str]:
    """Where a text is asked for its figures and read by `int` at once, which `whole` does with a bound."""
    return sorted(
        {
            f"{source.name}:{node.lineno}"
            for source in found
            if source.name != "qilian.core.values.text.digits"
            for node in ast.walk(source.tree)
            if isinstance(node, ast.IfExp | ast.BoolOp | ast.If | ast.ListComp | ast.GeneratorExp)
            and (asked := {each for each in called_in(node) if each[0] in ("isdigit", "isdecimal", "isnumeric")})
            and {name for _, name in asked} & {name for word, name in called_in(node) if word == "int"}
        }
    )


def called_in(node: ast.AST) -> set[tuple[str, str]]:
    """What is called within a node, with what it is called on: `("isdigit", "size")` and `("int", "size")`."""
    calls = [each for each in ast.walk(node) if isinstance(each, ast.Call)]
    methods = {(each.func.attr, ast.unparse(each.func.value)) for each in calls if isinstance(each.func, ast.Attribute)}
    plain = {
        (each.func.id, ast.unparse(each.args[0])) for each in calls if isinstance(each.func, ast.Name) and each.args
    }
    return methods | plain


def test_whole_numbers_from_outside_have_one_reader() -> None:
    """Five thousand figures are no number to Python, and ² is a figure to some: each hand-made guard forgets one."""
    assert counted_by_hand(sources()) == []


def test_a_number_that_is_read_by_hand_is_caught() -> None:
    for planted in (
        "n = int(s) if s.isdigit() else 0",
        "ok = s.isdecimal() and int(s) < 9",
        "if s.isdigit():\n  int(s)",
    ):
        assert counted_by_hand((Source.of(planted),)) == ["qilian.core.planted:1"]

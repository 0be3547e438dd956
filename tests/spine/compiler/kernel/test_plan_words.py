"""The compiler knows the language, not the units: no unit's name and no sentence of a plan stands in its code."""

import re
from pathlib import Path

from qilian.spine.compiler.kernel import compile_plan


def test_no_unit_and_no_sentence_of_a_plan_stands_in_the_compiler(shared: Path, root: Path) -> None:
    plan, language = root / "src/qilian/spine/compiler", root / "src/qilian/spine/language"
    files = [*plan.glob("kernel/*.py"), *language.rglob("*.py"), plan / "command.py", plan / "adapters/readers.py"]
    code = "\n".join(path.read_text("utf-8") for path in files)
    plans = [shared / "plan/qinghai-2015.txt", *sorted((shared / "plan/samples").glob("*.txt"))]
    for path in plans:
        text = path.read_text("utf-8")
        draft = compile_plan(text)
        assert [unit.text for unit in draft.units if unit.text in code] == []
        sentences = {sentence.strip() for sentence in re.split("[。；\n]", text) if len(sentence.strip()) > 14}
        assert [sentence for sentence in sentences if sentence in code] == []

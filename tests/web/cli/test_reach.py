"""What a change can reach, on a house of a few files."""

import pytest

from qilian.web.cli.reach import House, room_of

FILES = {
    "src/qilian/core/values/text/text.py": "",
    "src/qilian/core/papers/files/api.py": "from qilian.core.values.text.text import Text\n",
    "src/qilian/core/papers/files/jobs.py": "",
    "src/qilian/core/models.py": "import qilian.core.papers.files.api\n",
    "src/qilian/core/apps.py": "from . import models\n",
    "src/qilian/engines/ledger/book/kernel/rules.py": "",
    "src/qilian/engines/ledger/book/api.py": "from .kernel.rules import rule\nJOB = 'qilian.core.papers.files.jobs'\n",
    "src/qilian/engines/ledger/budgets/api.py": "from qilian.engines.ledger.book import api\n",
    "src/qilian/web/demo.py": "import qilian.engines.ledger.budgets.api\n",
    "src/qilian/web/layout/base.py": "",
    "tests/conftest.py": "",
    "tests/sim/killing.py": "",
    "tests/sim/test_kill.py": "from tests.sim.killing import kill\nfrom qilian.engines.ledger.budgets.api import x\n",
    "tests/contracts/test_offers.py": "from qilian.web import demo\n",
    "tests/core/values/text/test_text.py": "",
    "tests/core/papers/files/test_files.py": "from django.test import Client\n",
    "tests/engines/ledger/book/test_book.py": "",
    "tests/engines/ledger/book/kernel/test_rules.py": "",
    "tests/engines/ledger/budgets/test_budgets.py": "",
    "tests/spine/plan/test_plan.py": "",
    "tests/web/test_layout.py": "import qilian.web.layout.base\n",
    "tests/web/test_demo.py": "import qilian.web.demo\n",
    "tests/docs/test_examples.py": "",
}
HOUSE = House(FILES)
DOCS, FILE = "tests/docs/test_examples.py", "tests/core/papers/files/test_files.py"
CONTRACTS = "tests/contracts/test_offers.py"
BUDGETS, KILL = "tests/engines/ledger/budgets/test_budgets.py", "tests/sim/test_kill.py"
BOOK, RULES = "tests/engines/ledger/book/test_book.py", "tests/engines/ledger/book/kernel/test_rules.py"


@pytest.mark.parametrize(
    ("changed", "reached"),
    [
        ("src/qilian/engines/ledger/budgets/pages.py", {CONTRACTS, BUDGETS, KILL}),
        ("src/qilian/engines/ledger/book/services.py", {CONTRACTS, BOOK, BUDGETS, KILL}),
        ("src/qilian/engines/ledger/book/kernel/rules.py", {CONTRACTS, RULES, BOOK, BUDGETS, KILL}),
        ("src/qilian/core/papers/files/jobs.py", {FILE, BOOK, BUDGETS, KILL}),
        ("src/qilian/web/layout/base.py", {CONTRACTS, "tests/web/test_layout.py"}),
        ("src/qilian/web/layout/templates/base.html", {CONTRACTS, "tests/web/test_layout.py"}),
        ("plan/x/clauses.toml", {CONTRACTS, "tests/spine/plan/test_plan.py"}),
        ("src/qilian/core/papers/files/README.md", {DOCS, FILE, BOOK, BUDGETS, KILL}),
        ("docs/howto/x.md", {DOCS}),
        ("tests/sim/killing.py", {KILL}),
        ("tests/engines/ledger/budgets/test_budgets.py", {BUDGETS}),
        (".ci/run", set()),
    ],
)
def test_a_change_reaches(changed: str, reached: set[str]) -> None:
    assert set(HOUSE.reached([changed])) == reached


def test_what_all_stand_on_reaches_all() -> None:
    tests = {path for path in FILES if path.startswith("tests/") and "/test_" in path}
    for path in ("tests/conftest.py", "pyproject.toml", "requirements/run.txt", "src/qilian/web/settings.py"):
        assert set(HOUSE.reached([path])) == tests


def test_a_room_is_a_folder_of_its_floor() -> None:
    assert room_of("src/qilian/core/papers/files/services/store.py") == "qilian.core.papers.files"
    assert room_of("src/qilian/core/values/money/kernel.py") == "qilian.core.values.money.kernel"
    assert room_of("src/qilian/domains/d07_testing/pack.py") == "qilian.domains.d07_testing"
    assert room_of("src/qilian/core/models.py") == "qilian.core"
    assert room_of("docs/x.md") == "" and room_of("tests/sim/killing.py") == "tests/sim/killing.py"

"""A sheet: what one kind of file holds, row by row."""

from dataclasses import dataclass

from qilian.core.house.forms.api import Form
from qilian.core.values.text import Text

ROWS_MAX = 200_000
COLUMNS_MAX = 200
_NOTHING = Text("", "")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One kind of file that people may bring: a form whose fields are the columns.

    `key` names the fields that no two rows may share; `action` is the right that bringing it needs; `about` says what
    it is for and what happens to rows that exist already.
    """

    slug: str
    title: Text
    form: Form
    key: tuple[str, ...]
    action: str
    about: Text = _NOTHING

    def problems(self) -> list[str]:
        """Return what is wrong with the sheet itself; one with problems is not registered."""
        names = [field.name for field in self.form.fields]
        found = self.form.problems()
        found += [f"the key {name} is no field" for name in self.key if name not in names]
        found += [f"{field.name} is a file" for field in self.form.fields if field.kind == "file"]
        return found if names else ["the sheet has no fields"]

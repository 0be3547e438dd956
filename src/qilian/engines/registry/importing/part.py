"""How files of parties present themselves to the house: a sheet of the page of imports."""

from collections.abc import Sequence

from django.urls import reverse

from qilian.core.house.pages import Action
from qilian.core.house.parts.api import Part
from qilian.core.house.principal import Principal
from qilian.core.log.outbox.api import on_event
from qilian.core.rights.grants.api import possible
from qilian.core.values.text import Text
from qilian.core.work.imports.api import register_bulk_sheet
from qilian.engines.registry.parties.api import REGISTER, add_entrance

from .services import SHEET, Parties


def entrance(reader: Principal) -> Sequence[Action]:
    """The way to bring a file, above the list of parties."""
    if not possible(reader, [REGISTER]):
        return ()
    return (Action(Text("批量导入", "Import a file"), reverse("imports:bring", args=[SHEET.slug])),)


register_bulk_sheet(SHEET, Parties())
add_entrance("registry.importing", 20, entrance)
on_event("registry.parties.imported", "registry.duplicates_of_import")

PART = Part(name="registry.importing", title=Text("批量登记主体", "Files of parties"))

"""Public interface of items: declare, propose and publish them, read what is in force, their pages at an offer."""

from .drawing import picture
from .models import ItemVersion
from .offering import item
from .pages import guide_page, item_pages
from .queries import called_path, item_at, procedure_at, procedure_of, version_in_force
from .services import propose_version, publish_version
from .words import performer_words

__all__ = [
    "ItemVersion",
    "called_path",
    "guide_page",
    "item",
    "item_at",
    "item_pages",
    "performer_words",
    "picture",
    "procedure_at",
    "procedure_of",
    "propose_version",
    "publish_version",
    "version_in_force",
]

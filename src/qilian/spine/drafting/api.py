"""Public interface of drafting: from a document to a published version."""

from .kernel.review import UNIT
from .models import Draft, ReviewItem
from .queries import drafts_of, suggestions_of
from .resource import CORRECTION, DRAFT_STATES, DRAFTS, ITEMS, VERDICTS, gap_sections
from .services.common import draft_ref
from .services.drafts import discard_draft, edit_clause, settle_item, upload_document
from .services.publishing import publish_version

__all__ = [
    "CORRECTION",
    "DRAFTS",
    "DRAFT_STATES",
    "ITEMS",
    "UNIT",
    "VERDICTS",
    "Draft",
    "ReviewItem",
    "discard_draft",
    "draft_ref",
    "drafts_of",
    "edit_clause",
    "gap_sections",
    "publish_version",
    "settle_item",
    "suggestions_of",
    "upload_document",
]
